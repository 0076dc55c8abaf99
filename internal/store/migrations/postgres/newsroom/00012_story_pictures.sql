-- +goose Up
-- Which stories have, or had, a picture, by the agency's id for it or its address: an agency's kill of a picture reaches them.
CREATE TABLE story_pictures (mark TEXT COLLATE "C" NOT NULL, story BIGINT NOT NULL REFERENCES stories (id), PRIMARY KEY (mark, story));
INSERT INTO story_pictures (mark, story) SELECT DISTINCT m.found #>> '{}', r.story FROM revisions r, LATERAL (
	SELECT jsonb_path_query(r.doc::jsonb -> 'content' -> 'body', 'lax $.**.picture.id') AS found
	UNION SELECT jsonb_path_query(r.doc::jsonb -> 'content' -> 'body', 'lax $.**.picture.src')
	UNION SELECT jsonb_path_query(r.doc::jsonb -> 'content' -> 'body', 'lax $.**.picture.renditions.src')) m
	WHERE m.found #>> '{}' <> '' AND octet_length(m.found #>> '{}') <= 1000; -- a longer one has no place in an index, and is found again when its story is saved
