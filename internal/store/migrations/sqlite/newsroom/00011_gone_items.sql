-- +goose Up
-- How new the newest revision of an item was that has been let go: what is older and comes only now is no news.
CREATE TABLE gone_items (provider TEXT NOT NULL, item TEXT NOT NULL, heard TEXT NOT NULL, PRIMARY KEY (provider, item)) STRICT, WITHOUT ROWID;
