//! The audit log: append-only, a chain of hashes for each process that writes, so that writers do not wait for each other.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use super::keys::identifier;
use super::rows::time;
use super::{Caller, Storage, StorageError, Trail};
use crate::audit::{Anchor, Entry, GENESIS, Outcome, digest_of, hash_of};
use crate::wire::{AuditChain, AuditRecord};

/// What was done or refused, before it is an entry: who, with what, to what.
#[derive(Debug, Clone, Default)]
pub(in crate::marketplace) struct Deed<'a> {
    pub(in crate::marketplace) account: Option<&'a str>,
    pub(in crate::marketplace) credential: Option<&'a str>,
    pub(in crate::marketplace) action: &'a str,
    pub(in crate::marketplace) object: &'a str,
    /// Why it was refused; absent where it was done.
    pub(in crate::marketplace) refused: Option<&'a str>,
}

impl<'a> Deed<'a> {
    /// What a caller did.
    pub(in crate::marketplace) fn of(caller: &'a Caller, action: &'a str, object: &'a str) -> Self {
        let (account, credential) = (Some(caller.account.as_str()), Some(caller.credential_id()));
        Deed { account, credential, action, object, refused: None }
    }

    fn entry(&self, trail: &Trail, at: Timestamp) -> Entry {
        Entry {
            at,
            account: self.account.map(str::to_owned),
            credential: self.credential.map(str::to_owned),
            address: trail.address.map(|address| address.to_string()),
            request_id: trail.request_id.clone(),
            action: self.action.to_owned(),
            object: self.object.to_owned(),
            outcome: if self.refused.is_some() { Outcome::Refused } else { Outcome::Done },
            reason: self.refused.map(str::to_owned),
            anchors: Vec::new(),
        }
    }
}

