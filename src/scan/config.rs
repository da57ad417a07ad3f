//! Rules of one's own: what is read of a `.gitleaks.toml`. They come beside the rules of this program, not instead of them.

use aho_corasick::AhoCorasick;
use regex::bytes::{Regex, RegexBuilder};
use toml::{Table, Value};

use super::plausible::entropy;

/// Most rules that are read.
const MOST_RULES: usize = 2_000;
/// Bytes that a pattern may take when it is compiled.
const LARGEST_PATTERN: usize = 4 << 20;

/// Rules and exceptions of one's own.
#[derive(Debug, Default)]
pub struct Config {
    pub(super) rules: Vec<OwnRule>,
    /// Exceptions from every rule.
    pub(super) allowed: Vec<Allowed>,
    /// Rules of this program that do not count.
    pub(super) disabled: Vec<String>,
}

/// A rule of one's own.
#[derive(Debug)]
pub(super) struct OwnRule {
    pub(super) id: String,
    pub(super) description: String,
    pattern: Option<Regex>,
    group: Option<usize>,
    entropy: f64,
    keywords: Option<AhoCorasick>,
    path: Option<Regex>,
    allowed: Vec<Allowed>,
}

/// What is no finding.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    /// Whether all that is named must hold, and not one of it.
    all: bool,
    target: Target,
    patterns: Vec<Regex>,
    paths: Vec<Regex>,
    words: Vec<String>,
}

/// What an exception's pattern is held against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Target {
    #[default]
    Secret,
    Match,
    Line,
}

impl Config {
    /// Reads the text of a `.gitleaks.toml`; the error names the rule and what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: Table = text.parse().map_err(|cause: toml::de::Error| cause.message().to_owned())?;
        let rules = tables(&table, "rules")?;
        if rules.len() > MOST_RULES {
            return Err(format!("it has more than {MOST_RULES} rules"));
        }
        let extend = table.get("extend").and_then(Value::as_table);
        let mut disabled = extend.map(|extend| texts(extend, "disabledRules")).transpose()?.unwrap_or_default();
        let mut own = Vec::new();
        for rule in rules {
            own.extend(OwnRule::parse(rule)?);
        }
        // A rule of one's own stands for the one of the same name.
        disabled.extend(own.iter().map(|rule| rule.id.clone()));
        Ok(Config { rules: own, allowed: Allowed::all_of(&table, "the file")?, disabled })
    }

    /// Tells whether an exception covers what was found.
    pub(super) fn allows(&self, path: &str, text: &[u8], secret: &[u8], at: usize) -> bool {
        let found = Found { path, text, secret, all: at..at + secret.len() };
        self.allowed.iter().any(|allowed| allowed.covers(&found))
    }
}

/// What an exception is asked about.
struct Found<'f> {
    path: &'f str,
    text: &'f [u8],
    secret: &'f [u8],
    all: std::ops::Range<usize>,
}

impl Found<'_> {
    fn line(&self) -> &[u8] {
        let start = memchr::memrchr(b'\n', &self.text[..self.all.start]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &self.text[self.all.end..]).map_or(self.text.len(), |at| self.all.end + at);
        &self.text[start..end]
    }
}

