//! The rules that a marketplace goes by, and which of this program's fit them.

use serde::{Deserialize, Serialize};

use super::rule_set::{RULE_SETS, RuleSet};

/// A rule set by name: what it demands is told by its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct NamedRules {
    /// Version.
    pub version: String,
    /// SHA-256 of what the rules demand, hex.
    pub digest: String,
}

/// The rules that a marketplace goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AnnouncedRules {
    /// Version of the newest.
    pub version: String,
    /// SHA-256 of what the newest demands, hex.
    pub digest: String,
    /// Version of the oldest that is still taken.
    pub oldest: String,
    /// Those before the newest that are still taken.
    pub earlier: Vec<NamedRules>,
}

/// Why no rules of this program fit those of a marketplace.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleMismatch {
    /// The marketplace takes newer rules only.
    #[error("the marketplace takes rules from {oldest} on, this program carries {newest} at most")]
    ProgramIsOlder {
        /// The oldest that the marketplace takes.
        oldest: String,
        /// The newest of this program.
        newest: &'static str,
    },
    /// The marketplace goes by rules that this program carries no more.
    #[error("the marketplace goes by rules {version}, this program carries none before {oldest}")]
    MarketplaceIsOlder {
        /// The newest of the marketplace.
        version: String,
        /// The oldest of this program.
        oldest: &'static str,
    },
    /// Both carry a version, and it does not demand the same.
    #[error("rules {version} of the marketplace are not those of this program: their digests differ")]
    Differ {
        /// The version that both carry.
        version: &'static str,
    },
}

impl RuleMismatch {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            RuleMismatch::ProgramIsOlder { .. } => "update proveniq",
            RuleMismatch::MarketplaceIsOlder { .. } => {
                "ask the marketplace's operator to update it, or take the proveniq of its version"
            }
            RuleMismatch::Differ { .. } => {
                "one of the two is no release: take a released proveniq, or ask the marketplace's operator"
            }
        }
    }
}

impl AnnouncedRules {
    /// What this program announces: all that it carries.
    pub fn own() -> Self {
        let named = |rules: &RuleSet| NamedRules { version: rules.version.to_owned(), digest: rules.digest() };
        let [newest, earlier @ ..] = &RULE_SETS;
        let oldest = RULE_SETS.last().unwrap_or(newest).version.to_owned();
        let NamedRules { version, digest } = named(newest);
        AnnouncedRules { version, digest, oldest, earlier: earlier.iter().map(named).collect() }
    }

    /// The newest rules that both sides carry. Where they differ under one version there are none: an older one is not
    /// taken in their place, since what differs without a new version is not to be trusted.
    pub fn agreed(&self) -> Result<&'static RuleSet, RuleMismatch> {
        let Some((rules, digest)) = RULE_SETS.iter().find_map(|rules| Some((rules, self.digest_of(rules.version)?)))
        else {
            return Err(self.nothing_in_common());
        };
        if digest == rules.digest() { Ok(rules) } else { Err(RuleMismatch::Differ { version: rules.version }) }
    }

    fn digest_of(&self, version: &str) -> Option<&str> {
        let earlier = self.earlier.iter().find(|rules| rules.version == version);
        if self.version == version { Some(&self.digest) } else { earlier.map(|rules| rules.digest.as_str()) }
    }

    /// Versions are a year and a month, which sort as text.
    fn nothing_in_common(&self) -> RuleMismatch {
        let own = RuleSet::current().version;
        if self.version.as_str() > own {
            return RuleMismatch::ProgramIsOlder { oldest: self.oldest.clone(), newest: own };
        }
        let oldest = RULE_SETS.last().map_or(own, |rules| rules.version);
        RuleMismatch::MarketplaceIsOlder { version: self.version.clone(), oldest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announcing(version: &str, digest: &str, earlier: &[(&str, &str)]) -> AnnouncedRules {
        let named =
            |(version, digest): &(&str, &str)| NamedRules { version: (*version).into(), digest: (*digest).into() };
        let earlier: Vec<_> = earlier.iter().map(named).collect();
        let oldest = earlier.last().map_or(version, |rules| rules.version.as_str()).to_owned();
        AnnouncedRules { version: version.into(), digest: digest.into(), oldest, earlier }
    }

    #[test]
    fn the_newest_that_both_carry_is_taken() {
        let digests = RULE_SETS.each_ref().map(RuleSet::digest);
        let [newest, before] = RULE_SETS.each_ref().map(|rules| rules.version);
        let agreed = |announced: AnnouncedRules| announced.agreed().map(|rules| rules.version);
        assert_eq!(agreed(AnnouncedRules::own()), Ok(newest));
        assert_eq!(agreed(announcing(before, &digests[1], &[])), Ok(before));
        assert_eq!(agreed(announcing("2999.01", "x", &[(newest, &digests[0]), (before, "x")])), Ok(newest));
        assert_eq!(agreed(announcing("2999.01", "x", &[(before, &digests[1])])), Ok(before));
    }

    #[test]
    fn rules_that_do_not_fit_are_told_apart() {
        let digest = RuleSet::current().digest();
        let [newest, oldest] = RULE_SETS.each_ref().map(|rules| rules.version);
        let refused = |announced: AnnouncedRules| announced.agreed().expect_err("mismatch");
        assert_eq!(
            refused(announcing("2999.02", &digest, &[("2999.01", &digest)])),
            RuleMismatch::ProgramIsOlder { oldest: "2999.01".into(), newest }
        );
        assert_eq!(
            refused(announcing("1999.01", &digest, &[])),
            RuleMismatch::MarketplaceIsOlder { version: "1999.01".into(), oldest }
        );
        let differs = announcing(newest, "x", &[(oldest, &RULE_SETS[1].digest())]);
        assert_eq!(refused(differs), RuleMismatch::Differ { version: newest });
    }
}
