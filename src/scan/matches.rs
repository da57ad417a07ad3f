//! What was found in a text so far, and what remains of it where matches overlap.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use regex::bytes::RegexBuilder;

use super::assignment::{self, Assignment};
use super::config::{Config, OwnRule};
use super::finding::{Finding, Severity, fingerprint};
use super::generic::{self, Surroundings};
use super::name;
use super::nature::Nature;
use super::place::Places;
use super::plausible::{entropy, is_random, is_stand_in};
use super::published;
use super::rule::{LONGEST_TOKEN, Place};
use super::scanner::{Known, Meaning, Scanner};
use super::structure::Structure;

/// A line that is longer than this was written by a program, so that its names mean little.
const LONGEST_LINE: usize = 4000;
/// Fewest characters of a token that follow its keyword.
const FEWEST: usize = 6;

/// The rules of values that their names give away: passwords, and keys.
pub(super) const GENERIC: [&str; 2] = ["generic-password", "generic-key"];

/// How much a match explains: the smaller goes before the larger where they overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Token,
    Structure,
    Own,
    Wrapped,
    Assigned,
    Generic,
}

/// Something that was found.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub(super) range: Range<usize>,
    rank: Rank,
    id: Cow<'static, str>,
    description: Cow<'static, str>,
    severity: Severity,
    /// Where it is not the text itself that is secret.
    fingerprint: Option<String>,
}

/// A text that is looked at.
pub(super) struct Looked<'t> {
    scanner: &'t Scanner,
    pub(super) text: &'t [u8],
    nature: Nature,
    found: Vec<Match>,
    /// What has a token's form and fails its test: no secret by any other name.
    disproved: Vec<Range<usize>>,
    /// For each rule, up to where it was looked for.
    done: Vec<usize>,
    /// The last assignment that was read: several words of a name lead to the same.
    last: Option<(Range<usize>, Option<Assignment>)>,
}

impl<'t> Looked<'t> {
    pub(super) fn new(scanner: &'t Scanner, text: &'t [u8], nature: Nature) -> Self {
        Looked { scanner, text, nature, found: Vec::new(), disproved: Vec::new(), done: Vec::new(), last: None }
    }

    /// Looks at what a keyword may mean where it is.
    pub(super) fn at(&mut self, meaning: Meaning, keyword: Range<usize>) {
        match meaning {
            Meaning::Rule(number) => match self.scanner.rules[number].rule.place {
                Place::Assigned => self.assigned(number, keyword),
                Place::AtKeyword => self.token(number, keyword.start, keyword),
                Place::Around(before) => self.token(number, keyword.start.saturating_sub(before), keyword),
            },
            Meaning::Structure(structure) => self.structure(structure, keyword),
            Meaning::Name => self.generic(keyword),
        }
    }

    /// Notes what was found in base 64.
    pub(super) fn wrapped(&mut self, inner: Match, text: &[u8], run: Range<usize>) {
        let fingerprint = inner.fingerprint.or_else(|| Some(fingerprint(&text[inner.range])));
        let rank = if inner.rank < Rank::Assigned { Rank::Wrapped } else { inner.rank };
        self.found.push(Match { range: run, rank, fingerprint, ..inner });
    }

    /// Looks for what a rule of one's own finds.
    pub(super) fn own(&mut self, rule: &OwnRule, path: &str) {
        let (id, description): (Cow<'static, str>, Cow<'static, str>) =
            (rule.id.clone().into(), rule.description.clone().into());
        let found = rule.matches(path, self.text).into_iter();
        self.found.extend(found.map(|range| Match {
            range,
            rank: Rank::Own,
            id: id.clone(),
            description: description.clone(),
            severity: Severity::Block,
            fingerprint: None,
        }));
    }

