//! Keys that were found in public.

use jiff::Timestamp;
use sqlx::Row as _;

use super::{Deed, GrantKind, Storage, StorageError, Trail, grants};
use crate::credential::Token;

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
            // Whoever found it may have begun a rotation of it.
            let heirs = sqlx::query(
                "UPDATE api_keys SET revoked_at = $1, revoked_reason = $2 WHERE predecessor = $3 \
                 AND revoked_at IS NULL AND (SELECT retired_at FROM api_keys AS old WHERE old.id = $3) IS NULL \
                 RETURNING id",
            )
            .bind(now.as_microsecond())
            .bind(format!("it succeeds a key that was {reason}"))
            .bind(owner.credential_id())
            .fetch_all(&mut *transaction)
            .await?;
            let by = format!("leak-reporter:{reporter}");
            let (account, credential) = (Some(owner.account.as_str()), Some(by.as_str()));
            let deed = Deed { account, credential, action: "key.leak", object: owner.credential_id(), refused: None };
            self.note_deed(&mut transaction, now, trail, &deed).await?;
            for heir in heirs {
                let object: String = heir.try_get("id")?;
                let deed = Deed { action: "key.revoke", object: &object, ..deed };
                self.note_deed(&mut transaction, now, trail, &deed).await?;
            }
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Ends a leaked token, and everything else that rests on a person's consent to it; tells whether there is such a token.
    pub(in crate::marketplace) async fn end_leaked_token(
        &self,
        token: &Token,
        reporter: &str,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let Some(known) = self.find_token(token, now).await? else { return Ok(false) };
        let mut transaction = self.writer.begin().await?;
        if known.grant_kind == GrantKind::Consent {
            grants::end(&mut transaction, &known.grant, now).await?;
        } else {
            // An integration goes on with the next one: what its installations rest on is not lost with a token.
            sqlx::query("UPDATE oauth_tokens SET revoked_at = $1 WHERE id = $2")
                .bind(now.as_microsecond())
                .bind(&known.id)
                .execute(&mut *transaction)
                .await?;
        }
        let by = format!("leak-reporter:{reporter}");
        let (account, credential) = (Some(known.account.as_str()), Some(by.as_str()));
        let deed = Deed { account, credential, action: "token.leak", object: &known.grant, refused: None };
        self.note_deed(&mut transaction, now, trail, &deed).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Makes a leaked client secret useless; tells whether there is such a client. Its owner asks for another.
    pub(in crate::marketplace) async fn void_leaked_client_secret(
        &self,
        secret: &Token,
        reporter: &str,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let row = sqlx::query(
            "UPDATE oauth_clients SET secret_digest = 'none' WHERE secret_digest = $1 RETURNING id, account",
        )
        .bind(secret.digest())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(false) };
        let (id, account): (String, Option<String>) = (row.try_get("id")?, row.try_get("account")?);
        let by = format!("leak-reporter:{reporter}");
        let (account, credential) = (account.as_deref(), Some(by.as_str()));
        let deed = Deed { account, credential, action: "client.leak", object: &id, refused: None };
        self.note_deed(&mut transaction, now, trail, &deed).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
