//! Installations. Each rests on a grant to the integration's client, and ends with it at once.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::callers::scopes;
use super::error::is_unique_violation;
use super::grants::{self, NewGrant};
use super::keys::identifier;
use super::ledger::carrier_of;
use super::rows::{time, word};
use super::{Caller, Deed, GrantKind, Storage, StorageError, events};
use crate::credential::{ScopeSet, looks_like_ours};
use crate::event::EventType;
use crate::manifest::{IntegrationName, Manifest};
use crate::wire::{self, VersionStatus};

/// An installation to be made.
#[derive(Debug)]
pub(in crate::marketplace) struct NewInstallation<'a> {
    pub(in crate::marketplace) manifest: &'a Manifest,
    pub(in crate::marketplace) scopes: &'a ScopeSet,
    pub(in crate::marketplace) settings: &'a Map<String, Value>,
}

/// Whose installations are looked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::marketplace) enum InstallationsOf<'a> {
    /// A carrier's.
    Account(&'a str),
    /// Those that a client may act in.
    Client(&'a str),
}

const SELECT: &str =
    "SELECT i.* FROM installations i JOIN oauth_grants g ON g.id = i.grant_id WHERE i.ended_at IS NULL";

impl Storage {
    /// The manifest of a version and where it stands, of the latest where none is named.
    pub(in crate::marketplace) async fn manifest_of(
        &self,
        name: &IntegrationName,
        version: Option<&str>,
    ) -> Result<Option<(Manifest, VersionStatus)>, StorageError> {
        let row = sqlx::query(
            "SELECT v.manifest, v.status FROM versions v JOIN packages p ON p.name = v.package \
             WHERE v.package = $1 AND v.version = COALESCE($2, p.latest)",
        )
        .bind(name.to_string())
        .bind(version)
        .fetch_optional(&self.reader)
        .await?;
        let found = |row| Ok((super::packages::manifest_from_row(&row)?, word(&row, "status", VersionStatus::parse)?));
        row.map(found).transpose()
    }

    /// Installs for the caller; `None` where the integration is installed already.
    pub(in crate::marketplace) async fn install(
        &self,
        caller: &Caller,
        new: &NewInstallation<'_>,
        now: Timestamp,
    ) -> Result<Option<wire::Installation>, StorageError> {
        let identity = &new.manifest.integration;
        let integration = identity.name.to_string();
        let id = identifier("ins")?;
        let settings = Value::Object(new.settings.clone());
        let mut transaction = self.writer.begin().await?;
        let client = self.client_of(&mut transaction, caller, new.manifest, now).await?;
        let grant =
            NewGrant { kind: GrantKind::Installation, client: &client, account: &caller.account, scopes: new.scopes };
        let grant = grants::make(&mut transaction, grant, now).await?;
        let stored = sqlx::query(
            "INSERT INTO installations (id, account, integration, version, scopes, settings, grant_id, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&id)
        .bind(&caller.account)
        .bind(&integration)
        .bind(identity.version.to_string())
        .bind(new.scopes.to_string())
        .bind(settings.to_string())
        .bind(&grant)
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await;
        match stored {
            Err(cause) if is_unique_violation(&cause) => return Ok(None),
            stored => stored?,
        };
        let data = json!({
            "installation_id": id, "carrier_id": carrier_of(&caller.account), "integration": integration,
            "version": identity.version.to_string(), "scopes": new.scopes.to_vec(),
        });
        tell(&mut transaction, &identity.name, EventType::IntegrationInstalled, &data, now).await?;
        self.note(&mut transaction, now, caller, ("installation.create", &format!("{id} {integration}"))).await?;
        transaction.commit().await?;
        self.find_installation(&id).await.map(|found| found.map(|(installation, _)| installation))
    }

    /// The client of an integration. One that was never registered gets one whose secret nobody knows: its publisher asks
    /// for another when there is a use for it. The publisher's audit log tells of it.
    async fn client_of(
        &self,
        connection: &mut AnyConnection,
        caller: &Caller,
        manifest: &Manifest,
        now: Timestamp,
    ) -> Result<String, StorageError> {
        let identity = &manifest.integration;
        let name = identity.name.to_string();
        let owner = owner_of(connection, &identity.name).await?;
        let known = sqlx::query("SELECT id, scopes FROM oauth_clients WHERE integration = $1 AND ended_at IS NULL")
            .bind(&name)
            .fetch_optional(&mut *connection)
            .await?;
        let declared = manifest.oauth.scopes.join(" ");
        let (id, action) = if let Some(row) = known {
            let (id, given): (String, String) = (row.try_get("id")?, row.try_get("scopes")?);
            // What a later version declares, its client may ask for too.
            let before = ScopeSet::parse(&given).map_err(StorageError::Damaged)?;
            let both = ScopeSet::parse(&format!("{given} {declared}")).map_err(StorageError::Damaged)?;
            if both == before {
                return Ok(id);
            }
            sqlx::query("UPDATE oauth_clients SET scopes = $1 WHERE id = $2")
                .bind(both.to_string())
                .bind(&id)
                .execute(&mut *connection)
                .await?;
            (id, "client.scopes")
        } else {
            let id = identifier("cli")?;
            // A title is free text, and people are asked for consent under it.
            let shown = if looks_like_ours(&identity.title) { &name } else { &identity.title };
            sqlx::query(
                "INSERT INTO oauth_clients (id, name, secret_digest, account, integration, publisher, redirect_uris, \
                 scopes, created_at) VALUES ($1, $2, 'none', $3, $4, $5, '', $6, $7)",
            )
            .bind(&id)
            .bind(shown)
            .bind(&owner)
            .bind(&name)
            .bind(identity.name.publisher())
            .bind(declared)
            .bind(now.as_microsecond())
            .execute(&mut *connection)
            .await?;
            (id, "client.create")
        };
        let deed = Deed { account: Some(&owner), action, object: &id, ..Deed::default() };
        self.note_deed(connection, now, &caller.trail.for_another_account(), &deed).await?;
        Ok(id)
    }

    /// Ends an installation of the caller and every token of it, at once; tells whether there is one.
    pub(in crate::marketplace) async fn uninstall(
        &self,
        caller: &Caller,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.writer.begin().await?;
        let row = sqlx::query(
            "UPDATE installations SET ended_at = $1 WHERE id = $2 AND account = $3 AND ended_at IS NULL \
             RETURNING grant_id, integration",
        )
        .bind(now.as_microsecond())
        .bind(id)
        .bind(&caller.account)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(false) };
        grants::end(&mut transaction, &row.try_get::<String, _>("grant_id")?, now).await?;
        let integration = word(&row, "integration", IntegrationName::parse)?;
        let data = json!({"installation_id": id, "carrier_id": carrier_of(&caller.account)});
        tell(&mut transaction, &integration, EventType::IntegrationUninstalled, &data, now).await?;
        self.note(&mut transaction, now, caller, ("installation.end", &format!("{id} {integration}"))).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// A living installation, and its grant.
    pub(in crate::marketplace) async fn find_installation(
        &self,
        id: &str,
    ) -> Result<Option<(wire::Installation, String)>, StorageError> {
        let query = sqlx::AssertSqlSafe(format!("{SELECT} AND i.id = $1"));
        let row = sqlx::query(query).bind(id).fetch_optional(&self.reader).await?;
        row.map(|row| Ok((described(&row)?, row.try_get("grant_id")?))).transpose()
    }

    /// The integration whose installation rests on a grant.
    pub(in crate::marketplace) async fn integration_of_grant(
        &self,
        grant: &str,
    ) -> Result<Option<String>, StorageError> {
        let row = sqlx::query("SELECT integration FROM installations WHERE grant_id = $1")
            .bind(grant)
            .fetch_optional(&self.reader)
            .await?;
        Ok(row.map(|row| row.try_get("integration")).transpose()?)
    }

    /// Living installations behind `after`, oldest first.
    pub(in crate::marketplace) async fn installations(
        &self,
        of: InstallationsOf<'_>,
        after: Option<(Timestamp, &str)>,
        limit: i64,
    ) -> Result<Vec<wire::Installation>, StorageError> {
        let (column, whose) = match of {
            InstallationsOf::Account(account) => ("i.account", account),
            InstallationsOf::Client(client) => ("g.client", client),
        };
        let (at, id) = after.map_or((i64::MIN, ""), |(at, id)| (at.as_microsecond(), id));
        let query = sqlx::AssertSqlSafe(format!(
            "{SELECT} AND {column} = $1 AND (i.created_at > $2 OR (i.created_at = $2 AND i.id > $3)) \
             ORDER BY i.created_at, i.id LIMIT $4"
        ));
        let rows = sqlx::query(query).bind(whose).bind(at).bind(id).bind(limit).fetch_all(&self.reader).await?;
        rows.iter().map(described).collect()
    }
}

/// Tells an integration's publisher, in the transaction of what happened.
async fn tell(
    connection: &mut AnyConnection,
    integration: &IntegrationName,
    kind: EventType,
    data: &Value,
    now: Timestamp,
) -> Result<(), StorageError> {
    let owner = owner_of(connection, integration).await?;
    let body = json!({"type": kind, "timestamp": now.to_string(), "data": data}).to_string();
    events::append(connection, &owner, kind, body.as_bytes(), now).await?;
    Ok(())
}

/// Who answers for an integration: the publisher's first owner. Whoever founded it may have left.
async fn owner_of(connection: &mut AnyConnection, integration: &IntegrationName) -> Result<String, StorageError> {
    let find =
        "SELECT account FROM members WHERE publisher = $1 AND role = 'owner' ORDER BY created_at, account LIMIT 1";
    let row = sqlx::query(find).bind(integration.publisher()).fetch_one(connection).await?;
    Ok(row.try_get("account")?)
}

fn described(row: &AnyRow) -> Result<wire::Installation, StorageError> {
    let settings: String = row.try_get("settings")?;
    Ok(wire::Installation {
        id: row.try_get("id")?,
        integration: word(row, "integration", IntegrationName::parse)?,
        version: row.try_get("version")?,
        carrier_id: carrier_of(&row.try_get::<String, _>("account")?),
        scopes: scopes(row)?.to_vec(),
        settings: serde_json::from_str(&settings).map_err(|why| StorageError::Damaged(why.to_string()))?,
        created_at: time(row.try_get("created_at")?)?,
    })
}
