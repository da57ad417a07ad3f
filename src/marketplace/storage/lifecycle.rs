//! Where versions stand: the queue of reviews, yanking, and what the catalogue shows after that.

use jiff::Timestamp;
use semver::Version;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::packages::{manifest_from_row, version_from_row};
use super::rows::word;
use super::{Caller, Storage, StorageError};
use crate::certification::Tier;
use crate::certification::attestation::Envelope;
use crate::manifest::IntegrationName;
use crate::wire::{self, VersionStatus};

/// What becomes of a version.
#[derive(Debug)]
pub(in crate::marketplace) enum Step<'a> {
    /// A reviewer grants what is claimed.
    Approve {
        /// The tier that is granted.
        tier: Tier,
        /// What the marketplace says of it now.
        countersignature: &'a Envelope,
    },
    /// A reviewer refuses it.
    Reject(&'a [String]),
    /// Its publisher takes it back; who has it keeps it.
    Yank(&'a str),
    /// Its publisher gives it again.
    Unyank,
}

impl Step<'_> {
    /// Where a version must stand for it, and where it stands then.
    fn between(&self) -> (VersionStatus, VersionStatus) {
        match self {
            Step::Approve { .. } => (VersionStatus::InReview, VersionStatus::Active),
            Step::Reject(_) => (VersionStatus::InReview, VersionStatus::Rejected),
            Step::Yank(_) => (VersionStatus::Active, VersionStatus::Yanked),
            Step::Unyank => (VersionStatus::Yanked, VersionStatus::Active),
        }
    }

    fn reasons(&self) -> Vec<String> {
        match self {
            Step::Reject(reasons) => reasons.to_vec(),
            Step::Yank(reason) => vec![(*reason).to_owned()],
            Step::Approve { .. } | Step::Unyank => Vec::new(),
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Step::Approve { .. } => "version.approve",
            Step::Reject(_) => "version.reject",
            Step::Yank(_) => "version.yank",
            Step::Unyank => "version.unyank",
        }
    }
}

/// A version that awaits its review.
#[derive(Debug)]
pub(in crate::marketplace) struct Waiting {
    pub(in crate::marketplace) id: String,
    pub(in crate::marketplace) version: wire::Version,
    pub(in crate::marketplace) title: String,
    /// Its place in the queue, from 1.
    pub(in crate::marketplace) position: u64,
}

impl Storage {
    /// Takes a step with a version, unless it stands elsewhere; tells whether it was taken. Of several that come at once,
    /// one is.
    pub(in crate::marketplace) async fn step(
        &self,
        caller: &Caller,
        (name, version): (&IntegrationName, &str),
        step: &Step<'_>,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let damaged = |cause: serde_json::Error| StorageError::Damaged(cause.to_string());
        let (from, to) = step.between();
        let (tier, countersignature) = match step {
            Step::Approve { tier, countersignature } => {
                (Some(tier.as_str()), Some(serde_json::to_string(countersignature).map_err(damaged)?))
            }
            _ => (None, None),
        };
        let mut transaction = self.writer.begin().await?;
        let stepped = sqlx::query(
            "UPDATE versions SET status = $1, stands_since = $2, reasons = $3, tier = COALESCE($4, tier), \
             tier_claimed = CASE WHEN $4 IS NULL THEN tier_claimed ELSE NULL END, \
             countersignature = COALESCE($5, countersignature) WHERE package = $6 AND version = $7 AND status = $8",
        )
        .bind(to.as_str())
        .bind(now.as_microsecond())
        .bind(serde_json::to_string(&step.reasons()).map_err(damaged)?)
        .bind(tier)
        .bind(countersignature)
        .bind(name.to_string())
        .bind(version)
        .bind(from.as_str())
        .execute(&mut *transaction)
        .await?;
        if stepped.rows_affected() == 0 {
            return Ok(false);
        }
        refresh(&mut transaction, name).await?;
        self.note(&mut transaction, now, caller, (step.action(), &format!("{name}@{version}"))).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Says of a version that it should be left for another, or with `None` no longer.
    pub(in crate::marketplace) async fn deprecate(
        &self,
        caller: &Caller,
        (name, version): (&IntegrationName, &str),
        message: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.writer.begin().await?;
        let update = "UPDATE versions SET deprecation = $1 WHERE package = $2 AND version = $3";
        let update = sqlx::query(update).bind(message).bind(name.to_string()).bind(version);
        update.execute(&mut *transaction).await?;
        let action = if message.is_some() { "version.deprecate" } else { "version.undeprecate" };
        self.note(&mut transaction, now, caller, (action, &format!("{name}@{version}"))).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Versions that await their review, oldest first, from a place in the queue on.
    pub(in crate::marketplace) async fn waiting(&self, offset: u32, limit: u32) -> Result<Vec<Waiting>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM versions WHERE status = 'in_review' ORDER BY published_at, id LIMIT $1 OFFSET $2",
        )
        .bind(i64::from(limit))
        .bind(i64::from(offset))
        .fetch_all(&self.reader)
        .await?;
        let waiting = |(index, row): (usize, &AnyRow)| {
            Ok(Waiting {
                id: row.try_get("id")?,
                version: version_from_row(row)?,
                title: manifest_from_row(row)?.integration.title,
                position: u64::from(offset) + index as u64 + 1,
            })
        };
        rows.iter().enumerate().map(waiting).collect()
    }

