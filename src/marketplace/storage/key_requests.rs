//! Requests for keys by their Idempotency-Key, so that a key whose secret was lost on the way can be given up, whenever
//! the request that makes it comes.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use super::error::is_unique_violation;
use super::{Caller, Storage, StorageError, keys};
use crate::credential::Scope;

/// What became of the wish to cancel a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::marketplace) enum Cancelled {
    /// No key of that request lives, and none ever will.
    Done,
    /// Another key made it.
    NotYours,
    /// The key that it made has taken its predecessor's place.
    Finished,
}

/// Notes that a request made a key; false where it came before or was cancelled.
pub(super) async fn note(
    connection: &mut AnyConnection,
    caller: &Caller,
    request: Option<&str>,
    key: &str,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let Some(request) = request else { return Ok(true) };
    store(connection, caller, request, Some(key), now).await
}

async fn store(
    connection: &mut AnyConnection,
    caller: &Caller,
    request: &str,
    key: Option<&str>,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let stored =
        sqlx::query("INSERT INTO key_requests (account, id, key_id, asked_by, created_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(&caller.account)
            .bind(request)
            .bind(key)
            .bind(caller.credential_id())
            .bind(now.as_microsecond())
            .execute(connection)
            .await;
    match stored {
        Err(cause) if is_unique_violation(&cause) => Ok(false),
        stored => stored.map(|_| true).map_err(StorageError::from),
    }
}

impl Storage {
    /// Cancels a request: the key that it made is revoked, and one that has not come yet makes none.
    pub(in crate::marketplace) async fn cancel_key_request(
        &self,
        caller: &Caller,
        request: &str,
        now: Timestamp,
    ) -> Result<Cancelled, StorageError> {
        let mut transaction = self.writer.begin().await?;
        if store(&mut transaction, caller, request, None, now).await? {
            transaction.commit().await?;
            return Ok(Cancelled::Done);
        }
        let row = sqlx::query(
            "SELECT asked_by, key_id, (SELECT old.retired_at FROM api_keys AS old JOIN api_keys AS made \
             ON old.id = made.predecessor WHERE made.id = key_requests.key_id) AS retired_at \
             FROM key_requests WHERE account = $1 AND id = $2",
        )
        .bind(&caller.account)
        .bind(request)
        .fetch_one(&mut *transaction)
        .await?;
        if row.try_get::<String, _>("asked_by")? != caller.credential_id() && !caller.scopes.allows(Scope::KeysWrite) {
            return Ok(Cancelled::NotYours);
        }
        if row.try_get::<Option<i64>, _>("retired_at")?.is_some() {
            return Ok(Cancelled::Finished);
        }
        if let Some(key) = row.try_get::<Option<String>, _>("key_id")? {
            keys::revoke(self, &mut transaction, caller, &key, now).await?;
        }
        transaction.commit().await?;
        Ok(Cancelled::Done)
    }
}
