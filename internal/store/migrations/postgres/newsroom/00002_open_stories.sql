-- +goose Up
-- Lists of the few stories that are open or held, beside very many published ones.
CREATE INDEX story_by_state ON stories (state, saved DESC, id DESC);
CREATE INDEX story_held ON stories (saved DESC, id DESC) WHERE held = 1;
