//! PKG-CONTENT.

use std::io::Read as _;

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::content::{is_generated, is_opaque, is_stray, program};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::manifest::FILE_NAME;
use crate::package::{Reasons, SourceFile};
use crate::verdict::Verdict;

/// Larger files need a reason, in bytes.
const LARGEST: u64 = 5 << 20;
/// Bytes at the beginning of a file that tell what it is.
const HEAD: u64 = 64 << 10;

pub(super) const CHECK: Check = Check {
    id: "PKG-CONTENT",
    area: Area::Packaging,
    tier: Tier::Verified,
    kind: Kind::Static,
    proves: "no file is left behind, huge, executable or made by a machine without a declared reason",
    mend: "leave it out with [package] exclude, or say under [package.reasons] why it belongs: \"path pattern\" = \"why\"",
    anchor: "package.reasons",
    revision: 2,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let reasons = match Reasons::new(&subject.manifest.package.reasons) {
        Ok(reasons) => reasons,
        Err(why) => return Finished::fail(Finding::new(format!("[package.reasons]: {why}"))),
    };
    let mut findings = of_reasons(subject, &reasons);
    for file in subject.tree.files() {
        if !reasons.cover(&file.path) {
            match odd(subject, file) {
                Ok(found) => findings.extend(found),
                Err(cause) => {
                    return Finished::with(Verdict::Inconclusive, format!("cannot read {}: {cause}", file.path));
                }
            }
        }
    }
    Finished::from_findings(findings, format!("{} files", subject.tree.files().len()))
}

/// Reasons that say nothing, and those that speak of nothing.
fn of_reasons(subject: &Subject<'_>, reasons: &Reasons) -> Vec<Finding> {
    let finding = |pattern: &str, what: &str| {
        Finding::at(FILE_NAME, None, format!("[package.reasons] {pattern:?} {what}")).rule("reason").content(pattern)
    };
    let told = reasons.all().iter().filter_map(|reason| {
        let used = subject.tree.files().iter().any(|file| reason.matches(&file.path));
        match (used, reason.says_why) {
            _ if reason.for_everything => {
                Some(finding(&reason.pattern, "speaks of every file: name those that it is about"))
            }
            (false, _) => Some(finding(&reason.pattern, "matches nothing").warning()),
            (true, false) => Some(finding(&reason.pattern, "gives no reason")),
            (true, true) => None,
        }
    });
    told.collect()
}

/// What is odd about a file, once at most: the worst.
fn odd(subject: &Subject<'_>, file: &SourceFile) -> std::io::Result<Option<Finding>> {
    let mut head = Vec::new();
    subject.tree.open(&file.path)?.take(HEAD).read_to_end(&mut head)?;
    let found = if let Some(format) = program(&head) {
        Some(("executable", format!("is a program ({format})")))
    } else if file.executable {
        Some(("executable", "is executable".to_owned()))
    } else if file.size > LARGEST {
        Some(("huge", format!("has {} bytes; more than {LARGEST} need a reason", file.size)))
    } else if is_stray(&file.path) {
        Some(("stray", "looks left behind by an editor, a system or a run".to_owned()))
    } else if let Some(what) = generated(subject, &file.path, &head) {
        Some(("generated", format!("is generated: {what}")))
    } else if is_opaque(&file.path, &head) {
        Some(("binary", "is binary, so that nobody can read it".to_owned()))
    } else {
        None
    };
    Ok(found.map(|(rule, message)| {
        Finding::at(&file.path, None, message).rule(rule).content(&format!("{rule}\0{}", file.path))
    }))
}

/// Why a file counts as made by a machine. What `plugin.entry` names is built, and so is what lies beside it.
fn generated(subject: &Subject<'_>, path: &str, head: &[u8]) -> Option<&'static str> {
    let entry = subject.manifest.plugin.as_ref().and_then(|plugin| plugin.entry.rsplit_once('/'));
    let is_plugin = entry.is_some_and(|(folder, _)| path.starts_with(&format!("{folder}/")));
    if is_plugin { None } else { is_generated(path, head, subject.tree) }
}
