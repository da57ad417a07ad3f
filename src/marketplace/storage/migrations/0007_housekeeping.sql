-- What has expired is found without reading everything.
CREATE INDEX oauth_tokens_expiry ON oauth_tokens (expires_at);
CREATE INDEX oauth_codes_expiry ON oauth_codes (expires_at);
CREATE INDEX oauth_codes_grant ON oauth_codes (grant_id);
CREATE INDEX device_codes_expiry ON device_codes (expires_at);
CREATE INDEX device_codes_grant ON device_codes (grant_id);
CREATE INDEX browser_sessions_expiry ON browser_sessions (expires_at);
CREATE INDEX sign_ins_expiry ON sign_ins (expires_at);
