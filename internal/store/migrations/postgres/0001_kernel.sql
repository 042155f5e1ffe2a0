-- +goose Up
CREATE TABLE settings (
  key        TEXT PRIMARY KEY,
  value      TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE customers (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL DEFAULT '',
  language   TEXT NOT NULL DEFAULT 'zh',
  phone      TEXT NOT NULL DEFAULT '',
  email      TEXT NOT NULL DEFAULT '',
  visitor    BOOLEAN NOT NULL DEFAULT TRUE,
  data       TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX customers_by_phone ON customers (phone);
CREATE INDEX customers_by_email ON customers (email);

-- A handle on one channel belongs to one customer.
CREATE TABLE identities (
  id          TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  channel     TEXT NOT NULL,
  account     TEXT NOT NULL,
  handle      TEXT NOT NULL,
  assurance   TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  UNIQUE (channel, account, handle)
);
CREATE INDEX identities_by_customer ON identities (customer_id);

CREATE TABLE conversations (
  id             TEXT PRIMARY KEY,
  customer_id    TEXT NOT NULL REFERENCES customers (id),
  channel        TEXT NOT NULL,
  account        TEXT NOT NULL,
  assurance      TEXT NOT NULL,
  language       TEXT NOT NULL,
  status         TEXT NOT NULL,
  handler        TEXT NOT NULL,
  assignee_id    TEXT NOT NULL DEFAULT '',
  team_id        TEXT NOT NULL DEFAULT '',
  reason         TEXT NOT NULL DEFAULT '',
  summary        TEXT NOT NULL DEFAULT '',
  last_seq       BIGINT NOT NULL DEFAULT 0,
  answered_seq   BIGINT NOT NULL DEFAULT 0,
  read_seq       BIGINT NOT NULL DEFAULT 0,
  staff_read_seq BIGINT NOT NULL DEFAULT 0,
  last_text      TEXT NOT NULL DEFAULT '',
  last_author    TEXT NOT NULL DEFAULT '',
  category       TEXT NOT NULL DEFAULT '',
  intent         TEXT NOT NULL DEFAULT '',
  emotion        TEXT NOT NULL DEFAULT '',
  intensity      DOUBLE PRECISION NOT NULL DEFAULT 0,
  priority       INTEGER NOT NULL DEFAULT 0,
  rating         INTEGER NOT NULL DEFAULT 0,
  rating_text    TEXT NOT NULL DEFAULT '',
  page           TEXT NOT NULL DEFAULT '',
  waiting_since  BIGINT NOT NULL DEFAULT 0,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  closed_at      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX conversations_by_customer ON conversations (customer_id, channel, account, created_at);
CREATE INDEX conversations_inbox ON conversations (status, handler, updated_at);
CREATE INDEX conversations_by_assignee ON conversations (assignee_id, status, updated_at);
CREATE INDEX conversations_by_update ON conversations (updated_at);

-- seq is gap-free within a conversation; it is given inside the transaction that stores the message.
CREATE TABLE messages (
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  seq             BIGINT NOT NULL,
  id              TEXT NOT NULL UNIQUE,
  author          TEXT NOT NULL,
  author_id       TEXT NOT NULL DEFAULT '',
  kind            TEXT NOT NULL,
  text            TEXT NOT NULL DEFAULT '',
  card_id         TEXT NOT NULL DEFAULT '',
  turn_id         TEXT NOT NULL DEFAULT '',
  client_id       TEXT NOT NULL DEFAULT '',
  ai_generated    BOOLEAN NOT NULL DEFAULT FALSE,
  payload         TEXT NOT NULL DEFAULT '',
  at              BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX messages_by_card ON messages (card_id) WHERE card_id <> '';
CREATE INDEX messages_by_time ON messages (at);

-- What the outside calls a message, so that the same one again is known. Kept at least seven days.
CREATE TABLE inbound_keys (
  channel         TEXT NOT NULL,
  account         TEXT NOT NULL,
  outside_id      TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  seq             BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  PRIMARY KEY (channel, account, outside_id)
);
CREATE INDEX inbound_keys_by_time ON inbound_keys (at);

CREATE TABLE decisions (
  turn_id         TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  seq_from        BIGINT NOT NULL,
  seq_to          BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  data            TEXT NOT NULL
);
CREATE INDEX decisions_by_conversation ON decisions (conversation_id, seq_to);

CREATE TABLE agent_states (
  conversation_id TEXT PRIMARY KEY,
  data            TEXT NOT NULL
);

CREATE TABLE attachments (
  id              TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  name            TEXT NOT NULL,
  mime            TEXT NOT NULL,
  size            BIGINT NOT NULL,
  sha256          TEXT NOT NULL,
  data            BYTEA NOT NULL,
  created_at      BIGINT NOT NULL
);
CREATE INDEX attachments_by_conversation ON attachments (conversation_id);

-- Durable jobs and timers. lane is the partition: at most one job of a lane runs at a time, on whatever node.
CREATE TABLE jobs (
  id           TEXT PRIMARY KEY,
  kind         TEXT NOT NULL,
  lane         TEXT NOT NULL DEFAULT '',
  key          TEXT NOT NULL DEFAULT '',
  payload      TEXT NOT NULL DEFAULT '',
  state        TEXT NOT NULL,
  run_at       BIGINT NOT NULL,
  attempt      INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  lease_owner  TEXT NOT NULL DEFAULT '',
  lease_until  BIGINT NOT NULL DEFAULT 0,
  last_error   TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX jobs_one_ready_per_key ON jobs (key) WHERE state = 'ready' AND key <> '';
CREATE UNIQUE INDEX jobs_one_running_per_lane ON jobs (lane) WHERE state = 'running' AND lane <> '';
CREATE INDEX jobs_by_lane ON jobs (lane, state, run_at);
CREATE INDEX jobs_due ON jobs (run_at) WHERE state = 'ready';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_dead ON jobs (created_at) WHERE state = 'dead';

-- What happened, for pushes and for everything that follows events. Readers resume by seq.
CREATE TABLE events (
  seq        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  type       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  at         BIGINT NOT NULL,
  data       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX events_by_subject ON events (subject, subject_id, seq);
CREATE INDEX events_by_time ON events (at);

-- +goose Down
DROP TABLE events;
DROP TABLE jobs;
DROP TABLE attachments;
DROP TABLE agent_states;
DROP TABLE decisions;
DROP TABLE inbound_keys;
DROP TABLE messages;
DROP TABLE conversations;
DROP TABLE identities;
DROP TABLE customers;
DROP TABLE settings;
