//! What a publisher claims, held against the rules: nothing of it is believed that the verdicts themselves do not show.

use serde::Serialize;

use super::left_out::LeftOutCounts;
use super::predicate::Predicate;
use crate::certification::check::{Check, CheckVerdict, Kind};
use crate::certification::rule_set::{RULE_SETS, RuleSet};
use crate::certification::tier::Tier;
use crate::verdict::Verdict;

/// Most checks that a claim may speak of.
const MOST_CHECKS: usize = 200;

/// A claim that speaks of each check of its tier once, by rules that are carried here.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The rules.
    pub rules: &'static RuleSet,
    /// The tier.
    pub tier: Tier,
    /// The verdict of each check of the tier.
    pub verdicts: Vec<CheckVerdict>,
    /// What each verdict was reached without, where the claim speaks of it.
    left_out: Option<Vec<(String, LeftOutCounts)>>,
}

/// Where a claim is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The check that it is about, or `rule-set`, `tier` or `attestation`.
    pub check: String,
    /// What differs.
    pub message: String,
}

impl Difference {
    /// Says what differs.
    pub fn new(check: &str, message: impl Into<String>) -> Self {
        Difference { check: check.to_owned(), message: message.into() }
    }
}

/// Takes what an attestation says, where its rules are carried here and it says of itself what its verdicts show.
pub fn claimed(predicate: &Predicate) -> Result<Claimed, Vec<Difference>> {
    let claimed = Claimed::new(&predicate.rule_set.version, predicate.tier, predicate.verdicts())?;
    let claimed = claimed.without(predicate.checks.iter().map(|check| (check.id.clone(), check.left_out)).collect())?;
    let digest = claimed.rules.digest();
    if predicate.rule_set.digest != digest {
        let (version, theirs) = (claimed.rules.version, &predicate.rule_set.digest);
        let message = format!("rules {version} have the digest {digest} here, the claim rests on {theirs}");
        return Err(vec![Difference::new("rule-set", message)]);
    }
    if predicate.reached != claimed.unmet().is_empty() {
        let (says, shows) = if predicate.reached { ("reached", "not reached") } else { ("not reached", "reached") };
        let message = format!("it says that {} is {says}, its verdicts show that it is {shows}", predicate.tier);
        return Err(vec![Difference::new("tier", message)]);
    }
    Ok(claimed)
}

impl Claimed {
    /// Takes verdicts, where each check of the tier has one and nothing else has.
    pub fn new(rule_set: &str, tier: Tier, verdicts: Vec<CheckVerdict>) -> Result<Self, Vec<Difference>> {
        let Some(rules) = RuleSet::find(rule_set) else {
            let carried = RULE_SETS.each_ref().map(|rules| rules.version).join(" and ");
            let message = format!("the claim rests on rules {rule_set}, known here are {carried}");
            return Err(vec![Difference::new("rule-set", message)]);
        };
        if verdicts.len() > MOST_CHECKS {
            let message = format!("it speaks of {} checks, {MOST_CHECKS} are read", verdicts.len());
            return Err(vec![Difference::new("attestation", message)]);
        }
        let claimed = Claimed { rules, tier, verdicts, left_out: None };
        let differences = [claimed.without_verdict(), claimed.without_check()].concat();
        if differences.is_empty() { Ok(claimed) } else { Err(differences) }
    }

    /// The same, which says what its verdicts were reached without; an error where that cannot be.
    pub fn without(self, left_out: Vec<(String, LeftOutCounts)>) -> Result<Self, Vec<Difference>> {
        let dynamic = |id: &str| self.checks().any(|check| check.id == id && check.kind == Kind::Dynamic);
        let wrong = left_out.iter().filter_map(|(id, counts)| {
            let why = match counts {
                LeftOutCounts { baseline: 1.., .. } => {
                    "a baseline leaves findings out of it, and no tier is reached with one"
                }
                counts if counts.total() > 0 && dynamic(id) => "what the running integration does cannot be left out",
                _ => return None,
            };
            Some(Difference::new(id, why))
        });
        let differences: Vec<_> = wrong.collect();
        if differences.is_empty() { Ok(Claimed { left_out: Some(left_out), ..self }) } else { Err(differences) }
    }

