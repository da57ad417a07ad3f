-- People, what they may do for publishers, and what they let others do for them.
ALTER TABLE accounts ADD COLUMN name TEXT NOT NULL DEFAULT '';

-- How an account signs in: what another provider calls the person, for ever.
CREATE TABLE identities (
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    login TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (provider, subject)
);

CREATE TABLE members (
    publisher TEXT NOT NULL REFERENCES publishers (name),
    account TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (publisher, account)
);
INSERT INTO members (publisher, account, role, created_at) SELECT name, account, 'owner', created_at FROM publishers;

-- Sign-ins at another provider that are under way, and sessions of browsers.
CREATE TABLE sign_ins (
    digest TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    session TEXT NOT NULL,
    verifier TEXT NOT NULL,
    nonce TEXT NOT NULL,
    return_to TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE browser_sessions (
    digest TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE oauth_clients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Absent for a public client.
    secret_digest TEXT,
    -- Whose it is; absent for the marketplace's own.
    account TEXT REFERENCES accounts (id),
    integration TEXT,
    -- Whose members look after it, where it is an integration's.
    publisher TEXT,
    redirect_uris TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX oauth_clients_integration ON oauth_clients (integration)
    WHERE integration IS NOT NULL AND ended_at IS NULL;

-- What an account lets a client do. Tokens live no longer than their grant.
CREATE TABLE oauth_grants (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    client TEXT NOT NULL REFERENCES oauth_clients (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX oauth_grants_client ON oauth_grants (client, account);

CREATE TABLE oauth_codes (
    digest TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES oauth_grants (id),
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE oauth_tokens (
    digest TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    grant_id TEXT NOT NULL REFERENCES oauth_grants (id),
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- A refresh token is used once.
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX oauth_tokens_grant ON oauth_tokens (grant_id);

CREATE TABLE device_codes (
    digest TEXT PRIMARY KEY,
    user_code TEXT NOT NULL UNIQUE,
    client TEXT NOT NULL REFERENCES oauth_clients (id),
    scopes TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Seconds that must lie between two polls.
    poll_interval BIGINT NOT NULL,
    polled_at BIGINT,
    -- pending, approved, denied or used.
    status TEXT NOT NULL,
    grant_id TEXT REFERENCES oauth_grants (id)
);

-- What a carrier has installed. The grant is what its integration may do there, and ends with it.
CREATE TABLE installations (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    integration TEXT NOT NULL,
    version TEXT NOT NULL,
    scopes TEXT NOT NULL,
    settings TEXT NOT NULL,
    grant_id TEXT NOT NULL REFERENCES oauth_grants (id),
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX installations_living ON installations (account, integration) WHERE ended_at IS NULL;

-- The audit log: append-only, a chain of hashes for each process that writes. The log without hashes ends here.
ALTER TABLE audit_log RENAME TO audit_log_unchained;
CREATE TABLE audit_chains (
    id TEXT PRIMARY KEY,
    opened_at BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    head TEXT NOT NULL,
    -- How far a later chain has anchored it.
    anchored BIGINT NOT NULL
);
CREATE TABLE audit_entries (
    chain TEXT NOT NULL REFERENCES audit_chains (id),
    sequence BIGINT NOT NULL,
    account TEXT,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (chain, sequence)
);

-- A version may be published with a token too, which is no key.
CREATE TABLE versions_anew (
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
    -- The key or token that published it.
    published_by TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    -- The point at which a publication counts.
    UNIQUE (package, version)
);
INSERT INTO versions_anew SELECT id, package, version, digest, blob_digest, size, tier, status, manifest, claim, checks,
    published_by, published_at FROM versions;
DROP TABLE versions;
ALTER TABLE versions_anew RENAME TO versions;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_does_not_change BEFORE UPDATE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_chains_are_kept BEFORE DELETE ON audit_chains
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