impl Storage {
    /// Opens this process's chain. Its first entry tells where the others stand.
    pub(super) async fn open_chain(&self, now: Timestamp) -> Result<(), StorageError> {
        let mut transaction = self.writer.begin().await?;
        let rows = sqlx::query("SELECT id, sequence, head FROM audit_chains WHERE sequence > anchored ORDER BY id")
            .fetch_all(&mut *transaction)
            .await?;
        let anchors = rows.iter().map(|row| {
            let sequence = u64::try_from(row.try_get::<i64, _>("sequence")?).unwrap_or(0);
            Ok(Anchor { chain: row.try_get("id")?, sequence, hash: row.try_get("head")? })
        });
        let anchors = anchors.collect::<Result<Vec<_>, StorageError>>()?;
        sqlx::query("UPDATE audit_chains SET anchored = sequence").execute(&mut *transaction).await?;
        sqlx::query("INSERT INTO audit_chains (id, opened_at, sequence, head, anchored) VALUES ($1, $2, 0, $3, 0)")
            .bind(&self.chain)
            .bind(now.as_microsecond())
            .bind(GENESIS)
            .execute(&mut *transaction)
            .await?;
        let deed = Deed { action: "chain.open", object: &self.chain, ..Deed::default() };
        let entry = Entry { anchors, ..deed.entry(&Trail::default(), now) };
        self.append_entry(&mut transaction, &entry).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Notes what a caller did, in the transaction of the change: one is there if and only if the other is.
    pub(super) async fn note(
        &self,
        connection: &mut AnyConnection,
        now: Timestamp,
        caller: &Caller,
        (action, object): (&str, &str),
    ) -> Result<(), StorageError> {
        self.append_entry(connection, &Deed::of(caller, action, object).entry(&caller.trail, now)).await
    }

    /// Notes a deed in the transaction of the change that it tells of.
    pub(super) async fn note_deed(
        &self,
        connection: &mut AnyConnection,
        now: Timestamp,
        trail: &Trail,
        deed: &Deed<'_>,
    ) -> Result<(), StorageError> {
        self.append_entry(connection, &deed.entry(trail, now)).await
    }

    /// Notes what changes nothing else: a refusal, or something that was looked at.
    pub(in crate::marketplace) async fn note_alone(
        &self,
        now: Timestamp,
        trail: &Trail,
        deed: &Deed<'_>,
    ) -> Result<(), StorageError> {
        let mut transaction = self.writer.begin().await?;
        self.append_entry(&mut transaction, &deed.entry(trail, now)).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn append_entry(&self, connection: &mut AnyConnection, entry: &Entry) -> Result<(), StorageError> {
        let content = serde_json::to_string(entry).map_err(|why| StorageError::Damaged(why.to_string()))?;
        // The row is locked until the commit.
        let row = sqlx::query("UPDATE audit_chains SET sequence = sequence + 1 WHERE id = $1 RETURNING sequence, head")
            .bind(&self.chain)
            .fetch_one(&mut *connection)
            .await?;
        let hash = hash_of(&row.try_get::<String, _>("head")?, &digest_of(&content));
        sqlx::query(
            "INSERT INTO audit_entries (chain, sequence, account, content, hash, at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&self.chain)
        .bind(row.try_get::<i64, _>("sequence")?)
        .bind(&entry.account)
        .bind(&content)
        .bind(&hash)
        .bind(entry.at.as_microsecond())
        .execute(&mut *connection)
        .await?;
        sqlx::query("UPDATE audit_chains SET head = $1 WHERE id = $2")
            .bind(&hash)
            .bind(&self.chain)
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Chains behind `after` in the order of their identifiers, with their heads.
    pub(in crate::marketplace) async fn audit_chains(
        &self,
        after: &str,
        limit: i64,
    ) -> Result<Vec<AuditChain>, StorageError> {
        let rows = sqlx::query("SELECT * FROM audit_chains WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(after)
            .bind(limit)
            .fetch_all(&self.reader)
            .await?;
        let chain = |row: &sqlx::any::AnyRow| {
            Ok(AuditChain {
                id: row.try_get("id")?,
                opened_at: time(row.try_get("opened_at")?)?,
                sequence: u64::try_from(row.try_get::<i64, _>("sequence")?).unwrap_or(0),
                head: row.try_get("head")?,
            })
        };
        rows.iter().map(chain).collect()
    }

    /// Entries of a chain behind a position. Of those that are not for `reader`, the digest alone.
    pub(in crate::marketplace) async fn audit_entries(
        &self,
        chain: &str,
        after: u64,
        limit: i64,
        reader: &AuditReader,
    ) -> Result<Vec<AuditRecord>, StorageError> {
        let rows = sqlx::query(
            "SELECT sequence, account, content, hash FROM audit_entries WHERE chain = $1 AND sequence > $2 \
             ORDER BY sequence LIMIT $3",
        )
        .bind(chain)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.reader)
        .await?;
        let record = |row: &sqlx::any::AnyRow| {
            let content: String = row.try_get("content")?;
            let account: Option<String> = row.try_get("account")?;
            Ok(AuditRecord {
                sequence: u64::try_from(row.try_get::<i64, _>("sequence")?).unwrap_or(0),
                digest: digest_of(&content),
                content: reader.may_read(account.as_deref(), &content).then_some(content),
                hash: row.try_get("hash")?,
            })
        };
        rows.iter().map(record).collect()
    }
}

/// Whose entries may be read.
#[derive(Debug, Clone)]
pub(in crate::marketplace) enum AuditReader {
    /// Everybody's: the operator of a sandbox.
    Everything,
    /// An account's own, and what every chain begins with.
    Account(String),
}

impl AuditReader {
    fn may_read(&self, account: Option<&str>, content: &str) -> bool {
        match self {
            AuditReader::Everything => true,
            AuditReader::Account(own) => match account {
                Some(account) => account == own,
                None => content.contains("\"action\":\"chain.open\""),
            },
        }
    }
}

/// A name for a chain. Those of later processes sort behind those of earlier ones.
pub(super) fn chain_identifier(now: Timestamp) -> Result<String, StorageError> {
    Ok(format!("{:016x}-{}", now.as_microsecond(), identifier("c")?))
}
