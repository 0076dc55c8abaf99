-- +goose Up
-- What came from each source, by its hour.
CREATE INDEX receipt_by_time ON receipts (received, source, outcome, items);
