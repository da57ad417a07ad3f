//! The ledger: append-only, a hash chain for each account. Each entry appends `ledger.event.created` to the event log in
//! the same transaction.

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row as _};

use super::error::is_unique_violation;
use super::keys::identifier;
use super::{Caller, Storage, StorageError, events};
use crate::event::EventType;
use crate::package::hex;
use crate::wire::{AppendEntry, LedgerEntry};

/// Previous hash of the first entry.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What appending came to.
#[derive(Debug)]
pub(in crate::marketplace) enum Appended {
    /// The entry is there now.
    New(Box<LedgerEntry>),
    /// The same request came before under this idempotency key.
    Repeated(Box<LedgerEntry>),
    /// Another request came before under this idempotency key.
    OtherRequest,
}

impl Storage {
    /// Appends an entry and the event that tells of it.
    pub(in crate::marketplace) async fn append_to_ledger(
        &self,
        caller: &Caller,
        request: &AppendEntry,
        idempotency_key: Option<&str>,
        now: Timestamp,
    ) -> Result<Appended, StorageError> {
        let request_digest = digest_of(request)?;
        if let Some(key) = idempotency_key
            && let Some(known) = self.repeated(&caller.account, key, &request_digest).await?
        {
            return Ok(known);
        }
        let mut transaction = self.writer.begin().await?;
        let made = link(&mut transaction, &caller.account, request, now).await?;
        let inserted = sqlx::query(
            "INSERT INTO ledger_entries \
             (account, sequence, id, document, hash, idempotency_key, request_digest, recorded_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&caller.account)
        .bind(i64::try_from(made.sequence).unwrap_or(i64::MAX))
        .bind(&made.id)
        .bind(text_of(&made)?)
        .bind(&made.hash)
        .bind(idempotency_key)
        .bind(&request_digest)
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await;
        match (inserted, idempotency_key) {
            // The same key came in by another connection in this moment.
            (Err(cause), Some(key)) if is_unique_violation(&cause) => {
                transaction.rollback().await?;
                let known = self.repeated(&caller.account, key, &request_digest).await?;
                return known.ok_or(StorageError::Database(cause));
            }
            (inserted, _) => inserted?,
        };
        let body = serde_json::json!({
            "type": EventType::LedgerEventCreated.as_str(), "timestamp": now.to_string(), "data": &made,
        });
        let kind = EventType::LedgerEventCreated;
        events::append(&mut transaction, &caller.account, kind, body.to_string().as_bytes(), now).await?;
        self.note(&mut transaction, now, caller, ("ledger.append", &made.id)).await?;
        transaction.commit().await?;
        Ok(Appended::New(Box::new(made)))
    }

    async fn repeated(&self, account: &str, key: &str, request_digest: &str) -> Result<Option<Appended>, StorageError> {
        let find = "SELECT document, request_digest FROM ledger_entries WHERE account = $1 AND idempotency_key = $2";
        let Some(row) = sqlx::query(find).bind(account).bind(key).fetch_optional(&self.reader).await? else {
            return Ok(None);
        };
        if row.try_get::<String, _>("request_digest")? != request_digest {
            return Ok(Some(Appended::OtherRequest));
        }
        Ok(Some(Appended::Repeated(Box::new(parsed(&row.try_get::<String, _>("document")?)?))))
    }

    /// Entries behind a position, oldest first.
    pub(in crate::marketplace) async fn ledger_after(
        &self,
        account: &str,
        sequence: u64,
        limit: i64,
    ) -> Result<Vec<LedgerEntry>, StorageError> {
        let rows = sqlx::query(
            "SELECT document FROM ledger_entries WHERE account = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
        )
        .bind(account)
        .bind(i64::try_from(sequence).unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(|row| parsed(&row.try_get::<String, _>("document")?)).collect()
    }
}

/// Makes the entry that follows the account's last one.
async fn link(
    connection: &mut AnyConnection,
    account: &str,
    request: &AppendEntry,
    now: Timestamp,
) -> Result<LedgerEntry, StorageError> {
    let last =
        sqlx::query("SELECT sequence, hash FROM ledger_entries WHERE account = $1 ORDER BY sequence DESC LIMIT 1")
            .bind(account)
            .fetch_optional(connection)
            .await?;
    let (sequence, previous_hash) = match last {
        Some(row) => (row.try_get::<i64, _>("sequence")? + 1, row.try_get("hash")?),
        None => (1, GENESIS.to_owned()),
    };
    let mut made = LedgerEntry {
        id: identifier("evt")?,
        sequence: u64::try_from(sequence).unwrap_or(0),
        kind: request.kind,
        carrier_id: carrier_of(account),
        subject: request.subject.clone(),
        actor: request.actor.clone(),
        occurred_at: request.occurred_at.unwrap_or(now),
        recorded_at: now,
        payload: request.payload.clone(),
        hash: String::new(),
        previous_hash,
    };
    made.hash = hash_of(&made)?;
    Ok(made)
}

/// The carrier that an account stands for: the same for ever, and telling nothing of the account.
pub(in crate::marketplace) fn carrier_of(account: &str) -> String {
    format!("car_{}", &hex(&Sha256::digest(format!("proveniq carrier {account}")))[..20])
}

/// SHA-256 of an entry without its `hash`, as JSON without white space and with sorted keys.
fn hash_of(entry: &LedgerEntry) -> Result<String, StorageError> {
    let mut document = serde_json::to_value(entry).map_err(|why| StorageError::Damaged(why.to_string()))?;
    document.as_object_mut().map(|fields| fields.remove("hash"));
    document.sort_all_objects();
    Ok(hex(&Sha256::digest(document.to_string())))
}

/// Requests that mean the same have the same digest, whatever their white space and order of keys.
fn digest_of(request: &AppendEntry) -> Result<String, StorageError> {
    let mut document: Value = serde_json::to_value(request).map_err(|why| StorageError::Damaged(why.to_string()))?;
    document.sort_all_objects();
    Ok(hex(&Sha256::digest(document.to_string())))
}

fn text_of(entry: &LedgerEntry) -> Result<String, StorageError> {
    serde_json::to_string(entry).map_err(|why| StorageError::Damaged(why.to_string()))
}

fn parsed(document: &str) -> Result<LedgerEntry, StorageError> {
    serde_json::from_str(document).map_err(|why| StorageError::Damaged(format!("an entry of the ledger: {why}")))
}