impl OwnRule {
    /// `None` where the table only adds to a rule of gitleaks' own.
    fn parse(table: &Table) -> Result<Option<Self>, String> {
        let id = text(table, "id")?.ok_or("a rule has no id")?.to_owned();
        let named = |why: String| format!("rule {id}: {why}");
        let pattern = text(table, "regex").and_then(|text| text.map(compiled).transpose()).map_err(named)?;
        let path = text(table, "path").and_then(|text| text.map(compiled).transpose()).map_err(named)?;
        if pattern.is_none() && path.is_none() {
            return Ok(None);
        }
        let group = match table.get("secretGroup").map(Value::as_integer) {
            None => None,
            Some(number) => Some(
                number
                    .and_then(|number| usize::try_from(number).ok())
                    .ok_or_else(|| named("secretGroup is no number".into()))?,
            ),
        };
        let least = table.get("entropy").map_or(Some(0.0), |value| {
            value.as_float().or_else(|| value.as_integer().and_then(|whole| i32::try_from(whole).ok()).map(f64::from))
        });
        let words = texts(table, "keywords").map_err(named)?;
        let keywords =
            AhoCorasick::builder().ascii_case_insensitive(true).build(&words).ok().filter(|_| !words.is_empty());
        Ok(Some(OwnRule {
            description: text(table, "description").map_err(named)?.unwrap_or("secret").to_owned(),
            pattern,
            group,
            entropy: least.ok_or_else(|| named("entropy is no number".into()))?,
            keywords,
            path,
            allowed: Allowed::all_of(table, &id)?,
            id,
        }))
    }

    /// Finds where the rule matches in `text`.
    pub(super) fn matches(&self, path: &str, text: &[u8]) -> Vec<std::ops::Range<usize>> {
        let elsewhere = self.path.as_ref().is_some_and(|wanted| !wanted.is_match(path.as_bytes()));
        let no_word = self.keywords.as_ref().is_some_and(|words| !words.is_match(text));
        let Some(pattern) = self.pattern.as_ref().filter(|_| !elsewhere && !no_word) else { return Vec::new() };
        let secrets = pattern.captures_iter(text).filter_map(|groups| {
            let all = groups.get(0)?;
            // Without a number it is the first group that took part.
            let first = || groups.iter().skip(1).flatten().find(|group| !group.is_empty());
            let secret = self.group.map_or_else(first, |number| groups.get(number)).unwrap_or(all);
            let found = Found { path, text, secret: secret.as_bytes(), all: all.range() };
            let counts = (self.entropy <= 0.0 || entropy(secret.as_bytes()) > self.entropy) && !secret.is_empty();
            (counts && !self.allowed.iter().any(|allowed| allowed.covers(&found))).then(|| secret.range())
        });
        secrets.collect()
    }
}

impl Allowed {
    /// Reads `allowlist` and `allowlists` of a table.
    fn all_of(table: &Table, of: &str) -> Result<Vec<Self>, String> {
        let mut all = Vec::new();
        for name in ["allowlist", "allowlists"] {
            for found in tables(table, name)? {
                all.push(Allowed::parse(found).map_err(|why| format!("allowlist of {of}: {why}"))?);
            }
        }
        Ok(all)
    }

    fn parse(table: &Table) -> Result<Self, String> {
        let compile_all =
            |name| texts(table, name)?.iter().map(|pattern| compiled(pattern)).collect::<Result<Vec<_>, _>>();
        let target = match text(table, "regexTarget")? {
            None | Some("secret" | "") => Target::Secret,
            Some("match") => Target::Match,
            Some("line") => Target::Line,
            Some(other) => return Err(format!("regexTarget is secret, match or line, and not {other:?}")),
        };
        Ok(Allowed {
            all: text(table, "condition")?.is_some_and(|how| how.eq_ignore_ascii_case("and") || how == "&&"),
            target,
            patterns: compile_all("regexes")?,
            paths: compile_all("paths")?,
            words: texts(table, "stopwords")?.into_iter().map(|word| word.to_ascii_lowercase()).collect(),
        })
    }

    fn covers(&self, found: &Found<'_>) -> bool {
        let target = match self.target {
            Target::Secret => found.secret,
            Target::Match => &found.text[found.all.clone()],
            Target::Line => found.line(),
        };
        let named = [
            (!self.patterns.is_empty(), self.patterns.iter().any(|pattern| pattern.is_match(target))),
            (!self.paths.is_empty(), self.paths.iter().any(|pattern| pattern.is_match(found.path.as_bytes()))),
            (
                !self.words.is_empty(),
                self.words.iter().any(|word| super::plausible::contains(found.secret, word.as_bytes())),
            ),
        ];
        let mut asked = named.into_iter().filter_map(|(is_asked, holds)| is_asked.then_some(holds)).peekable();
        asked.peek().is_some() && if self.all { asked.all(|holds| holds) } else { asked.any(|holds| holds) }
    }
}

