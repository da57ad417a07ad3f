//! OAuth clients: the marketplace's own, and those of integrations. Secrets as SHA-256 only.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::callers::scopes;
use super::error::is_unique_violation;
use super::keys::identifier;
use super::rows::time;
use super::{Caller, Deed, Storage, StorageError, Trail, quotas};
use crate::credential::{ScopeSet, Token};
use crate::manifest::IntegrationName;
use crate::wire;

/// The client that `proveniq login` is. It is public: a program on somebody's machine cannot keep a secret.
const OWN_CLIENT: &str = "proveniq-cli";
/// Where its authorizations come back to: any port of loopback (RFC 8252 section 7.3).
const OWN_REDIRECTS: [&str; 2] = ["http://127.0.0.1/callback", "http://[::1]/callback"];

/// That an account ($1) looks after a living client: its own, or one of an integration that it publishes for.
const LOOKED_AFTER: &str = "c.ended_at IS NULL AND ((c.publisher IS NULL AND c.account = $1) OR EXISTS \
     (SELECT 1 FROM members m WHERE m.publisher = c.publisher AND m.account = $1 AND m.role IN ('owner', 'publisher')))";

/// A client that lives.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct OAuthClient {
    pub(in crate::marketplace) id: String,
    pub(in crate::marketplace) name: String,
    /// Absent for a public client.
    pub(in crate::marketplace) secret_digest: Option<String>,
    /// Whose it is; absent for the marketplace's own.
    pub(in crate::marketplace) account: Option<String>,
    pub(in crate::marketplace) integration: Option<String>,
    pub(in crate::marketplace) redirect_uris: Vec<String>,
    pub(in crate::marketplace) scopes: ScopeSet,
}

/// A client to be registered.
#[derive(Debug)]
pub(in crate::marketplace) struct NewClient<'a> {
    pub(in crate::marketplace) name: &'a str,
    pub(in crate::marketplace) secret: Option<&'a Token>,
    pub(in crate::marketplace) integration: Option<&'a IntegrationName>,
    pub(in crate::marketplace) redirect_uris: &'a [String],
    pub(in crate::marketplace) scopes: &'a ScopeSet,
}

/// What became of the wish for a client.
#[derive(Debug)]
pub(in crate::marketplace) enum ClientMade {
    Made(Box<wire::Client>),
    /// The integration has one.
    HasOne,
    /// Its publisher, or the account, has as many clients as it may have.
    TooMany,
}

