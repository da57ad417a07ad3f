//! Grants: what an account lets a client do. Tokens live no longer than their grant.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::callers::scopes;
use super::keys::identifier;
use super::rows::time;
use super::{Caller, Deed, OAuthClient, Storage, StorageError, Trail};
use crate::credential::{ScopeSet, Token};
use crate::manifest::IntegrationName;
use crate::wire;

/// What a grant rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::marketplace) enum GrantKind {
    /// A person's consent.
    Consent,
    /// The client itself (RFC 6749 section 4.4).
    Client,
    /// An installation at a carrier.
    Installation,
}

impl GrantKind {
    const ALL: [Self; 3] = [GrantKind::Consent, GrantKind::Client, GrantKind::Installation];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            GrantKind::Consent => "consent",
            GrantKind::Client => "client",
            GrantKind::Installation => "installation",
        }
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        known.ok_or_else(|| format!("{text:?} is no kind of grant"))
    }
}

/// A grant that is about to be made.
#[derive(Debug, Clone, Copy)]
pub(in crate::marketplace) struct NewGrant<'a> {
    pub(in crate::marketplace) kind: GrantKind,
    pub(in crate::marketplace) client: &'a str,
    pub(in crate::marketplace) account: &'a str,
    pub(in crate::marketplace) scopes: &'a ScopeSet,
}

/// What a person agreed to, and where it is to be told.
#[derive(Debug)]
pub(in crate::marketplace) struct Consent<'a> {
    pub(in crate::marketplace) client: &'a OAuthClient,
    pub(in crate::marketplace) account: &'a str,
    pub(in crate::marketplace) scopes: &'a ScopeSet,
    pub(in crate::marketplace) redirect_uri: &'a str,
    /// PKCE's S256 challenge (RFC 7636 section 4.2).
    pub(in crate::marketplace) challenge: &'a str,
    pub(in crate::marketplace) expires_at: Timestamp,
}

/// Makes a grant in the transaction of what it is for.
pub(super) async fn make(
    connection: &mut AnyConnection,
    new: NewGrant<'_>,
    now: Timestamp,
) -> Result<String, StorageError> {
    let id = identifier("grt")?;
    sqlx::query(
        "INSERT INTO oauth_grants (id, kind, client, account, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&id)
    .bind(new.kind.as_str())
    .bind(new.client)
    .bind(new.account)
    .bind(new.scopes.to_string())
    .bind(now.as_microsecond())
    .execute(connection)
    .await?;
    Ok(id)
}

/// Ends a grant, and with it every token.
pub(super) async fn end(connection: &mut AnyConnection, id: &str, now: Timestamp) -> Result<(), StorageError> {
    sqlx::query("UPDATE oauth_grants SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL")
        .bind(now.as_microsecond())
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

impl Storage {
    /// Writes down a consent and the code that stands for it.
    pub(in crate::marketplace) async fn consent(
        &self,
        consent: &Consent<'_>,
        code: &Token,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let Consent { client, account, scopes, .. } = *consent;
        let mut transaction = self.writer.begin().await?;
        let new = NewGrant { kind: GrantKind::Consent, client: &client.id, account, scopes };
        let grant = make(&mut transaction, new, now).await?;
        sqlx::query(
            "INSERT INTO oauth_codes (digest, grant_id, redirect_uri, challenge, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(code.digest())
        .bind(&grant)
        .bind(consent.redirect_uri)
        .bind(consent.challenge)
        .bind(consent.expires_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        let object = format!("{} {grant}", client.id);
        let deed = Deed { account: Some(account), action: "consent.give", object: &object, ..Deed::default() };
        self.note_deed(&mut transaction, now, trail, &deed).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What an account lets clients do, newest first, from behind `after`: consents of which something is left.
    pub(in crate::marketplace) async fn consents(
        &self,
        account: &str,
        after: Option<(Timestamp, &str)>,
        limit: i64,
        now: Timestamp,
    ) -> Result<Vec<wire::Consent>, StorageError> {
        let (at, id) = after.map_or((i64::MAX, ""), |(at, id)| (at.as_microsecond(), id));
        let rows = sqlx::query(
            "SELECT g.id, g.client, g.scopes, g.created_at, c.name, c.integration FROM oauth_grants g \
             JOIN oauth_clients c ON c.id = g.client \
             WHERE g.kind = 'consent' AND g.account = $1 AND g.ended_at IS NULL AND c.ended_at IS NULL \
             AND (g.created_at < $2 OR (g.created_at = $2 AND g.id > $3)) \
             AND (EXISTS (SELECT 1 FROM oauth_tokens t WHERE t.grant_id = g.id AND t.revoked_at IS NULL \
             AND t.used_at IS NULL AND t.expires_at > $4) \
             OR EXISTS (SELECT 1 FROM oauth_codes k WHERE k.grant_id = g.id AND k.used_at IS NULL AND k.expires_at > $4) \
             OR EXISTS (SELECT 1 FROM device_codes d WHERE d.grant_id = g.id AND d.status = 'approved' \
             AND d.expires_at > $4)) ORDER BY g.created_at DESC, g.id LIMIT $5",
        )
        .bind(account)
        .bind(at)
        .bind(id)
        .bind(now.as_microsecond())
        .bind(limit)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(described).collect()
    }

    /// Ends a consent of the caller's account and every token of it, at once; tells whether there is one.
    pub(in crate::marketplace) async fn withdraw_consent(
        &self,
        caller: &Caller,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let row = sqlx::query(
            "UPDATE oauth_grants SET ended_at = $1 WHERE id = $2 AND account = $3 AND kind = 'consent' \
             AND ended_at IS NULL RETURNING client",
        )
        .bind(now.as_microsecond())
        .bind(id)
        .bind(&caller.account)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(false) };
        let object = format!("{} {id}", row.try_get::<String, _>("client")?);
        self.note(&mut transaction, now, caller, ("consent.withdraw", &object)).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn described(row: &AnyRow) -> Result<wire::Consent, StorageError> {
    let integration: Option<String> = row.try_get("integration")?;
    Ok(wire::Consent {
        id: row.try_get("id")?,
        client: row.try_get("client")?,
        client_name: row.try_get("name")?,
        integration: integration
            .map(|name| IntegrationName::parse(&name))
            .transpose()
            .map_err(StorageError::Damaged)?,
        scopes: scopes(row)?.to_vec(),
        created_at: time(row.try_get("created_at")?)?,
    })
}