fn compiled(pattern: &str) -> Result<Regex, String> {
    let build = |unicode| RegexBuilder::new(pattern).unicode(unicode).size_limit(LARGEST_PATTERN).build();
    // What is written in Go means bytes, but for letters beyond ASCII.
    build(false).or_else(|_| build(true)).map_err(|cause| {
        let why = cause.to_string();
        format!("the pattern does not compile: {}", why.lines().last().unwrap_or_default().trim())
    })
}

fn text<'t>(table: &'t Table, name: &str) -> Result<Option<&'t str>, String> {
    let value = table.get(name);
    value.map(|value| value.as_str().ok_or_else(|| format!("{name} is no text"))).transpose()
}

fn texts(table: &Table, name: &str) -> Result<Vec<String>, String> {
    let Some(value) = table.get(name) else { return Ok(Vec::new()) };
    let list = value.as_array().and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
    list.ok_or_else(|| format!("{name} is no list of texts"))
}

/// One table, or a list of them.
fn tables<'t>(table: &'t Table, name: &str) -> Result<Vec<&'t Table>, String> {
    match table.get(name) {
        None => Ok(Vec::new()),
        Some(Value::Table(one)) => Ok(vec![one]),
        Some(Value::Array(many)) => many
            .iter()
            .map(|one| one.as_table().ok_or_else(|| format!("{name} holds something else than tables")))
            .collect(),
        Some(_) => Err(format!("{name} is no table")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::Scanner;

    const RULES: &str = r#"
        title = "ours"
        [extend]
        useDefault = true
        disabledRules = ["jwt"]
        [[rules]]
        id = "acme-ticket"
        description = "Acme ticket"
        regex = '''acme-([0-9a-z]{12})'''
        secretGroup = 1
        entropy = 2.5
        keywords = ["ACME-"]
        [[rules.allowlists]]
        stopwords = ["sample"]
        [[rules.allowlists]]
        regexTarget = "line"
        regexes = ["not this one"]
        [allowlist]
        paths = ["^docs/"]
    "#;

    fn found(path: &str, text: &str) -> Vec<String> {
        let scanner = Scanner::configured(Config::parse(RULES).expect("rules"));
        scanner.scan_file(path, text.as_bytes()).into_iter().map(|finding| finding.rule.into_owned()).collect()
    }

    #[test]
    fn rules_of_ones_own_are_followed() {
        assert_eq!(found("a.txt", "x acme-93kd82hf01mz y"), ["acme-ticket"]);
        for (path, text) in [
            ("a.txt", "acme-aaaaaaaaaaaa"),
            ("a.txt", "acme-samplekd82hf"),
            ("a.txt", "acme-93kd82hf01mz but not this one"),
            ("docs/a.txt", "acme-93kd82hf01mz"),
            ("a.txt", "other-93kd82hf01mz"),
        ] {
            assert_eq!(found(path, text), [""; 0], "{path} {text}");
        }
    }

    #[test]
    fn what_does_not_hold_is_named() {
        for (text, why) in [
            ("[[rules]]\nregex = 'a'", "a rule has no id"),
            ("[[rules]]\nid = 'x'\nregex = '(a'", "rule x: the pattern does not compile"),
            ("[[rules]]\nid = 'x'\nregex = 'a{1000}{1000}{1000}'", "rule x: the pattern does not compile"),
            ("rules = 1", "rules is no table"),
            ("[allowlist]\nregexTarget = 'file'", "regexTarget is secret"),
            ("[[", ""),
        ] {
            let told = Config::parse(text).expect_err(text);
            assert!(told.contains(why), "{text}: {told}");
        }
        assert!(Config::parse("[[rules]]\nid = 'only-allows'\n").expect("holds").rules.is_empty());
    }
}