impl Storage {
    /// Registers the marketplace's own client, or brings it up to date.
    pub(in crate::marketplace) async fn register_own_client(&self, now: Timestamp) -> Result<(), StorageError> {
        let mut transaction = self.writer.begin().await?;
        let changed = sqlx::query(
            "INSERT INTO oauth_clients (id, name, redirect_uris, scopes, created_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO UPDATE SET redirect_uris = excluded.redirect_uris, scopes = excluded.scopes \
             WHERE oauth_clients.redirect_uris <> excluded.redirect_uris OR oauth_clients.scopes <> excluded.scopes \
             RETURNING created_at",
        )
        .bind(OWN_CLIENT)
        .bind("proveniq, the command line")
        .bind(OWN_REDIRECTS.join(" "))
        .bind(ScopeSet::all().to_string())
        .bind(now.as_microsecond())
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(row) = changed {
            let made = row.try_get::<i64, _>("created_at")? == now.as_microsecond();
            let action = if made { "client.create" } else { "client.scopes" };
            let deed = Deed { action, object: OWN_CLIENT, ..Deed::default() };
            self.note_deed(&mut transaction, now, &Trail::default(), &deed).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Registers a client of the caller's account.
    pub(in crate::marketplace) async fn register_client(
        &self,
        caller: &Caller,
        new: &NewClient<'_>,
        now: Timestamp,
    ) -> Result<ClientMade, StorageError> {
        let id = identifier("cli")?;
        let mut transaction = self.writer.begin().await?;
        let stored = sqlx::query(
            "INSERT INTO oauth_clients (id, name, secret_digest, account, integration, publisher, redirect_uris, scopes, \
             created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&id)
        .bind(new.name)
        .bind(new.secret.map(Token::digest))
        .bind(&caller.account)
        .bind(new.integration.map(ToString::to_string))
        .bind(new.integration.map(IntegrationName::publisher))
        .bind(new.redirect_uris.join(" "))
        .bind(new.scopes.to_string())
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await;
        match stored {
            Err(cause) if is_unique_violation(&cause) => return Ok(ClientMade::HasOne),
            stored => stored?,
        };
        let publisher = new.integration.map(IntegrationName::publisher);
        if !quotas::clients_fit(&mut transaction, &caller.account, publisher).await? {
            return Ok(ClientMade::TooMany);
        }
        self.note(&mut transaction, now, caller, ("client.create", &id)).await?;
        transaction.commit().await?;
        let row = sqlx::query("SELECT * FROM oauth_clients WHERE id = $1").bind(&id).fetch_one(&self.reader).await?;
        Ok(ClientMade::Made(Box::new(described(&row)?)))
    }

    /// The living clients that an account looks after, newest first.
    pub(in crate::marketplace) async fn clients_of(&self, account: &str) -> Result<Vec<wire::Client>, StorageError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT c.* FROM oauth_clients c WHERE {LOOKED_AFTER} ORDER BY c.created_at DESC LIMIT 1000"
        )))
        .bind(account)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(described).collect()
    }

    /// Ends a client of the caller's account, and with it every grant and installation; tells whether there is one.
    pub(in crate::marketplace) async fn end_client(
        &self,
        caller: &Caller,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let ended = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE oauth_clients AS c SET ended_at = $2 WHERE c.id = $3 AND {LOOKED_AFTER}"
        )))
        .bind(&caller.account)
        .bind(now.as_microsecond())
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if ended.rows_affected() == 0 {
            return Ok(false);
        }
        let uninstalled = sqlx::query(
            "UPDATE installations SET ended_at = $1 WHERE ended_at IS NULL \
             AND grant_id IN (SELECT id FROM oauth_grants WHERE client = $2) RETURNING id, account, integration",
        )
        .bind(now.as_microsecond())
        .bind(id)
        .fetch_all(&mut *transaction)
        .await?;
        for row in uninstalled {
            let (account, integration): (String, String) = (row.try_get("account")?, row.try_get("integration")?);
            let object = format!("{} {integration}", row.try_get::<String, _>("id")?);
            let deed = Deed { account: Some(&account), action: "installation.end", object: &object, ..Deed::default() };
            self.note_deed(&mut transaction, now, &caller.trail.for_another_account(), &deed).await?;
        }
        self.note(&mut transaction, now, caller, ("client.end", id)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives a confidential client another secret in place of the one before; tells whether there is such a client.
    pub(in crate::marketplace) async fn replace_client_secret(
        &self,
        caller: &Caller,
        id: &str,
        secret: &Token,
        now: Timestamp,
    ) -> Result<Option<wire::Client>, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let row = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE oauth_clients AS c SET secret_digest = $2 \
             WHERE c.id = $3 AND c.secret_digest IS NOT NULL AND {LOOKED_AFTER} RETURNING *"
        )))
        .bind(&caller.account)
        .bind(secret.digest())
        .bind(id)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(None) };
        self.note(&mut transaction, now, caller, ("client.secret", id)).await?;
        transaction.commit().await?;
        described(&row).map(Some)
    }

    /// Finds a client that lives.
    pub(in crate::marketplace) async fn find_client(&self, id: &str) -> Result<Option<OAuthClient>, StorageError> {
        let row = sqlx::query("SELECT * FROM oauth_clients WHERE id = $1 AND ended_at IS NULL")
            .bind(id)
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| {
            Ok(OAuthClient {
                id: row.try_get("id")?,
                name: row.try_get("name")?,
                secret_digest: row.try_get("secret_digest")?,
                account: row.try_get("account")?,
                integration: row.try_get("integration")?,
                redirect_uris: words(&row, "redirect_uris")?,
                scopes: scopes(&row)?,
            })
        })
        .transpose()
    }
}

/// URLs hold no spaces, so that spaces separate them.
fn words(row: &AnyRow, column: &str) -> Result<Vec<String>, StorageError> {
    Ok(row.try_get::<String, _>(column)?.split_whitespace().map(str::to_owned).collect())
}

fn described(row: &AnyRow) -> Result<wire::Client, StorageError> {
    let integration: Option<String> = row.try_get("integration")?;
    Ok(wire::Client {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        public: row.try_get::<Option<String>, _>("secret_digest")?.is_none(),
        integration: integration
            .map(|name| IntegrationName::parse(&name))
            .transpose()
            .map_err(StorageError::Damaged)?,
        redirect_uris: words(row, "redirect_uris")?,
        scopes: scopes(row)?.to_vec(),
        created_at: time(row.try_get("created_at")?)?,
    })
}
