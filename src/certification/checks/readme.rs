//! DOC-README.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::documents::Document;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

/// Fewer words say nothing about an integration.
const FEWEST_WORDS: usize = 40;
/// So do fewer different ones, however often they stand there.
const FEWEST_DISTINCT: usize = 20;

pub(super) const CHECK: Check = Check {
    id: "DOC-README",
    area: Area::Documentation,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "the README says what this integration is, without placeholders or dead links",
    mend: "write in README.md what the integration does, by its name, and mend what is listed",
    anchor: "integration",
    revision: 3,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let Some(readme) = Document::find(subject.tree, &["README.md"]) else {
        return Finished::from_findings(vec![Finding::new("README.md is missing")], "");
    };
    let mut findings = readme.common_findings(subject.tree, subject.manifest);
    let integration = &subject.manifest.integration;
    let mut demand = |holds: bool, message: String| {
        if !holds {
            findings.push(Finding::at(&readme.path, None, message));
        }
    };
    let (title, name) = (&integration.title, integration.name.name());
    demand(readme.names(subject.manifest), format!("it names neither {title:?} nor {name:?}"));
    demand(readme.has_heading(), "it has no heading".to_owned());
    let webhook = subject.manifest.webhook.iter();
    let told = webhook.flat_map(|webhook| &webhook.events).any(|event| readme.mentions(event));
    let leads = readme.links_into(subject.tree) || subject.manifest.webhook.is_none();
    demand(told || leads, "it names no event of the manifest and links to no document that does".to_owned());
    let words = readme.word_count();
    demand(words >= FEWEST_WORDS, format!("it has {words} words; fewer than {FEWEST_WORDS} say too little"));
    let distinct = readme.distinct_words();
    let repeats = words >= FEWEST_WORDS && distinct < FEWEST_DISTINCT;
    demand(!repeats, format!("it has {distinct} different words; fewer than {FEWEST_DISTINCT} say too little"));
    Finished::from_findings(findings, readme.path)
}