    fn token(&mut self, number: usize, from: usize, keyword: Range<usize>) {
        let known = &self.scanner.rules[number];
        if self.done.is_empty() {
            self.done = vec![0; self.scanner.rules.len()];
        }
        if keyword.start < self.done[number] {
            return;
        }
        let is_around = from < keyword.start || matches!(known.rule.place, Place::Around(_));
        if !is_around && (!self.begins_at(keyword.start) || !self.goes_on(keyword.end)) {
            return;
        }
        let from = from.max(self.done[number]);
        let window = &self.text[from..self.text.len().min(keyword.end + LONGEST_TOKEN)];
        let Some(pattern) = known.pattern() else { return };
        let found = pattern.captures_iter(window).find_map(|groups| {
            let all = groups.get(0)?;
            let covers = (from + all.start()..from + all.end()).contains(&keyword.start);
            let secret = groups.get(1).unwrap_or(all);
            covers.then(|| (from + all.start()..from + all.end(), from + secret.start()..from + secret.end()))
        });
        let Some((all, secret)) = found.filter(|(all, _)| self.begins_at(all.start) && self.ends_at(all.end)) else {
            return;
        };
        self.done[number] = all.end;
        let text = &self.text[secret.clone()];
        // What stands for a secret begins as one.
        let marked = if known.rule.place == Place::AtKeyword { keyword.len().min(text.len()) } else { 0 };
        let holds = entropy(text) >= known.rule.entropy
            && !is_stand_in(&text[marked..])
            && known.rule.check.is_none_or(|check| check(text));
        if holds {
            self.push(known, secret, Rank::Token);
        } else {
            self.disproved.push(secret);
        }
    }

    /// Whether a token may begin here: no letter or digit precedes, but for those of escapes.
    fn begins_at(&self, at: usize) -> bool {
        let byte = |back: usize| at.checked_sub(back).map_or(b' ', |at| self.text[at]);
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !self.text.get(at).copied().is_some_and(is_word)
            || !is_word(byte(1))
            || byte(2) == b'\\' && b"nrt".contains(&byte(1))
            || byte(3) == b'%' && byte(1).is_ascii_hexdigit() && byte(2).is_ascii_hexdigit()
    }

    fn ends_at(&self, at: usize) -> bool {
        !self.text.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            || !self.text[at - 1].is_ascii_alphanumeric()
    }

