-- +goose Up
-- Saved filters of the wire list, and until when each person has seen what they find. Owner 0 is the desk.
CREATE TABLE watches (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner INTEGER NOT NULL,
	place INTEGER NOT NULL,
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	loud INTEGER NOT NULL
) STRICT;
CREATE INDEX watch_of_owner ON watches (owner, place);
CREATE TABLE watch_seen (
	watch INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
	person INTEGER NOT NULL,
	seen INTEGER NOT NULL,
	PRIMARY KEY (watch, person)
) STRICT;
