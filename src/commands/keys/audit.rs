//! `keys audit`.

use serde::Serialize;

use crate::adapters::key_index::{KeyIndex, StoredKey};
use crate::context::Context;
use crate::credential::{KeyFacts, Remark, remarks};
use crate::error::{Kind, Result};
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render, Tone};
use crate::wire::Key;

/// What was found, key by key.
#[derive(Serialize)]
pub(super) struct Audit {
    marketplace: String,
    profile: String,
    /// Keys that were looked at.
    keys: usize,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    id: String,
    name: String,
    remark: Remark,
    /// Whether something should be done about it now.
    problem: bool,
    advice: &'static str,
}

/// Looks at every key of the account and at what is stored here, and tells what is wrong or could be better.
pub(super) async fn run(context: &Context) -> Result<Audit> {
    let session = session::open(context, Purpose::Keys)?;
    let (keys, now) = (session.client.keys().await?, context.clock.now());
    let marketplace = session.client.origin();
    let stored = KeyIndex::new(&context.dirs.config).list(&session.profile, &marketplace)?;
    let known = keys.iter().flat_map(|key| {
        let here = stored.iter().find(|stored| stored.id == key.id);
        let name = here.map_or(&key.name, |stored| &stored.name);
        remarks(&facts(key, here), now).into_iter().map(|remark| finding(&key.id, name, remark))
    });
    // The marketplace has never heard of them, or has forgotten them.
    let orphans = stored.iter().filter(|stored| !keys.iter().any(|key| key.id == stored.id));
    let orphans = orphans.map(|stored| finding(&stored.id, &stored.name, Remark::Dead));
    let mut findings: Vec<_> = known.chain(orphans).collect();
    findings.sort_by(|a, b| (a.remark, &a.name).cmp(&(b.remark, &b.name)));
    Ok(Audit { marketplace, profile: session.profile, keys: keys.len(), findings })
}

fn facts(key: &Key, here: Option<&StoredKey>) -> KeyFacts {
    KeyFacts {
        created_at: key.created_at,
        expires_at: key.expires_at,
        last_used_at: key.last_used_at,
        revoked: key.revoked_at.is_some(),
        leaked: key.revoked_reason.is_some(),
        succeeded: key.successor.is_some(),
        scopes: key.scopes.iter().copied().collect(),
        store: here.map(|stored| stored.store),
    }
}

fn finding(id: &str, name: &str, remark: Remark) -> Finding {
    let (problem, advice) = (remark.is_problem(), remark.advice());
    Finding { id: id.to_owned(), name: name.to_owned(), remark, problem, advice }
}

impl Audit {
    fn problems(&self) -> usize {
        self.findings.iter().filter(|finding| finding.problem).count()
    }
}

impl Render for Audit {
    fn schema(&self) -> &'static str {
        "proveniq.keys-audit/1"
    }

    fn human(&self, page: &mut Page) {
        for finding in &self.findings {
            let tone = if finding.problem { Tone::Bad } else { Tone::Warn };
            page.toned(tone, format!("{} {}", finding.name, finding.advice));
        }
        let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        let (problems, all) = (self.problems(), self.findings.len());
        let tone = if problems == 0 { Tone::Good } else { Tone::Bad };
        let summary = format!(
            "{} at {}: {}, {}",
            counted(self.keys, "key"),
            self.marketplace,
            counted(problems, "problem"),
            counted(all - problems, "remark")
        );
        page.toned(tone, summary);
    }

    fn verdict(&self) -> Option<Kind> {
        (self.problems() > 0).then_some(Kind::Negative)
    }
}
