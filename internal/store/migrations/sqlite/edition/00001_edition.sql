-- +goose Up
CREATE TABLE seals (step TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;

CREATE TABLE edition (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	number INTEGER NOT NULL,
	place INTEGER NOT NULL,
	printed INTEGER NOT NULL
) STRICT;
INSERT INTO edition (id, number, place, printed) VALUES (1, 0, 0, 0);

CREATE TABLE articles (
	id INTEGER PRIMARY KEY,
	section TEXT NOT NULL,
	language TEXT NOT NULL,
	first INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	headline TEXT NOT NULL,
	standfirst TEXT NOT NULL,
	doc TEXT NOT NULL
) STRICT;
CREATE INDEX article_by_first ON articles (first DESC, id DESC);
CREATE INDEX article_by_section ON articles (section, first DESC, id DESC);

CREATE TABLE gone (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE front (id INTEGER PRIMARY KEY CHECK (id = 1), doc TEXT NOT NULL) STRICT;
