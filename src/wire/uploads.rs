//! Publishing: open an upload keyed by digest, send its parts, commit once.

use serde::{Deserialize, Serialize};

use super::Version;
use crate::certification::attestation::Envelope;
use crate::certification::{CheckVerdict, Tier};
use crate::manifest::IntegrationName;

/// Schema of a receipt.
pub const RECEIPT_SCHEMA: &str = "proveniq.receipt/1";

/// Opens an upload, or finds the one that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenUpload {
    /// publisher/name.
    pub name: IntegrationName,
    /// Semantic version.
    #[cfg_attr(feature = "server", schema(max_length = 128))]
    pub version: String,
    /// SHA-256 of the uncompressed archive, hex.
    #[cfg_attr(feature = "server", schema(pattern = "^[0-9a-f]{64}$"))]
    pub digest: String,
    /// SHA-256 of the compressed archive, hex.
    #[cfg_attr(feature = "server", schema(pattern = "^[0-9a-f]{64}$"))]
    pub blob_digest: String,
    /// Bytes of the compressed archive.
    #[cfg_attr(feature = "server", schema(minimum = 1))]
    pub size: u64,
}

/// An upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Upload {
    /// Identifier.
    pub id: String,
    /// Bytes that have arrived: where the next part begins.
    pub offset: u64,
    /// Bytes in all.
    pub size: u64,
}

/// Publishes what an upload holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CommitUpload {
    /// What the publisher's own certification found: enough for tier listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certification: Option<Claim>,
    /// The same as a signed attestation; counts alone where it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Envelope>,
}

/// The publisher's own certification: a claim, which the marketplace repeats as far as it can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Version of the rules.
    pub rule_set: String,
    /// Tier that was checked for.
    pub tier: Tier,
    /// Verdict of each check.
    #[cfg_attr(feature = "server", schema(max_items = 200))]
    pub checks: Vec<CheckVerdict>,
}

/// Proof of a publication, kept by the publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Always [`RECEIPT_SCHEMA`].
    pub schema: String,
    /// Identifier of the publication.
    pub id: String,
    /// Whether this very content was published before, so that nothing changed now.
    pub unchanged: bool,
    /// What was published.
    pub version: Version,
    /// The checks that the marketplace repeated on the bytes it received.
    pub checks: Vec<CheckVerdict>,
    /// What the marketplace says of the version, signed with its own key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersignature: Option<Envelope>,
}
