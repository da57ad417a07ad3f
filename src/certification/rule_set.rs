//! Rule sets: the checks by version. This program carries the current one and the one before, so that it can speak with a
//! marketplace that is a version behind.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::check::Check;
use super::checks::{CURRENT, PREVIOUS};
use super::tier::Tier;
use crate::package::hex;

/// A version of the rules.
#[derive(Debug)]
pub struct RuleSet {
    /// Year and month of the version.
    pub version: &'static str,
    /// The highest tier that it can tell.
    pub highest: Tier,
    /// The checks, in the order in which they are reported.
    pub checks: &'static [&'static Check],
}

/// The rule sets of this program, newest first.
pub static RULE_SETS: [RuleSet; 2] = [
    RuleSet { version: "2026.12", highest: Tier::Premier, checks: CURRENT },
    RuleSet { version: "2026.11", highest: Tier::Listed, checks: PREVIOUS },
];

impl RuleSet {
    /// The newest rule set of this program.
    pub fn current() -> &'static RuleSet {
        &RULE_SETS[0]
    }

    /// Finds a rule set by its version.
    pub fn find(version: &str) -> Option<&'static RuleSet> {
        RULE_SETS.iter().find(|rules| rules.version == version)
    }

    /// Finds a check by its identifier, written in any case.
    pub fn check(&self, id: &str) -> Option<&'static Check> {
        self.checks.iter().copied().find(|check| check.id.eq_ignore_ascii_case(id))
    }

    /// Finds a check of any rule set of this program, the newest first.
    pub fn any(id: &str) -> Option<&'static Check> {
        RULE_SETS.iter().find_map(|rules| rules.check(id))
    }

    /// SHA-256 of what the rules demand, hex: two programs with the same digest give the same verdicts.
    pub fn digest(&self) -> String {
        #[derive(Serialize)]
        struct Demand(&'static str, Tier, u32);
        let demands: Vec<_> = self.checks.iter().map(|check| Demand(check.id, check.tier, check.revision)).collect();
        // Strings and numbers always serialise.
        hex(&Sha256::digest(serde_json::to_vec(&(self.version, self.highest, demands)).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_version_demands_does_not_change() {
        // A check that demands something else raises its revision, and the rules become a new version.
        let digests = RULE_SETS.each_ref().map(|rules| format!("{} {}", rules.version, &rules.digest()[..16]));
        assert_eq!(digests, ["2026.12 195c5b6676831b2b", "2026.11 b60fb89f2e7d3e58"]);
    }

    #[test]
    fn a_check_of_both_versions_demands_the_same_in_both_or_has_another_revision() {
        let [current, before] = &RULE_SETS;
        for old in before.checks {
            let Some(new) = current.check(old.id) else { continue };
            let same = (old.tier, old.kind) == (new.tier, new.kind) && std::ptr::fn_addr_eq(old.run, new.run);
            assert!(same || old.revision != new.revision, "{} demands something else under one revision", old.id);
        }
    }

    #[test]
    fn a_check_that_demands_something_else_is_kept_apart_by_the_digest() {
        static CHANGED: Check = Check { revision: CURRENT[0].revision + 1, ..*CURRENT[0] };
        static SETS: [&[&Check]; 3] = [&[CURRENT[0]], &[PREVIOUS[0]], &[&CHANGED]];
        let digest = |checks| RuleSet { version: "2026.12", highest: Tier::Premier, checks }.digest();
        let [current, before, changed] = SETS.map(digest);
        assert_eq!(current, before);
        assert_ne!(current, changed);
    }

    #[test]
    fn checks_have_distinct_names_and_say_how_to_mend() {
        for rules in &RULE_SETS {
            let mut ids: Vec<_> = rules.checks.iter().map(|check| check.id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), rules.checks.len());
            assert!(rules.checks.iter().all(|check| !check.mend.is_empty() && !check.anchor.is_empty()));
        }
    }
}
