//! Runs the checks of a tier and says whether it is reached. Everything is reported in one pass, in the rule set's order.

use schemars::JsonSchema;
use serde::Serialize;

use super::check::{Area, Check, CheckVerdict, Kind, Subject};
use super::exceptions::Excepted;
use super::finding::Finding;
use super::rule_set::RuleSet;
use super::tier::Tier;
use crate::error;
use crate::manifest::FILE_NAME;
use crate::toml_reader;
use crate::verdict::Verdict;

/// The verdicts of a run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Certification {
    /// Tier that was checked for.
    pub tier: Tier,
    /// Whether every check of it passed or is not applicable, without the help of a baseline.
    pub reached: bool,
    /// Version of the rules.
    pub rule_set: &'static str,
    /// SHA-256 of what the rules demand.
    pub rule_set_digest: String,
    /// Seed of what was sent to the integration, where it was run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// What was left out of the verdicts.
    pub exceptions: Excepted,
    /// Each check.
    pub checks: Vec<CheckReport>,
}

/// What one check came to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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

/// Runs the checks of the subject's tier and the tiers before it, those of `kinds` only.
pub fn certify(subject: &Subject<'_>, rules: &'static RuleSet, kinds: &[Kind]) -> Certification {
    let manifest = subject.tree.read(FILE_NAME, toml_reader::MAX_BYTES as u64).unwrap_or_default();
    let anchors = String::from_utf8_lossy(&manifest);
    let needed = rules.checks.iter().filter(|check| check.tier <= subject.tier && kinds.contains(&check.kind));
    let checks: Vec<_> = needed.map(|check| report(check, subject, &anchors)).collect();
    let exceptions = subject.evidence.exceptions.account(rules, subject.tier, &checks);
    let clean = exceptions.baseline == 0 && subject.tier <= rules.highest;
    Certification {
        tier: subject.tier,
        reached: clean && checks.iter().all(|check| check.verdict.holds()),
        rule_set: rules.version,
        rule_set_digest: rules.digest(),
        seed: subject.evidence.seed,
        exceptions,
        checks,
    }
}

fn report(check: &'static Check, subject: &Subject<'_>, manifest: &str) -> CheckReport {
    let finished = subject.evidence.exceptions.settle(check, subject.tier, (check.run)(subject));
    // A failure has a place, so that every report can show it.
    let placeless = finished.verdict == Verdict::Fail && finished.findings.is_empty();
    let whole = placeless.then(|| Finding::new(&finished.summary));
    let mend = (!matches!(finished.verdict, Verdict::Pass | Verdict::NotApplicable)).then_some(check.mend);
    CheckReport {
        id: check.id,
        area: check.area,
        tier: check.tier,
        kind: check.kind,
        verdict: finished.verdict,
        summary: finished.summary,
        proves: check.proves,
        mend,
        findings: finished
            .findings
            .into_iter()
            .chain(whole)
            .map(|finding| anchored(finding, check, manifest))
            .collect(),
    }
}

/// A finding without a place is put at the key of the manifest that it is about, so that reports can point at it.
fn anchored(finding: Finding, check: &Check, manifest: &str) -> Finding {
    if finding.path.is_some() {
        return finding;
    }
    let (line, column) = toml_reader::place_of(manifest, check.anchor);
    Finding { path: Some(FILE_NAME.to_owned()), line: Some(line), column: Some(column), ..finding }
}

impl Certification {
    /// The kind of end: a failed check is a no; else what could not be decided is inconclusive. With a baseline the
    /// question is whether there is anything new.
    pub fn kind(&self) -> Option<error::Kind> {
        let nothing_new = self.exceptions.baseline > 0 && self.checks.iter().all(|check| check.verdict.holds());
        if self.reached || nothing_new {
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
