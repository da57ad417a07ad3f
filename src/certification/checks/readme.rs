//! DOC-README.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::documents::Document;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

/// Fewer words say nothing about an integration.
const FEWEST_WORDS: usize = 40;

pub(super) const CHECK: Check = Check {
    id: "DOC-README",
    area: Area::Documentation,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "the README says what this integration is, without placeholders or dead links",
    mend: "write in README.md what the integration does, by its name, and mend what is listed",
    anchor: "integration",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let Some(readme) = Document::find(subject.tree, &["README.md"]) else {
        return Finished::from_findings(vec![Finding::new("README.md is missing")], "");
    };
    let mut findings = readme.common_findings(subject.tree);
    let integration = &subject.manifest.integration;
    let named = [integration.title.as_str(), integration.name.name()].iter().any(|name| readme.mentions(name));
    if !named {
        let message = format!("it names neither {:?} nor {:?}", integration.title, integration.name.name());
        findings.push(Finding::at(&readme.path, None, message));
    }
    let words = readme.word_count();
    if words < FEWEST_WORDS {
        findings.push(Finding::at(
            &readme.path,
            None,
            format!("it has {words} words; fewer than {FEWEST_WORDS} say too little"),
        ));
    }
    Finished::from_findings(findings, readme.path)
}
