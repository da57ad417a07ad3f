//! Keys that were found in public.

use jiff::Timestamp;

use super::{Deed, Storage, StorageError, Trail};

impl Storage {
    /// Revokes a key and notes the reason; tells whether there is one of that digest. One that was revoked before stays as
    /// it was, so that a report that is sent again changes nothing.
    pub(in crate::marketplace) async fn revoke_leaked(
        &self,
        digest: &str,
        reason: &str,
        reporter: &str,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let Some(owner) = self.caller_by_key(digest).await? else { return Ok(false) };
        let mut transaction = self.writer.begin().await?;
        let revoked = sqlx::query(
            "UPDATE api_keys SET revoked_at = $1, revoked_reason = \
             CASE WHEN bootstrap = 1 THEN $2 || '; restart the sandbox for a new identity' ELSE $2 END \
             WHERE id = $3 AND revoked_at IS NULL",
        )
        .bind(now.as_microsecond())
        .bind(reason)
        .bind(owner.credential_id())
        .execute(&mut *transaction)
        .await?;
        if revoked.rows_affected() > 0 {
            let by = format!("leak-reporter:{reporter}");
            let (account, credential) = (Some(owner.account.as_str()), Some(by.as_str()));
            let deed = Deed { account, credential, action: "key.leak", object: owner.credential_id(), refused: None };
            self.note_deed(&mut transaction, now, trail, &deed).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }
}
