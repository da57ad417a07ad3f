//! Tokens: SHA-256 only. Whatever is exchanged for a token is used up in the transaction that makes the token.

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::callers::scopes;
use super::grants::{self, NewGrant};
use super::keys::identifier;
use super::rows::{time, word};
use super::{Deed, GrantKind, OAuthClient, Storage, StorageError, Trail};
use crate::credential::{ScopeSet, Token, TokenKind};
use crate::marketplace::oauth::Lifetimes;

/// Tokens that were made just now.
#[derive(Debug)]
pub(in crate::marketplace) struct Issued {
    pub(in crate::marketplace) access: Token,
    pub(in crate::marketplace) refresh: Option<Token>,
    pub(in crate::marketplace) lifetime: SignedDuration,
    pub(in crate::marketplace) scopes: ScopeSet,
}

/// What asking for tokens came to.
#[derive(Debug)]
pub(in crate::marketplace) enum Exchanged {
    Issued(Box<Issued>),
    /// `invalid_grant`, and why; nothing was changed.
    Refused(&'static str),
    /// `invalid_grant`, and why; what had been given was ended, which the audit log tells.
    Ended(&'static str),
    /// `invalid_scope`: more was asked for than was given.
    TooMuch(ScopeSet),
}

/// Who asks for tokens, from where and when.
#[derive(Debug, Clone, Copy)]
pub(in crate::marketplace) struct Request<'a> {
    pub(in crate::marketplace) client: &'a OAuthClient,
    pub(in crate::marketplace) trail: &'a Trail,
    pub(in crate::marketplace) lifetimes: Lifetimes,
    pub(in crate::marketplace) now: Timestamp,
}

/// A token of any kind as introspection tells of it (RFC 7662 section 2.2).
#[derive(Debug)]
pub(in crate::marketplace) struct KnownToken {
    pub(in crate::marketplace) id: String,
    pub(in crate::marketplace) kind: TokenKind,
    pub(in crate::marketplace) grant: String,
    pub(in crate::marketplace) grant_kind: GrantKind,
    pub(in crate::marketplace) client: String,
    pub(in crate::marketplace) account: String,
    pub(in crate::marketplace) scopes: ScopeSet,
    pub(in crate::marketplace) created_at: Timestamp,
    pub(in crate::marketplace) expires_at: Timestamp,
    pub(in crate::marketplace) alive: bool,
}

/// Makes an access token, and a refresh token where one is due.
pub(super) async fn issue(
    connection: &mut AnyConnection,
    request: &Request<'_>,
    grant: &str,
    scopes: ScopeSet,
    with_refresh: bool,
) -> Result<Issued, StorageError> {
    let random = |_| StorageError::Io(std::io::Error::other("the system gives no randomness"));
    let access = Token::generate(TokenKind::Access).map_err(random)?;
    let lifetime = request.lifetimes.access;
    store(connection, request.now, grant, (&access, "access"), &scopes, lifetime).await?;
    let refresh = with_refresh.then(|| Token::generate(TokenKind::Refresh)).transpose().map_err(random)?;
    if let Some(refresh) = &refresh {
        store(connection, request.now, grant, (refresh, "refresh"), &scopes, request.lifetimes.refresh).await?;
    }
    Ok(Issued { access, refresh, lifetime, scopes })
}

async fn store(
    connection: &mut AnyConnection,
    now: Timestamp,
    grant: &str,
    (token, kind): (&Token, &str),
    scopes: &ScopeSet,
    lifetime: SignedDuration,
) -> Result<(), StorageError> {
    let end = now.checked_add(lifetime).map_err(|why| StorageError::Damaged(why.to_string()))?;
    sqlx::query(
        "INSERT INTO oauth_tokens (digest, id, kind, grant_id, scopes, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(token.digest())
    .bind(identifier("tok")?)
    .bind(kind)
    .bind(grant)
    .bind(scopes.to_string())
    .bind(now.as_microsecond())
    .bind(end.as_microsecond())
    .execute(connection)
    .await?;
    Ok(())
}

impl Storage {
    /// Exchanges an authorization code (RFC 6749 section 4.1.3). A code that comes twice ends its grant.
    pub(in crate::marketplace) async fn redeem_code(
        &self,
        request: &Request<'_>,
        code: &Token,
        redirect_uri: &str,
        challenge: &str,
    ) -> Result<Exchanged, StorageError> {
        let mut transaction = self.writer.begin().await?;
        // Claimed before it is looked at: of those who come at once, in whichever process, one finds it unused. One
        // attempt: a code whose verifier can be guessed again and again would be worth stealing.
        let claimed = sqlx::query(
            "UPDATE oauth_codes SET used_at = $1 WHERE digest = $2 AND used_at IS NULL \
             AND grant_id IN (SELECT id FROM oauth_grants WHERE client = $3)",
        )
        .bind(request.now.as_microsecond())
        .bind(code.digest())
        .bind(&request.client.id)
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        let row = sqlx::query(
            "SELECT k.*, g.client, g.account, g.scopes, g.ended_at FROM oauth_codes k \
             JOIN oauth_grants g ON g.id = k.grant_id WHERE k.digest = $1",
        )
        .bind(code.digest())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(Exchanged::Refused("the code is unknown")) };
        if row.try_get::<String, _>("client")? != request.client.id {
            return Ok(Exchanged::Refused("the code was given to another client"));
        }
        let grant: String = row.try_get("grant_id")?;
        if row.try_get::<Option<i64>, _>("ended_at")?.is_some() {
            return Ok(Exchanged::Refused("the consent was withdrawn, or the code was used before"));
        }
        let refusal = if claimed == 0 {
            Some("the code was used before; what it had given is revoked")
        } else if time(row.try_get("expires_at")?)? <= request.now {
            Some("the code has expired")
        } else if row.try_get::<String, _>("redirect_uri")? != redirect_uri {
            Some("redirect_uri is not the one of the authorization request")
        } else if row.try_get::<String, _>("challenge")? != challenge {
            Some("code_verifier does not fit the code_challenge")
        } else {
            None
        };
        let account: String = row.try_get("account")?;
        let outcome = if let Some(reason) = refusal {
            grants::end(&mut transaction, &grant, request.now).await?;
            Exchanged::Ended(reason)
        } else {
            let issued = issue(&mut transaction, request, &grant, scopes(&row)?, true).await?;
            Exchanged::Issued(Box::new(issued))
        };
        self.finish(transaction, request, (Some(&account), "token.code", &grant), outcome).await
    }

    /// Exchanges a refresh token for a new pair (RFC 6749 section 6). One that comes twice ends its grant: either the
    /// first or the second was not its owner (RFC 9700 section 4.14.2).
    pub(in crate::marketplace) async fn refresh(
        &self,
        request: &Request<'_>,
        token: &Token,
        asked: Option<&ScopeSet>,
    ) -> Result<Exchanged, StorageError> {
        let mut transaction = self.writer.begin().await?;
        // Claimed before it is looked at, as a code is; what is refused below gives the claim up with the transaction.
        let claimed = sqlx::query(
            "UPDATE oauth_tokens SET used_at = $1 WHERE digest = $2 AND kind = 'refresh' AND used_at IS NULL \
             AND grant_id IN (SELECT id FROM oauth_grants WHERE client = $3)",
        )
        .bind(request.now.as_microsecond())
        .bind(token.digest())
        .bind(&request.client.id)
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        let row = sqlx::query(
            "SELECT t.grant_id, t.expires_at, t.revoked_at, t.scopes, g.client, g.account, g.ended_at \
             FROM oauth_tokens t JOIN oauth_grants g ON g.id = t.grant_id WHERE t.digest = $1 AND t.kind = 'refresh'",
        )
        .bind(token.digest())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(Exchanged::Refused("the refresh token is unknown")) };
        if row.try_get::<String, _>("client")? != request.client.id {
            return Ok(Exchanged::Refused("the refresh token was given to another client"));
        }
        let is_set = |column: &str| Ok::<_, StorageError>(row.try_get::<Option<i64>, _>(column)?.is_some());
        let (grant, account): (String, String) = (row.try_get("grant_id")?, row.try_get("account")?);
        let subject = (Some(account.as_str()), "token.refresh", grant.as_str());
        if is_set("ended_at")? || is_set("revoked_at")? {
            return Ok(Exchanged::Refused("the refresh token was revoked"));
        }
        if claimed == 0 {
            grants::end(&mut transaction, &grant, request.now).await?;
            let ended = Exchanged::Ended("the refresh token was used before; everything it had given is revoked");
            return self.finish(transaction, request, subject, ended).await;
        }
        if time(row.try_get("expires_at")?)? <= request.now {
            return Ok(Exchanged::Refused("the refresh token has expired"));
        }
        let given = scopes(&row)?;
        let lacking = asked.map(|asked| given.lacking(asked)).unwrap_or_default();
        if !lacking.is_empty() {
            return Ok(Exchanged::TooMuch(lacking));
        }
        let mut issued = issue(&mut transaction, request, &grant, given, true).await?;
        if let Some(asked) = asked {
            narrow(&mut transaction, &issued.access, asked).await?;
            issued.scopes = asked.clone();
        }
        self.finish(transaction, request, subject, Exchanged::Issued(Box::new(issued))).await
    }

