//! What a marketplace says of itself.

use serde::{Deserialize, Serialize};

use super::MarketplaceKey;
use crate::certification::AnnouncedRules;

/// What a marketplace says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Service {
    /// Always `proveniq-marketplace`.
    pub service: String,
    /// Version of the program that serves it.
    pub version: String,
    /// Whether it is a sandbox.
    pub sandbox: bool,
    /// Random text made at each start, which tells one start from another.
    pub instance: String,
    /// The rules that packages are checked by.
    pub rule_set: AnnouncedRules,
    /// The key with which it countersigns.
    pub signing_key: MarketplaceKey,
    /// Registries of packages, as OSV names them, whose advisories it gives at `/v1/advisories/NAME/all.zip`.
    #[serde(default)]
    pub advisories: Vec<String>,
}
