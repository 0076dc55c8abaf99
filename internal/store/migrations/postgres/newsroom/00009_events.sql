-- +goose Up
-- Copy about one event: what items are found by, for a week; what they are to each other; the event of each, 0 when it stands alone.
ALTER TABLE items ADD COLUMN event BIGINT NOT NULL DEFAULT 0;
CREATE INDEX item_of_event ON items (event, place) WHERE event > 0;
CREATE TABLE item_keys (
	item BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
	key BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (item, key)
);
CREATE INDEX item_by_keys ON item_keys (key, at, item);
CREATE INDEX keys_by_time ON item_keys (at);
CREATE TABLE item_ties (
	a BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
	b BIGINT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
	relation TEXT NOT NULL,
	person BIGINT NOT NULL,
	PRIMARY KEY (a, b)
);
CREATE INDEX tie_of_second ON item_ties (b);
