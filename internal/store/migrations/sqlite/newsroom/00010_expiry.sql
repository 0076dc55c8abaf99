-- +goose Up
-- Copy that nobody used and that has been let go: when a delivery's bytes went, 0 while they are kept, and by which hashes its revisions are known.
ALTER TABLE receipts ADD COLUMN expired INTEGER NOT NULL DEFAULT 0;
CREATE INDEX receipt_with_bytes ON receipts (provider, received) WHERE outcome = 'settled' AND expired = 0;
CREATE TABLE gone_revisions (hash TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
