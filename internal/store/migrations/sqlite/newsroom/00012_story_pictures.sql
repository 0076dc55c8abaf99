-- +goose Up
-- Which stories have, or had, a picture, by the agency's id for it or its address: an agency's kill of a picture reaches them.
CREATE TABLE story_pictures (mark TEXT NOT NULL, story INTEGER NOT NULL REFERENCES stories (id), PRIMARY KEY (mark, story)) STRICT, WITHOUT ROWID;
INSERT INTO story_pictures (mark, story) SELECT DISTINCT t.atom, r.story FROM revisions r, json_tree(r.doc, '$.content.body') t
	WHERE t.key IN ('id', 'src') AND t.path LIKE '%.picture%' AND t.atom <> '';
