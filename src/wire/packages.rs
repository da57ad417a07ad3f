//! Published packages.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::certification::Tier;
use crate::certification::attestation::Envelope;
use crate::manifest::{Category, IntegrationName, IntegrationType, PricingModel, vocabulary};

vocabulary! {
    /// Where a version stands.
    VersionStatus, "version status" {
        /// Awaits a reviewer's approval, for the tier that it claims.
        InReview = "in_review",
        /// Can be found and installed.
        Active = "active",
        /// Was refused by a reviewer.
        Rejected = "rejected",
        /// Was taken back by its publisher: it can be downloaded still, and not be installed anew.
        Yanked = "yanked",
    }
}

impl VersionStatus {
    /// Whether everybody may see it.
    pub fn is_public(self) -> bool {
        matches!(self, VersionStatus::Active | VersionStatus::Yanked)
    }
}

/// An integration in search results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PackageSummary {
    /// publisher/name.
    pub name: IntegrationName,
    /// Title of the latest version.
    pub title: String,
    /// Summary of the latest version.
    pub summary: String,
    /// How it attaches.
    #[serde(rename = "type")]
    pub kind: IntegrationType,
    /// What it is for.
    pub category: Category,
    /// How it is paid for.
    pub pricing: PricingModel,
    /// Tier of the latest version.
    pub tier: Tier,
    /// Latest version.
    pub latest: String,
    /// When the latest version was published.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}

/// A page of search results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PackageList {
    /// Integrations, most relevant first.
    pub data: Vec<PackageSummary>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// An integration with all its versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Package {
    /// What search shows.
    #[serde(flatten)]
    pub summary: PackageSummary,
    /// Address at which users get support.
    pub support_email: Option<String>,
    /// Page at which users get support.
    pub support_url: Option<String>,
    /// Licence.
    pub license: String,
    /// Event types that the latest version takes.
    pub events: Vec<String>,
    /// Scopes that the latest version asks for.
    pub scopes: Vec<String>,
    /// Versions, newest first by semantic version.
    pub versions: Vec<Version>,
}

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Version {
    /// publisher/name.
    pub name: IntegrationName,
    /// Semantic version.
    pub version: String,
    /// SHA-256 of the uncompressed archive, hex: the package's identity.
    pub digest: String,
    /// SHA-256 of the compressed archive, hex.
    pub blob_digest: String,
    /// Bytes of the compressed archive.
    pub size: u64,
    /// Tier that was granted.
    pub tier: Tier,
    /// Tier that the publisher claims, where it awaits a reviewer's approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier_claimed: Option<Tier>,
    /// Where it stands.
    pub status: VersionStatus,
    /// Since when.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub status_since: Timestamp,
    /// Why it was rejected or yanked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Why it should be left for another, where its publisher says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecation: Option<String>,
    /// When it was published.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub published_at: Timestamp,
}

/// A published version with what was signed of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SignedVersion {
    /// The version.
    #[serde(flatten)]
    pub version: Version,
    /// What its publisher says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Envelope>,
    /// What the marketplace says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersignature: Option<Envelope>,
    /// Its place in the queue of reviews, from 1, where it awaits one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue_position: Option<u64>,
}

/// Takes a version back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Yank {
    /// Why, for those who use it.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 1000))]
    pub reason: String,
}

/// Says that a version should be left for another, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Deprecate {
    /// Why, and which to take, for those who use it; `null` takes it back.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 1000))]
    pub message: Option<String>,
}