    /// A token for the client itself (RFC 6749 section 4.4). All of them rest on one grant.
    pub(in crate::marketplace) async fn client_token(
        &self,
        request: &Request<'_>,
        account: &str,
        asked: &ScopeSet,
    ) -> Result<Exchanged, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let find = "SELECT id FROM oauth_grants WHERE client = $1 AND kind = 'client' AND ended_at IS NULL";
        let row = sqlx::query(find).bind(&request.client.id).fetch_optional(&mut *transaction).await?;
        let grant = if let Some(row) = row {
            row.try_get("id")?
        } else {
            let scopes = &request.client.scopes;
            let new = NewGrant { kind: GrantKind::Client, client: &request.client.id, account, scopes };
            grants::make(&mut transaction, new, request.now).await?
        };
        let issued = issue(&mut transaction, request, &grant, asked.clone(), false).await?;
        let subject = (Some(account), "token.client", grant.as_str());
        self.finish(transaction, request, subject, Exchanged::Issued(Box::new(issued))).await
    }

    /// A token that acts in an installation (RFC 8693). `ceiling` is what the subject token may do.
    pub(in crate::marketplace) async fn installation_token(
        &self,
        request: &Request<'_>,
        installation: &str,
        ceiling: &ScopeSet,
        asked: Option<&ScopeSet>,
    ) -> Result<Exchanged, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let row = sqlx::query(
            "SELECT i.account, i.grant_id, g.scopes FROM installations i JOIN oauth_grants g ON g.id = i.grant_id \
             WHERE i.id = $1 AND g.client = $2 AND i.ended_at IS NULL AND g.ended_at IS NULL",
        )
        .bind(installation)
        .bind(&request.client.id)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else {
            // The same words for another integration's installation: whether it exists is nobody's business.
            return Ok(Exchanged::Refused("there is no living installation of this integration by that name"));
        };
        let (account, grant): (String, String) = (row.try_get("account")?, row.try_get("grant_id")?);
        let given: ScopeSet = scopes(&row)?.common(ceiling);
        let lacking = asked.map(|asked| given.lacking(asked)).unwrap_or_default();
        if !lacking.is_empty() {
            return Ok(Exchanged::TooMuch(lacking));
        }
        if given.is_empty() {
            return Ok(Exchanged::Refused("the subject token has none of the installation's scopes"));
        }
        let issued = issue(&mut transaction, request, &grant, asked.cloned().unwrap_or(given), false).await?;
        let subject = (Some(account.as_str()), "token.exchange", installation);
        self.finish(transaction, request, subject, Exchanged::Issued(Box::new(issued))).await
    }

    /// Commits with the entry that tells of it. What was refused and changed nothing is noted by whoever answers.
    pub(super) async fn finish(
        &self,
        mut transaction: sqlx::Transaction<'_, sqlx::Any>,
        request: &Request<'_>,
        (account, action, object): (Option<&str>, &str, &str),
        outcome: Exchanged,
    ) -> Result<Exchanged, StorageError> {
        let refused = match &outcome {
            Exchanged::Issued(_) => None,
            Exchanged::Refused(_) | Exchanged::Ended(_) => Some("invalid_grant"),
            Exchanged::TooMuch(_) => Some("invalid_scope"),
        };
        let deed = Deed { account, credential: Some(&request.client.id), action, object, refused };
        self.note_deed(&mut transaction, request.now, request.trail, &deed).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Finds an access or a refresh token.
    pub(in crate::marketplace) async fn find_token(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<KnownToken>, StorageError> {
        let row = sqlx::query(
            "SELECT t.*, g.account, g.client, g.kind AS grant_kind, COALESCE(t.used_at, t.revoked_at, g.ended_at, \
             c.ended_at) AS ended_at FROM oauth_tokens t JOIN oauth_grants g ON g.id = t.grant_id \
             JOIN oauth_clients c ON c.id = g.client WHERE t.digest = $1",
        )
        .bind(token.digest())
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| known_token(&row, now)).transpose()
    }

    /// Revokes a token (RFC 7009): an access token alone, a refresh token with everything that its grant gave.
    pub(in crate::marketplace) async fn revoke_token(
        &self,
        token: &KnownToken,
        client: &OAuthClient,
        trail: &Trail,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.writer.begin().await?;
        if token.kind == TokenKind::Refresh {
            grants::end(&mut transaction, &token.grant, now).await?;
        } else {
            sqlx::query("UPDATE oauth_tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
                .bind(now.as_microsecond())
                .bind(&token.id)
                .execute(&mut *transaction)
                .await?;
        }
        let (account, credential) = (Some(token.account.as_str()), Some(client.id.as_str()));
        let deed = Deed { account, credential, action: "token.revoke", object: &token.grant, refused: None };
        self.note_deed(&mut transaction, now, trail, &deed).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Lets an access token do less than its grant.
async fn narrow(connection: &mut AnyConnection, access: &Token, scopes: &ScopeSet) -> Result<(), StorageError> {
    sqlx::query("UPDATE oauth_tokens SET scopes = $1 WHERE digest = $2")
        .bind(scopes.to_string())
        .bind(access.digest())
        .execute(connection)
        .await?;
    Ok(())
}

fn known_token(row: &AnyRow, now: Timestamp) -> Result<KnownToken, StorageError> {
    let kind: String = row.try_get("kind")?;
    let expires_at = time(row.try_get("expires_at")?)?;
    Ok(KnownToken {
        id: row.try_get("id")?,
        kind: if kind == "refresh" { TokenKind::Refresh } else { TokenKind::Access },
        grant: row.try_get("grant_id")?,
        grant_kind: word(row, "grant_kind", GrantKind::parse)?,
        client: row.try_get("client")?,
        account: row.try_get("account")?,
        scopes: scopes(row)?,
        created_at: time(row.try_get("created_at")?)?,
        expires_at,
        alive: row.try_get::<Option<i64>, _>("ended_at")?.is_none() && expires_at > now,
    })
}
