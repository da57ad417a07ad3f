//! Runs the checks of a tier and says whether it is reached. Everything is reported in one pass, in the rule set's order.

use serde::Serialize;

use super::check::{Area, Check, CheckVerdict, Finding, Kind, Subject};
use super::checks::CHECKS;
use super::tier::Tier;
use crate::error;
use crate::verdict::Verdict;

/// Version of the rules. The command line and the marketplace compare it.
pub const RULE_SET: &str = "2026.11";

/// The verdicts of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Certification {
    /// Tier that was checked for.
    pub tier: Tier,
    /// Whether every check of it passed or is not applicable.
    pub reached: bool,
    /// Version of the rules.
    pub rule_set: &'static str,
    /// Each check.
    pub checks: Vec<CheckReport>,
}

/// What one check came to.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// Stable identifier.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// The lowest tier that needs it.
    pub tier: Tier,
    /// What it needs.
    pub kind: Kind,
    /// What it came to.
    pub verdict: Verdict,
    /// Why, in a few words.
    pub summary: String,
    /// What it proves.
    pub proves: &'static str,
    /// How to mend what was found; absent where it passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<&'static str>,
    /// What was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// Runs the checks of `tier` and the tiers before it, those of `kinds` only.
pub fn certify(subject: &Subject<'_>, tier: Tier, kinds: &[Kind]) -> Certification {
    let needed = CHECKS.iter().filter(|check| check.tier <= tier && kinds.contains(&check.kind));
    let checks: Vec<_> = needed.map(|check| report(check, subject)).collect();
    let reached = checks.iter().all(|check| holds(check.verdict));
    Certification { tier, reached, rule_set: RULE_SET, checks }
}

/// A warning holds: it passed and wants attention.
fn holds(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Pass | Verdict::Warn | Verdict::NotApplicable)
}

fn report(check: &'static Check, subject: &Subject<'_>) -> CheckReport {
    let finished = (check.run)(subject);
    let mend = (!matches!(finished.verdict, Verdict::Pass | Verdict::NotApplicable)).then_some(check.mend);
    CheckReport {
        id: check.id,
        area: check.area,
        tier: check.tier,
        kind: check.kind,
        verdict: finished.verdict,
        summary: finished.summary,
        proves: check.proves,
        mend: mend.filter(|text| !text.is_empty()),
        findings: finished.findings,
    }
}

impl Certification {
    /// The kind of end: a failed check is a no; else what could not be decided is inconclusive.
    pub fn kind(&self) -> Option<error::Kind> {
        if self.reached {
            None
        } else if self.failed().next().is_some() {
            Some(error::Kind::Negative)
        } else {
            Some(error::Kind::Inconclusive)
        }
    }

    /// The checks that failed.
    pub fn failed(&self) -> impl Iterator<Item = &CheckReport> {
        self.checks.iter().filter(|check| check.verdict == Verdict::Fail)
    }

    /// The verdicts alone, as they travel.
    pub fn verdicts(&self) -> Vec<CheckVerdict> {
        self.checks.iter().map(|check| CheckVerdict { id: check.id.to_owned(), verdict: check.verdict }).collect()
    }
}
