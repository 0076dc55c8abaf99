-- +goose Up
-- Copy that nobody used and that has been let go: when a delivery's bytes went, 0 while they are kept, and by which hashes its revisions are known.
ALTER TABLE receipts ADD COLUMN expired BIGINT NOT NULL DEFAULT 0;
CREATE INDEX receipt_with_bytes ON receipts (provider, received) WHERE outcome = 'settled' AND expired = 0;
CREATE TABLE gone_revisions (hash TEXT COLLATE "C" PRIMARY KEY, at BIGINT NOT NULL);
