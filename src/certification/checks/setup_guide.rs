//! DOC-SETUP.

use super::api_reference;
use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::documents::Document;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;

/// Fewer words do not set anything up.
const FEWEST_WORDS: usize = 12;

/// Where a setup guide is looked for.
pub(in crate::certification) const PATHS: &[&str] = &[
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
    revision: 3,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let Some(guide) =
        Document::find_or_section(subject.tree, PATHS, &["setup", "set up", "install", "getting started"])
    else {
        let missing = "there is no docs/setup.md, and no section on setup in README.md";
        return Finished::from_findings(vec![Finding::new(missing)], "");
    };
    let mut findings = guide.common_findings(subject.tree, subject.manifest);
    findings.extend(unmentioned(subject, &guide));
    Finished::from_findings(findings, guide.path)
}

/// What the guide must speak of: how the integration is started, what a carrier sets, and the variables of its upstreams.
/// Settings and variables may be described in the API reference instead.
fn unmentioned(subject: &Subject<'_>, guide: &Document) -> Vec<Finding> {
    let manifest = subject.manifest;
    let mut findings = Vec::new();
    let mut missing = |what: String| findings.push(Finding::at(&guide.path, None, what));
    if !guide.names(manifest) {
        missing(format!("it does not name {:?}", manifest.integration.title));
    }
    if guide.full_count() < FEWEST_WORDS {
        missing(format!("it has {} words; fewer than {FEWEST_WORDS} say too little", guide.full_count()));
    }
    let command =
        manifest.run.iter().flat_map(|run| run.build.iter().chain([&run.command])).map(|words| words.join(" "));
    let commands: Vec<_> = command.collect();
    if !commands.is_empty() && !starts(guide, &commands) {
        missing(format!("it says nowhere how to start it: {}", commands.join(", then ")));
    }
    let reference = Document::find(subject.tree, api_reference::PATHS);
    let described =
        |name: &str| guide.mentions(name) || reference.as_ref().is_some_and(|reference| reference.mentions(name));
    for upstream in manifest.upstream.iter().filter(|upstream| !described(&upstream.env)) {
        missing(format!("it does not explain the variable {}", upstream.env));
    }
    let settings = manifest.settings.as_ref().and_then(|schema| schema.get("properties")?.as_object());
    for setting in settings.iter().flat_map(|settings| settings.keys()).filter(|setting| !described(setting)) {
        missing(format!("it does not explain the setting {setting}"));
    }
    findings
}

/// Whether the guide says how it is started: by the manifest's commands, or by what stands for them.
fn starts(guide: &Document, commands: &[String]) -> bool {
    let usual =
        ["proveniq test-webhook", "proveniq dev", "npm start", "npm run", "docker compose", "docker run", "make run"];
    commands.iter().map(String::as_str).chain(usual).any(|command| guide.mentions(command))
}
