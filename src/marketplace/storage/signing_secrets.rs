//! The secret that an account's deliveries are signed with, and the one before while it rotates.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::rows::time;
use super::{Caller, Deed, Storage, StorageError, Trail};
use crate::webhook::SigningSecret;

/// The secret of now, and the one before as long as it signs too.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct SigningSecrets {
    pub(in crate::marketplace) secret: SigningSecret,
    pub(in crate::marketplace) created_at: Timestamp,
    pub(in crate::marketplace) previous: Option<PreviousSecret>,
    /// Those before that, newest first.
    pub(in crate::marketplace) older: Vec<PreviousSecret>,
    /// Idempotency-Key of the request that made the secret.
    pub(in crate::marketplace) rotation: Option<String>,
}

/// A secret that was replaced and still signs.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct PreviousSecret {
    pub(in crate::marketplace) secret: SigningSecret,
    /// Its end; none until the rotation is finished.
    pub(in crate::marketplace) expires_at: Option<Timestamp>,
}

impl SigningSecrets {
    /// All that sign at this moment, the present one first.
    pub(in crate::marketplace) fn signing(&self) -> impl Iterator<Item = &SigningSecret> {
        let before = self.previous.iter().chain(&self.older).map(|before| &before.secret);
        std::iter::once(&self.secret).chain(before)
    }
}

/// Most secrets before the one before. With another rotation the oldest ends, so that headers stay short.
const MOST_OLDER: i64 = 3;
const FIND: &str = "SELECT * FROM webhook_secrets WHERE account = $1";

impl Storage {
    /// The secrets that an account's deliveries are signed with; the first is made at the first use.
    pub(in crate::marketplace) async fn signing_secrets(
        &self,
        account: &str,
        now: Timestamp,
    ) -> Result<SigningSecrets, StorageError> {
        if let Some(row) = sqlx::query(FIND).bind(account).fetch_optional(&self.reader).await? {
            return self.secrets_from_row(&row, now).await;
        }
        let mut transaction = self.writer.begin().await?;
        let made = sqlx::query(
            "INSERT INTO webhook_secrets (account, secret, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (account) DO NOTHING",
        )
        .bind(account)
        .bind(fresh()?.expose())
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() > 0 {
            let deed =
                Deed { account: Some(account), action: "webhook_secret.create", object: account, ..Deed::default() };
            self.note_deed(&mut transaction, now, &Trail::default(), &deed).await?;
        }
        transaction.commit().await?;
        let row = sqlx::query(FIND).bind(account).fetch_one(&self.writer).await?;
        self.secrets_from_row(&row, now).await
    }

    /// Puts a fresh secret before the present one; both sign from now on, and those before until their ends. False where
    /// another rotation is not finished.
    pub(in crate::marketplace) async fn rotate_signing_secret(
        &self,
        caller: &Caller,
        rotation: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query(
            "INSERT INTO webhook_older_secrets (account, secret, created_at, expires_at) \
             SELECT account, previous, previous_created_at, previous_expires_at FROM webhook_secrets \
             WHERE account = $1 AND previous IS NOT NULL AND previous_expires_at > $2",
        )
        .bind(&caller.account)
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        let rotated = sqlx::query(
            "UPDATE webhook_secrets SET previous = secret, previous_created_at = created_at, previous_expires_at = NULL, \
             secret = $1, created_at = $2, rotation = $3 \
             WHERE account = $4 AND (previous IS NULL OR previous_expires_at IS NOT NULL)",
        )
        .bind(fresh()?.expose())
        .bind(now.as_microsecond())
        .bind(rotation)
        .bind(&caller.account)
        .execute(&mut *transaction)
        .await?;
        if rotated.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "DELETE FROM webhook_older_secrets WHERE account = $1 AND (expires_at <= $2 OR secret NOT IN \
             (SELECT secret FROM webhook_older_secrets WHERE account = $1 ORDER BY created_at DESC, secret LIMIT $3))",
        )
        .bind(&caller.account)
        .bind(now.as_microsecond())
        .bind(MOST_OLDER)
        .execute(&mut *transaction)
        .await?;
        self.note(&mut transaction, now, caller, ("webhook_secret.rotate", &caller.account)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Ends each secret before the present one at `end` at the latest.
    pub(in crate::marketplace) async fn retire_signing_secret(
        &self,
        caller: &Caller,
        end: Timestamp,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query(
            "UPDATE webhook_secrets SET previous_expires_at = $1 \
             WHERE account = $2 AND previous IS NOT NULL AND (previous_expires_at IS NULL OR previous_expires_at > $1)",
        )
        .bind(end.as_microsecond())
        .bind(&caller.account)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE webhook_older_secrets SET expires_at = $1 WHERE account = $2 AND expires_at > $1")
            .bind(end.as_microsecond())
            .bind(&caller.account)
            .execute(&mut *transaction)
            .await?;
        self.note(&mut transaction, now, caller, ("webhook_secret.retire", &caller.account)).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes a rotation back that is not finished: the secret before is the only one again. Of a `rotation`, or of any.
    pub(in crate::marketplace) async fn undo_signing_secret(
        &self,
        caller: &Caller,
        rotation: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let undone = sqlx::query(
            "UPDATE webhook_secrets SET secret = previous, created_at = previous_created_at, rotation = NULL, \
             previous = NULL, previous_created_at = NULL \
             WHERE account = $1 AND previous IS NOT NULL AND previous_expires_at IS NULL \
             AND ($2 IS NULL OR rotation = $2)",
        )
        .bind(&caller.account)
        .bind(rotation)
        .execute(&mut *transaction)
        .await?;
        if undone.rows_affected() == 0 {
            return Ok(false);
        }
        self.note(&mut transaction, now, caller, ("webhook_secret.undo", &caller.account)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn secrets_from_row(&self, row: &AnyRow, now: Timestamp) -> Result<SigningSecrets, StorageError> {
        let expires_at = row.try_get::<Option<i64>, _>("previous_expires_at")?.map(time).transpose()?;
        let previous = row.try_get::<Option<String>, _>("previous")?.filter(|_| expires_at.is_none_or(|end| end > now));
        let previous =
            previous.map(|text| parsed(&text).map(|secret| PreviousSecret { secret, expires_at })).transpose()?;
        let older = sqlx::query(
            "SELECT secret, expires_at FROM webhook_older_secrets WHERE account = $1 AND expires_at > $2 \
             ORDER BY created_at DESC, secret",
        )
        .bind(row.try_get::<String, _>("account")?)
        .bind(now.as_microsecond())
        .fetch_all(&self.reader)
        .await?;
        let older = older.iter().map(|row| {
            let expires_at = Some(time(row.try_get("expires_at")?)?);
            Ok(PreviousSecret { secret: parsed(&row.try_get::<String, _>("secret")?)?, expires_at })
        });
        Ok(SigningSecrets {
            secret: parsed(&row.try_get::<String, _>("secret")?)?,
            created_at: time(row.try_get("created_at")?)?,
            previous,
            older: older.collect::<Result<_, StorageError>>()?,
            rotation: row.try_get("rotation")?,
        })
    }
}

fn fresh() -> Result<SigningSecret, StorageError> {
    SigningSecret::generate().map_err(|cause| StorageError::Io(std::io::Error::other(cause.to_string())))
}

fn parsed(text: &str) -> Result<SigningSecret, StorageError> {
    SigningSecret::parse(text).map_err(|why| StorageError::Damaged(format!("a signing secret: {why}")))
}
