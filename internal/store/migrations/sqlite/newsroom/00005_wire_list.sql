-- +goose Up
-- The list's order: a place that grows with every delivery. What an item is found by is written when the store is next opened.
ALTER TABLE items ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE items SET place = (SELECT COUNT(*) FROM items b WHERE b.last < items.last OR (b.last = items.last AND b.id <= items.id));
ALTER TABLE items ADD COLUMN fit INTEGER NOT NULL DEFAULT 0;
CREATE INDEX item_unfit ON items (id) WHERE fit = 0;
CREATE UNIQUE INDEX item_by_place ON items (place);
DROP INDEX item_by_last;
CREATE INDEX item_by_last ON items (last, place);
CREATE VIRTUAL TABLE items_words USING fts5 (words, content = '', contentless_delete = 1, detail = full, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
