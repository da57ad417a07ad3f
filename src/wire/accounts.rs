//! Accounts, publishers, and who belongs to them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::credential::Scope;
use crate::manifest::{IntegrationName, vocabulary};

vocabulary! {
    /// What a member may do for a publisher.
    Role, "role" {
        /// Publish, and say who belongs to it.
        Owner = "owner",
        /// Publish.
        Publisher = "publisher",
        /// Look.
        Viewer = "viewer",
    }
}

impl Role {
    /// Whether the role is enough to publish.
    pub fn may_publish(self) -> bool {
        matches!(self, Role::Owner | Role::Publisher)
    }
}

/// The account that asks, and the credential that it asks with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Account {
    /// Identifier.
    pub id: String,
    /// What the person is called.
    pub name: String,
    /// How the person signs in.
    pub identities: Vec<SignInName>,
    /// The publishers that the account belongs to.
    pub publishers: Vec<Membership>,
    /// The credential in hand.
    pub credential: HeldCredential,
}

/// How a person signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SignInName {
    /// `github`, `google` or `sandbox`.
    pub provider: String,
    /// What the person is called there.
    pub login: String,
}

/// What an account is for a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Membership {
    /// The publisher.
    pub publisher: String,
    /// What the account may do for it.
    pub role: Role,
}

/// The credential of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct HeldCredential {
    /// What it is.
    pub kind: CredentialKind,
    /// Identifier of the key or token.
    pub id: String,
    /// Name of the key, or the client that the token was given to.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it ends by itself.
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
}

vocabulary! {
    /// A kind of credential.
    CredentialKind, "kind of credential" {
        /// An API key.
        Key = "key",
        /// An access token.
        AccessToken = "access_token",
    }
}

/// A member of a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Member {
    /// The account.
    pub account: String,
    /// What the person is called.
    pub name: String,
    /// What the member may do.
    pub role: Role,
    /// Since when.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub since: Timestamp,
}

/// What a person lets a client do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Consent {
    /// Identifier.
    pub id: String,
    /// The `client_id`.
    pub client: String,
    /// What the client is called.
    pub client_name: String,
    /// The integration that the client belongs to, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub integration: Option<IntegrationName>,
    /// What the client may do.
    pub scopes: Vec<Scope>,
    /// Since when.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}

/// A page of consents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Consents {
    /// Consents, newest first.
    pub data: Vec<Consent>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// The members of a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Members {
    /// Members, oldest first.
    pub data: Vec<Member>,
}

/// Gives a member a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetMember {
    /// What the member may do from now on.
    pub role: Role,
}
