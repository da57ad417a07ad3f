-- What an account has is counted and listed without reading everybody's.
CREATE INDEX api_keys_living ON api_keys (account) WHERE revoked_at IS NULL;
CREATE INDEX oauth_clients_account ON oauth_clients (account) WHERE ended_at IS NULL;
CREATE INDEX oauth_clients_publisher ON oauth_clients (publisher) WHERE ended_at IS NULL;
CREATE INDEX publishers_account ON publishers (account);
CREATE INDEX oauth_grants_consents ON oauth_grants (account, created_at) WHERE kind = 'consent' AND ended_at IS NULL;
