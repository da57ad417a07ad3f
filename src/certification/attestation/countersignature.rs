//! What a marketplace says of a package that it took: which tier it granted, and what that rests on.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::left_out::LeftOutCounts;
use crate::certification::announced::NamedRules;
use crate::certification::tier::Tier;
use crate::credential::Fingerprint;
use crate::manifest::vocabulary;
use crate::verdict::Verdict;

/// Type of the predicate.
pub const COUNTERSIGNATURE: &str = "urn:proveniq:countersignature:2";

vocabulary! {
    /// What a verdict rests on.
    RestsOn, "ground of a verdict" {
        /// The check was repeated on the bytes of the package.
        Package = "package",
        /// The publisher claims it.
        Publisher = "publisher",
    }
}

/// What a marketplace says of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersignature {
    /// Address of the marketplace.
    pub marketplace: String,
    /// When.
    pub time: Timestamp,
    /// The rules that decided.
    pub rule_set: NamedRules,
    /// The tier that is granted.
    pub tier: Tier,
    /// The tier that the publisher claims, where it awaits a reviewer's approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier_claimed: Option<Tier>,
    /// When a reviewer of the marketplace approved of it, where the tier rests on that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<Timestamp>,
    /// The key that the publisher's attestation is signed with, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested_by: Option<Fingerprint>,
    /// Each check of the tier that is claimed.
    pub checks: Vec<Endorsed>,
}

/// A verdict, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsed {
    /// Identifier of the check.
    pub id: String,
    /// What it came to.
    pub verdict: Verdict,
    /// Who says so.
    pub rests_on: RestsOn,
    /// Findings that it was reached without.
    pub left_out: LeftOutCounts,
}
