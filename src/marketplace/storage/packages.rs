//! Packages and their versions.

use jiff::Timestamp;
use semver::Version;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::error::is_unique_violation;
use super::keys::identifier;
use super::rows::{summary_from_row, time, word};
use super::{Caller, Storage, StorageError, StoredUpload};
use crate::certification::attestation::Envelope;
use crate::certification::{CheckVerdict, Tier};
use crate::manifest::{IntegrationName, Manifest};
use crate::wire::{self, Claim, VersionStatus};

/// A version that was checked and may be published.
#[derive(Debug)]
pub(in crate::marketplace) struct NewVersion<'a> {
    pub(in crate::marketplace) upload: &'a StoredUpload,
    pub(in crate::marketplace) manifest: &'a Manifest,
    pub(in crate::marketplace) tier: Tier,
    pub(in crate::marketplace) claim: &'a Claim,
    pub(in crate::marketplace) checks: &'a [CheckVerdict],
    /// The tier that awaits a reviewer's approval.
    pub(in crate::marketplace) tier_claimed: Option<Tier>,
    /// The publisher's envelope.
    pub(in crate::marketplace) attestation: Option<&'a Envelope>,
    /// The marketplace's own envelope.
    pub(in crate::marketplace) countersignature: &'a Envelope,
}

impl NewVersion<'_> {
    /// A claim to more than what is granted awaits a reviewer.
    fn status(&self) -> VersionStatus {
        if self.tier_claimed.is_some() { VersionStatus::InReview } else { VersionStatus::Active }
    }
}

/// Which versions somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::marketplace) enum Sight {
    /// Those that are in the catalogue, or were.
    Public,
    /// Those too that await their review, or were rejected: for the publisher and reviewers.
    All,
}

impl Sight {
    /// Whether a version in `status` is seen.
    pub(in crate::marketplace) fn sees(self, status: VersionStatus) -> bool {
        self == Sight::All || status.is_public()
    }
}

/// What was signed of a version: by its publisher, and by this marketplace.
#[derive(Debug, Default)]
pub(in crate::marketplace) struct Signed {
    pub(in crate::marketplace) attestation: Option<Envelope>,
    pub(in crate::marketplace) countersignature: Option<Envelope>,
}

/// What publishing came to.
#[derive(Debug)]
pub(in crate::marketplace) enum Published {
    /// The version is there now.
    New { id: String, version: wire::Version },
    /// The version was there before; whether with the same content is for the caller to see.
    Existing { id: String, version: wire::Version },
}

impl Storage {
    /// Publishes a version in one transaction. Its commit is the moment from which the version exists.
    pub(in crate::marketplace) async fn publish(
        &self,
        caller: &Caller,
        new: &NewVersion<'_>,
        now: Timestamp,
    ) -> Result<Published, StorageError> {
        let announced = &new.upload.announced;
        let mut transaction = self.writer.begin().await?;
        let id = identifier("pub")?;
        match insert_version(&mut transaction, &id, caller, new, now).await {
            Err(cause) if is_unique_violation(&cause) => {
                transaction.rollback().await?;
                let existing = self.find_publication(&announced.name, &announced.version).await?;
                let (id, version) = existing.ok_or_else(|| StorageError::Damaged("a version vanished".into()))?;
                return Ok(Published::Existing { id, version });
            }
            inserted => inserted?,
        }
        super::lifecycle::refresh(&mut transaction, &announced.name).await?;
        sqlx::query("DELETE FROM uploads WHERE id = $1").bind(&new.upload.id).execute(&mut *transaction).await?;
        let object = format!("{}@{}", announced.name, announced.version);
        self.note(&mut transaction, now, caller, ("version.publish", &object)).await?;
        transaction.commit().await?;
        let published = self.find_publication(&announced.name, &announced.version).await?;
        let (id, version) = published.ok_or_else(|| StorageError::Damaged("a version vanished".into()))?;
        Ok(Published::New { id, version })
    }

