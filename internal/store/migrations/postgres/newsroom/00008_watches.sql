-- +goose Up
-- Saved filters of the wire list, and until when each person has seen what they find. Owner 0 is the desk.
CREATE TABLE watches (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	owner BIGINT NOT NULL,
	place BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	query TEXT COLLATE "C" NOT NULL,
	loud BIGINT NOT NULL
);
CREATE INDEX watch_of_owner ON watches (owner, place);
CREATE TABLE watch_seen (
	watch BIGINT NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
	person BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	PRIMARY KEY (watch, person)
);
