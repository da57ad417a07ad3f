-- Keys with which publishers sign attestations: public halves only.
CREATE TABLE publisher_signing_keys (
    publisher TEXT NOT NULL REFERENCES publishers (name),
    -- SHA-256 of the key.
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (publisher, id)
);
CREATE UNIQUE INDEX publisher_signing_keys_name ON publisher_signing_keys (publisher, name) WHERE revoked_at IS NULL;

-- What a version rests on: the tier that awaits a review, the publisher's envelope and the marketplace's.
ALTER TABLE versions ADD COLUMN tier_claimed TEXT;
ALTER TABLE versions ADD COLUMN attestation TEXT;
ALTER TABLE versions ADD COLUMN countersignature TEXT;
