-- +goose Up
-- A product is read and written whole; its variants have rows of their own, so that a SKU belongs to one product.
CREATE TABLE products (
  id         TEXT PRIMARY KEY,
  category   TEXT NOT NULL,
  data       TEXT NOT NULL,
  position   BIGINT NOT NULL
);
CREATE TABLE skus (
  code       TEXT PRIMARY KEY,
  product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE
);
CREATE INDEX skus_by_product ON skus (product_id);

CREATE TABLE stores (
  id         TEXT PRIMARY KEY,
  data       TEXT NOT NULL,
  position   BIGINT NOT NULL
);

CREATE TABLE stock (
  sku        TEXT NOT NULL,
  place      TEXT NOT NULL,
  on_hand    BIGINT NOT NULL CHECK (on_hand >= 0),
  reserved   BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  PRIMARY KEY (sku, place)
);

CREATE TABLE members (
  customer_id TEXT PRIMARY KEY,
  tier        TEXT NOT NULL,
  points      BIGINT NOT NULL CHECK (points >= 0),
  data        TEXT NOT NULL,
  version     BIGINT NOT NULL
);

CREATE TABLE coupons (
  id          TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL,
  code        TEXT NOT NULL UNIQUE,
  valid_until BIGINT NOT NULL,
  used_at     BIGINT NOT NULL DEFAULT 0,
  data        TEXT NOT NULL
);
CREATE INDEX coupons_by_customer ON coupons (customer_id);

-- Lines, payments and shipments are parts of an order and change with it, so they live in its document.
CREATE TABLE orders (
  id          TEXT PRIMARY KEY,
  number      TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL,
  status      TEXT NOT NULL,
  placed_at   BIGINT NOT NULL,
  total       BIGINT NOT NULL,
  currency    TEXT NOT NULL,
  data        TEXT NOT NULL,
  version     BIGINT NOT NULL
);
CREATE INDEX orders_by_customer ON orders (customer_id, placed_at);
CREATE INDEX orders_by_status ON orders (status, placed_at);

CREATE TABLE cases (
  id          TEXT PRIMARY KEY,
  number      TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  order_id    TEXT NOT NULL,
  status      TEXT NOT NULL,
  opened_at   BIGINT NOT NULL,
  due_at      BIGINT NOT NULL,
  data        TEXT NOT NULL,
  version     BIGINT NOT NULL
);
CREATE INDEX cases_by_customer ON cases (customer_id, opened_at);
CREATE INDEX cases_by_kind ON cases (kind, status, due_at);

-- The first outcome of a request, under the key its caller gave.
CREATE TABLE commerce_keys (
  customer_id TEXT NOT NULL,
  key         TEXT NOT NULL,
  print       TEXT NOT NULL,
  outcome     TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL,
  PRIMARY KEY (customer_id, key)
);

-- +goose Down
DROP TABLE commerce_keys;
DROP TABLE cases;
DROP TABLE orders;
DROP TABLE coupons;
DROP TABLE members;
DROP TABLE stock;
DROP TABLE stores;
DROP TABLE skus;
DROP TABLE products;
