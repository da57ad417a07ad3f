//! SEC-SECRET.

use std::io::{Cursor, Read as _};

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::evidence::Gathered;
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::scan::{self, FileSearch, LARGEST_SEARCHED, Scanner, Searched, Severity, is_archive};
use crate::verdict::Verdict;

/// Most bytes of an archive that is opened, which is held in memory.
const LARGEST_ARCHIVE: u64 = 64 << 20;

pub(super) const CHECK: Check = Check {
    id: "SEC-SECRET",
    area: Area::Security,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "no file that is shipped, or that git would take, holds a secret",
    mend: "remove the secret, read it from the environment instead, and revoke it: it must count as known to others",
    anchor: "package",
    revision: 3,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let scanner = Scanner::new();
    let searched = shipped(subject, &scanner);
    let mut files = searched.files;
    let mut partly = not_searched(&searched.skipped);
    let mut findings: Vec<_> =
        searched.findings.into_iter().flat_map(|(path, secret)| placed(subject, &path, vec![secret], "")).collect();
    match &subject.evidence.work_tree {
        Gathered::Seen(seen) => {
            let found = seen.found.iter().cloned();
            let told =
                found.flat_map(|file| placed(subject, &file.path, file.secrets, ", in a file that is not shipped"));
            findings.extend(told);
            files += seen.searched;
            partly = partly.or_else(|| not_searched(&seen.skipped));
        }
        // A search that was begun and not ended is no search; where only a package is at hand, there is no work tree.
        Gathered::Inconclusive(why) => partly = partly.or_else(|| Some(why.clone())),
        _ => {}
    }
    partly = partly.or(history(subject, &mut findings));
    let finished = Finished::from_findings(findings, format!("{files} files hold no known secret"));
    match partly {
        Some(why) => finished.otherwise(Verdict::Inconclusive, why),
        None => finished,
    }
}

/// Searches what is shipped, in bounded memory and within archives.
fn shipped(subject: &Subject<'_>, scanner: &Scanner) -> Searched {
    let mut search = FileSearch::new(scanner, LARGEST_SEARCHED, &|| false);
    for file in subject.tree.files() {
        let path = &file.path;
        let looked = subject.tree.open(path).and_then(|mut reader| {
            let mut head = Vec::new();
            reader.by_ref().take(4).read_to_end(&mut head)?;
            if !is_archive(path, &head) {
                return search.content(path, head.as_slice().chain(reader));
            }
            reader.take(LARGEST_ARCHIVE).read_to_end(&mut head)?;
            match head.len() as u64 {
                length if length > LARGEST_ARCHIVE => {
                    search.skip(path, format!("the archive has more than {} MiB", LARGEST_ARCHIVE >> 20));
                }
                _ => search.file(path, Cursor::new(head)),
            }
            Ok(())
        });
        if let Err(cause) = looked {
            search.skip(path, format!("it cannot be read: {cause}"));
        }
    }
    search.take()
}

/// The first of what was not searched, and how many more there are.
fn not_searched(skipped: &[(String, String)]) -> Option<String> {
    let (path, why) = skipped.first()?;
    let more = match skipped.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Some(format!("{path} was not searched to its end: {why}{more}"))
}

/// Adds what was ever committed and is in no file any more; tells what of the history was not searched.
fn history(subject: &Subject<'_>, findings: &mut Vec<Finding>) -> Option<String> {
    let Gathered::Seen(history) = &subject.evidence.history else { return None };
    for committed in &history.found {
        let is_known = |known: &Finding| {
            known.path.as_deref() == Some(&*committed.path) && known.fingerprint == committed.secret.fingerprint
        };
        if !findings.iter().any(is_known) {
            let commit = &committed.commit[..committed.commit.len().min(12)];
            let besides = format!(", in git's history since commit {commit}");
            findings.extend(placed(subject, &committed.path, vec![committed.secret.clone()], &besides));
        }
    }
    let more = history.skipped.len().saturating_sub(1);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    history.skipped.first().map(|first| format!("git's history was not searched to its end: {first}{more}"))
}

/// Secrets at their places. At `listed` what only warns, or is known by its name alone, is left out; from `verified` on it
/// counts.
fn placed(subject: &Subject<'_>, path: &str, secrets: Vec<scan::Finding>, besides: &str) -> Vec<Finding> {
    let known = |found: &scan::Finding| found.severity == Severity::Block && !found.rule.starts_with("generic-");
    let counts = |found: &scan::Finding| known(found) || subject.tier > Tier::Listed;
    let placed = secrets.into_iter().filter(counts).map(|found| {
        let message = format!("{} ({}, fingerprint {}){besides}", found.description, found.rule, found.fingerprint);
        let finding = Finding::at(path, Some(found.line), message).column(found.column);
        let finding = finding.rule(found.rule.into_owned()).fingerprint(found.fingerprint);
        if found.severity == Severity::Block { finding } else { finding.warning() }
    });
    placed.collect()
}
