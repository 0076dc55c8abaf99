-- +goose Up
CREATE TABLE seals (step TEXT COLLATE "C" PRIMARY KEY, hash TEXT COLLATE "C" NOT NULL);

CREATE TABLE stories (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	state TEXT COLLATE "C" NOT NULL,
	section TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	release BIGINT NOT NULL,
	held BIGINT NOT NULL,
	saved BIGINT NOT NULL,
	search TEXT COLLATE "C" NOT NULL,
	doc TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX story_of_item ON stories (provider, item) WHERE provider <> '' AND state NOT IN ('killed', 'unpublished');
CREATE INDEX stories_of_item ON stories (provider, item, id);
CREATE INDEX story_by_saved ON stories (saved DESC, id DESC);
CREATE INDEX story_waiting ON stories (release) WHERE release > 0;

CREATE TABLE revisions (
	story BIGINT NOT NULL REFERENCES stories (id),
	no BIGINT NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	prev TEXT COLLATE "C" NOT NULL,
	person BIGINT NOT NULL,
	at BIGINT NOT NULL,
	doc TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (story, no)
);

CREATE TABLE facts (
	seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at BIGINT NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	story BIGINT NOT NULL,
	item BIGINT NOT NULL,
	doc TEXT COLLATE "C" NOT NULL
);
CREATE INDEX fact_of_story ON facts (story) WHERE story > 0;

CREATE TABLE places (name TEXT COLLATE "C" PRIMARY KEY, seq BIGINT NOT NULL);

CREATE TABLE receipts (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	source TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	channel TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	received BIGINT NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	outcome TEXT COLLATE "C" NOT NULL DEFAULT '',
	reason TEXT COLLATE "C" NOT NULL DEFAULT '',
	detail TEXT COLLATE "C" NOT NULL DEFAULT '',
	format TEXT COLLATE "C" NOT NULL DEFAULT '',
	items BIGINT NOT NULL DEFAULT 0,
	settled BIGINT NOT NULL DEFAULT 0,
	UNIQUE (source, hash)
);
CREATE INDEX receipt_waiting ON receipts (id) WHERE outcome = '';
CREATE INDEX receipt_by_outcome ON receipts (outcome, id);
CREATE TABLE raws (receipt BIGINT PRIMARY KEY REFERENCES receipts (id), bytes BYTEA NOT NULL);

CREATE TABLE items (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	provider TEXT COLLATE "C" NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	last BIGINT NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	killed BIGINT NOT NULL,
	withheld BIGINT NOT NULL,
	embargo TEXT COLLATE "C" NOT NULL,
	until BIGINT NOT NULL,
	subjects TEXT COLLATE "C" NOT NULL,
	search TEXT COLLATE "C" NOT NULL,
	doc TEXT COLLATE "C" NOT NULL,
	UNIQUE (provider, item)
);
CREATE INDEX item_by_last ON items (last DESC, id DESC);
CREATE TABLE item_revisions (
	item BIGINT NOT NULL REFERENCES items (id),
	hash TEXT COLLATE "C" NOT NULL,
	receipt BIGINT NOT NULL REFERENCES receipts (id),
	received BIGINT NOT NULL,
	doc TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (item, hash)
);
CREATE INDEX revision_of_receipt ON item_revisions (receipt);

CREATE TABLE people (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, login TEXT COLLATE "C" NOT NULL UNIQUE, secret TEXT COLLATE "C" NOT NULL, doc TEXT COLLATE "C" NOT NULL);
CREATE TABLE tokens (
	hash TEXT COLLATE "C" PRIMARY KEY,
	purpose TEXT COLLATE "C" NOT NULL,
	person BIGINT NOT NULL,
	device TEXT COLLATE "C" NOT NULL,
	created BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	ends BIGINT NOT NULL
);
CREATE INDEX token_of_person ON tokens (person);

CREATE TABLE front (id BIGINT PRIMARY KEY CHECK (id = 1), doc TEXT COLLATE "C" NOT NULL);
