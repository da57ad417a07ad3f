//! The rules that decide: those that are named, or the newest that this program and a marketplace both carry.

use crate::certification::{RULE_SETS, RuleMismatch, RuleSet};
use crate::error::{Error, Result};
use crate::wire::Service;

/// The rules that are named, or the newest ones.
pub fn named(version: Option<&str>) -> Result<&'static RuleSet> {
    let Some(version) = version else { return Ok(RuleSet::current()) };
    RuleSet::find(version).ok_or_else(|| {
        let carried = RULE_SETS.each_ref().map(|rules| rules.version).join(", ");
        Error::usage(format!("this program does not carry rules {version:?}")).hint(format!("it carries {carried}"))
    })
}

/// The newest rules that a marketplace and this program both carry.
pub fn agreed(service: &Service) -> Result<&'static RuleSet> {
    let refused = |mismatch: RuleMismatch| Error::usage(mismatch.to_string()).hint(mismatch.hint());
    service.rule_set.agreed().map_err(refused)
}
