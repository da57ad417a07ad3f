//! Versions of packages, ordered as their registry orders them.

use std::cmp::Ordering;
use std::str::FromStr as _;

use super::ecosystem::Ecosystem;

/// A version that can be compared with others of its ecosystem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackageVersion {
    /// npm and cargo: Semantic Versioning 2.
    Semantic(semver::Version),
    /// Python: PEP 440.
    Python(pep440_rs::Version),
}

impl PackageVersion {
    /// Reads a version; `None` where it has no place in the ecosystem's order.
    pub fn parse(ecosystem: Ecosystem, text: &str) -> Option<Self> {
        match ecosystem {
            Ecosystem::PyPi => pep440_rs::Version::from_str(text.trim()).ok().map(PackageVersion::Python),
            Ecosystem::Npm | Ecosystem::Cargo => semantic(text).map(PackageVersion::Semantic),
        }
    }

    /// Compares by precedence: build metadata of a semantic version does not count.
    pub fn precedence(&self, other: &Self) -> Ordering {
        match (self, other) {
            (PackageVersion::Semantic(one), PackageVersion::Semantic(other)) => one.cmp_precedence(other),
            (PackageVersion::Python(one), PackageVersion::Python(other)) => one.cmp(other),
            (PackageVersion::Semantic(_), PackageVersion::Python(_)) => Ordering::Less,
            (PackageVersion::Python(_), PackageVersion::Semantic(_)) => Ordering::Greater,
        }
    }
}

/// Advisories write "1.2" where "1.2.0" is meant, and npm takes a "v" before a version.
fn semantic(text: &str) -> Option<semver::Version> {
    let text = text.trim().trim_start_matches(['=', 'v']).trim_start();
    if let Ok(version) = semver::Version::parse(text) {
        return Some(version);
    }
    let end = text.find(['-', '+']).unwrap_or(text.len());
    let (numbers, rest) = text.split_at(end);
    let missing = 3usize.checked_sub(numbers.split('.').count())?;
    semver::Version::parse(&format!("{numbers}{}{rest}", ".0".repeat(missing))).ok()
}
