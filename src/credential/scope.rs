//! What a key may do.

use std::collections::BTreeSet;
use std::fmt;

use crate::manifest::vocabulary;

vocabulary! {
    /// One thing that a key may do.
    Scope, "scope" {
        /// Search, show and download packages.
        PackagesRead = "packages:read",
        /// Publish versions.
        PackagesPublish = "packages:publish",
        /// Decide on versions that await a review, for a marketplace's reviewers.
        PackagesReview = "packages:review",
        /// List keys and consents.
        KeysRead = "keys:read",
        /// Create and revoke keys, and withdraw consents.
        KeysWrite = "keys:write",
        /// Receive the account's deliveries.
        EventsRead = "events:read",
        /// Add events to the account's log.
        EventsWrite = "events:write",
        /// Read the account's ledger.
        LedgerEventsRead = "ledger:events:read",
        /// Append to the account's ledger.
        LedgerEventsWrite = "ledger:events:write",
        /// Read the proofs of the account's ledger.
        LedgerProofsRead = "ledger:proofs:read",
        /// Answer requests for proofs.
        LedgerProofsWrite = "ledger:proofs:write",
        /// See publishers and their members.
        PublishersRead = "publishers:read",
        /// Change who belongs to a publisher.
        PublishersWrite = "publishers:write",
        /// Register and end the OAuth clients of integrations.
        ClientsWrite = "clients:write",
        /// See what is installed.
        InstallationsRead = "installations:read",
        /// Install and uninstall integrations.
        InstallationsWrite = "installations:write",
        /// Read the audit log.
        AuditRead = "audit:read",
    }
}

impl Scope {
    /// Whether it is over a carrier's data: all that an installation can give an integration.
    pub fn is_of_carriers(self) -> bool {
        use Scope::{LedgerEventsRead, LedgerEventsWrite, LedgerProofsRead, LedgerProofsWrite};
        matches!(self, LedgerEventsRead | LedgerEventsWrite | LedgerProofsRead | LedgerProofsWrite)
    }

    /// Whether an integration uses it with its own token, outside of any installation.
    pub fn is_of_integrations(self) -> bool {
        matches!(self, Scope::InstallationsRead | Scope::PackagesRead)
    }
}

/// A set of scopes, written as words separated by spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScopeSet(BTreeSet<Scope>);

impl ScopeSet {
    /// Every scope there is.
    pub fn all() -> Self {
        Scope::ALL.iter().copied().collect()
    }

    /// Parses words separated by spaces; the error names the word that is no scope.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split_whitespace().map(Scope::parse).collect()
    }

    /// Tells whether the set holds `scope`.
    pub fn allows(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// The scopes that `other` has and this set has not.
    #[must_use]
    pub fn lacking(&self, other: &ScopeSet) -> ScopeSet {
        ScopeSet(other.0.difference(&self.0).copied().collect())
    }

    /// The scopes that both sets have.
    #[must_use]
    pub fn common(&self, other: &ScopeSet) -> ScopeSet {
        ScopeSet(self.0.intersection(&other.0).copied().collect())
    }

    /// Tells whether there is no scope in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The scopes, in order.
    pub fn to_vec(&self) -> Vec<Scope> {
        self.0.iter().copied().collect()
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        ScopeSet(scopes.into_iter().collect())
    }
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.0.iter().map(|scope| scope.as_str()).collect();
        f.write_str(&words.join(" "))
    }
}
