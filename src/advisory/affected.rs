//! Whether a version is affected, as the OSV format says ("Evaluation").

use std::cmp::Ordering;

use super::ecosystem::Ecosystem;
use super::osv::{Affected, Range};
use super::version::PackageVersion;

/// How a version stands to an advisory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is affected.
    Affected,
    /// It is not.
    Clear,
    /// It cannot be told, and why.
    Unclear(String),
}

/// Tells how a version stands to what an advisory says of its package. The versions that are listed count, and the ranges
/// do; a range over commits says nothing of a released version.
pub fn standing(affected: &Affected, ecosystem: Ecosystem, version: &str) -> Standing {
    let parsed = PackageVersion::parse(ecosystem, version);
    let is_listed = affected.versions.iter().any(|listed| {
        let same = |own: &PackageVersion| {
            PackageVersion::parse(ecosystem, listed).is_some_and(|listed| own.precedence(&listed) == Ordering::Equal)
        };
        listed == version || parsed.as_ref().is_some_and(same)
    });
    if is_listed {
        return Standing::Affected;
    }
    let mut outcome = Standing::Clear;
    for range in affected.ranges.iter().filter(|range| range.kind != "GIT") {
        let Some(parsed) = &parsed else {
            return Standing::Unclear(format!("{version:?} is no version of {ecosystem}"));
        };
        match within(range, ecosystem, parsed) {
            Standing::Affected => return Standing::Affected,
            Standing::Clear => {}
            unclear @ Standing::Unclear(_) => outcome = unclear,
        }
    }
    outcome
}

/// A bound of a range. Their order decides between bounds at one version: what begins there wins over what ends there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    Fixed,
    LastAffected,
    Introduced,
}

/// A bound and its version; `None` is before all versions.
type Placed = (Option<PackageVersion>, Bound);

fn within(range: &Range, ecosystem: Ecosystem, version: &PackageVersion) -> Standing {
    let parse = |text: &str| {
        PackageVersion::parse(ecosystem, text)
            .ok_or_else(|| format!("{text:?} in its ranges is no version of {ecosystem}"))
    };
    let mut bounds: Vec<Placed> = Vec::new();
    let mut limits = Vec::new();
    for event in &range.events {
        let placed = [
            (&event.introduced, Bound::Introduced),
            (&event.fixed, Bound::Fixed),
            (&event.last_affected, Bound::LastAffected),
        ];
        for (text, bound) in placed.into_iter().filter_map(|(text, bound)| Some((text.as_deref()?, bound))) {
            match parse(text) {
                _ if text == "0" && bound == Bound::Introduced => bounds.push((None, bound)),
                Ok(at) => bounds.push((Some(at), bound)),
                Err(why) => return Standing::Unclear(why),
            }
        }
        match event.limit.as_deref() {
            Some("*") => limits.push(None),
            Some(text) => match parse(text) {
                Ok(at) => limits.push(Some(at)),
                Err(why) => return Standing::Unclear(why),
            },
            None => {}
        }
    }
    let before =
        |limit: &Option<PackageVersion>| limit.as_ref().is_none_or(|limit| version.precedence(limit) == Ordering::Less);
    if !limits.is_empty() && !limits.iter().any(before) {
        return Standing::Clear;
    }
    if is_affected(bounds, version) { Standing::Affected } else { Standing::Clear }
}

fn is_affected(mut bounds: Vec<Placed>, version: &PackageVersion) -> bool {
    bounds.sort_by(|(one, kind), (other, other_kind)| compare(one.as_ref(), other.as_ref()).then(kind.cmp(other_kind)));
    let mut affected = false;
    for (at, bound) in bounds {
        let reached = compare(Some(version), at.as_ref());
        match bound {
            Bound::Introduced if reached.is_ge() => affected = true,
            Bound::Fixed if reached.is_ge() => affected = false,
            Bound::LastAffected if reached.is_gt() => affected = false,
            _ => {}
        }
    }
    affected
}

fn compare(one: Option<&PackageVersion>, other: Option<&PackageVersion>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.precedence(other),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

/// The first version after `version` in which it is mended, where the ranges name one.
pub fn fixed_in(affected: &Affected, ecosystem: Ecosystem, version: &str) -> Option<String> {
    let own = PackageVersion::parse(ecosystem, version)?;
    let events = affected.ranges.iter().filter(|range| range.kind != "GIT").flat_map(|range| &range.events);
    let later = events.filter_map(|event| {
        let text = event.fixed.as_ref()?;
        let fixed = PackageVersion::parse(ecosystem, text)?;
        fixed.precedence(&own).is_gt().then_some((fixed, text.clone()))
    });
    later.min_by(|(one, _), (other, _)| one.precedence(other)).map(|(_, text)| text)
}

#[cfg(test)]
#[path = "affected_tests.rs"]
mod tests;
