-- +goose Up
CREATE TABLE behaviours (
  customer_id TEXT NOT NULL,
  event_id    TEXT NOT NULL,
  type        TEXT NOT NULL,
  at          BIGINT NOT NULL,
  properties  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (customer_id, event_id)
);
CREATE INDEX behaviours_by_time ON behaviours (customer_id, at);

-- +goose Down
DROP TABLE behaviours;
