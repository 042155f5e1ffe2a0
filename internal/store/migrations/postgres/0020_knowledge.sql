-- +goose Up
-- One row an article and language; content is the newest version's. live_version answers, 0 when none does.
CREATE TABLE articles (
  id           TEXT PRIMARY KEY,
  key          TEXT NOT NULL,
  lang         TEXT NOT NULL,
  status       TEXT NOT NULL,
  version      INTEGER NOT NULL,
  live_version INTEGER NOT NULL DEFAULT 0,
  category     TEXT NOT NULL DEFAULT '',
  title        TEXT NOT NULL,
  author       TEXT NOT NULL DEFAULT '',
  changed      BIGINT NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  UNIQUE (key, lang)
);
CREATE INDEX articles_by_change ON articles (changed);

CREATE TABLE article_versions (
  article_id TEXT NOT NULL REFERENCES articles (id),
  number     INTEGER NOT NULL,
  status     TEXT NOT NULL,
  content    TEXT NOT NULL,
  author     TEXT NOT NULL DEFAULT '',
  note       TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  PRIMARY KEY (article_id, number)
);

-- The change counter is a row, so that numbers become visible in the order of commits: a follower misses none.
CREATE TABLE article_changes (
  id   INTEGER PRIMARY KEY,
  last BIGINT NOT NULL
);
INSERT INTO article_changes (id, last) VALUES (1, 0);

CREATE TABLE article_uses (
  article_id TEXT PRIMARY KEY REFERENCES articles (id),
  cited      BIGINT NOT NULL DEFAULT 0,
  helpful    BIGINT NOT NULL DEFAULT 0,
  unhelpful  BIGINT NOT NULL DEFAULT 0,
  last_at    BIGINT NOT NULL DEFAULT 0
);

-- +goose Down
DROP TABLE article_uses;
DROP TABLE article_changes;
DROP TABLE article_versions;
DROP TABLE articles;
