//! A document of the OSV format (<https://ossf.github.io/osv-schema/>), as far as it is needed here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ecosystem::Ecosystem;

/// Largest document that is read, in bytes.
pub const LARGEST: u64 = 16 << 20;

/// An advisory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advisory {
    /// Identifier, such as `GHSA-...`.
    pub id: String,
    /// What is wrong, in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// When it was changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Timestamp>,
    /// When it was taken back; it then counts no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// The same under other names, such as `CVE-...`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub aliases: Vec<String>,
    /// CVSS vectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub severity: Vec<Severity>,
    /// What is affected.
    #[serde(default, deserialize_with = "or_default")]
    pub affected: Vec<Affected>,
    /// What its source adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_specific: Option<Specific>,
}

/// A CVSS vector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Severity {
    /// `CVSS_V2`, `CVSS_V3`, `CVSS_V4` or another.
    #[serde(rename = "type")]
    pub kind: String,
    /// The vector.
    pub score: String,
}

/// A package that is affected, and in which versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Affected {
    /// The package; an advisory on a repository has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// Ranges of versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub ranges: Vec<Range>,
    /// Single versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub versions: Vec<String>,
    /// Severity of this package, where it differs.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub severity: Vec<Severity>,
    /// What its source adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_specific: Option<Specific>,
}

/// A package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// Its registry.
    pub ecosystem: String,
    /// Its name.
    pub name: String,
}

/// A range of versions: where it begins and ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// `SEMVER`, `ECOSYSTEM` or `GIT`.
    #[serde(rename = "type")]
    pub kind: String,
    /// In no particular order.
    #[serde(default, deserialize_with = "or_default")]
    pub events: Vec<Event>,
}

/// A bound of a range. Each has one field; a document with several in one is read as several bounds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Affected from this version on; "0" is before all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduced: Option<String>,
    /// Not affected from this version on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// Not affected after this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_affected: Option<String>,
    /// The range ends before this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}

/// What a source adds. Of any type, since the format leaves it to the source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Specific {
    /// GitHub: LOW, MODERATE, HIGH, CRITICAL.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub severity: Value,
    /// `RustSec`: why it is no vulnerability, such as `unmaintained`.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub informational: Value,
}

/// Exporters write `null` for an empty list.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Advisory {
    /// Reads a document.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(bytes).map_err(|cause| cause.to_string())
    }

    /// Whether it speaks of the same thing under any of its names.
    pub fn is_also(&self, other: &Advisory) -> bool {
        let names = |advisory: &'_ Advisory| -> Vec<String> {
            advisory.aliases.iter().chain([&advisory.id]).cloned().collect()
        };
        let others = names(other);
        names(self).iter().any(|name| others.contains(name))
    }
}

impl Affected {
    /// Ecosystem and normalised name of the package, where the ecosystem is one that is known here.
    pub fn names(&self) -> Option<(Ecosystem, String)> {
        let package = self.package.as_ref()?;
        let ecosystem = Ecosystem::parse(&package.ecosystem).ok()?;
        Some((ecosystem, ecosystem.normalised(&package.name)))
    }

    /// Why it only wants attention, such as `unmaintained`.
    pub fn informational(&self) -> Option<&str> {
        self.database_specific.as_ref()?.informational.as_str()
    }
}
