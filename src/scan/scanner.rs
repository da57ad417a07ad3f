//! Finds secrets in bytes: keywords first, and what each of them may mean only where it is.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::Regex;

use super::config::Config;
use super::encoding;
use super::finding::Finding;
use super::matches::{GENERIC, Looked, Match};
use super::nature::Nature;
use super::place::Places;
use super::prefilter::{Keyword, Prefilter};
use super::rule::{Place, Rule};
use super::rules::PROVIDERS;
use super::run::{self, Beginnings};
use super::structure::{STRUCTURES, Structure};
use super::words::NAMES;

/// The scanner, ready for many files.
#[derive(Debug)]
pub struct Scanner {
    prefilter: Prefilter,
    beginnings: Beginnings,
    /// For each keyword, what it may mean.
    meanings: Vec<Vec<Meaning>>,
    pub(super) rules: Vec<Known>,
    pub(super) config: Config,
}

/// A provider's rule; its pattern is compiled when its keyword is first seen.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) provider: &'static str,
    pub(super) rule: &'static Rule,
    pub(super) compiled: OnceLock<Option<Regex>>,
}

/// What a keyword may be the sign of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    Rule(usize),
    Structure(&'static Structure),
    Name,
}

impl Scanner {
    /// Prepares the search for keywords. Nothing else is prepared, so that this takes less than a millisecond.
    pub fn new() -> Self {
        let rules: Vec<Known> = PROVIDERS
            .iter()
            .flat_map(|kind| kind.iter())
            .flat_map(|provider| provider.rules.iter().map(|rule| (provider.name, rule)))
            .map(|(provider, rule)| Known { provider, rule, compiled: OnceLock::new() })
            .collect();
        let mut meant: Vec<(Vec<u8>, bool, Meaning)> = Vec::with_capacity(1024);
        let mut runs = Vec::with_capacity(256);
        for (number, known) in rules.iter().enumerate() {
            for keyword in known.rule.keywords {
                match known.rule.place {
                    _ if known.rule.is_run => runs.push((*keyword, number)),
                    Place::Assigned => spellings(keyword, |text| meant.push((text, true, Meaning::Rule(number)))),
                    _ => meant.push((keyword.as_bytes().to_vec(), false, Meaning::Rule(number))),
                }
            }
        }
        for structure in STRUCTURES {
            let keywords = structure.keywords.iter();
            // The case of a letter matters in base 64.
            keywords.for_each(|word| {
                meant.push((word.as_bytes().to_vec(), *word != ".eyJ", Meaning::Structure(structure)));
            });
        }
        for name in NAMES {
            spellings(name, |text| meant.push((text, true, Meaning::Name)));
            if name.contains('_') {
                meant.push((name.replace('_', ".").into_bytes(), true, Meaning::Name));
            }
        }
        Scanner::with(rules, meant, &runs)
    }

