//! Installations: what a carrier has installed, with which consent and settings.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::credential::Scope;
use crate::manifest::IntegrationName;

/// Installs an integration for the account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Install {
    /// The integration.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub integration: IntegrationName,
    /// Its version; absent means the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What the person agreed to: exactly the scopes that this version declares.
    pub scopes: Vec<Scope>,
    /// Settings, as the integration's schema wants them.
    #[serde(default)]
    pub settings: Map<String, Value>,
}

/// An installation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Installation {
    /// Identifier, which is the `audience` of a token exchange.
    pub id: String,
    /// The integration.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub integration: IntegrationName,
    /// The version that was consented to.
    pub version: String,
    /// The carrier.
    pub carrier_id: String,
    /// What the integration may do.
    pub scopes: Vec<Scope>,
    /// Settings.
    pub settings: Map<String, Value>,
    /// When it was installed.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}

/// Living installations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Installations {
    /// Installations, oldest first.
    pub data: Vec<Installation>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
