-- +goose Up
CREATE TABLE journey_versions (
  number BIGINT PRIMARY KEY,
  at     BIGINT NOT NULL,
  author TEXT NOT NULL,
  note   TEXT NOT NULL DEFAULT '',
  body   TEXT NOT NULL
);

-- +goose Down
DROP TABLE journey_versions;
