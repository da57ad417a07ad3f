//! Uploads under way.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::keys::identifier;
use super::{Caller, Storage, StorageError};
use crate::manifest::IntegrationName;
use crate::wire::OpenUpload;

/// An upload that nobody finishes is forgotten after so many hours.
const KEPT_HOURS: i64 = 24;

/// An upload under way.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct StoredUpload {
    pub(in crate::marketplace) id: String,
    pub(in crate::marketplace) announced: OpenUpload,
}

impl Storage {
    /// Opens an upload, or finds the one that is under way for the same bytes.
    pub(in crate::marketplace) async fn open_upload(
        &self,
        caller: &Caller,
        announced: &OpenUpload,
        now: Timestamp,
    ) -> Result<StoredUpload, StorageError> {
        sqlx::query(
            "INSERT INTO uploads (id, account, name, version, digest, blob_digest, size, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, name, version, blob_digest) \
             DO UPDATE SET digest = excluded.digest, size = excluded.size",
        )
        .bind(identifier("upl")?)
        .bind(&caller.account)
        .bind(announced.name.to_string())
        .bind(&announced.version)
        .bind(&announced.digest)
        .bind(&announced.blob_digest)
        .bind(i64::try_from(announced.size).unwrap_or(i64::MAX))
        .bind(now.as_microsecond())
        .execute(&self.writer)
        .await?;
        let row =
            sqlx::query("SELECT * FROM uploads WHERE account = $1 AND name = $2 AND version = $3 AND blob_digest = $4")
                .bind(&caller.account)
                .bind(announced.name.to_string())
                .bind(&announced.version)
                .bind(&announced.blob_digest)
                .fetch_one(&self.writer)
                .await?;
        let upload = upload_from_row(&row)?;
        if self.blobs.received(&upload.id)? > announced.size {
            // What was announced before was not true, and too much was sent: it begins anew.
            self.blobs.discard(&upload.id)?;
        }
        Ok(upload)
    }

    /// Finds an upload of the caller's account.
    pub(in crate::marketplace) async fn find_upload(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Option<StoredUpload>, StorageError> {
        let row = sqlx::query("SELECT * FROM uploads WHERE id = $1 AND account = $2")
            .bind(id)
            .bind(&caller.account)
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(upload_from_row).transpose()
    }

    /// Forgets an upload and what has arrived of it.
    pub(in crate::marketplace) async fn forget_upload(&self, id: &str) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM uploads WHERE id = $1").bind(id).execute(&self.writer).await?;
        self.blobs.discard(id)?;
        Ok(())
    }

    /// Forgets uploads that nobody finished in a day, and bytes whose upload is over.
    pub(in crate::marketplace) async fn forget_old_uploads(&self, now: Timestamp) -> Result<(), StorageError> {
        let before = now.checked_sub(SignedDuration::from_hours(KEPT_HOURS)).unwrap_or(Timestamp::MIN);
        let old = sqlx::query("SELECT id FROM uploads WHERE created_at < $1")
            .bind(before.as_microsecond())
            .fetch_all(&self.reader)
            .await?;
        for row in old {
            self.forget_upload(&row.try_get::<String, _>("id")?).await?;
        }
        let rows = sqlx::query("SELECT id FROM uploads").fetch_all(&self.reader).await?;
        let known = rows.iter().map(|row| row.try_get("id")).collect::<Result<HashSet<String>, _>>()?;
        for id in self.blobs.arrived()?.iter().filter(|id| !known.contains(*id)) {
            self.blobs.discard(id)?;
        }
        Ok(())
    }
}

fn upload_from_row(row: &AnyRow) -> Result<StoredUpload, StorageError> {
    let name = IntegrationName::parse(&row.try_get::<String, _>("name")?).map_err(StorageError::Damaged)?;
    let announced = OpenUpload {
        name,
        version: row.try_get("version")?,
        digest: row.try_get("digest")?,
        blob_digest: row.try_get("blob_digest")?,
        size: u64::try_from(row.try_get::<i64, _>("size")?).unwrap_or(0),
    };
    Ok(StoredUpload { id: row.try_get("id")?, announced })
}
