-- +goose Up
-- How new the newest revision of an item was that has been let go: what is older and comes only now is no news.
CREATE TABLE gone_items (provider TEXT COLLATE "C" NOT NULL, item TEXT COLLATE "C" NOT NULL, heard TEXT NOT NULL, PRIMARY KEY (provider, item));
