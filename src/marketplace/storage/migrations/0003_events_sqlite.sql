-- The log of events: append-only, one order for each account.
CREATE TABLE event_heads (
    account TEXT PRIMARY KEY REFERENCES accounts (id),
    last BIGINT NOT NULL
);

CREATE TABLE events (
    account TEXT NOT NULL REFERENCES accounts (id),
    position BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account, position)
);

-- What deliveries are signed with. Signing needs the secret itself, so a hash would not do.
CREATE TABLE webhook_secrets (
    account TEXT PRIMARY KEY REFERENCES accounts (id),
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The ledger: append-only, a hash chain for each account.
CREATE TABLE ledger_entries (
    account TEXT NOT NULL REFERENCES accounts (id),
    sequence BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    hash TEXT NOT NULL,
    idempotency_key TEXT,
    request_digest TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (account, sequence)
);
CREATE UNIQUE INDEX ledger_entries_idempotency ON ledger_entries (account, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER events_do_not_change BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_does_not_change BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
