-- Times are microseconds since 1970; identifiers are text.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    bootstrap BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    last_used_at BIGINT
);
-- A name is free again once its key is revoked.
CREATE UNIQUE INDEX api_keys_name ON api_keys (account, name) WHERE revoked_at IS NULL;

CREATE TABLE publishers (
    name TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL
);

CREATE TABLE packages (
    name TEXT PRIMARY KEY,
    publisher TEXT NOT NULL REFERENCES publishers (name),
    latest TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    pricing TEXT NOT NULL,
    tier TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE versions (
    id TEXT PRIMARY KEY,
    -- Checked at commit: the version decides a race before its package is touched.
    package TEXT NOT NULL REFERENCES packages (name) DEFERRABLE INITIALLY DEFERRED,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    blob_digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    tier TEXT NOT NULL,
    status TEXT NOT NULL,
    manifest TEXT NOT NULL,
    claim TEXT NOT NULL,
    checks TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES api_keys (id),
    published_at BIGINT NOT NULL,
    -- The point at which a publication counts.
    UNIQUE (package, version)
);

CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    blob_digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (account, name, version, blob_digest)
);

CREATE TABLE audit_log (
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    key_id TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL
);
