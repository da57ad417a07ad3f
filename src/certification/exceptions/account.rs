//! Tells what was left out, and which suppressions and entries of a baseline leave out nothing.

use schemars::JsonSchema;
use serde::Serialize;

use super::settle::{Exceptions, insuppressible, rules_of};
use super::suppression::{SUPPRESSIONS_FILE, Suppression};
use crate::certification::check::Kind;
use crate::certification::engine::CheckReport;
use crate::certification::finding::{Finding, LeftOut};
use crate::certification::rule_set::RuleSet;
use crate::certification::tier::Tier;
use crate::toml_reader::nearest;
use crate::verdict::Verdict;

/// What was left out of the verdicts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Excepted {
    /// Findings that the project's suppressions name.
    pub suppressed: usize,
    /// Findings that a baseline holds. Where there are any, no tier is reached.
    pub baseline: usize,
    /// Findings that other scanners were told to leave out.
    pub by_scanners: usize,
    /// Suppressions that are expired, unused or not allowed, and entries of the baseline that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Finding>,
}

impl Exceptions {
    /// Sums up what the checks of `tier` have left out.
    pub(in crate::certification) fn account(&self, rules: &RuleSet, tier: Tier, checks: &[CheckReport]) -> Excepted {
        let count = |by: fn(&LeftOut) -> bool| {
            let findings = checks.iter().flat_map(|check| &check.findings);
            findings.filter(|finding| finding.left_out.as_ref().is_some_and(by)).count()
        };
        let run = Run { rules, tier, checks };
        let mut notices: Vec<_> = self.suppressions.all.iter().filter_map(|it| self.notice(&run, it)).collect();
        notices.extend(self.gone(&run));
        Excepted {
            suppressed: count(|why| matches!(why, LeftOut::Suppression { .. })),
            baseline: count(|why| matches!(why, LeftOut::Baseline)),
            by_scanners: count(|why| matches!(why, LeftOut::Scanner { .. })),
            notices,
        }
    }

    /// What is wrong with a suppression, if anything.
    fn notice(&self, run: &Run<'_>, suppression: &Suppression) -> Option<Finding> {
        let fitting = run.findings().find(|(check, finding)| {
            // Few share a fingerprint, and rules are gathered for those alone.
            finding.fingerprint == suppression.fingerprint
                && suppression.fits(&rules_of(check.id, finding), &finding.fingerprint)
        });
        let refusal = fitting.and_then(|(check, _)| insuppressible(check.id, check.kind, run.tier));
        let message = if let Some(ended) = suppression.ended(self.today) {
            ended
        } else if let Some(refusal) = refusal {
            format!("the suppression of {} does not hold: {refusal}", suppression.rule)
        } else if fitting.is_none() && run.would_have_found(&suppression.rule) {
            let known = run.rules.checks.iter().map(|check| check.id);
            let is_known = run.rules.check(&suppression.rule).is_some();
            let near = nearest(&suppression.rule, known).filter(|_| !is_known);
            let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            suppression.unused() + &near
        } else {
            return None;
        };
        Some(Finding::at(SUPPRESSIONS_FILE, Some(suppression.line), message).column(1).warning())
    }

    /// Entries of the baseline that were not found again.
    fn gone(&self, run: &Run<'_>) -> Option<Finding> {
        let baseline = self.baseline.as_ref()?;
        let answered = run.checks.iter().filter(|check| is_answer(check));
        let gone: usize = answered
            .map(|check| {
                let recorded: usize = baseline.of(check.id).map(|(_, count)| count).sum();
                let met = check.findings.iter().filter(|finding| finding.left_out == Some(LeftOut::Baseline)).count();
                recorded - met
            })
            .sum();
        let message = || format!("{gone} findings of the baseline are gone: write it anew, so that they stay gone");
        (gone > 0).then(|| Finding::new(message()).warning())
    }
}

struct Run<'a> {
    rules: &'a RuleSet,
    tier: Tier,
    checks: &'a [CheckReport],
}

impl<'a> Run<'a> {
    fn findings(&self) -> impl Iterator<Item = (&'a CheckReport, &'a Finding)> {
        self.checks.iter().flat_map(|check| check.findings.iter().map(move |finding| (check, finding)))
    }

    /// Whether a finding under this rule would have been found: not so where its check was not asked or had no answer. A
    /// narrower rule does not say which check it belongs to; one with a '/' is that of another scanner.
    fn would_have_found(&self, rule: &str) -> bool {
        let answered = |id: &str| self.checks.iter().any(|report| report.id == id && is_answer(report));
        match self.rules.check(rule) {
            Some(check) => answered(check.id),
            None => self.rules.checks.iter().all(|check| match check.kind {
                Kind::Dynamic => true,
                Kind::Static => answered(check.id),
                Kind::External => answered(check.id) || !rule.contains('/'),
            }),
        }
    }
}

/// Whether a check has looked and knows.
fn is_answer(check: &CheckReport) -> bool {
    match check.verdict {
        Verdict::Pass | Verdict::Warn | Verdict::Fail => true,
        Verdict::NotApplicable => check.kind == Kind::Static,
        Verdict::NotRun | Verdict::Inconclusive => false,
    }
}
