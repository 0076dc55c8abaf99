-- +goose Up
CREATE TABLE seals (step TEXT COLLATE "C" PRIMARY KEY, hash TEXT COLLATE "C" NOT NULL);

CREATE TABLE edition (
	id BIGINT PRIMARY KEY CHECK (id = 1),
	number BIGINT NOT NULL,
	place BIGINT NOT NULL,
	printed BIGINT NOT NULL
);
INSERT INTO edition (id, number, place, printed) VALUES (1, 0, 0, 0);

CREATE TABLE articles (
	id BIGINT PRIMARY KEY,
	section TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	first BIGINT NOT NULL,
	changed BIGINT NOT NULL,
	headline TEXT COLLATE "C" NOT NULL,
	standfirst TEXT COLLATE "C" NOT NULL,
	doc TEXT COLLATE "C" NOT NULL
);
CREATE INDEX article_by_first ON articles (first DESC, id DESC);
CREATE INDEX article_by_section ON articles (section, first DESC, id DESC);

CREATE TABLE gone (id BIGINT PRIMARY KEY, at BIGINT NOT NULL);
CREATE TABLE front (id BIGINT PRIMARY KEY CHECK (id = 1), doc TEXT COLLATE "C" NOT NULL);
