-- +goose Up
-- One row an action that somebody asked for; body is the whole effect as JSON, the columns are what is looked for.
CREATE TABLE effects (
  id              TEXT PRIMARY KEY,
  confirmation_id TEXT NOT NULL UNIQUE,
  customer_id     TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  tool            TEXT NOT NULL,
  business_key    TEXT NOT NULL,
  state           TEXT NOT NULL,
  amount          BIGINT NOT NULL,
  body            TEXT NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
);
-- What has happened, may have, or still may: once.
CREATE UNIQUE INDEX effects_live ON effects (business_key) WHERE state IN ('proposed', 'approval', 'executing', 'done', 'unknown');
CREATE INDEX effects_by_state ON effects (state, updated_at);
CREATE INDEX effects_by_customer ON effects (customer_id, updated_at);
CREATE INDEX effects_by_conversation ON effects (conversation_id);

-- A hash chain: each entry carries the hash of the one before. The head row makes writers take turns.
CREATE TABLE effect_audits (
  seq       BIGINT PRIMARY KEY,
  at        BIGINT NOT NULL,
  effect_id TEXT NOT NULL,
  event     TEXT NOT NULL,
  actor     TEXT NOT NULL,
  tool      TEXT NOT NULL,
  place     TEXT NOT NULL,
  detail    TEXT NOT NULL,
  prev      TEXT NOT NULL,
  hash      TEXT NOT NULL
);
CREATE INDEX effect_audits_by_effect ON effect_audits (effect_id);
CREATE TABLE effect_audit_heads (
  id   INTEGER PRIMARY KEY,
  seq  BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO effect_audit_heads (id, seq, hash) VALUES (1, 0, '');

-- +goose Down
DROP TABLE effect_audit_heads;
DROP TABLE effect_audits;
DROP TABLE effects;
