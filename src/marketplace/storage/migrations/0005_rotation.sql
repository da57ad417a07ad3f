-- A key and its successor live side by side under one name: the name belongs to the one that has no successor.
ALTER TABLE api_keys ADD COLUMN predecessor TEXT REFERENCES api_keys (id);
ALTER TABLE api_keys ADD COLUMN superseded BIGINT NOT NULL DEFAULT 0;
-- When the rotation was finished: the end of the key was set in favour of its successor.
ALTER TABLE api_keys ADD COLUMN retired_at BIGINT;
-- Of rotations of one key that begin at once, this lets one win.
CREATE UNIQUE INDEX api_keys_successor ON api_keys (predecessor) WHERE revoked_at IS NULL;
DROP INDEX api_keys_name;
CREATE UNIQUE INDEX api_keys_name ON api_keys (account, name) WHERE revoked_at IS NULL AND superseded = 0;

-- Requests for keys, by their Idempotency-Key. One without a key was cancelled before it came, and makes none any more.
CREATE TABLE key_requests (
    account TEXT NOT NULL REFERENCES accounts (id),
    id TEXT NOT NULL,
    key_id TEXT REFERENCES api_keys (id),
    -- The key or token that asked.
    asked_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

-- The signing secret before, which signs too until it ends; no end means that the rotation is not finished.
ALTER TABLE webhook_secrets ADD COLUMN rotation TEXT;
ALTER TABLE webhook_secrets ADD COLUMN previous TEXT;
ALTER TABLE webhook_secrets ADD COLUMN previous_created_at BIGINT;
ALTER TABLE webhook_secrets ADD COLUMN previous_expires_at BIGINT;
