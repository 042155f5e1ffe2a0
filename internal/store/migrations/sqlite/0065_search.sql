-- +goose Up
CREATE TABLE search_entries (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL,
  ref_id      TEXT NOT NULL,
  part        TEXT NOT NULL DEFAULT '',
  title       TEXT NOT NULL DEFAULT '',
  text        TEXT NOT NULL DEFAULT '',
  customer_id TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL,
  UNIQUE (kind, ref_id, part)
);

-- Tokens are made by us (words, and pairs of Chinese characters); the table keeps no second copy of the text.
CREATE VIRTUAL TABLE search_tokens USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0");

-- +goose Down
DROP TABLE search_tokens;
DROP TABLE search_entries;
