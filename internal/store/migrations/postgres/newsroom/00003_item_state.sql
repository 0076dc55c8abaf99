-- +goose Up
-- What people must decide about an item: notices that mean it, or that it is itself; terms that bar the house; an open call, by its time.
ALTER TABLE items ADD COLUMN announced BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN notice BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN barred BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN called BIGINT NOT NULL DEFAULT 0;
CREATE INDEX item_called ON items (called) WHERE called > 0;
CREATE INDEX item_notice ON items (provider, last) WHERE notice > 0;
CREATE INDEX item_of_provider ON items (provider, last);
