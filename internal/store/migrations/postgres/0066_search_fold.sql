-- +goose Up
-- Up to which entry the tokens are in the index; SQLite folds new ones in later, in batches.
CREATE TABLE search_folds (
  id   INTEGER PRIMARY KEY,
  upto BIGINT NOT NULL
);
INSERT INTO search_folds (id, upto) SELECT 1, COALESCE(MAX(id), 0) FROM search_entries;

-- +goose Down
DROP TABLE search_folds;
