//! Device codes (RFC 8628).

use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::callers::scopes;
use super::grants::{self, NewGrant};
use super::rows::time;
use super::tokens::{Exchanged, Request, issue};
use super::{Deed, GrantKind, OAuthClient, Storage, StorageError, Trail};
use crate::credential::{ScopeSet, Token};

const USED: &str = "the device code was used before; what it had given is revoked";

/// What a device that asks again is told.
#[derive(Debug)]
pub(in crate::marketplace) enum Polled {
    /// The person has not decided yet.
    Pending,
    /// It asks too often.
    SlowDown,
    /// The person said no.
    Denied,
    /// Nobody decided in time.
    Expired,
    /// The code is of no use.
    Refused(&'static str),
    /// Tokens.
    Exchanged(Exchanged),
}

/// A request that waits for a person.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct WaitingDevice {
    pub(in crate::marketplace) client: String,
    pub(in crate::marketplace) scopes: ScopeSet,
}

/// A device code to be stored.
#[derive(Debug)]
pub(in crate::marketplace) struct NewDevice<'a> {
    pub(in crate::marketplace) code: &'a Token,
    /// What the person types, without separators.
    pub(in crate::marketplace) user_code: &'a str,
    pub(in crate::marketplace) client: &'a OAuthClient,
    pub(in crate::marketplace) scopes: &'a ScopeSet,
    pub(in crate::marketplace) expires_at: Timestamp,
    /// Seconds between two polls.
    pub(in crate::marketplace) interval: i64,
}

impl Storage {
    /// Stores a device code; `false` where the user code is taken by a living one.
    pub(in crate::marketplace) async fn store_device(&self, new: &NewDevice<'_>) -> Result<bool, StorageError> {
        let stored = sqlx::query(
            "INSERT INTO device_codes (digest, user_code, client, scopes, expires_at, poll_interval, status) \
             VALUES ($1, $2, $3, $4, $5, $6, 'pending') ON CONFLICT (user_code) DO NOTHING",
        )
        .bind(new.code.digest())
        .bind(new.user_code)
        .bind(&new.client.id)
        .bind(new.scopes.to_string())
        .bind(new.expires_at.as_microsecond())
        .bind(new.interval)
        .execute(&self.writer)
        .await?;
        Ok(stored.rows_affected() == 1)
    }

    /// The request that waits under a user code.
    pub(in crate::marketplace) async fn waiting_device(
        &self,
        user_code: &str,
        now: Timestamp,
    ) -> Result<Option<WaitingDevice>, StorageError> {
        let row = sqlx::query(
            "SELECT client, scopes FROM device_codes WHERE user_code = $1 AND status = 'pending' AND expires_at > $2",
        )
        .bind(user_code)
        .bind(now.as_microsecond())
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| Ok(WaitingDevice { client: row.try_get("client")?, scopes: scopes(&row)? })).transpose()
    }

    /// Writes down what a person decided; tells whether the request still waited.
    pub(in crate::marketplace) async fn decide_device(
        &self,
        user_code: &str,
        account: &str,
        approved: bool,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let Some(waiting) = self.waiting_device(user_code, now).await? else { return Ok(false) };
        let mut transaction = self.writer.begin().await?;
        let (client, scopes) = (waiting.client.as_str(), &waiting.scopes);
        let new = NewGrant { kind: GrantKind::Consent, client, account, scopes };
        let grant = if approved { Some(grants::make(&mut transaction, new, now).await?) } else { None };
        let decided = sqlx::query(
            "UPDATE device_codes SET status = $1, grant_id = $2 \
             WHERE user_code = $3 AND status = 'pending' AND expires_at > $4",
        )
        .bind(if approved { "approved" } else { "denied" })
        .bind(&grant)
        .bind(user_code)
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        if decided.rows_affected() == 0 {
            return Ok(false);
        }
        let object = format!("{client} {}", grant.as_deref().unwrap_or("device"));
        let refused = (!approved).then_some("access_denied");
        let deed = Deed { account: Some(account), action: "consent.give", object: &object, refused, credential: None };
        self.note_deed(&mut transaction, now, trail, &deed).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// A device asks whether the person has decided (RFC 8628 section 3.4). A code that comes again after it was used ends
    /// its grant, as an authorization code does: either it was stolen, or the tokens never arrived.
    pub(in crate::marketplace) async fn poll_device(
        &self,
        request: &Request<'_>,
        code: &Token,
    ) -> Result<Polled, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let find = "SELECT d.*, g.account, g.ended_at FROM device_codes d \
                    LEFT JOIN oauth_grants g ON g.id = d.grant_id WHERE d.digest = $1";
        let row = sqlx::query(find).bind(code.digest()).fetch_optional(&mut *transaction).await?;
        let Some(row) = row else { return Ok(Polled::Refused("the device code is unknown")) };
        if row.try_get::<String, _>("client")? != request.client.id {
            return Ok(Polled::Refused("the device code was given to another client"));
        }
        let status: String = row.try_get("status")?;
        if status == "used" {
            return self.end_used(transaction, request, &row).await;
        }
        if time(row.try_get("expires_at")?)? <= request.now {
            return Ok(Polled::Expired);
        }
        if status == "denied" {
            return Ok(Polled::Denied);
        }
        let interval: i64 = row.try_get("poll_interval")?;
        let last = row.try_get::<Option<i64>, _>("polled_at")?.map(time).transpose()?;
        // A tenth of leeway, for clients whose clock is not ours.
        let due = SignedDuration::from_millis(interval * 900);
        let hasty = last.is_some_and(|last| request.now.duration_since(last) < due);
        if status == "approved" && !hasty {
            let grant: String = row.try_get("grant_id")?;
            let claim = "UPDATE device_codes SET status = 'used' WHERE digest = $1 AND status = 'approved'";
            let claimed = sqlx::query(claim).bind(code.digest()).execute(&mut *transaction).await?;
            if claimed.rows_affected() == 0 {
                return self.end_used(transaction, request, &row).await;
            }
            let issued = issue(&mut transaction, request, &grant, scopes(&row)?, true).await?;
            let account: String = row.try_get("account")?;
            let subject = (Some(account.as_str()), "token.device", grant.as_str());
            let outcome = self.finish(transaction, request, subject, Exchanged::Issued(Box::new(issued))).await?;
            return Ok(Polled::Exchanged(outcome));
        }
        sqlx::query("UPDATE device_codes SET polled_at = $1, poll_interval = $2 WHERE digest = $3")
            .bind(request.now.as_microsecond())
            .bind(if hasty { interval + 5 } else { interval })
            .bind(code.digest())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(if hasty { Polled::SlowDown } else { Polled::Pending })
    }

    /// Ends what a device code had given.
    async fn end_used(
        &self,
        mut transaction: sqlx::Transaction<'_, sqlx::Any>,
        request: &Request<'_>,
        row: &AnyRow,
    ) -> Result<Polled, StorageError> {
        let (grant, account): (String, String) = (row.try_get("grant_id")?, row.try_get("account")?);
        if row.try_get::<Option<i64>, _>("ended_at")?.is_some() {
            return Ok(Polled::Refused(USED));
        }
        grants::end(&mut transaction, &grant, request.now).await?;
        let subject = (Some(account.as_str()), "token.device", grant.as_str());
        self.finish(transaction, request, subject, Exchanged::Ended(USED)).await.map(Polled::Exchanged)
    }
}
