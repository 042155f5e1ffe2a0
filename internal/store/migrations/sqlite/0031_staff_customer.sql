-- +goose Up
ALTER TABLE staff ADD COLUMN customer_id TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE staff DROP COLUMN customer_id;
