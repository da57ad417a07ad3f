//! Keys with which publishers sign attestations, and the marketplace's own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::credential::Fingerprint;

/// Registers the public half of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterSigningKey {
    /// What the key is for: 1 to 64 characters, unique among the publisher's living signing keys.
    pub name: String,
    /// The ed25519 key as PEM (RFC 8410).
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub public_key: String,
}

/// A publisher's signing key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct RegisteredSigningKey {
    /// Fingerprint: SHA-256 of the key as `SubjectPublicKeyInfo`, hex; the `keyid` of envelopes.
    pub id: Fingerprint,
    /// What it is for.
    pub name: String,
    /// Whose it is.
    pub publisher: String,
    /// The ed25519 key as PEM.
    pub public_key: String,
    /// When it was registered.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was revoked.
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = DateTime))]
    pub revoked_at: Option<Timestamp>,
}

/// A publisher's signing keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SigningKeyList {
    /// Keys, newest first, revoked ones too.
    pub data: Vec<RegisteredSigningKey>,
}

/// The key with which a marketplace countersigns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct MarketplaceKey {
    /// Fingerprint.
    pub id: Fingerprint,
    /// The ed25519 key as PEM.
    pub public_key: String,
}