    /// The place of a publication in the queue, from 1; `None` where it does not wait.
    pub(in crate::marketplace) async fn queue_position(&self, publication: &str) -> Result<Option<u64>, StorageError> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM versions o WHERE o.status = 'in_review' AND (o.published_at < v.published_at \
             OR (o.published_at = v.published_at AND o.id <= v.id))) AS place \
             FROM versions v WHERE v.id = $1 AND v.status = 'in_review'",
        )
        .bind(publication)
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| Ok(u64::try_from(row.try_get::<i64, _>("place")?).unwrap_or(0))).transpose()
    }
}

/// Lets the catalogue speak of the version that counts: the newest that is active, a release before a pre-release; else the
/// newest that was yanked. One that nobody may see yet gives the integration its place, and nothing else.
pub(super) async fn refresh(connection: &mut AnyConnection, name: &IntegrationName) -> Result<(), StorageError> {
    let rows = sqlx::query("SELECT version, status FROM versions WHERE package = $1")
        .bind(name.to_string())
        .fetch_all(&mut *connection)
        .await?;
    let standing = |row: &AnyRow| Ok((word(row, "status", VersionStatus::parse)?, word(row, "version", semantic)?));
    let standings = rows.iter().map(standing).collect::<Result<Vec<_>, StorageError>>()?;
    let rank = |status: VersionStatus| match status {
        VersionStatus::Active => 2,
        VersionStatus::Yanked => 1,
        VersionStatus::InReview | VersionStatus::Rejected => 0,
    };
    let shown =
        standings.iter().max_by_key(|(status, version)| (rank(*status), version.pre.is_empty(), version.clone()));
    let Some((status, version)) = shown else { return Ok(()) };
    let row = sqlx::query("SELECT manifest, tier, published_at FROM versions WHERE package = $1 AND version = $2")
        .bind(name.to_string())
        .bind(version.to_string())
        .fetch_one(&mut *connection)
        .await?;
    let (active, manifest) = (*status == VersionStatus::Active, manifest_from_row(&row)?);
    let identity = &manifest.integration;
    sqlx::query(
        "INSERT INTO packages \
         (name, publisher, latest, title, summary, kind, category, pricing, tier, updated_at, active) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (name) DO UPDATE SET \
         latest = excluded.latest, title = excluded.title, summary = excluded.summary, kind = excluded.kind, \
         category = excluded.category, pricing = excluded.pricing, tier = excluded.tier, \
         updated_at = excluded.updated_at, active = excluded.active",
    )
    .bind(name.to_string())
    .bind(name.publisher())
    .bind(if status.is_public() { version.to_string() } else { String::new() })
    .bind(&identity.title)
    .bind(&identity.summary)
    .bind(identity.kind.as_str())
    .bind(identity.category.as_str())
    .bind(manifest.pricing.model.as_str())
    .bind(row.try_get::<String, _>("tier")?)
    .bind(row.try_get::<i64, _>("published_at")?)
    .bind(i64::from(active))
    .execute(&mut *connection)
    .await?;
    super::search::index(connection, identity, active).await
}

fn semantic(text: &str) -> Result<Version, String> {
    Version::parse(text).map_err(|cause| format!("{text:?} is no version: {cause}"))
}
