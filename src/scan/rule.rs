//! What a rule is: data that the scanner interprets. The rules themselves are in `rules/`, by kind of provider.

use super::finding::Severity;

/// Bytes that a token may be long, from its keyword on.
pub(super) const LONGEST_TOKEN: usize = 4096;

/// The pattern of values that are UUIDs.
pub(super) const UUID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/// Tells whether a text that has a token's form stands a further test, such as that of its checksum.
pub(super) type Check = fn(&[u8]) -> bool;

/// Who gives out secrets of a known form.
#[derive(Debug)]
pub struct Provider {
    /// Name that its users know it by.
    pub name: &'static str,
    /// A rule for each form.
    pub rules: &'static [Rule],
}

/// One form of secret.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable identifier.
    pub id: &'static str,
    /// What it is to its provider, such as `access token`.
    pub what: &'static str,
    /// Texts of which every match holds one; the scanner looks for these first.
    pub keywords: &'static [&'static str],
    /// A regular expression over bytes.
    pub pattern: &'static str,
    /// Whether a match stands in the way.
    pub severity: Severity,
    /// Examples that match, as forms (`form::synthesise`), so that no secret is written down.
    pub like: &'static [&'static str],
    /// Near misses, which do not match.
    pub unlike: &'static [&'static str],
    pub(super) place: Place,
    pub(super) check: Option<Check>,
    /// Whether it begins with a run of characters (`run`), by which it is found.
    pub(super) is_run: bool,
    /// Bits of entropy that a character has at least.
    pub(super) entropy: f64,
}

/// Where in a text the pattern is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the keyword, which it begins with.
    AtKeyword,
    /// Around the keyword, beginning at most this many bytes before.
    Around(usize),
    /// It is the whole value that is assigned to a name which holds the keyword, written in any way, and a word such
    /// as `token` or `key`.
    Assigned,
}

/// A token that begins with one of its keywords.
pub(super) const fn token(
    id: &'static str,
    what: &'static str,
    keywords: &'static [&'static str],
    pattern: &'static str,
    like: &'static [&'static str],
    unlike: &'static [&'static str],
) -> Rule {
    let (place, severity) = (Place::AtKeyword, Severity::Block);
    Rule { id, what, keywords, pattern, severity, like, unlike, place, check: None, is_run: true, entropy: 3.0 }
}

/// A value without a mark of its own, which the name that it is assigned to gives away.
pub(super) const fn assigned(
    id: &'static str,
    what: &'static str,
    keywords: &'static [&'static str],
    pattern: &'static str,
    like: &'static [&'static str],
    unlike: &'static [&'static str],
) -> Rule {
    let mut rule = token(id, what, keywords, pattern, like, unlike);
    rule.place = Place::Assigned;
    rule.is_run = false;
    rule
}

impl Rule {
    /// The keyword is in the middle; the match begins at most `before` bytes ahead of it.
    pub(super) const fn around(mut self, before: usize) -> Self {
        self.place = Place::Around(before);
        self.is_run = false;
        self
    }

    /// There is a sign such as a dot among its first twenty characters, or there are fewer.
    pub(super) const fn broken(mut self) -> Self {
        self.is_run = false;
        self
    }

    pub(super) const fn checked(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }

    pub(super) const fn warns(mut self) -> Self {
        self.severity = Severity::Warn;
        self
    }

    /// For forms with few characters to choose from, such as digits.
    pub(super) const fn entropy(mut self, least: f64) -> Self {
        self.entropy = least;
        self
    }
}