    /// Whether characters of a token follow: a look that costs less than a pattern.
    fn goes_on(&self, at: usize) -> bool {
        let follows = self.text.get(at..at + FEWEST).unwrap_or_default();
        follows.len() == FEWEST
            && follows.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/$+=%~\"'(".contains(byte))
    }

    fn assigned(&mut self, number: usize, keyword: Range<usize>) {
        if !self.nature.has_names {
            return;
        }
        let Some(assignment) = self.assignment(keyword) else { return };
        let known = &self.scanner.rules[number];
        let value = &self.text[assignment.value.clone()];
        // Patterns are for values of a hundred characters or so.
        if value.len() < 12
            || value.len() > LONGEST_TOKEN
            || !name::may_hold_secret(&self.text[assignment.name.clone()])
        {
            return;
        }
        if known.pattern().is_some_and(|pattern| pattern.is_match(value))
            && is_random(value, known.rule.entropy)
            && known.rule.check.is_none_or(|check| check(value))
        {
            self.push(known, assignment.value, Rank::Assigned);
        }
    }

    fn structure(&mut self, structure: &'static Structure, keyword: Range<usize>) {
        if let Some((range, severity)) = (structure.find)(self.text, keyword) {
            let (id, description) = (structure.id.into(), structure.description.into());
            self.found.push(Match { range, rank: Rank::Structure, id, description, severity, fingerprint: None });
        }
    }

    fn generic(&mut self, keyword: Range<usize>) {
        if !self.nature.has_names {
            return;
        }
        let Some(assignment) = self.assignment(keyword) else { return };
        let Some(kind) = name::kind(&self.text[assignment.name.clone()]) else { return };
        let about = Surroundings { kind, is_code: self.nature.is_code };
        let Some(severity) = generic::judge(&self.text[assignment.value.clone()], &assignment, about) else { return };
        if self.is_long_line(&assignment.value) {
            return;
        }
        let (id, description) = match kind {
            name::NameKind::Password => (GENERIC[0], "password"),
            name::NameKind::Key => (GENERIC[1], "key or token"),
        };
        let (id, description) = (id.into(), description.into());
        self.found.push(Match {
            range: assignment.value,
            rank: Rank::Generic,
            id,
            description,
            severity,
            fingerprint: None,
        });
    }

    fn assignment(&mut self, keyword: Range<usize>) -> Option<Assignment> {
        if let Some((word, found)) = &self.last {
            let same_name = found.as_ref().is_some_and(|found| found.name.contains(&keyword.start));
            if *word == keyword || same_name {
                return found.clone();
            }
        }
        let found = assignment::around(self.text, keyword.clone());
        self.last = Some((keyword, found.clone()));
        found
    }

    fn is_long_line(&self, value: &Range<usize>) -> bool {
        let before = &self.text[value.start.saturating_sub(LONGEST_LINE)..value.start];
        let after = &self.text[value.end..self.text.len().min(value.end + LONGEST_LINE)];
        let ahead = memchr::memrchr(b'\n', before).map_or(before.len(), |at| before.len() - at);
        ahead + memchr::memchr(b'\n', after).unwrap_or(after.len()) >= LONGEST_LINE
    }

    fn push(&mut self, known: &Known, range: Range<usize>, rank: Rank) {
        let description = format!("{} {}", known.provider, known.rule.what).into();
        let (id, severity) = (known.rule.id.into(), known.rule.severity);
        self.found.push(Match { range, rank, id, description, severity, fingerprint: None });
    }

    /// Leaves of matches that overlap the one that explains most, and of those the longest.
    pub(super) fn resolved(mut self) -> Vec<Match> {
        self.found.sort_by(|one, other| {
            let key = |found: &Match| (found.rank, std::cmp::Reverse(found.range.len()), found.range.start);
            key(one).cmp(&key(other))
        });
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let overlaps = |taken: &BTreeMap<usize, usize>, range: &Range<usize>| {
            taken.range(..range.end).next_back().is_some_and(|(_, end)| *end > range.start)
        };
        let mut kept = Vec::new();
        let mut disproved = Some(std::mem::take(&mut self.disproved));
        for found in self.found {
            if found.rank > Rank::Own {
                for range in disproved.take().into_iter().flatten() {
                    if !overlaps(&taken, &range) {
                        taken.insert(range.start, range.end);
                    }
                }
            }
            if !overlaps(&taken, &found.range) {
                taken.insert(found.range.start, found.range.end);
                kept.push(found);
            }
        }
        kept.sort_by_key(|found| found.range.start);
        kept
    }
}

impl Match {
    /// Whether somebody's own exceptions cover it.
    pub(super) fn is_excepted(&self, config: &Config, path: &str, text: &[u8]) -> bool {
        (self.rank != Rank::Own && config.disabled.iter().any(|id| *id == self.id))
            || config.allows(path, text, &text[self.range.clone()], self.range.start)
    }

    /// Whether it is an example that everybody knows.
    pub(super) fn is_published(&self, text: &[u8]) -> bool {
        published::is_example(self.fingerprint.as_ref().unwrap_or(&fingerprint(&text[self.range.clone()])))
    }

    /// Tells of the match without the secret.
    pub(super) fn report(self, text: &[u8], places: &mut Places) -> Finding {
        let (line, column) = places.of(text, self.range.start);
        let fingerprint = self.fingerprint.unwrap_or_else(|| fingerprint(&text[self.range]));
        Finding { rule: self.id, description: self.description, severity: self.severity, line, column, fingerprint }
    }
}

impl Known {
    /// The pattern, compiled at its first use; a test compiles each, so that none is missing.
    fn pattern(&self) -> Option<&regex::bytes::Regex> {
        let compiled = self.compiled.get_or_init(|| {
            let text = match self.rule.place {
                Place::AtKeyword => format!("^(?:{})", self.rule.pattern),
                Place::Around(_) => self.rule.pattern.to_owned(),
                Place::Assigned => format!("^(?:{})$", self.rule.pattern),
            };
            RegexBuilder::new(&text).unicode(false).build().ok()
        });
        compiled.as_ref()
    }
}
