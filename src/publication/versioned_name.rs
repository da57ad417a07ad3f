//! `publisher/name@version`: one version of an integration.

use std::fmt;
use std::str::FromStr;

use semver::Version;

use crate::manifest::IntegrationName;

/// A version of an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionedName {
    /// publisher/name.
    pub name: IntegrationName,
    /// Semantic version.
    pub version: Version,
}

impl FromStr for VersionedName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, version) = text
            .split_once('@')
            .ok_or_else(|| format!("{text:?} names no version; write it as publisher/name@1.0.0"))?;
        let version = Version::parse(version).map_err(|why| format!("{version:?} is no semantic version: {why}"))?;
        Ok(VersionedName { name: IntegrationName::parse(name)?, version })
    }
}

impl fmt::Display for VersionedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::VersionedName;

    #[test]
    fn a_name_and_a_semantic_version_make_one() {
        let name = "acme/claim-sync@1.0.0-rc.1+build.7";
        assert_eq!(name.parse::<VersionedName>().map(|name| name.to_string()).as_deref(), Ok(name));
        for bad in ["acme/claim-sync", "acme/claim-sync@", "acme@1.0.0", "acme/x@1", "acme/x@v1.0.0", "@1.0.0", ""] {
            assert!(bad.parse::<VersionedName>().is_err(), "{bad}");
        }
    }
}
