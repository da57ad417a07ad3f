//! A repository's history to the secrets that were ever committed.

use std::collections::HashSet;
use std::path::Path;

use super::scan_tree::{Placed, Scanned};
use crate::adapters::git::{Blobs, History};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::scan::Scanner;

/// Largest version of a file that is searched, in bytes.
const LARGEST: u64 = 64 << 20;
/// Most findings that are told.
const MOST: usize = 20_000;

/// Searches every version of every file in the repository around `folder`; each secret of a path is told once, with the
/// commit that brought it.
pub fn scan_history(scanner: &Scanner, folder: &Path, interrupt: &Interrupt) -> Result<Scanned> {
    let mut result = Scanned::default();
    if History::is_shallow(folder) {
        result.skip(".", "the clone is shallow: older commits are not here");
    }
    let mut history = History::open(folder)?;
    let mut blobs = Blobs::open(folder)?;
    let mut seen = HashSet::new();
    let mut told = HashSet::new();
    while let Some(change) = history.advance()? {
        if interrupt.is_set() {
            return Err(Error::interrupted());
        }
        if !seen.insert(change.blob.clone()) {
            continue;
        }
        let Some(bytes) = blobs.read(&change.blob, LARGEST)? else {
            let commit = &change.commit[..change.commit.len().min(12)];
            result.skip(&change.path, format!("its version of commit {commit} is larger than 64 MiB"));
            continue;
        };
        result.files += 1;
        result.bytes += bytes.len() as u64;
        for finding in scanner.scan_file(&change.path, &bytes) {
            if told.insert((change.path.clone(), finding.fingerprint.clone())) {
                result.findings.push(Placed {
                    path: change.path.clone(),
                    commit: Some(change.commit.clone()),
                    finding,
                });
            }
        }
        if result.findings.len() > MOST {
            result.skip(".", format!("there are more than {MOST} findings: the rest of the history was not searched"));
            break;
        }
    }
    result.sort();
    Ok(result)
}
