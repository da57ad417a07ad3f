-- Secrets before the one before: a secret can be replaced while the one before it still signs, and each signs until its end.
CREATE TABLE webhook_older_secrets (
    account TEXT NOT NULL REFERENCES accounts (id),
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (account, secret)
);
