//! Forgetting what is of no use any more, so that tables do not grow with time alone.

use jiff::{SignedDuration, Timestamp};

use super::{Storage, StorageError};

/// What has expired is told apart from what never was for this long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// What is forgotten once it has lain so long: statements with the time before which it ended.
const FORGET: [&str; 8] = [
    "DELETE FROM sign_ins WHERE expires_at < $1",
    "DELETE FROM browser_sessions WHERE expires_at < $1",
    "DELETE FROM oauth_tokens WHERE expires_at < $1",
    "DELETE FROM oauth_codes WHERE expires_at < $1",
    "DELETE FROM device_codes WHERE expires_at < $1",
    "DELETE FROM webhook_older_secrets WHERE expires_at < $1",
    // Requests that were cancelled before they came; those that made a key are kept with it.
    "DELETE FROM key_requests WHERE key_id IS NULL AND created_at < $1",
    // A consent from which nothing is left; those of installations and of clients themselves are kept with them.
    "DELETE FROM oauth_grants WHERE kind = 'consent' AND created_at < $1 \
     AND NOT EXISTS (SELECT 1 FROM oauth_tokens t WHERE t.grant_id = oauth_grants.id) \
     AND NOT EXISTS (SELECT 1 FROM oauth_codes k WHERE k.grant_id = oauth_grants.id) \
     AND NOT EXISTS (SELECT 1 FROM device_codes d WHERE d.grant_id = oauth_grants.id)",
];

impl Storage {
    /// Forgets tokens, codes, sessions and consents that ended a day ago.
    pub(in crate::marketplace) async fn forget_what_has_expired(&self, now: Timestamp) -> Result<(), StorageError> {
        let before = now.checked_sub(REMEMBERED).unwrap_or(now).as_microsecond();
        for statement in FORGET {
            sqlx::query(statement).bind(before).execute(&self.writer).await?;
        }
        Ok(())
    }
}
