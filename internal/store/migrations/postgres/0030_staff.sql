-- +goose Up
CREATE TABLE staff (
  id         TEXT PRIMARY KEY,
  login      TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL,
  language   TEXT NOT NULL,
  teams      TEXT NOT NULL DEFAULT '[]',
  active     BOOLEAN NOT NULL,
  presence   TEXT NOT NULL,
  capacity   INTEGER NOT NULL DEFAULT 0,
  hash       TEXT NOT NULL,
  epoch      BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE teams (
  id         TEXT PRIMARY KEY,
  name_zh    TEXT NOT NULL,
  name_en    TEXT NOT NULL,
  department TEXT NOT NULL DEFAULT ''
);
CREATE INDEX teams_by_department ON teams (department);

CREATE TABLE shifts (
  staff_id  TEXT NOT NULL REFERENCES staff (id),
  weekday   INTEGER NOT NULL,
  from_min  INTEGER NOT NULL,
  to_min    INTEGER NOT NULL,
  PRIMARY KEY (staff_id, weekday, from_min)
);

-- Only the hash of a session's secret is kept. A session holds while its epoch is the member's.
CREATE TABLE staff_sessions (
  hash       TEXT PRIMARY KEY,
  staff_id   TEXT NOT NULL REFERENCES staff (id),
  epoch      BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  address    TEXT NOT NULL,
  browser    TEXT NOT NULL
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id, seen_at);
CREATE INDEX staff_sessions_by_age ON staff_sessions (seen_at);

-- Sign-in tries, one row each, so that counting and taking is one statement on every node.
CREATE TABLE sign_in_tries (
  bucket TEXT NOT NULL,
  at     BIGINT NOT NULL,
  n      BIGINT NOT NULL,
  PRIMARY KEY (bucket, n)
);
CREATE INDEX sign_in_tries_by_time ON sign_in_tries (at);

CREATE TABLE staff_addresses (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  address  TEXT NOT NULL,
  at       BIGINT NOT NULL,
  PRIMARY KEY (staff_id, address)
);

-- Each entry seals the one before; the head keeps writers in line.
CREATE TABLE audit (
  seq     BIGINT PRIMARY KEY,
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  address TEXT NOT NULL,
  detail  TEXT NOT NULL,
  prev    TEXT NOT NULL,
  hash    TEXT NOT NULL
);
CREATE TABLE audit_head (
  id   INTEGER PRIMARY KEY,
  seq  BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit;
DROP TABLE staff_addresses;
DROP TABLE sign_in_tries;
DROP TABLE staff_sessions;
DROP TABLE shifts;
DROP TABLE teams;
DROP TABLE staff;
