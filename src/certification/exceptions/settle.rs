//! Marks the findings that do not count, and judges a check by the others.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::baseline::Baseline;
use super::suppression::Suppressions;
use crate::certification::check::{Check, Kind};
use crate::certification::finding::{Finding, LeftOut, Level};
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::error::Diagnostic;
use crate::package::SourceTree;
use crate::verdict::Verdict;

/// What is left out of the verdicts, as it was read before the checks look.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    /// What a person has judged.
    pub suppressions: Suppressions,
    /// What was there before.
    pub baseline: Option<Baseline>,
    /// The day, in UTC. Without it, suppressions that end do not hold.
    pub today: Option<Date>,
}

impl Exceptions {
    /// What a package says itself is to be left out, as it held at a moment. The problems are those of its file.
    pub fn of_package(tree: &dyn SourceTree, at: Timestamp) -> Result<Self, Vec<Diagnostic>> {
        let today = Some(at.to_zoned(TimeZone::UTC).date());
        Ok(Exceptions { suppressions: Suppressions::of(tree)?, baseline: None, today })
    }
}

/// Why the findings of a check cannot be suppressed: what an integration does when it runs is no matter of judgement, and
/// a secret is none at the highest tier.
pub(super) fn insuppressible(id: &str, kind: Kind, tier: Tier) -> Option<&'static str> {
    match kind {
        Kind::Dynamic => Some("what the running integration does cannot be suppressed"),
        _ if id == Suppressions::OF_SECRETS && tier == Tier::Premier => {
            Some("a secret cannot be suppressed for premier")
        }
        _ => None,
    }
}

/// What a finding can be suppressed by: the check, and the narrower rule.
pub(super) fn rules_of<'f>(id: &'f str, finding: &'f Finding) -> Vec<&'f str> {
    [Some(id), finding.rule.as_deref()].into_iter().flatten().collect()
}

impl Exceptions {
    /// The same verdict, or another where findings of it do not count.
    pub(in crate::certification) fn settle(&self, check: &Check, tier: Tier, finished: Finished) -> Finished {
        if !matches!(finished.verdict, Verdict::Pass | Verdict::Warn | Verdict::Fail) {
            return finished;
        }
        let suppressible = insuppressible(check.id, check.kind, tier).is_none();
        let mut recorded: HashMap<&str, usize> = self.baseline.iter().flat_map(|known| known.of(check.id)).collect();
        finished.marked(|finding: Finding| {
            if !finding.counts() {
                return finding;
            }
            let found = self.suppressions.find(&rules_of(check.id, &finding), &finding.fingerprint, self.today);
            if let Some(suppression) = found.filter(|_| suppressible) {
                return finding.left_out(LeftOut::Suppression { reason: suppression.reason.clone() });
            }
            let known = recorded.get_mut(finding.fingerprint.as_str());
            match known.filter(|left| **left > 0 && finding.level == Level::Error) {
                Some(left) => {
                    *left -= 1;
                    finding.left_out(LeftOut::Baseline)
                }
                None => finding,
            }
        })
    }
}
