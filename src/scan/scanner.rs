//! Finds secrets in a file's bytes: keywords first, patterns only around them.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use sha2::{Digest, Sha256};

use super::finding::Finding;
use super::rules::{RULES, Rule};
use crate::package::hex;

/// Bytes before and after a keyword in which its pattern is looked for; longer than any token.
const WINDOW: usize = 4096;

/// The scanner, ready for many files.
#[derive(Debug)]
pub struct Scanner {
    /// A few dozen short constants, which always build; a test sees to it.
    keywords: Option<AhoCorasick>,
    /// For each keyword, the rules that begin with it.
    rules: Vec<Vec<&'static Rule>>,
}

impl Scanner {
    /// Prepares the keyword search. Patterns are compiled when their keyword is first seen.
    pub fn new() -> Self {
        let mut words: Vec<&'static str> = RULES.iter().map(|rule| rule.keyword).collect();
        words.sort_unstable();
        words.dedup();
        let rules = words.iter().map(|word| RULES.iter().filter(|rule| rule.keyword == *word).collect()).collect();
        Scanner { keywords: AhoCorasick::new(&words).ok(), rules }
    }

    /// Finds the secrets in `bytes`, sorted by place; each is reported once.
    pub fn scan(&self, bytes: &[u8]) -> Vec<Finding> {
        let mut found: Vec<(Range<usize>, &'static Rule)> = Vec::new();
        let mut done = vec![0; RULES.len()];
        for hit in self.keywords.iter().flat_map(|keywords| keywords.find_overlapping_iter(bytes)) {
            for rule in &self.rules[hit.pattern().as_usize()] {
                let index = RULES.iter().position(|known| std::ptr::eq(known, *rule)).unwrap_or(0);
                if hit.start() < done[index] {
                    continue;
                }
                let window = hit.start().saturating_sub(WINDOW).max(done[index])..(hit.end() + WINDOW).min(bytes.len());
                let shifted = |range: Range<usize>| (range.start + window.start)..(range.end + window.start);
                let matches: Vec<_> = rule.matches(&bytes[window.clone()]).into_iter().map(shifted).collect();
                done[index] = matches.last().map_or(hit.end(), |last| last.end);
                found.extend(matches.into_iter().map(|range| (range, *rule)));
            }
        }
        found.sort_by_key(|(range, rule)| (range.start, rule.id));
        found.dedup_by_key(|(range, rule)| (range.start, rule.id));
        found.into_iter().map(|(range, rule)| report(bytes, &range, rule)).collect()
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

fn report(bytes: &[u8], range: &Range<usize>, rule: &'static Rule) -> Finding {
    let before = &bytes[..range.start];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    Finding {
        rule: rule.id,
        description: rule.description,
        severity: rule.severity,
        line: before.split(|byte| *byte == b'\n').count(),
        column: range.start - line_start + 1,
        fingerprint: hex(&Sha256::digest(&bytes[range.clone()]))[..16].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{ApiKey, KeyKind};
    use crate::event::SplitMix64;
    use proptest::prelude::*;

    const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const HEX: &[u8] = b"0123456789abcdef";

    fn rules(text: &str) -> Vec<&'static str> {
        Scanner::new().scan(text.as_bytes()).iter().map(|finding| finding.rule).collect()
    }

    /// Secrets are put together here, so that the repository itself holds none.
    fn synthesised() -> Vec<(&'static str, String)> {
        let mut random = SplitMix64::new(7);
        let mut text = |alphabet: &[u8], count| random.text(alphabet, count);
        vec![
            ("aws-access-key", format!("AKIA{}", text(b"234567ABCDEFGHIJKLMNOPQRSTUVWXYZ", 16))),
            ("gitlab-token", format!("glpat-{}", text(BASE62, 20))),
            ("google-api-key", format!("AIza{}", text(BASE62, 35))),
            ("sendgrid-key", format!("SG.{}.{}", text(BASE62, 22), text(BASE62, 43))),
            ("shopify-token", format!("shpat_{}", text(HEX, 32))),
            ("slack-token", format!("xoxb-{}-{}-{}", text(b"123456789", 12), text(b"123456789", 12), text(BASE62, 24))),
            ("stripe-key", format!("sk_live_{}", text(BASE62, 24))),
            ("webhook-secret", format!("whsec_{}", text(BASE62, 32))),
            ("private-key", format!("-----BEGIN {}PRIVATE KEY-----\n{}", "RSA ", text(BASE62, 64))),
        ]
    }

    #[test]
    fn secrets_are_found_in_their_surroundings() {
        for (rule, secret) in synthesised() {
            for text in
                [secret.clone(), format!("key = \"{secret}\"\n"), format!("curl -H 'Authorization: {secret}' x")]
            {
                assert_eq!(rules(&text), [rule], "{rule}");
            }
        }
    }

    #[test]
    fn a_checksum_tells_a_key_from_its_likeness() {
        let key = ApiKey::generate(KeyKind::Live).expect("randomness");
        assert_eq!(rules(key.expose()), ["proveniq-key"]);
        let last = if key.expose().ends_with('x') { "y" } else { "x" };
        assert!(rules(&format!("{}{last}", &key.expose()[..46])).is_empty());
        assert!(rules(&format!("ghp_{}", "a1B2".repeat(9))).is_empty());
    }

    #[test]
    fn placeholders_are_no_secrets() {
        for text in
            ["AKIAIOSFODNN7EXAMPLE", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx", "glpat-aaaaaaaaaaaaaaaaaaaa", "whsec_..."]
        {
            assert!(rules(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_finding_names_its_place_and_not_the_secret() {
        let (_, secret) = synthesised().remove(1);
        let found = Scanner::new().scan(format!("one\ntwo = {secret}\n{secret}").as_bytes());
        let places: Vec<_> = found.iter().map(|finding| (finding.line, finding.column)).collect();
        assert_eq!(places, [(2, 7), (3, 1)]);
        assert_eq!(found[0].fingerprint, found[1].fingerprint);
        assert!(!format!("{found:?}").contains(&secret));
    }

    proptest! {
        #[test]
        fn no_input_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
            Scanner::new().scan(&bytes);
        }
    }
}
