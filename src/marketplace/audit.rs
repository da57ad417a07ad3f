//! The append-only log of what was done: who, what, with what outcome. Never a secret or a body.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::storage::StorageError;

/// One thing that was done.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) account: &'a str,
    pub(super) key_id: &'a str,
    pub(super) action: &'a str,
    pub(super) object: &'a str,
}

/// Appends an entry in the transaction of the change that it tells of: one is there if and only if the other is.
pub(super) async fn append(
    connection: &mut AnyConnection,
    now: Timestamp,
    entry: &Entry<'_>,
) -> Result<(), StorageError> {
    sqlx::query("INSERT INTO audit_log (at, account, key_id, action, object) VALUES ($1, $2, $3, $4, $5)")
        .bind(now.as_microsecond())
        .bind(entry.account)
        .bind(entry.key_id)
        .bind(entry.action)
        .bind(entry.object)
        .execute(connection)
        .await?;
    Ok(())
}