    /// What a verdict was reached without, where the claim speaks of it.
    pub fn left_out(&self, id: &str) -> Option<LeftOutCounts> {
        self.left_out.iter().flatten().find(|(of, _)| of == id).map(|(_, counts)| *counts)
    }

    /// The checks of the tier.
    pub fn checks(&self) -> impl Iterator<Item = &'static Check> {
        let tier = self.tier;
        self.rules.checks.iter().copied().filter(move |check| check.tier <= tier)
    }

    /// What is claimed of a check.
    pub fn verdict(&self, id: &str) -> Option<Verdict> {
        self.verdicts.iter().find(|claimed| claimed.id == id).map(|claimed| claimed.verdict)
    }

    /// What keeps the tier from being reached.
    pub fn unmet(&self) -> Vec<Difference> {
        let (tier, rules) = (self.tier, self.rules);
        let too_high = (tier > rules.highest).then(|| {
            Difference::new("tier", format!("rules {} tell {} at most, not {tier}", rules.version, rules.highest))
        });
        let unmet = self.verdicts.iter().filter(|claimed| !claimed.verdict.holds()).map(|claimed| {
            Difference::new(&claimed.id, format!("claimed {}, and {tier} needs a pass", claimed.verdict))
        });
        too_high.into_iter().chain(unmet).collect()
    }

    fn without_verdict(&self) -> Vec<Difference> {
        let missing = self.checks().filter(|check| self.verdict(check.id).is_none());
        missing.map(|check| Difference::new(check.id, "the claim does not speak of it")).collect()
    }

    fn without_check(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        for (at, claimed) in self.verdicts.iter().enumerate() {
            if self.verdicts[..at].iter().any(|earlier| earlier.id == claimed.id) {
                differences.push(Difference::new(&claimed.id, "the claim speaks of it twice"));
            } else if !self.checks().any(|check| check.id == claimed.id) {
                let message = format!("tier {} of rules {} has no such check", self.tier, self.rules.version);
                differences.push(Difference::new(&claimed.id, message));
            }
        }
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(tier: Tier) -> Vec<CheckVerdict> {
        let checks = RuleSet::current().checks.iter().filter(|check| check.tier <= tier);
        checks.map(|check| CheckVerdict { id: check.id.to_owned(), verdict: Verdict::Pass }).collect()
    }

    #[test]
    fn a_claim_speaks_of_each_check_of_its_tier_once() {
        let version = RuleSet::current().version;
        let full = Claimed::new(version, Tier::Premier, verdicts(Tier::Premier)).expect("claim");
        assert!(full.unmet().is_empty());
        let refused = |verdicts: Vec<CheckVerdict>| {
            let differences = Claimed::new(version, Tier::Listed, verdicts).expect_err("differs");
            differences.into_iter().map(|difference| difference.message).collect::<Vec<_>>()
        };
        assert_eq!(refused(verdicts(Tier::Listed)[1..].to_vec()), ["the claim does not speak of it"]);
        let twice = [verdicts(Tier::Listed), verdicts(Tier::Listed)[..1].to_vec()].concat();
        assert_eq!(refused(twice), ["the claim speaks of it twice"]);
        assert!(refused(verdicts(Tier::Verified))[0].contains("has no such check"));
        assert!(Claimed::new("1999.01", Tier::Listed, Vec::new()).is_err());
    }

    #[test]
    fn a_tier_is_reached_by_verdicts_alone() {
        let mut claim = Claimed::new(RuleSet::current().version, Tier::Listed, verdicts(Tier::Listed)).expect("claim");
        for (verdict, reached) in [(Verdict::Warn, true), (Verdict::NotApplicable, true), (Verdict::NotRun, false)] {
            claim.verdicts[0].verdict = verdict;
            assert_eq!(claim.unmet().is_empty(), reached, "{verdict}");
        }
        let before = RULE_SETS.last().expect("rules");
        let checks = before.checks.iter().map(|check| CheckVerdict { id: check.id.into(), verdict: Verdict::Pass });
        let too_high = Claimed::new(before.version, Tier::Verified, checks.collect()).expect("claim");
        assert_eq!(too_high.unmet()[0].check, "tier");
    }
}
