//! API keys: SHA-256 only.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::error::is_unique_violation;
use super::rows::time;
use super::{Caller, Deed, Storage, StorageError, Trail, key_requests, quotas};
use crate::credential::{ApiKey, ScopeSet};
use crate::wire;

/// Account of the built-in identity.
pub(in crate::marketplace) const BUILT_IN: &str = "acc_sandbox";

/// Selects keys, each with the identifier of its living successor.
macro_rules! select_keys {
    ($rest:literal) => {
        concat!(
            "SELECT api_keys.*, (SELECT heir.id FROM api_keys AS heir \
             WHERE heir.predecessor = api_keys.id AND heir.revoked_at IS NULL) AS successor FROM api_keys ",
            $rest
        )
    };
}
pub(super) use select_keys;

/// A key to be stored.
#[derive(Debug)]
pub(in crate::marketplace) struct NewKey<'a> {
    pub(in crate::marketplace) name: &'a str,
    pub(in crate::marketplace) secret: &'a ApiKey,
    pub(in crate::marketplace) scopes: &'a ScopeSet,
    pub(in crate::marketplace) expires_at: Option<Timestamp>,
    /// The request's Idempotency-Key.
    pub(in crate::marketplace) request: Option<&'a str>,
}

/// What became of a request for a key.
#[derive(Debug)]
pub(in crate::marketplace) enum KeyMade {
    Made(Box<wire::Key>),
    /// A living key has that name.
    NameTaken,
    /// The request came before, or was cancelled.
    RequestSpent,
    /// The account has as many keys as it may have.
    TooMany,
}