    fn with(rules: Vec<Known>, mut meant: Vec<(Vec<u8>, bool, Meaning)>, runs: &[(&'static str, usize)]) -> Self {
        meant.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        let mut meanings: Vec<Vec<Meaning>> = Vec::new();
        let mut texts: Vec<(&[u8], bool)> = Vec::new();
        for (text, any_case, meaning) in &meant {
            if texts.last() != Some(&(&**text, *any_case)) {
                texts.push((text, *any_case));
                meanings.push(Vec::new());
            }
            meanings.last_mut().into_iter().for_each(|same| same.push(*meaning));
        }
        let keywords: Vec<_> = texts
            .into_iter()
            .map(|(text, any_case)| Keyword {
                text,
                any_case,
                inside: text.contains(&b'~') || !text[0].is_ascii_alphanumeric(),
            })
            .collect();
        let (prefilter, beginnings) = (Prefilter::new(&keywords), Beginnings::new(runs.iter().copied()));
        Scanner { prefilter, beginnings, meanings, rules, config: Config::default() }
    }

    /// The scanner with rules and exceptions of one's own.
    pub fn configured(config: Config) -> Self {
        Scanner { config, ..Scanner::new() }
    }

    /// Whether there is a rule of this name.
    pub fn has_rule(&self, id: &str) -> bool {
        let own = self.config.rules.iter().any(|rule| rule.id == id);
        own || GENERIC.contains(&id)
            || self.rules.iter().any(|known| known.rule.id == id)
            || STRUCTURES.iter().any(|known| known.id == id)
    }

    /// Finds the secrets in `bytes`, sorted by place; each is reported once.
    pub fn scan(&self, bytes: &[u8]) -> Vec<Finding> {
        self.scan_file("", bytes)
    }

    /// Finds the secrets in the content of a file, sorted by place. The path tells a program from settings.
    pub fn scan_file(&self, path: &str, bytes: &[u8]) -> Vec<Finding> {
        let nature = Nature::of(path, bytes);
        let mut places = Places::new();
        self.placed(path, bytes, nature, 0..bytes.len(), &mut places)
    }

    /// Finds the secrets that begin in `wanted`, with their lines told by `places`.
    pub(super) fn placed(
        &self,
        path: &str,
        bytes: &[u8],
        nature: Nature,
        wanted: Range<usize>,
        places: &mut Places,
    ) -> Vec<Finding> {
        let text = nature.order.map(|order| encoding::from_utf16(bytes, order));
        let (text, wanted) = match &text {
            Some(text) => (&**text, 0..text.len()),
            None => (bytes, wanted),
        };
        let matches = self.matches(path, text, nature);
        let matches = matches.into_iter().filter(|found| wanted.contains(&found.range.start));
        matches.map(|found| found.report(text, places)).collect()
    }

    /// Finds what matches in `text`, sorted by place, without what other matches explain better.
    pub(super) fn matches(&self, path: &str, text: &[u8], nature: Nature) -> Vec<Match> {
        let mut looked = Looked::new(self, text, nature);
        self.look_for_keywords(&mut looked);
        run::runs(text, |run| {
            self.look_for_tokens(&mut looked, &run);
            if let Some(run) = encoding::base64_run(text, run) {
                self.look_into(&mut looked, run);
            }
        });
        self.config.rules.iter().for_each(|rule| looked.own(rule, path));
        let mut found = looked.resolved();
        found.retain(|found| !found.is_published(text) && !found.is_excepted(&self.config, path, text));
        found
    }

    fn look_for_keywords(&self, looked: &mut Looked<'_>) {
        self.prefilter.find(looked.text, |keyword, at| {
            for meaning in &self.meanings[keyword] {
                looked.at(*meaning, at..at + self.prefilter.length(keyword));
            }
        });
    }

    fn look_for_tokens(&self, looked: &mut Looked<'_>, run: &Range<usize>) {
        self.beginnings.find(looked.text, run, |rule, place| looked.at(Meaning::Rule(rule), place));
    }

    /// Looks for secrets in a run of base 64, one level deep.
    fn look_into(&self, looked: &mut Looked<'_>, run: Range<usize>) {
        let Some(inner) = encoding::decoded(&looked.text[run.clone()]) else { return };
        let mut within = Looked::new(self, &inner, Nature { order: None, has_names: true, is_code: false });
        self.look_for_keywords(&mut within);
        run::runs(&inner, |run| self.look_for_tokens(&mut within, &run));
        for found in within.resolved() {
            looked.wrapped(found, &inner, run.clone());
        }
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

/// Calls `each` with `api_key`, `api-key` and `apikey`.
fn spellings(name: &str, mut each: impl FnMut(Vec<u8>)) {
    each(name.as_bytes().to_vec());
    if name.trim_matches('_').contains('_') {
        each(name.replace('_', "-").into_bytes());
        each(name.replace('_', "").into_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::SplitMix64;
    use crate::scan::{Severity, synthesise};
    use proptest::prelude::*;
    use regex_syntax::hir::{Class, Hir, HirKind};
    use std::collections::BTreeSet;

    fn rules(text: &str) -> Vec<String> {
        Scanner::new().scan(text.as_bytes()).into_iter().map(|finding| finding.rule.into_owned()).collect()
    }

    fn made(form: &str) -> String {
        synthesise(form, &mut SplitMix64::new(7))
    }

    fn all_rules() -> impl Iterator<Item = &'static Rule> {
        PROVIDERS.into_iter().flatten().flat_map(|provider| provider.rules)
    }

    #[test]
    fn each_rule_finds_its_examples_in_their_surroundings() {
        let scanner = Scanner::new();
        let mut missed = Vec::new();
        for rule in all_rules() {
            for (number, form) in rule.like.iter().enumerate() {
                let secret = synthesise(form, &mut SplitMix64::new(number as u64 + 11));
                let mut texts = vec![secret.clone(), format!("a line\n  {secret}\n")];
                if rule.place != Place::Assigned {
                    texts.extend([
                        format!("key = \"{secret}\";"),
                        format!("curl -H 'Authorization: token {secret}' https://a.test"),
                        format!("{{\"text\":\"first\\n{secret}\"}}"),
                        format!("A={secret}\r\n"),
                        format!("(`{secret}`)"),
                    ]);
                }
                for text in texts {
                    let found = scanner.scan(text.as_bytes());
                    if found.len() != 1 || found[0].rule != rule.id {
                        missed.push(format!(
                            "{}: {text}: {:?}",
                            rule.id,
                            found.iter().map(|f| &f.rule).collect::<Vec<_>>()
                        ));
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{} are missed:\n{}", missed.len(), missed.join("\n"));
    }

    #[test]
    fn no_rule_finds_its_near_misses() {
        let scanner = Scanner::new();
        let mut wrong = Vec::new();
        for rule in all_rules() {
            assert!(!rule.like.is_empty() && !rule.unlike.is_empty(), "{}", rule.id);
            // What stands for a secret has its form and no randomness.
            let stand_ins = rule.like.iter().map(|form| synthesise(form, &mut SplitMix64::new(1))).map(|secret| {
                let at = secret.len() - secret.len().min(16) / 2;
                format!("{}{}", &secret[..at / 2], "x".repeat(secret.len() - at / 2))
            });
            for text in rule.unlike.iter().map(|form| made(form)).chain(stand_ins) {
                if scanner.scan(text.as_bytes()).iter().any(|found| found.rule == rule.id) {
                    wrong.push(format!("{}: {text}", rule.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{} are found:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn patterns_compile_identifiers_differ_and_there_are_150_providers() {
        for rule in all_rules() {
            assert!(regex::bytes::RegexBuilder::new(rule.pattern).unicode(false).build().is_ok(), "{}", rule.id);
            assert!(rule.keywords.iter().all(|keyword| keyword.len() >= 3), "{}", rule.id);
            let starts =
                |keyword: &&str| rule.like.iter().any(|form| form.contains(*keyword)) || rule.keywords.len() > 1;
            assert!(rule.place != Place::AtKeyword || rule.keywords.iter().all(starts), "{}", rule.id);
        }
        let ids: BTreeSet<_> = all_rules().map(|rule| rule.id).chain(STRUCTURES.iter().map(|known| known.id)).collect();
        assert_eq!(ids.len(), all_rules().count() + STRUCTURES.len());
        let names: BTreeSet<_> = PROVIDERS.into_iter().flatten().map(|provider| provider.name).collect();
        assert!(names.len() >= 150 && names.len() == PROVIDERS.into_iter().flatten().count(), "{}", names.len());
    }

    /// How many characters of a run a match begins with at least, and whether that is all of it.
    fn leading_run(form: &Hir) -> (usize, bool) {
        match form.kind() {
            HirKind::Empty | HirKind::Look(_) => (0, true),
            HirKind::Literal(text) => {
                let length = text.0.iter().take_while(|byte| run::belongs(**byte)).count();
                (length, length == text.0.len())
            }
            HirKind::Class(class) => {
                let mut all = (0..=u8::MAX).filter(|byte| match class {
                    Class::Bytes(class) => class.iter().any(|range| (range.start()..=range.end()).contains(byte)),
                    Class::Unicode(_) => true,
                });
                let belongs = all.all(run::belongs);
                (usize::from(belongs), belongs)
            }
            HirKind::Repetition(repeated) => match leading_run(&repeated.sub) {
                (length, true) => (length * repeated.min as usize, true),
                (length, false) => (if repeated.min > 0 { length } else { 0 }, false),
            },
            HirKind::Capture(capture) => leading_run(&capture.sub),
            HirKind::Concat(parts) => {
                let mut all = 0;
                for (length, whole) in parts.iter().map(leading_run) {
                    all += length;
                    if !whole {
                        return (all, false);
                    }
                }
                (all, true)
            }
            HirKind::Alternation(ways) => {
                let ways: Vec<_> = ways.iter().map(leading_run).collect();
                (ways.iter().map(|way| way.0).min().unwrap_or(0), ways.iter().all(|way| way.1))
            }
        }
    }

    #[test]
    fn tokens_that_are_found_by_their_runs_begin_with_one() {
        for rule in all_rules().filter(|rule| rule.place == Place::AtKeyword) {
            let form = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(rule.pattern);
            let (length, _) = leading_run(&form.expect("a pattern"));
            assert_eq!(rule.is_run, length >= run::LONG, "{}: {length}", rule.id);
            let begins = |keyword: &&str| keyword.as_bytes()[0].is_ascii_alphanumeric();
            assert!(!rule.is_run || rule.keywords.iter().all(begins), "{}", rule.id);
        }
    }

    #[test]
    fn a_checksum_tells_a_token_from_its_likeness_also_where_a_name_says_otherwise() {
        for form in ["token = \"ghp_{36}\"", "NPM_TOKEN=npm_{36}", "password: \"pvq_live_{38}\""] {
            assert_eq!(rules(&made(form)), [""; 0], "{form}");
        }
        assert_eq!(rules(&made("token = \"ghp_{30}{crc}\"")), ["github-token"]);
    }

    #[test]
    fn structures_are_found() {
        for (rule, form) in [
            ("private-key", "-----BEGIN RSA PRIVATE KEY-----\n{b64}\n{b64}\n-----END RSA PRIVATE KEY-----"),
            ("private-key", "\"-----BEGIN PRIVATE KEY-----\\n{b64}\\n{b64}\\n-----END PRIVATE KEY-----\\n\""),
            ("private-key", "-----BEGIN OPENSSH PRIVATE KEY-----\r\n{b70}\r\n{b70}\r\n"),
            ("private-key", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{b64}\n{b64}\n"),
            ("password-in-url", "postgres://app:{12}9@db.acme.io:5432/x"),
            ("password-in-url", "redis://:{12}9@cache:6379"),
            ("jwt", "{jwt}"),
            ("basic-auth", "Authorization: Basic {b64:robot:{12}9}"),
            ("bearer-token", "curl -H 'Authorization: Bearer {40}'"),
            ("registry-auth", "{\"auths\": {\"r.acme.io\": {\"auth\": \"{b64:robot:{12}9}\"}}}"),
            ("password-argument", "curl -u admin:{12}9 https://a.test"),
            ("netrc-password", "machine a.test login robot password {12}9"),
        ] {
            let text = made(form).replace("{jwt}", &jwt());
            assert_eq!(rules(&text), [rule], "{text}");
        }
    }

    /// A token that was signed with a key that nobody knows.
    fn jwt() -> String {
        use base64::Engine as _;
        let part = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.{}", part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"), part("{\"user\":\"robot\"}"), made("{w43}"))
    }

    #[test]
    fn what_looks_like_a_structure_is_none() {
        for text in [
            "-----BEGIN PUBLIC KEY-----\n{b64}\n{b64}\n",
            "-----BEGIN CERTIFICATE-----\n{b64}\n{b64}\n",
            "-----BEGIN PRIVATE KEY-----\n...\n",
            "\"-----BEGIN PRIVATE KEY-----\"",
            "https://a.test:8080/{20}@x",
            "postgres://user:password@localhost/x",
            "https://user:${PASSWORD}@a.test",
            "git@a.test:acme/x",
            "Basic {b64:just a plain text}",
            "Authorization: Bearer ${TOKEN}",
            "docker run -u 1000:1000 x",
            "Bearer authentication is used here",
        ] {
            assert_eq!(rules(&made(text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn secrets_are_found_in_utf16_and_in_base64() {
        let text = made("first line\nkey = \"ghp_{30}{crc}\"\n");
        let plain = Scanner::new().scan(text.as_bytes());
        for units in [
            text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(Scanner::new().scan(&units), plain);
        }
        let wrapped = Scanner::new().scan(made("data: {b64:key = ghp_{30}{crc}}").as_bytes());
        assert_eq!((wrapped.len(), &*wrapped[0].rule, wrapped[0].column), (1, "github-token", 7));
        let same = |random: &mut SplitMix64| synthesise("ghp_{30}{crc}", random);
        assert_eq!(wrapped[0].fingerprint, crate::scan::finding::fingerprint(same(&mut SplitMix64::new(7)).as_bytes()));
    }

    #[test]
    fn a_path_tells_where_names_mean_nothing() {
        let (settings, lock) = (made("token: \"{40}\"\n"), made("token: \"ghp_{30}{crc}\"\n"));
        let found = |path: &str, text: &str| Scanner::new().scan_file(path, text.as_bytes()).len();
        assert_eq!((found("a.yaml", &settings), found("yarn.lock", &settings), found("yarn.lock", &lock)), (1, 0, 1));
        let binary = [&b"\x7fELF\0\x01"[..], settings.as_bytes(), lock.as_bytes()].concat();
        assert_eq!(Scanner::new().scan(&binary).len(), 1);
    }

    #[test]
    fn a_finding_names_its_place_and_not_the_secret() {
        let secret = made("glpat-{20}");
        let found = Scanner::new().scan(format!("one\ntwo = {secret}\n{secret}").as_bytes());
        let places: Vec<_> = found.iter().map(|finding| (finding.line, finding.column)).collect();
        assert_eq!(places, [(2, 7), (3, 1)]);
        assert_eq!(found[0].fingerprint, found[1].fingerprint);
        assert_eq!((found[0].severity, found[0].fingerprint.len()), (Severity::Block, 16));
        assert!(!format!("{found:?}").contains(&secret));
    }

    proptest! {
        #[test]
        fn no_input_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
            Scanner::new().scan(&bytes);
        }

        #[test]
        fn no_pieces_make_it_panic(pieces in proptest::collection::vec("password|=|:|\"|'|ghp_|PRIVATE KEY-----|-----BEGIN |://|@|\\.eyJ|Basic |\\\\|\n| |<|\\$\\{|machine |login |password |mysql -| -p|\"auth\"|é|[a-zA-Z0-9]{1,9}", 0..30)) {
            Scanner::new().scan(pieces.concat().as_bytes());
        }
    }
}
