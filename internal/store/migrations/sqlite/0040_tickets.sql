-- +goose Up
CREATE TABLE tickets (
  id              TEXT PRIMARY KEY,
  number          TEXT NOT NULL UNIQUE,
  open_key        TEXT NOT NULL DEFAULT '',
  type            TEXT NOT NULL,
  priority        TEXT NOT NULL,
  status          TEXT NOT NULL,
  title           TEXT NOT NULL,
  description     TEXT NOT NULL DEFAULT '',
  department      TEXT NOT NULL,
  team_id         TEXT NOT NULL DEFAULT '',
  assignee_id     TEXT NOT NULL DEFAULT '',
  customer_id     TEXT NOT NULL DEFAULT '',
  conversation_id TEXT NOT NULL DEFAULT '',
  order_id        TEXT NOT NULL DEFAULT '',
  merged_into     TEXT NOT NULL DEFAULT '',
  last_seq        BIGINT NOT NULL DEFAULT 0,
  clocks          TEXT NOT NULL DEFAULT '{}',
  breached        BOOLEAN NOT NULL DEFAULT FALSE,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  solved_at       BIGINT NOT NULL DEFAULT 0,
  closed_at       BIGINT NOT NULL DEFAULT 0
);
-- A business key opens one ticket, whoever asks and however often.
CREATE UNIQUE INDEX tickets_one_per_key ON tickets (open_key) WHERE open_key <> '';
CREATE INDEX tickets_by_update ON tickets (updated_at, id);
CREATE INDEX tickets_by_status ON tickets (status, updated_at);
CREATE INDEX tickets_by_customer ON tickets (customer_id, updated_at) WHERE customer_id <> '';
CREATE INDEX tickets_by_conversation ON tickets (conversation_id) WHERE conversation_id <> '';
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, updated_at) WHERE assignee_id <> '';
CREATE INDEX tickets_by_age ON tickets (created_at);

CREATE TABLE ticket_entries (
  ticket_id   TEXT NOT NULL REFERENCES tickets (id),
  seq         BIGINT NOT NULL,
  kind        TEXT NOT NULL,
  author      TEXT NOT NULL,
  author_id   TEXT NOT NULL DEFAULT '',
  author_name TEXT NOT NULL DEFAULT '',
  public      BOOLEAN NOT NULL,
  text        TEXT NOT NULL DEFAULT '',
  data        TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, seq)
);

CREATE TABLE ticket_numbers (
  id   INTEGER PRIMARY KEY,
  last BIGINT NOT NULL
);
INSERT INTO ticket_numbers (id, last) VALUES (1, 0);

-- +goose Down
DROP TABLE ticket_numbers;
DROP TABLE ticket_entries;
DROP TABLE tickets;
