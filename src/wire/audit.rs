//! The audit log: chains of hashes, and what their entries say.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A chain and where it ends now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AuditChain {
    /// Identifier; those of later processes sort behind those of earlier ones.
    pub id: String,
    /// When its process began.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub opened_at: Timestamp,
    /// Position of its last entry.
    pub sequence: u64,
    /// Hash of its last entry.
    pub head: String,
}

/// A page of chains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AuditChains {
    /// Chains, oldest first.
    pub data: Vec<AuditChain>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// An entry of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// Position in the chain, from 1.
    pub sequence: u64,
    /// SHA-256 of the content, as hex.
    pub digest: String,
    /// The entry as JSON text, whose exact bytes are hashed; absent where it is another account's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// SHA-256 of the hash before (64 zeros for the first), a line feed, and the digest, as hex.
    pub hash: String,
}

/// A page of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// Entries, oldest first.
    pub data: Vec<AuditRecord>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
