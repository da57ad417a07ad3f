-- Why a key was revoked, where that was not its owner's doing.
ALTER TABLE api_keys ADD COLUMN revoked_reason TEXT;
