//! SEC-SECRET.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::scan::{Scanner, Severity};
use crate::verdict::Verdict;

/// Largest file that is searched, in bytes; a secret does not hide in larger ones by accident.
const LARGEST: u64 = 16 << 20;

pub(super) const CHECK: Check = Check {
    id: "SEC-SECRET",
    area: Area::Security,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "no shipped file holds a secret of a known provider",
    mend: "remove the secret, read it from the environment instead, and revoke it: it must count as known to others",
    anchor: "package",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let scanner = Scanner::new();
    let mut findings = Vec::new();
    for file in subject.tree.files() {
        match subject.tree.read(&file.path, LARGEST) {
            Ok(bytes) => findings.extend(scan(&scanner, &file.path, &bytes)),
            Err(cause) if cause.kind() == std::io::ErrorKind::FileTooLarge => {}
            Err(cause) => return Finished::with(Verdict::Inconclusive, format!("cannot read {}: {cause}", file.path)),
        }
    }
    let count = subject.tree.files().len();
    Finished::from_findings(findings, format!("{count} files hold no known secret"))
}

fn scan(scanner: &Scanner, path: &str, bytes: &[u8]) -> Vec<Finding> {
    let blocking = scanner.scan(bytes).into_iter().filter(|finding| finding.severity == Severity::Block);
    let placed = blocking.map(|found| {
        let message = format!("{} ({}, fingerprint {})", found.description, found.rule, found.fingerprint);
        let finding = Finding::at(path, Some(found.line), message).column(found.column);
        finding.rule(found.rule).fingerprint(found.fingerprint)
    });
    placed.collect()
}
