//! The event log: append-only, a cursor for each account.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::keys::identifier;
use super::rows::{time, word};
use super::{Caller, Storage, StorageError};
use crate::event::EventType;
use crate::wire::Emitted;

/// An event with its exact body.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct StoredEvent {
    pub(in crate::marketplace) event: Emitted,
    pub(in crate::marketplace) body: Vec<u8>,
}

/// Appends an event in the transaction of the change that it tells of.
pub(super) async fn append(
    connection: &mut AnyConnection,
    account: &str,
    kind: EventType,
    body: &[u8],
    now: Timestamp,
) -> Result<Emitted, StorageError> {
    // The row is locked until the commit, so that positions have no gaps and none becomes visible before a lower one.
    let head = sqlx::query(
        "INSERT INTO event_heads (account, last) VALUES ($1, 1) \
         ON CONFLICT (account) DO UPDATE SET last = event_heads.last + 1 RETURNING last",
    )
    .bind(account)
    .fetch_one(&mut *connection)
    .await?;
    let position: i64 = head.try_get("last")?;
    let id = identifier("msg")?;
    sqlx::query("INSERT INTO events (account, position, id, kind, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(account)
        .bind(position)
        .bind(&id)
        .bind(kind.as_str())
        .bind(body)
        .bind(now.as_microsecond())
        .execute(connection)
        .await?;
    Ok(Emitted { cursor: u64::try_from(position).unwrap_or(0), id, kind, created_at: now })
}

impl Storage {
    /// Adds an event to the caller's log.
    pub(in crate::marketplace) async fn emit(
        &self,
        caller: &Caller,
        kind: EventType,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Emitted, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let emitted = append(&mut transaction, &caller.account, kind, body, now).await?;
        self.note(&mut transaction, now, caller, ("event.emit", &emitted.id)).await?;
        transaction.commit().await?;
        Ok(emitted)
    }

    /// Events behind a cursor, oldest first.
    pub(in crate::marketplace) async fn events_after(
        &self,
        account: &str,
        cursor: u64,
        limit: i64,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        let rows = sqlx::query("SELECT * FROM events WHERE account = $1 AND position > $2 ORDER BY position LIMIT $3")
            .bind(account)
            .bind(i64::try_from(cursor).unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(event_from_row).collect()
    }

    /// Cursor of an account's last event; 0 before the first.
    pub(in crate::marketplace) async fn last_cursor(&self, account: &str) -> Result<u64, StorageError> {
        let row = sqlx::query("SELECT last FROM event_heads WHERE account = $1")
            .bind(account)
            .fetch_optional(&self.reader)
            .await?;
        let last = row.map(|row| row.try_get::<i64, _>("last")).transpose()?.unwrap_or(0);
        Ok(u64::try_from(last).unwrap_or(0))
    }
}

fn event_from_row(row: &AnyRow) -> Result<StoredEvent, StorageError> {
    let event = Emitted {
        cursor: u64::try_from(row.try_get::<i64, _>("position")?).unwrap_or(0),
        id: row.try_get("id")?,
        kind: word(row, "kind", EventType::parse)?,
        created_at: time(row.try_get("created_at")?)?,
    };
    Ok(StoredEvent { event, body: row.try_get("body")? })
}
