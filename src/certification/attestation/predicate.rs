//! What a publisher says of a package: how it was certified.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::left_out::LeftOutCounts;
use crate::certification::announced::NamedRules;
use crate::certification::check::CheckVerdict;
use crate::certification::engine::{Certification, CheckReport};
use crate::certification::tier::Tier;
use crate::package::{Source, hex};
use crate::verdict::Verdict;

/// Type of the predicate.
pub const CERTIFICATION: &str = "urn:proveniq:certification:2";

/// How a package was certified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predicate {
    /// The program that looked.
    pub tool: Tool,
    /// The rules that decided.
    pub rule_set: NamedRules,
    /// Tier that was checked for.
    pub tier: Tier,
    /// Whether it was reached. Whoever verifies goes by the verdicts.
    pub reached: bool,
    /// Seed of what was sent to the integration, where it was run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The commit that the package was made of, where there is one. Nobody can repeat it on the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// When.
    pub time: Timestamp,
    /// Every check of the tier, those that were not run too.
    pub checks: Vec<CertifiedCheck>,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// What a check came to, and what it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedCheck {
    /// Identifier.
    pub id: String,
    /// What it came to.
    pub verdict: Verdict,
    /// Findings that it was reached without.
    pub left_out: LeftOutCounts,
    /// Digest of its report, by algorithm: of the element of `checks` in `certify --json`, as JSON without spaces.
    pub evidence: BTreeMap<String, String>,
}

impl Predicate {
    /// What a certification found at `time` of a package that was made of `source`.
    pub fn of(certification: &Certification, source: Option<Source>, time: Timestamp) -> Self {
        Predicate {
            tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            rule_set: NamedRules {
                version: certification.rule_set.to_owned(),
                digest: certification.rule_set_digest.clone(),
            },
            tier: certification.tier,
            reached: certification.reached,
            seed: certification.seed,
            source,
            time,
            checks: certification.checks.iter().map(CertifiedCheck::of).collect(),
        }
    }

    /// The verdicts alone.
    pub fn verdicts(&self) -> Vec<CheckVerdict> {
        self.checks.iter().map(|check| CheckVerdict { id: check.id.clone(), verdict: check.verdict }).collect()
    }
}

impl CertifiedCheck {
    fn of(report: &CheckReport) -> Self {
        // Strings and numbers always serialise.
        let digest = hex(&Sha256::digest(serde_json::to_vec(report).unwrap_or_default()));
        let evidence = BTreeMap::from([("sha256".to_owned(), digest)]);
        let left_out = LeftOutCounts::of(&report.findings);
        CertifiedCheck { id: report.id.to_owned(), verdict: report.verdict, left_out, evidence }
    }
}
