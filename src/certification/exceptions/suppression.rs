//! `.proveniq/suppressions.toml`: findings that a person has looked at, each by its rule and by what it is about, so that
//! another finding on the same line is never silent.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::error::Diagnostic;
use crate::package::SourceTree;
use crate::toml_reader::{self, Table};

/// Where a project keeps its suppressions. The file is part of the package, so that a marketplace comes to the same
/// verdicts.
pub const SUPPRESSIONS_FILE: &str = ".proveniq/suppressions.toml";

/// Most suppressions of a project; more are no judgement any more, and every finding is compared with each.
const MOST: usize = 1_000;

/// Fewer words give no reason.
const FEWEST_WORDS: usize = 3;
/// Fewer different letters make no words.
const FEWEST_LETTERS: usize = 5;

/// One finding that is not to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The check, or its narrower rule.
    pub rule: String,
    /// The finding's fingerprint, 16 hex digits.
    pub fingerprint: String,
    /// Why it does not count, in somebody's own words.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// Line of the file, from 1.
    pub line: usize,
}

impl Suppression {
    /// Whether it speaks of a finding with this fingerprint under one of these rules.
    pub fn fits(&self, rules: &[&str], fingerprint: &str) -> bool {
        self.fingerprint == fingerprint && rules.contains(&self.rule.as_str())
    }

    /// Says that its last day is over, where it is.
    pub fn ended(&self, today: Option<Date>) -> Option<String> {
        let last = self.expires.filter(|_| self.is_expired(today))?;
        Some(format!("the suppression of {} ended with {last}: it suppresses nothing", self.rule))
    }

    /// Says that nothing was found that it speaks of.
    pub fn unused(&self) -> String {
        format!("the suppression of {} is not used: nothing such was found", self.rule)
    }

    /// Whether its last day is over; where the day is not known, one that has a last day counts as over.
    pub fn is_expired(&self, today: Option<Date>) -> bool {
        self.expires.is_some_and(|last| today.is_none_or(|today| today > last))
    }
}

/// The suppressions of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressions {
    /// Each, in the order of the file.
    pub all: Vec<Suppression>,
}

impl Suppressions {
    /// The check that finds secrets, by which every secret can be suppressed.
    pub const OF_SECRETS: &str = "SEC-SECRET";

    /// Reads the file's text; the error has every problem with its place.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        toml_reader::read(SUPPRESSIONS_FILE, text, |root| {
            let tables = root.tables("suppression", |table| Some((suppression(table), table.line())));
            if let Some((_, line)) = tables.get(MOST) {
                root.report_at(*line, format!("there are {} suppressions; {MOST} are taken", tables.len()));
                return None;
            }
            let mut all: Vec<Suppression> = Vec::new();
            for (suppression, line) in tables {
                let Some(suppression) = suppression else { continue };
                let twin = all.iter().find(|other| other.fits(&[&suppression.rule], &suppression.fingerprint));
                match twin {
                    Some(twin) => root.report_at(line, format!("it says the same as line {}", twin.line)),
                    None => all.push(suppression),
                }
            }
            Some(Suppressions { all })
        })
    }

    /// Reads those that lie among the files; none where there is no such file.
    pub fn of(tree: &dyn SourceTree) -> Result<Self, Vec<Diagnostic>> {
        if !tree.contains(SUPPRESSIONS_FILE) {
            return Ok(Suppressions::default());
        }
        let unreadable = |message: String| {
            vec![Diagnostic { file: SUPPRESSIONS_FILE.to_owned(), line: 1, column: 1, message, hint: None }]
        };
        let bytes = tree.read(SUPPRESSIONS_FILE, toml_reader::MAX_BYTES as u64);
        let bytes = bytes.map_err(|cause| unreadable(format!("it cannot be read: {cause}")))?;
        let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not valid UTF-8".to_owned()))?;
        Suppressions::parse(&text)
    }

    /// The suppression that holds today for a secret that a rule of the scanner found.
    pub fn of_secret(&self, rule: &str, fingerprint: &str, today: Option<Date>) -> Option<&Suppression> {
        self.find(&[Self::OF_SECRETS, rule], fingerprint, today)
    }

    /// The suppression that holds today for a finding with this fingerprint under one of these rules.
    pub fn find(&self, rules: &[&str], fingerprint: &str, today: Option<Date>) -> Option<&Suppression> {
        self.all.iter().find(|suppression| suppression.fits(rules, fingerprint) && !suppression.is_expired(today))
    }
}

