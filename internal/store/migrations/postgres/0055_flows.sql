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

-- +goose Down
DROP TABLE flow_passes;
