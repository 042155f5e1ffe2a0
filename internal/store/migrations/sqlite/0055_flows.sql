-- +goose Up
-- The way of a turn through a flow: derived from the decision record, for figures.
CREATE TABLE flow_passes (
  turn_id         TEXT NOT NULL,
  flow            TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  seq             BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  marks           TEXT NOT NULL,
  PRIMARY KEY (turn_id, flow)
);
CREATE INDEX flow_passes_by_flow ON flow_passes (flow, at);
CREATE INDEX flow_passes_by_time ON flow_passes (at);

-- Versions of a flow; an empty body means: as shipped.
CREATE TABLE flow_versions (
  flow   TEXT NOT NULL,
  number BIGINT NOT NULL,
  at     BIGINT NOT NULL,
  author TEXT NOT NULL,
  note   TEXT NOT NULL DEFAULT '',
  body   TEXT NOT NULL,
  PRIMARY KEY (flow, number)
);

-- What is being written; one a flow. trial is how the dialogues went with it.
CREATE TABLE flow_drafts (
  flow   TEXT PRIMARY KEY,
  at     BIGINT NOT NULL,
  author TEXT NOT NULL,
  body   TEXT NOT NULL,
  trial  TEXT NOT NULL DEFAULT ''
);

-- +goose Down
DROP TABLE flow_drafts;
DROP TABLE flow_versions;
DROP TABLE flow_passes;