fn suppression(table: &Table<'_>) -> Option<Suppression> {
    let rule = table.required("rule", rule);
    let fingerprint = table.required("fingerprint", fingerprint);
    let reason = table.required("reason", reason);
    let expires = table.date("expires");
    Some(Suppression { rule: rule?, fingerprint: fingerprint?, reason: reason?, expires, line: table.line() })
}

fn rule(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("is empty".into()) } else { Ok(text.to_owned()) }
}

fn fingerprint(text: &str) -> Result<String, String> {
    let is_one = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_one { Ok(text.to_owned()) } else { Err("must be the 16 hex digits that a report names".into()) }
}

fn reason(text: &str) -> Result<String, String> {
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    let words: BTreeSet<_> = text.split_whitespace().filter(is_word).map(str::to_lowercase).collect();
    let letters: BTreeSet<_> = words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).collect();
    match words.len() {
        0..FEWEST_WORDS => Err(format!("must say why in {FEWEST_WORDS} words at least")),
        _ if letters.len() < FEWEST_LETTERS => Err("must say why, in words".to_owned()),
        _ => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        Suppressions::parse(text)
            .err()
            .unwrap_or_default()
            .iter()
            .map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message))
            .collect()
    }

    #[test]
    fn a_reason_is_made_of_words() {
        for empty in ["x x x", "a b c", "no no no", "aa bb ab", "known known known"] {
            assert!(reason(empty).is_err(), "{empty}");
        }
        for said in ["a key of the docs", "ein Beispiel aus RFC 8032", "пример из документации"] {
            assert!(reason(said).is_ok(), "{said}");
        }
    }

    #[test]
    fn every_problem_is_told_in_one_pass_with_its_place() {
        let text = "[[suppression]]\nrule = \"SEC-SECRET\"\nfingerprint = \"xyz\"\nreason = \"because\"\nexpires = \"soon\"\n\n[[suppression]]\nrul = \"A\"\n";
        assert_eq!(
            problems(text),
            [
                "3:15: suppression.fingerprint must be the 16 hex digits that a report names",
                "4:10: suppression.reason must say why in 3 words at least",
                "5:11: suppression.expires must be a date such as 2027-01-31, not string",
                "7:1: suppression.rule is missing",
                "7:1: suppression.fingerprint is missing",
                "7:1: suppression.reason is missing",
                "8:1: unknown key suppression.rul",
            ]
        );
    }

    #[test]
    fn twins_and_times_of_day_are_refused() {
        let one = "[[suppression]]\nrule = \"A\"\nfingerprint = \"0123456789abcdef\"\nreason = \"a key of the docs\"\n";
        assert_eq!(problems(&format!("{one}{one}")), ["5:1: it says the same as line 1"]);
        let timed = format!("{one}expires = 2027-01-31T00:00:00Z\n");
        assert_eq!(problems(&timed), ["5:11: suppression.expires must be a date such as 2027-01-31, not datetime"]);
    }

    #[test]
    fn there_is_an_end_to_them() {
        let one = |n| format!("[[suppression]]\nrule = \"A\"\nfingerprint = \"{n:016x}\"\nreason = \"a key here\"\n");
        let many = |count: usize| (0..count).map(one).collect::<String>();
        assert_eq!(problems(&many(1000)), [""; 0]);
        assert_eq!(problems(&many(1001)), ["4001:1: there are 1001 suppressions; 1000 are taken"]);
    }

    #[test]
    fn it_holds_on_its_last_day_and_not_after() {
        let text = "[[suppression]]\nrule = \"A\"\nfingerprint = \"0123456789abcdef\"\nreason = \"a key of the docs\"\nexpires = 2027-01-31\n";
        let suppressions = Suppressions::parse(text).expect("suppressions");
        let on = |today: Option<Date>| suppressions.find(&["B", "A"], "0123456789abcdef", today).is_some();
        assert!(on(Some(jiff::civil::date(2027, 1, 31))));
        assert!(!on(Some(jiff::civil::date(2027, 2, 1))));
        assert!(!on(None), "where the day is not known");
        assert!(suppressions.find(&["A"], "0123456789abcdee", None).is_none());
    }
}
