-- Where a version stands: in_review, active, rejected or yanked. Since when, and what was said of it.
ALTER TABLE versions ADD COLUMN stands_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE versions ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
UPDATE versions SET stands_since = published_at;
CREATE INDEX versions_in_review ON versions (published_at, id) WHERE status = 'in_review';
CREATE INDEX versions_package ON versions (package);
-- Whether a version can be installed: only then is it found by searching. `latest` is empty where nobody may see one yet.
ALTER TABLE packages ADD COLUMN active BIGINT NOT NULL DEFAULT 1;