impl Storage {
    /// Stores the built-in identity's key in place of the one before. Nothing happens where it is the same. Tells whether
    /// it works: one that was revoked stays so.
    pub(in crate::marketplace) async fn store_bootstrap_key(
        &self,
        token: &ApiKey,
        scopes: &ScopeSet,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("INSERT INTO accounts (id, created_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
            .bind(BUILT_IN)
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        let replaced = sqlx::query(
            "UPDATE api_keys SET revoked_at = $1 WHERE bootstrap = 1 AND revoked_at IS NULL AND digest <> $2 RETURNING id",
        )
        .bind(now.as_microsecond())
        .bind(token.digest())
        .fetch_all(&mut *transaction)
        .await?;
        for row in replaced {
            self.note_own_key(&mut transaction, "key.revoke", &row.try_get::<String, _>("id")?, now).await?;
        }
        let id = identifier("key")?;
        let changed = sqlx::query(
            "INSERT INTO api_keys (id, account, name, prefix, digest, scopes, bootstrap, created_at) \
             VALUES ($1, $2, 'sandbox identity', $3, $4, $5, 1, $6) \
             ON CONFLICT (digest) DO UPDATE SET scopes = excluded.scopes WHERE api_keys.scopes <> excluded.scopes \
             RETURNING id",
        )
        .bind(&id)
        .bind(BUILT_IN)
        .bind(token.prefix())
        .bind(token.digest())
        .bind(scopes.to_string())
        .bind(now.as_microsecond())
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(row) = changed {
            let stored: String = row.try_get("id")?;
            let action = if stored == id { "key.create" } else { "key.scopes" };
            self.note_own_key(&mut transaction, action, &stored, now).await?;
        }
        let alive = sqlx::query("SELECT id FROM api_keys WHERE digest = $1 AND revoked_at IS NULL")
            .bind(token.digest())
            .fetch_optional(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(alive.is_some())
    }

    /// Notes what became of a key of the built-in identity. The marketplace does it by itself, in no request.
    async fn note_own_key(
        &self,
        connection: &mut AnyConnection,
        action: &str,
        object: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let deed = Deed { account: Some(BUILT_IN), action, object, ..Deed::default() };
        self.note_deed(connection, now, &Trail::default(), &deed).await
    }

    /// Stores a key of the caller's account.
    pub(in crate::marketplace) async fn store_key(
        &self,
        caller: &Caller,
        new: &NewKey<'_>,
        now: Timestamp,
    ) -> Result<KeyMade, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let Some(key) = insert(&mut transaction, caller, new, None, now).await? else {
            return Ok(KeyMade::NameTaken);
        };
        if !key_requests::note(&mut transaction, caller, new.request, &key.id, now).await? {
            return Ok(KeyMade::RequestSpent);
        }
        if !quotas::keys_fit(&mut transaction, &caller.account, false, now).await? {
            return Ok(KeyMade::TooMany);
        }
        self.note(&mut transaction, now, caller, ("key.create", &key.id)).await?;
        transaction.commit().await?;
        Ok(KeyMade::Made(Box::new(key)))
    }

    /// Lists an account's keys, newest first, from behind `after`.
    pub(in crate::marketplace) async fn list_keys(
        &self,
        account: &str,
        after: Option<(Timestamp, &str)>,
        limit: i64,
    ) -> Result<Vec<wire::Key>, StorageError> {
        let (at, id) = after.map_or((i64::MAX, ""), |(at, id)| (at.as_microsecond(), id));
        let rows = sqlx::query(select_keys!(
            "WHERE account = $1 AND bootstrap = 0 AND (created_at < $2 OR (created_at = $2 AND id > $3)) \
             ORDER BY created_at DESC, id LIMIT $4"
        ))
        .bind(account)
        .bind(at)
        .bind(id)
        .bind(limit)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(key_from_row).collect()
    }

    /// Revokes a key of the caller's account; tells whether there is one. Revoking twice changes nothing.
    pub(in crate::marketplace) async fn revoke_key(
        &self,
        caller: &Caller,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let known = sqlx::query("SELECT id FROM api_keys WHERE id = $1 AND account = $2 AND bootstrap = 0")
            .bind(id)
            .bind(&caller.account)
            .fetch_optional(&mut *transaction)
            .await?;
        if known.is_none() {
            return Ok(false);
        }
        revoke(self, &mut transaction, caller, id, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// A key of an account.
    pub(in crate::marketplace) async fn find_key(
        &self,
        account: &str,
        id: &str,
    ) -> Result<Option<wire::Key>, StorageError> {
        let query = sqlx::query(select_keys!("WHERE account = $1 AND id = $2 AND bootstrap = 0"));
        let row = query.bind(account).bind(id).fetch_optional(&self.reader).await?;
        row.as_ref().map(key_from_row).transpose()
    }
}

/// Adds a key in a transaction; `None` where a unique value of it is taken.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    caller: &Caller,
    new: &NewKey<'_>,
    predecessor: Option<&str>,
    now: Timestamp,
) -> Result<Option<wire::Key>, StorageError> {
    let key = wire::Key {
        id: identifier("key")?,
        name: new.name.to_owned(),
        prefix: new.secret.prefix().to_owned(),
        scopes: new.scopes.to_vec(),
        created_at: now,
        expires_at: new.expires_at,
        revoked_at: None,
        revoked_reason: None,
        last_used_at: None,
        predecessor: predecessor.map(str::to_owned),
        successor: None,
    };
    let stored = sqlx::query(
        "INSERT INTO api_keys (id, account, name, prefix, digest, scopes, created_at, expires_at, predecessor) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&key.id)
    .bind(&caller.account)
    .bind(&key.name)
    .bind(&key.prefix)
    .bind(new.secret.digest())
    .bind(new.scopes.to_string())
    .bind(now.as_microsecond())
    .bind(new.expires_at.map(Timestamp::as_microsecond))
    .bind(predecessor)
    .execute(connection)
    .await;
    match stored {
        Err(cause) if is_unique_violation(&cause) => Ok(None),
        stored => stored.map(|_| Some(key)).map_err(StorageError::from),
    }
}

/// Revokes a key in a transaction. A predecessor that was not retired has no successor then, and its name again.
pub(super) async fn revoke(
    storage: &Storage,
    connection: &mut AnyConnection,
    caller: &Caller,
    id: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query("UPDATE api_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
        .bind(now.as_microsecond())
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "UPDATE api_keys SET superseded = 0 \
         WHERE id = (SELECT heir.predecessor FROM api_keys AS heir WHERE heir.id = $1 AND heir.superseded = 0) \
         AND retired_at IS NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
    )
    .bind(id)
    .bind(now.as_microsecond())
    .execute(&mut *connection)
    .await?;
    storage.note(connection, now, caller, ("key.revoke", id)).await
}

/// A fresh identifier: a short prefix and 20 random hex digits.
pub(super) fn identifier(prefix: &str) -> Result<String, StorageError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|cause| StorageError::Io(std::io::Error::other(cause.to_string())))?;
    Ok(format!("{prefix}_{}", crate::package::hex(&random)))
}

/// Reads a key.
pub(super) fn key_from_row(row: &AnyRow) -> Result<wire::Key, StorageError> {
    let optional_time = |column: &str| row.try_get::<Option<i64>, _>(column)?.map(time).transpose();
    let scopes = super::callers::scopes(row)?;
    Ok(wire::Key {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        prefix: row.try_get("prefix")?,
        scopes: scopes.to_vec(),
        created_at: time(row.try_get("created_at")?)?,
        expires_at: optional_time("expires_at")?,
        revoked_at: optional_time("revoked_at")?,
        revoked_reason: row.try_get("revoked_reason")?,
        last_used_at: optional_time("last_used_at")?,
        predecessor: row.try_get("predecessor")?,
        successor: row.try_get("successor")?,
    })
}
