//! What a document says of routes and events, where the manifest says otherwise.

use std::sync::LazyLock;

use regex::Regex;

use super::document::Document;
use crate::certification::finding::Finding;
use crate::event::EventType;
use crate::manifest::Manifest;
use crate::toml_reader::nearest;

/// Words as they stand between spaces and marks, so that parts of addresses and paths are not taken for names.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[A-Za-z0-9_./@:\-]+").ok());

/// A name that looks like an event's.
static EVENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:ledger\.[a-z_]+\.[a-z_]+|(?:integration|webhook)\.[a-z_]+)$").ok());

/// A route that takes something, and addresses of this machine.
static ROUTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let written = r"\bPOST\b[\s|`*]*(/[^\s`|)>,;'\x22]*)";
    let local = r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(/[^\s`|)>,;'\x22]*)";
    Regex::new(&format!("{written}|{local}")).ok()
});

/// What says that a route takes deliveries.
static TAKES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:takes|receives|accepts|handles)\s+(?:the\s+|all\s+)?\[?(?:deliver|events|webhooks)").ok()
});

/// Ends of names of hosts.
const HOSTS: &[&str] =
    &["test", "com", "org", "net", "io", "dev", "local", "internal", "invalid", "example", "cluster"];

/// Fields and files of an event that are written behind its object: no event has such a name.
const FIELDS: &[&str] = &["id", "type", "data", "timestamp", "sequence", "subject", "json", "name", "source"];

impl Document {
    /// Routes and events that the manifest does not have.
    pub(super) fn false_claims(&self, manifest: &Manifest) -> Vec<Finding> {
        [self.unknown_events(manifest), self.other_routes(manifest)].concat()
    }

    fn unknown_events(&self, manifest: &Manifest) -> Vec<Finding> {
        let declared: Vec<_> = manifest.webhook.iter().flat_map(|webhook| &webhook.events).collect();
        let mut findings: Vec<Finding> = Vec::new();
        for word in WORD.iter().flat_map(|pattern| pattern.find_iter(&self.markdown.visible)) {
            let name = word.as_str().trim_matches(|c| matches!(c, '.' | ':' | '-' | '/'));
            let is_event = EVENT.as_ref().is_some_and(|pattern| pattern.is_match(name));
            if !is_event || declared.iter().any(|event| *event == name) {
                continue;
            }
            let told = match EventType::parse(name) {
                Ok(event) => self.undeclared(word.start(), event),
                Err(_) => self.unknown(word.start(), name),
            };
            findings.extend(told);
        }
        findings
    }

    /// An event of the catalogue that the manifest does not subscribe to, described as one that is taken. In passing it may
    /// well be named, and what every integration is told of its own life needs no subscription.
    fn undeclared(&self, at: usize, event: EventType) -> Option<Finding> {
        let ignored =
            ["ignore", "not ", "other", "any "].iter().any(|word| self.line(at).to_lowercase().contains(word));
        let described = event.as_str().starts_with("ledger.") && self.begins_line(at) && !ignored;
        described.then(|| self.finding(at, format!("{event} is described, and webhook.events does not name it")))
    }

    fn unknown(&self, at: usize, name: &str) -> Option<Finding> {
        let near = nearest(name, EventType::ALL.iter().map(|event| event.as_str()));
        let close = near.filter(|near| strsim::levenshtein(near, name) <= 2);
        let is_host = name.rsplit('.').next().is_some_and(|last| HOSTS.contains(&last));
        let of_ledger = name.starts_with("ledger.event.") || name.starts_with("ledger.proof.");
        let is_field = FIELDS.iter().any(|field| name.strip_prefix("ledger.event.") == Some(*field));
        if is_field {
            return None;
        }
        let told = close.is_some() || !is_host && (of_ledger || name.starts_with("ledger.") && self.begins_line(at));
        let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        told.then(|| self.finding(at, format!("{name} is no event of the catalogue{hint}")))
    }

    /// Another route than the manifest's that is said to take deliveries.
    fn other_routes(&self, manifest: &Manifest) -> Vec<Finding> {
        let Some(webhook) = &manifest.webhook else { return Vec::new() };
        let mut findings = Vec::new();
        for found in ROUTE.iter().flat_map(|pattern| pattern.captures_iter(&self.markdown.visible)) {
            let Some(path) = found.get(1).or_else(|| found.get(2)) else { continue };
            let written = path.as_str().split(['?', '#']).next().unwrap_or_default();
            let plain = written.trim_end_matches(['.', ':', '*', '/']);
            let line = self.line(path.start()).to_lowercase();
            let elsewhere = manifest.upstream.iter().any(|upstream| line.contains(&upstream.name))
                || ["calls ", "upstream", "register"].iter().any(|word| line.contains(word));
            let takes = ["hook", "proveniq"].iter().any(|word| plain.to_lowercase().contains(word))
                || found.get(1).is_some() && TAKES.as_ref().is_some_and(|pattern| pattern.is_match(&line));
            if takes && !elsewhere && plain != webhook.path.trim_end_matches('/') {
                let message =
                    format!("{plain} is described as taking deliveries, and webhook.path is {}", webhook.path);
                findings.push(self.finding(path.start(), message));
            }
        }
        findings
    }

    /// The line of a byte.
    fn line(&self, at: usize) -> &str {
        let text = &self.markdown.visible;
        let begin = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        &text[begin..end]
    }

    /// Whether a byte begins a heading, a row or an item: what stands there is what is described.
    fn begins_line(&self, at: usize) -> bool {
        let text = &self.markdown.visible;
        let begin = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let before = &text[begin..at];
        let marks = |c: char| matches!(c, '#' | '|' | '-' | '*' | '+' | '`' | '.' | ' ' | '[') || c.is_ascii_digit();
        before.chars().all(marks) && before.contains(['#', '|', '-', '*', '+', '.'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> Vec<String> {
        let manifest = include_str!("../../../tests/fixtures/plain/proveniq.toml");
        let manifest = manifest.replace(", \"ledger.proof.requested\"", "");
        let manifest = crate::manifest::parse("proveniq.toml", &manifest).expect("manifest");
        Document::new("docs/api.md", text).false_claims(&manifest).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_the_manifest_has_not_is_told() {
        for text in [
            "It takes `ledger.event.creatd`.",
            "- `ledger.event.deleted`: removed",
            "## ledger.claim.opened",
            "| `ledger.proof.requested` | stored |",
            "On `integration.instaled` it begins.",
            "`POST /hooks` takes what comes",
            "| POST | `/in` | takes deliveries |",
            "```sh\nproveniq test-webhook http://127.0.0.1:3000/webhook\n```",
        ] {
            assert_eq!(claims(text).len(), 1, "{text}: {:?}", claims(text));
        }
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        for text in [
            "`ledger.event.created` and `webhook.ping`, `integration.installed`.",
            "Any other, such as `ledger.proof.requested`, is ignored.",
            "- `ledger.proof.requested` is not taken.",
            "https://ledger.event.test/x and ledger.acme.test and `integration.db`, `webhook.path`, src/ledger.event.ts",
            "the field `ledger.event.id` is stored in `ledger.event.json`",
            "`POST /webhooks/proveniq` and http://localhost:3000/webhooks/proveniq?x=1.",
            "It calls `POST /v2/hooks` of the other side.",
            "`POST /replay` and GET /hooks and http://127.0.0.1:3000/healthz",
        ] {
            assert!(claims(text).is_empty(), "{text}: {:?}", claims(text));
        }
    }
}
