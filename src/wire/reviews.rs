//! Reviews of versions that claim more than `listed`.

use serde::{Deserialize, Serialize};

use super::Version;
use crate::manifest::vocabulary;

vocabulary! {
    /// What a reviewer decides.
    Decision, "decision" {
        /// The tier that is claimed is granted.
        Approve = "approve",
        /// The version is refused.
        Reject = "reject",
    }
}

/// Decides on a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The decision.
    pub decision: Decision,
    /// Digest of what was reviewed: a decision is on these bytes.
    #[cfg_attr(feature = "server", schema(pattern = "^[0-9a-f]{64}$"))]
    pub digest: String,
    /// Why it is refused, for its publisher; one at least then, and none for an approval.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(max_items = 50))]
    pub reasons: Vec<String>,
}

/// A version that awaits its review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct WaitingVersion {
    /// Identifier of the publication.
    pub id: String,
    /// The version.
    pub version: Version,
    /// Title of the integration.
    pub title: String,
    /// Its place in the queue, from 1.
    pub position: u64,
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ReviewQueue {
    /// Versions, the one that waits longest first.
    pub data: Vec<WaitingVersion>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
