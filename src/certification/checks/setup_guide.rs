//! DOC-SETUP.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::documents::Document;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

/// Where a setup guide is looked for.
const PATHS: &[&str] = &[
    "docs/setup.md",
    "docs/setup-guide.md",
    "docs/installation.md",
    "docs/install.md",
    "docs/getting-started.md",
    "docs/setup/README.md",
    "docs/setup/index.md",
    "SETUP.md",
    "INSTALL.md",
];

pub(super) const CHECK: Check = Check {
    id: "DOC-SETUP",
    area: Area::Documentation,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "a setup guide says how this integration is installed and configured",
    mend: "write docs/setup.md: how it is built and started, and what it reads from the environment",
    anchor: "integration",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let Some(guide) =
        Document::find_or_section(subject.tree, PATHS, &["setup", "set up", "install", "getting started"])
    else {
        let missing = "there is no docs/setup.md, and no section on setup in README.md";
        return Finished::from_findings(vec![Finding::new(missing)], "");
    };
    let mut findings = guide.common_findings(subject.tree);
    findings.extend(unmentioned(subject, &guide));
    Finished::from_findings(findings, guide.path)
}

/// What the guide must speak of: how the integration is started, and the variables of its upstreams.
fn unmentioned(subject: &Subject<'_>, guide: &Document) -> Vec<Finding> {
    let manifest = subject.manifest;
    let integration = &manifest.integration;
    let mut findings = Vec::new();
    if ![integration.title.as_str(), integration.name.name()].iter().any(|name| guide.mentions(name)) {
        findings.push(Finding::at(&guide.path, None, format!("it does not name {:?}", integration.title)));
    }
    let command =
        manifest.run.iter().flat_map(|run| run.build.iter().chain([&run.command])).map(|words| words.join(" "));
    let commands: Vec<_> = command.collect();
    let starts = |command: &String| {
        guide.mentions(command) || guide.mentions("proveniq test-webhook") || guide.mentions("proveniq dev")
    };
    if !commands.is_empty() && !commands.iter().any(starts) {
        findings.push(Finding::at(
            &guide.path,
            None,
            format!("it says nowhere how to start it: {}", commands.join(", then ")),
        ));
    }
    for upstream in manifest.upstream.iter().filter(|upstream| !guide.mentions(&upstream.env)) {
        findings.push(Finding::at(&guide.path, None, format!("it does not explain the variable {}", upstream.env)));
    }
    findings
}
