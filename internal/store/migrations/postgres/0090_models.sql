-- +goose Up
-- What language models have used, by day of the shop; the caps of a day hold over restarts and over nodes.
CREATE TABLE model_spending (
  day    TEXT PRIMARY KEY,
  tokens BIGINT NOT NULL,
  cost   BIGINT NOT NULL,
  calls  BIGINT NOT NULL
);

-- +goose Down
DROP TABLE model_spending;
