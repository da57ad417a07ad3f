//! Reports of leaked keys, in the form of GitHub's secret scanning partner programme.

use serde::{Deserialize, Serialize};

/// Header that names the public key with which a report verifies.
pub const LEAK_KEY_IDENTIFIER: &str = "github-public-key-identifier";

/// Header with the report's signature: base64 of a DER ECDSA P-256 signature over the raw body.
pub const LEAK_SIGNATURE: &str = "github-public-key-signature";

/// A token that was found in public. It cannot be printed: it may still work.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LeakedToken {
    /// The token.
    pub token: String,
    /// What the reporter calls its kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it was found; may be empty.
    #[serde(default)]
    pub url: String,
    /// In what it was found, such as `commit`.
    #[serde(default)]
    pub source: String,
}

/// What became of a reported token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LeakFeedback {
    /// SHA-256 of the token, as hex; the token itself is never repeated.
    pub token_hash: String,
    /// What the reporter calls its kind.
    pub token_type: String,
    /// Whether it is a key of this marketplace.
    pub label: LeakLabel,
}

/// Whether a reported token is a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeakLabel {
    /// It is, and works no more.
    TruePositive,
    /// It is not.
    FalsePositive,
}
