//! Rotation of keys: a successor beside the old one, then the end of the old one.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use super::keys::{NewKey, insert, key_from_row, revoke, select_keys};
use super::{Caller, Storage, StorageError, key_requests, quotas};
use crate::wire;

/// What became of the wish for a successor.
#[derive(Debug)]
pub(in crate::marketplace) enum Succession {
    Made(Box<wire::Key>),
    /// There is a living successor, of that identifier.
    Succeeded(String),
    /// Another key has the name meanwhile.
    NameTaken,
    /// The request came before, or was cancelled.
    RequestSpent,
    /// The account has as many keys as it may have while some rotate.
    TooMany,
}

impl Storage {
    /// Makes a successor of `old`, with its name, its scopes and the end that `new` says. One that was made before and
    /// never finished makes room where `replace` is set.
    pub(in crate::marketplace) async fn create_successor(
        &self,
        caller: &Caller,
        old: &wire::Key,
        new: &NewKey<'_>,
        replace: bool,
        now: Timestamp,
    ) -> Result<Succession, StorageError> {
        let mut transaction = self.writer.begin().await?;
        // Written before anything is read, so that of two at once the second sees what the first has done.
        let row = sqlx::query("UPDATE api_keys SET superseded = 1 WHERE id = $1 RETURNING retired_at")
            .bind(&old.id)
            .fetch_one(&mut *transaction)
            .await?;
        let finished = row.try_get::<Option<i64>, _>("retired_at")?.is_some();
        if let Some(heir) = living_successor(&mut transaction, &old.id).await? {
            if finished || !replace {
                return Ok(Succession::Succeeded(heir));
            }
            revoke(self, &mut transaction, caller, &heir, now).await?;
            sqlx::query("UPDATE api_keys SET superseded = 1 WHERE id = $1")
                .bind(&old.id)
                .execute(&mut *transaction)
                .await?;
        }
        let Some(key) = insert(&mut transaction, caller, new, Some(&old.id), now).await? else {
            return Ok(Succession::NameTaken);
        };
        if !key_requests::note(&mut transaction, caller, new.request, &key.id, now).await? {
            return Ok(Succession::RequestSpent);
        }
        if !quotas::keys_fit(&mut transaction, &caller.account, true, now).await? {
            return Ok(Succession::TooMany);
        }
        self.note(&mut transaction, now, caller, ("key.rotate", &key.id)).await?;
        transaction.commit().await?;
        Ok(Succession::Made(Box::new(key)))
    }

    /// Tells whether a key is the caller's own or one before it in its line of successors.
    pub(in crate::marketplace) async fn is_in_line(&self, caller: &Caller, id: &str) -> Result<bool, StorageError> {
        let row = sqlx::query(
            "WITH RECURSIVE line (id, predecessor) AS (SELECT id, predecessor FROM api_keys WHERE id = $1 \
             UNION SELECT old.id, old.predecessor FROM api_keys AS old JOIN line ON old.id = line.predecessor) \
             SELECT id FROM line WHERE id = $2",
        )
        .bind(caller.credential_id())
        .bind(id)
        .fetch_optional(&self.reader)
        .await?;
        Ok(row.is_some())
    }

    /// Ends a key at `end` at the latest. Where it has a successor its rotation is finished then, and those before it in
    /// its line end too, whose own rotations were never finished.
    /// `None` where the account has no such key.
    pub(in crate::marketplace) async fn shorten_key(
        &self,
        caller: &Caller,
        id: &str,
        end: Timestamp,
        now: Timestamp,
    ) -> Result<Option<wire::Key>, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let shortened = sqlx::query(
            "WITH RECURSIVE line (id, predecessor) AS \
             (SELECT id, CASE WHEN superseded = 1 THEN predecessor END \
             FROM api_keys WHERE id = $1 AND account = $2 AND bootstrap = 0 \
             UNION SELECT old.id, old.predecessor FROM api_keys AS old JOIN line ON old.id = line.predecessor) \
             UPDATE api_keys SET expires_at = CASE WHEN expires_at < $3 THEN expires_at ELSE $3 END, \
             retired_at = CASE WHEN superseded = 1 AND retired_at IS NULL THEN $4 ELSE retired_at END \
             WHERE id IN (SELECT id FROM line) AND revoked_at IS NULL AND (id = $1 OR retired_at IS NULL) \
             RETURNING id",
        )
        .bind(id)
        .bind(&caller.account)
        .bind(end.as_microsecond())
        .bind(now.as_microsecond())
        .fetch_all(&mut *transaction)
        .await?;
        let query = sqlx::query(select_keys!("WHERE account = $1 AND id = $2 AND bootstrap = 0"));
        let row = query.bind(&caller.account).bind(id).fetch_optional(&mut *transaction).await?;
        let Some(key) = row.as_ref().map(key_from_row).transpose()? else { return Ok(None) };
        self.note(&mut transaction, now, caller, ("key.shorten", id)).await?;
        for row in shortened {
            let other: String = row.try_get("id")?;
            if other != id {
                self.note(&mut transaction, now, caller, ("key.shorten", &other)).await?;
            }
        }
        transaction.commit().await?;
        Ok(Some(key))
    }
}

async fn living_successor(connection: &mut AnyConnection, id: &str) -> Result<Option<String>, StorageError> {
    let row = sqlx::query("SELECT id FROM api_keys WHERE predecessor = $1 AND revoked_at IS NULL")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}
