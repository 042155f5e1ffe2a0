-- +goose Up
-- What went less well than it could, read from conversations; the id names conversation, message and kind.
CREATE TABLE learning_signals (
  id              TEXT PRIMARY KEY,
  kind            TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  customer_id     TEXT NOT NULL,
  seq             BIGINT NOT NULL,
  lang            TEXT NOT NULL,
  text            TEXT NOT NULL DEFAULT '',
  intent          TEXT NOT NULL DEFAULT '',
  flow            TEXT NOT NULL DEFAULT '',
  step            TEXT NOT NULL DEFAULT '',
  answer          TEXT NOT NULL DEFAULT '',
  article_id      TEXT NOT NULL DEFAULT '',
  harmed          BOOLEAN NOT NULL DEFAULT FALSE,
  gap_id          TEXT NOT NULL DEFAULT '',
  at              BIGINT NOT NULL
);
CREATE INDEX learning_signals_by_gap ON learning_signals (gap_id, at);
CREATE INDEX learning_signals_by_article ON learning_signals (article_id, kind, at) WHERE article_id <> '';
CREATE INDEX learning_signals_by_kind ON learning_signals (kind, at);

CREATE TABLE learning_gaps (
  id     TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  state  TEXT NOT NULL,
  impact DOUBLE PRECISION NOT NULL,
  data   TEXT NOT NULL
);
CREATE INDEX learning_gaps_by_impact ON learning_gaps (state, impact);

CREATE TABLE learning_drafts (
  id         TEXT PRIMARY KEY,
  gap_id     TEXT NOT NULL,
  state      TEXT NOT NULL,
  version    INTEGER NOT NULL,
  updated_at BIGINT NOT NULL,
  data       TEXT NOT NULL
);
CREATE INDEX learning_drafts_by_state ON learning_drafts (state, updated_at);
CREATE INDEX learning_drafts_by_gap ON learning_drafts (gap_id);

CREATE INDEX decisions_by_time ON decisions (at);

-- +goose Down
DROP INDEX decisions_by_time;
DROP TABLE learning_drafts;
DROP TABLE learning_gaps;
DROP TABLE learning_signals;
