//! Repeating what a publisher claims: the static checks, on the bytes of the package.

use super::claimed::{Claimed, Difference};
use super::countersignature::{Endorsed, RestsOn};
use super::left_out::LeftOutCounts;
use crate::certification::check::{Kind, Subject};
use crate::certification::engine::{Certification, certify};
use crate::certification::evidence::Evidence;
use crate::manifest::Manifest;
use crate::package::SourceTree;
use crate::verdict::Verdict;

/// What repeating a claim came to.
#[derive(Debug)]
pub struct Repeated {
    /// The static checks of the tier, as they were seen on the package.
    pub seen: Certification,
    /// Each check of the claim, and what its verdict rests on now.
    pub checks: Vec<Endorsed>,
    /// Where what is claimed is not what was seen.
    pub differences: Vec<Difference>,
}

/// Repeats the static checks of a claim's tier. One that cannot be run here, since what it goes by is not at hand, rests on
/// the claim, as the dynamic ones do. Verdicts that both hold do not contradict each other: a publisher may see a work tree
/// that warns, or no marketplace to be compatible with.
pub fn repeat(claimed: &Claimed, manifest: &Manifest, tree: &dyn SourceTree, evidence: &Evidence) -> Repeated {
    let subject = Subject { tier: claimed.tier, manifest, tree, evidence };
    let seen = certify(&subject, claimed.rules, &[Kind::Static]);
    let found = |id: &str| seen.checks.iter().find(|report| report.id == id && report.verdict != Verdict::NotRun);
    let (mut checks, mut differences) = (Vec::new(), Vec::new());
    for claim in &claimed.verdicts {
        let report = found(&claim.id);
        let here = report.map(|report| report.verdict);
        if let Some(here) = here.filter(|here| *here != claim.verdict && !(here.holds() && claim.verdict.holds())) {
            differences.push(Difference::new(&claim.id, format!("claimed {}, found {here}", claim.verdict)));
        }
        let (told, counted) = (claimed.left_out(&claim.id), report.map(|report| LeftOutCounts::of(&report.findings)));
        // A publisher may leave out more than is shipped: their work tree holds more.
        if let (Some(told), Some(counted)) =
            (told, counted.filter(|counted| told.is_some_and(|told| told.suppressed < counted.suppressed)))
        {
            let message = format!("claimed {} suppressed findings, found {}", told.suppressed, counted.suppressed);
            differences.push(Difference::new(&claim.id, message));
        }
        let left_out = told.or(counted).unwrap_or_default();
        let rests_on = if here.is_some() { RestsOn::Package } else { RestsOn::Publisher };
        checks.push(Endorsed { id: claim.id.clone(), verdict: claim.verdict, rests_on, left_out });
    }
    Repeated { seen, checks, differences }
}
