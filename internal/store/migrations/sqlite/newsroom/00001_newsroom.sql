-- +goose Up
CREATE TABLE seals (step TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;

CREATE TABLE stories (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	state TEXT NOT NULL,
	section TEXT NOT NULL,
	provider TEXT NOT NULL,
	item TEXT NOT NULL,
	release INTEGER NOT NULL,
	held INTEGER NOT NULL,
	saved INTEGER NOT NULL,
	search TEXT NOT NULL,
	doc TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX story_of_item ON stories (provider, item) WHERE provider <> '' AND state NOT IN ('killed', 'unpublished');
CREATE INDEX stories_of_item ON stories (provider, item, id);
CREATE INDEX story_by_saved ON stories (saved DESC, id DESC);
CREATE INDEX story_waiting ON stories (release) WHERE release > 0;

CREATE TABLE revisions (
	story INTEGER NOT NULL REFERENCES stories (id),
	no INTEGER NOT NULL,
	hash TEXT NOT NULL,
	prev TEXT NOT NULL,
	person INTEGER NOT NULL,
	at INTEGER NOT NULL,
	doc TEXT NOT NULL,
	PRIMARY KEY (story, no)
) STRICT;

CREATE TABLE facts (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	story INTEGER NOT NULL,
	item INTEGER NOT NULL,
	doc TEXT NOT NULL
) STRICT;
CREATE INDEX fact_of_story ON facts (story) WHERE story > 0;

CREATE TABLE places (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;

CREATE TABLE receipts (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	source TEXT NOT NULL,
	provider TEXT NOT NULL,
	channel TEXT NOT NULL,
	name TEXT NOT NULL,
	received INTEGER NOT NULL,
	hash TEXT NOT NULL,
	outcome TEXT NOT NULL DEFAULT '',
	reason TEXT NOT NULL DEFAULT '',
	detail TEXT NOT NULL DEFAULT '',
	format TEXT NOT NULL DEFAULT '',
	items INTEGER NOT NULL DEFAULT 0,
	settled INTEGER NOT NULL DEFAULT 0,
	UNIQUE (source, hash)
) STRICT;
CREATE INDEX receipt_waiting ON receipts (id) WHERE outcome = '';
CREATE INDEX receipt_by_outcome ON receipts (outcome, id);
CREATE TABLE raws (receipt INTEGER PRIMARY KEY REFERENCES receipts (id), bytes BLOB NOT NULL) STRICT;

CREATE TABLE items (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	provider TEXT NOT NULL,
	item TEXT NOT NULL,
	last INTEGER NOT NULL,
	language TEXT NOT NULL,
	killed INTEGER NOT NULL,
	withheld INTEGER NOT NULL,
	embargo TEXT NOT NULL,
	until INTEGER NOT NULL,
	subjects TEXT NOT NULL,
	search TEXT NOT NULL,
	doc TEXT NOT NULL,
	UNIQUE (provider, item)
) STRICT;
CREATE INDEX item_by_last ON items (last DESC, id DESC);
CREATE TABLE item_revisions (
	item INTEGER NOT NULL REFERENCES items (id),
	hash TEXT NOT NULL,
	receipt INTEGER NOT NULL REFERENCES receipts (id),
	received INTEGER NOT NULL,
	doc TEXT NOT NULL,
	PRIMARY KEY (item, hash)
) STRICT;
CREATE INDEX revision_of_receipt ON item_revisions (receipt);

CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL UNIQUE, secret TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
CREATE TABLE tokens (
	hash TEXT PRIMARY KEY,
	purpose TEXT NOT NULL,
	person INTEGER NOT NULL,
	device TEXT NOT NULL,
	created INTEGER NOT NULL,
	seen INTEGER NOT NULL,
	ends INTEGER NOT NULL
) STRICT;
CREATE INDEX token_of_person ON tokens (person);

CREATE TABLE front (id INTEGER PRIMARY KEY CHECK (id = 1), doc TEXT NOT NULL) STRICT;
