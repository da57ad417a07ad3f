//! `keys list` for people: a table that fits 80 columns, and under each key when it was made and what it may do.

use jiff::Timestamp;

use super::{Keys, ListedKey, ListedSigningKey, Place, Status};
use crate::credential::ScopeSet;
use crate::ui::{Page, Render, Table, Tone, wrapped};

/// What stands before the first line about a key, and before the others.
const INDENT: (&str, &str) = ("   ", "     ");

impl Status {
    fn shown(self) -> (Tone, String) {
        match self {
            Status::Active => (Tone::Good, "active".into()),
            Status::Expired => (Tone::Warn, "expired".into()),
            Status::Revoked => (Tone::Dim, "revoked".into()),
            Status::Unknown => (Tone::Warn, "unknown".into()),
        }
    }
}

impl Place {
    pub(super) fn shown(self) -> &'static str {
        match self {
            Place::Keyring => "keyring",
            Place::File => "file",
            Place::Age => "age",
            Place::Environment => "PROVENIQ_API_KEY",
            Place::Elsewhere => "elsewhere",
        }
    }
}

impl Render for Keys {
    fn schema(&self) -> &'static str {
        "proveniq.keys-list/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("keys at {}, profile {}", self.marketplace, self.profile));
        if self.keys.is_empty() {
            page.line("there are none yet");
            self.signing_keys(page);
            return;
        }
        let mut table = Table::new(&["", "NAME", "KEY", "STATUS", "STORED IN", "EXPIRES", "LAST USED"]);
        for key in &self.keys {
            table.row([
                (Tone::Good, if key.in_use { "*".into() } else { String::new() }),
                (Tone::Strong, key.name.clone()),
                (Tone::Plain, format!("{}…", key.prefix)),
                key.status.shown(),
                (Tone::Plain, key.stored.shown().into()),
                (if key.expires_soon { Tone::Warn } else { Tone::Plain }, day(key.expires_at, "never")),
                (if key.unused { Tone::Warn } else { Tone::Plain }, day(key.last_used_at, "never")),
            ]);
        }
        let rendered = table.render();
        let mut lines = rendered.split_inclusive('\n');
        page.block(lines.next().unwrap_or_default());
        for (line, key) in lines.zip(&self.keys) {
            page.block(line);
            for line in details(key) {
                page.toned(Tone::Dim, line);
            }
        }
        self.signing_keys(page);
    }

    fn hints(&self) -> Vec<String> {
        let none = self.keys.is_empty().then(|| "create one with `proveniq keys create --name NAME`".to_owned());
        none.into_iter().collect()
    }
}

impl Keys {
    fn signing_keys(&self, page: &mut Page) {
        if !self.signing_keys.is_empty() {
            page.gap().toned(Tone::Strong, "keys that attestations are signed with");
            page.lines("   ", self.signing_keys.iter().map(ListedSigningKey::line));
        }
    }
}

/// A day, or a word where there is none.
pub(super) fn day(time: Option<Timestamp>, none: &str) -> String {
    time.map_or_else(|| none.to_owned(), |time| time.strftime("%Y-%m-%d").to_string())
}

/// What the table has no room for.
fn details(key: &ListedKey) -> Vec<String> {
    let Some(created_at) = key.created_at else { return Vec::new() };
    let created = format!("created {},", created_at.strftime("%Y-%m-%d"));
    let all = key.scopes.iter().copied().collect::<ScopeSet>() == ScopeSet::all();
    let scopes: Vec<_> = if all { vec!["everything"] } else { key.scopes.iter().map(|scope| scope.as_str()).collect() };
    let words = created.split(' ').chain(["may:"]).chain(scopes);
    let mut lines = wrapped(words, INDENT.0, INDENT.1);
    if let (Some(at), Some(reason)) = (key.revoked_at, &key.revoked_reason) {
        let revoked = format!("revoked {}: {reason}", at.strftime("%Y-%m-%d"));
        lines.extend(wrapped(revoked.split(' '), INDENT.0, INDENT.1));
    }
    lines
}