    /// Finds a version and the identifier of its publication.
    pub(in crate::marketplace) async fn find_publication(
        &self,
        name: &IntegrationName,
        version: &str,
    ) -> Result<Option<(String, wire::Version)>, StorageError> {
        let row = sqlx::query("SELECT * FROM versions WHERE package = $1 AND version = $2")
            .bind(name.to_string())
            .bind(version)
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| Ok((row.try_get("id")?, version_from_row(&row)?))).transpose()
    }

    /// The checks that were repeated when a version was published.
    pub(in crate::marketplace) async fn checks_of(&self, publication: &str) -> Result<Vec<CheckVerdict>, StorageError> {
        let row =
            sqlx::query("SELECT checks FROM versions WHERE id = $1").bind(publication).fetch_one(&self.reader).await?;
        serde_json::from_str(&row.try_get::<String, _>("checks")?)
            .map_err(|cause| StorageError::Damaged(cause.to_string()))
    }

    /// What was signed of a version when it was published.
    pub(in crate::marketplace) async fn signed(&self, publication: &str) -> Result<Signed, StorageError> {
        let row = sqlx::query("SELECT attestation, countersignature FROM versions WHERE id = $1")
            .bind(publication)
            .fetch_one(&self.reader)
            .await?;
        let envelope = |column: &str| {
            let text: Option<String> = row.try_get(column)?;
            let parsed = text.map(|text| serde_json::from_str(&text)).transpose();
            parsed.map_err(|cause| StorageError::Damaged(cause.to_string()))
        };
        Ok(Signed { attestation: envelope("attestation")?, countersignature: envelope("countersignature")? })
    }

    /// An integration with its versions that are seen, newest first; `None` where there is none of them.
    pub(in crate::marketplace) async fn find_package(
        &self,
        name: &IntegrationName,
        sight: Sight,
    ) -> Result<Option<wire::Package>, StorageError> {
        let row = sqlx::query("SELECT * FROM packages WHERE name = $1")
            .bind(name.to_string())
            .fetch_optional(&self.reader)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let mut summary = summary_from_row(&row)?;
        let rows = sqlx::query("SELECT * FROM versions WHERE package = $1")
            .bind(name.to_string())
            .fetch_all(&self.reader)
            .await?;
        let mut versions = rows.iter().map(version_from_row).collect::<Result<Vec<_>, _>>()?;
        versions.retain(|version| sight.sees(version.status));
        versions.sort_by_key(|version| std::cmp::Reverse(Version::parse(&version.version).ok()));
        let Some(newest) = versions.first() else { return Ok(None) };
        if summary.latest.is_empty() {
            summary.latest.clone_from(&newest.version);
        }
        let of_latest =
            |row: &&AnyRow| row.try_get::<String, _>("version").is_ok_and(|version| version == summary.latest);
        let manifest = rows.iter().find(of_latest).map(manifest_from_row).transpose()?;
        let manifest = manifest.ok_or_else(|| StorageError::Damaged(format!("{name} has no latest version")))?;
        Ok(Some(wire::Package {
            summary,
            support_email: manifest.support.email,
            support_url: manifest.support.url,
            license: manifest.integration.license,
            events: manifest.webhook.map(|webhook| webhook.events).unwrap_or_default(),
            scopes: manifest.oauth.scopes,
            versions,
        }))
    }
}

async fn insert_version(
    connection: &mut AnyConnection,
    id: &str,
    caller: &Caller,
    new: &NewVersion<'_>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let announced = &new.upload.announced;
    let json = |value: Result<String, serde_json::Error>| value.map_err(|cause| sqlx::Error::Encode(cause.into()));
    sqlx::query(
        "INSERT INTO versions (id, package, version, digest, blob_digest, size, tier, status, manifest, claim, checks, \
         published_by, published_at, tier_claimed, attestation, countersignature, stands_since) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $13)",
    )
    .bind(id)
    .bind(announced.name.to_string())
    .bind(&announced.version)
    .bind(&announced.digest)
    .bind(&announced.blob_digest)
    .bind(i64::try_from(announced.size).unwrap_or(i64::MAX))
    .bind(new.tier.as_str())
    .bind(new.status().as_str())
    .bind(json(serde_json::to_string(new.manifest))?)
    .bind(json(serde_json::to_string(new.claim))?)
    .bind(json(serde_json::to_string(new.checks))?)
    .bind(caller.credential_id())
    .bind(now.as_microsecond())
    .bind(new.tier_claimed.map(Tier::as_str))
    .bind(new.attestation.map(|envelope| json(serde_json::to_string(envelope))).transpose()?)
    .bind(json(serde_json::to_string(new.countersignature))?)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) fn manifest_from_row(row: &AnyRow) -> Result<Manifest, StorageError> {
    serde_json::from_str(&row.try_get::<String, _>("manifest")?)
        .map_err(|cause| StorageError::Damaged(cause.to_string()))
}

pub(super) fn version_from_row(row: &AnyRow) -> Result<wire::Version, StorageError> {
    Ok(wire::Version {
        name: word(row, "package", IntegrationName::parse)?,
        version: row.try_get("version")?,
        digest: row.try_get("digest")?,
        blob_digest: row.try_get("blob_digest")?,
        size: u64::try_from(row.try_get::<i64, _>("size")?).unwrap_or(0),
        tier: word(row, "tier", Tier::parse)?,
        tier_claimed: row
            .try_get::<Option<String>, _>("tier_claimed")?
            .map(|tier| Tier::parse(&tier).map_err(StorageError::Damaged))
            .transpose()?,
        status: word(row, "status", VersionStatus::parse)?,
        status_since: time(row.try_get("stands_since")?)?,
        reasons: serde_json::from_str(&row.try_get::<String, _>("reasons")?)
            .map_err(|cause| StorageError::Damaged(cause.to_string()))?,
        deprecation: row.try_get("deprecation")?,
        published_at: time(row.try_get("published_at")?)?,
    })
}
