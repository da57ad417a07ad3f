//! What an entry says. Never a secret or a body.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::manifest::vocabulary;

vocabulary! {
    /// What came of it.
    Outcome, "outcome" {
        /// It was done.
        Done = "done",
        /// It was refused, and nothing was changed.
        Refused = "refused",
    }
}

/// One thing that was done, or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Entry {
    /// When.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who: the account, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// With what: the identifier of the key, the token or the client, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// From where: the address of the other end of the connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The request, as its answer names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What was done, such as `key.create`.
    pub action: String,
    /// What it was done to.
    pub object: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Why it was refused: a problem code or an OAuth error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In the first entry of a chain: where other chains stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<Anchor>,
}

impl Entry {
    /// The same entry with each of its texts changed.
    #[must_use]
    pub fn map_text(self, change: impl Fn(&str) -> String) -> Self {
        let maybe = |text: Option<String>| text.map(|text| change(&text));
        let anchor = |anchor: Anchor| Anchor { chain: change(&anchor.chain), hash: change(&anchor.hash), ..anchor };
        Entry {
            at: self.at,
            account: maybe(self.account),
            credential: maybe(self.credential),
            address: maybe(self.address),
            request_id: maybe(self.request_id),
            action: change(&self.action),
            object: change(&self.object),
            outcome: self.outcome,
            reason: maybe(self.reason),
            anchors: self.anchors.into_iter().map(anchor).collect(),
        }
    }
}

/// Where a chain stood when another began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Anchor {
    /// The chain.
    pub chain: String,
    /// Its last entry.
    pub sequence: u64,
    /// The hash of that entry.
    pub hash: String,
}
