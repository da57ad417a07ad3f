//! A check: a small unit that looks at one thing and says what it found.

use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use super::finished::Finished;
use super::tier::Tier;
use crate::manifest::{Manifest, vocabulary};
use crate::package::SourceTree;
use crate::verdict::Verdict;

vocabulary! {
    /// What a check is about.
    Area, "area" {
        /// Secrets, signatures, authorization.
        Security = "security",
        /// Response times and limits.
        Performance = "performance",
        /// Errors, retries, recovery.
        Reliability = "reliability",
        /// README, setup guide, API reference.
        Documentation = "documentation",
        /// Contact and service levels.
        Support = "support",
        /// What is shipped.
        Packaging = "packaging",
    }
}

vocabulary! {
    /// What a check needs.
    Kind, "kind of check" {
        /// Files only.
        Static = "static",
        /// The running integration.
        Dynamic = "dynamic",
        /// What other programs found.
        External = "external",
    }
}

/// A check of the rule set.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Stable identifier, such as `DOC-README`.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// The lowest tier that needs it.
    pub tier: Tier,
    /// What it needs.
    pub kind: Kind,
    /// What it proves, as one sentence.
    pub proves: &'static str,
    /// How to mend what it finds.
    pub mend: &'static str,
    /// Key of the manifest that a finding without a place belongs to, such as `webhook.path`.
    pub anchor: &'static str,
    /// Raised whenever what the check demands changes, which changes the rule set's digest.
    pub revision: u32,
    /// Looks.
    pub run: fn(&Subject<'_>) -> Finished,
}

/// What is checked.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The tier that is asked for. A check may look more closely for a higher one.
    pub tier: Tier,
    /// The manifest.
    pub manifest: &'a Manifest,
    /// The files that would be shipped, or were.
    pub tree: &'a dyn SourceTree,
    /// What was gathered before.
    pub evidence: &'a Evidence,
}

/// The verdict of one check, as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CheckVerdict {
    /// Identifier of the check.
    pub id: String,
    /// What it came to.
    pub verdict: Verdict,
}
