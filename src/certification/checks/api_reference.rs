//! DOC-API.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::documents::Document;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

/// Where an API reference is looked for.
pub(super) const PATHS: &[&str] =
    &["docs/api.md", "docs/api-reference.md", "docs/reference.md", "docs/api/README.md", "docs/api/index.md", "API.md"];

pub(super) const CHECK: Check = Check {
    id: "DOC-API",
    area: Area::Documentation,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "an API reference describes the routes, events and scopes of the manifest",
    mend: "write docs/api.md: each route, event and scope that proveniq.toml declares, and what is answered",
    anchor: "integration",
    revision: 3,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let Some(reference) = Document::find_or_section(subject.tree, PATHS, &["api", "reference"]) else {
        let missing = "there is no docs/api.md, and no section on the API in README.md";
        return Finished::from_findings(vec![Finding::new(missing)], "");
    };
    let mut findings = reference.common_findings(subject.tree, subject.manifest);
    for (what, name) in declared(subject) {
        if !reference.mentions(name) {
            findings.push(Finding::at(&reference.path, None, format!("it does not describe the {what} {name}")));
        }
    }
    Finished::from_findings(findings, reference.path)
}

/// What the manifest declares and the reference must describe.
fn declared<'m>(subject: &Subject<'m>) -> Vec<(&'static str, &'m str)> {
    let webhook = subject.manifest.webhook.iter();
    let routes = webhook.clone().map(|webhook| ("route", webhook.path.as_str()));
    let events = webhook.flat_map(|webhook| webhook.events.iter().map(|event| ("event", event.as_str())));
    let scopes = subject.manifest.oauth.scopes.iter().map(|scope| ("scope", scope.as_str()));
    routes.chain(events).chain(scopes).collect()
}
