//! Keys with which publishers sign attestations: their public halves.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::error::is_unique_violation;
use super::rows::time;
use super::{Caller, Storage, StorageError};
use crate::credential::{Fingerprint, PublicKey};
use crate::wire::RegisteredSigningKey;

/// Most keys that are told of a publisher.
const MOST: i64 = 1000;

/// A key to be registered.
#[derive(Debug)]
pub(in crate::marketplace) struct NewSigningKey<'a> {
    pub(in crate::marketplace) publisher: &'a str,
    pub(in crate::marketplace) name: &'a str,
    pub(in crate::marketplace) public_key: &'a PublicKey,
}

impl Storage {
    /// Registers a key; `None` where the publisher has that key or a living one of that name.
    pub(in crate::marketplace) async fn register_signing_key(
        &self,
        caller: &Caller,
        new: &NewSigningKey<'_>,
        now: Timestamp,
    ) -> Result<Option<RegisteredSigningKey>, StorageError> {
        let id = new.public_key.fingerprint();
        let mut transaction = self.writer.begin().await?;
        let stored = sqlx::query(
            "INSERT INTO publisher_signing_keys (publisher, id, name, public_key, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(new.publisher)
        .bind(id.as_str())
        .bind(new.name)
        .bind(new.public_key.to_pem())
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await;
        match stored {
            Err(cause) if is_unique_violation(&cause) => return Ok(None),
            stored => stored?,
        };
        self.note(&mut transaction, now, caller, ("signing_key.create", &object(new.publisher, id.as_str()))).await?;
        transaction.commit().await?;
        self.find_signing_key(new.publisher, id.as_str()).await
    }

    /// The keys of a publisher, newest first.
    pub(in crate::marketplace) async fn signing_keys(
        &self,
        publisher: &str,
    ) -> Result<Vec<RegisteredSigningKey>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM publisher_signing_keys WHERE publisher = $1 ORDER BY created_at DESC, id LIMIT $2",
        )
        .bind(publisher)
        .bind(MOST)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(described).collect()
    }

    /// Finds a key of a publisher.
    pub(in crate::marketplace) async fn find_signing_key(
        &self,
        publisher: &str,
        id: &str,
    ) -> Result<Option<RegisteredSigningKey>, StorageError> {
        let row = sqlx::query("SELECT * FROM publisher_signing_keys WHERE publisher = $1 AND id = $2")
            .bind(publisher)
            .bind(id)
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(described).transpose()
    }

    /// Revokes a key; tells whether there is one. What is revoked stays as it is.
    pub(in crate::marketplace) async fn revoke_signing_key(
        &self,
        caller: &Caller,
        publisher: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let revoked = sqlx::query(
            "UPDATE publisher_signing_keys SET revoked_at = $1 WHERE publisher = $2 AND id = $3 AND revoked_at IS NULL",
        )
        .bind(now.as_microsecond())
        .bind(publisher)
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if revoked.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(self.find_signing_key(publisher, id).await?.is_some());
        }
        self.note(&mut transaction, now, caller, ("signing_key.revoke", &object(publisher, id))).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn object(publisher: &str, id: &str) -> String {
    format!("{publisher}/{id}")
}

fn described(row: &AnyRow) -> Result<RegisteredSigningKey, StorageError> {
    let public_key: String = row.try_get("public_key")?;
    let key = PublicKey::from_pem(&public_key).map_err(|why| StorageError::Damaged(why.to_owned()))?;
    let id: Fingerprint = key.fingerprint();
    Ok(RegisteredSigningKey {
        id,
        name: row.try_get("name")?,
        publisher: row.try_get("publisher")?,
        public_key,
        created_at: time(row.try_get("created_at")?)?,
        revoked_at: row.try_get::<Option<i64>, _>("revoked_at")?.map(time).transpose()?,
    })
}
