//! The ledger's write endpoint.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::manifest::vocabulary;

vocabulary! {
    /// What happened.
    EntryKind, "kind of ledger event" {
        /// A policy was issued.
        PolicyIssued = "policy.issued",
        /// A policy was endorsed.
        PolicyEndorsed = "policy.endorsed",
        /// A policy was cancelled.
        PolicyCancelled = "policy.cancelled",
        /// A claim was opened.
        ClaimOpened = "claim.opened",
        /// A claim was updated.
        ClaimUpdated = "claim.updated",
        /// A claim was closed.
        ClaimClosed = "claim.closed",
        /// A document was attached.
        DocumentAttached = "document.attached",
        /// A payment was issued.
        PaymentIssued = "payment.issued",
    }
}

vocabulary! {
    /// What a ledger event is about.
    SubjectType, "subject type" {
        /// A policy.
        Policy = "policy",
        /// A claim.
        Claim = "claim",
        /// A document.
        Document = "document",
        /// A payment.
        Payment = "payment",
    }
}

/// The policy, claim, document or payment that an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: SubjectType,
    /// Its identifier in the carrier's system, 1 to 128 characters.
    pub id: String,
}

/// Appends an entry to the account's ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppendEntry {
    /// What happened.
    pub kind: EntryKind,
    /// What it is about.
    pub subject: Subject,
    /// Who caused it, 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// When it happened; absent means now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>, format = DateTime))]
    pub occurred_at: Option<Timestamp>,
    /// Facts of the event, 64 KiB of JSON at most.
    pub payload: Map<String, Value>,
}

/// An entry of the ledger: the `data` of `ledger.event.created`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LedgerEntry {
    /// Identifier.
    pub id: String,
    /// Position in the carrier's ledger, from 1, without gaps.
    pub sequence: u64,
    /// What happened.
    pub kind: EntryKind,
    /// The carrier whose ledger holds it.
    pub carrier_id: String,
    /// What it is about.
    pub subject: Subject,
    /// Who caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// When it happened.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub occurred_at: Timestamp,
    /// When it was recorded.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub recorded_at: Timestamp,
    /// Facts of the event.
    pub payload: Map<String, Value>,
    /// SHA-256 in hex of this document without `hash`, as JSON without white space and with sorted keys.
    pub hash: String,
    /// Hash of the entry before; 64 zeros for the first.
    pub previous_hash: String,
}

/// A page of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LedgerPage {
    /// Entries, oldest first.
    pub data: Vec<LedgerEntry>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
