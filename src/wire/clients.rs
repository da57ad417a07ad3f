//! OAuth clients of integrations.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::credential::Scope;
use crate::manifest::IntegrationName;

/// Registers an OAuth client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateClient {
    /// What people see when they are asked for consent: 1 to 64 characters.
    pub name: String,
    /// The integration that it is; each has one client at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub integration: Option<IntegrationName>,
    /// Where authorizations come back to, at most 10: https, or http on a loopback address, whose port is free.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// What it may ask for.
    pub scopes: Vec<Scope>,
    /// Whether it can keep no secret (RFC 6749 section 2.1).
    #[serde(default)]
    pub public: bool,
}

/// An OAuth client without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Client {
    /// The `client_id`.
    pub id: String,
    /// What people see.
    pub name: String,
    /// Whether it has no secret.
    pub public: bool,
    /// The integration that it is.
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub integration: Option<IntegrationName>,
    /// Where authorizations come back to.
    pub redirect_uris: Vec<String>,
    /// What it may ask for.
    pub scopes: Vec<Scope>,
    /// When it was registered.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}

/// A new client with its secret, which is shown this once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CreatedClient {
    /// The client.
    pub client: Client,
    /// Its secret; absent for a public client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// The account's clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ClientList {
    /// Clients, newest first.
    pub data: Vec<Client>,
}
