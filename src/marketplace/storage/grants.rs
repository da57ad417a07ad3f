//! Grants: what an account lets a client do. Tokens live no longer than their grant.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::keys::identifier;
use super::{Deed, OAuthClient, Storage, StorageError, Trail};
use crate::credential::{ScopeSet, Token};

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
}
