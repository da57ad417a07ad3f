//! Staged files to secrets that a commit would add.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use crate::adapters::git::{Blobs, StagedFile, staged};
use crate::error::Result;
use crate::scan::{Finding, Scanner, Severity};

/// Largest file that is searched, in bytes, as in certification.
const LARGEST: u64 = 16 << 20;

/// A secret at its place.
#[derive(Debug, Clone, Serialize)]
pub struct StagedSecret {
    /// File, from the root of the repository.
    pub path: String,
    /// What was found there; never the secret itself.
    #[serde(flatten)]
    pub finding: Finding,
}

/// What the search came to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StagedScan {
    /// Files that were searched.
    pub files: usize,
    /// Secrets that a commit would add.
    pub secrets: Vec<StagedSecret>,
    /// Secrets in these files that the last commit holds already.
    pub committed_before: usize,
    /// Files that are too large to be searched.
    pub too_large: Vec<String>,
}

/// Searches what is staged in the repository around `folder` for secrets of severity `least` or more.
pub fn scan_staged(scanner: &Scanner, folder: &Path, least: Severity) -> Result<StagedScan> {
    let files = staged(folder)?;
    let mut scan = StagedScan::default();
    if files.is_empty() {
        return Ok(scan);
    }
    let mut blobs = Blobs::open(folder)?;
    for file in files {
        let Some(bytes) = blobs.read(&file.blob, LARGEST)? else {
            scan.too_large.push(file.path);
            continue;
        };
        scan.files += 1;
        let found = found_in(scanner, &file.path, &bytes, least);
        if found.is_empty() {
            continue;
        }
        let known = known_before(scanner, &mut blobs, &file)?;
        let (old, new): (Vec<_>, Vec<_>) = found.into_iter().partition(|finding| known.contains(&finding.fingerprint));
        scan.committed_before += old.len();
        scan.secrets.extend(new.into_iter().map(|finding| StagedSecret { path: file.path.clone(), finding }));
    }
    Ok(scan)
}

fn found_in(scanner: &Scanner, path: &str, bytes: &[u8], least: Severity) -> Vec<Finding> {
    scanner.scan_file(path, bytes).into_iter().filter(|finding| finding.severity <= least).collect()
}

/// Fingerprints of what the last commit's version of the file holds.
fn known_before(scanner: &Scanner, blobs: &mut Blobs, file: &StagedFile) -> Result<BTreeSet<String>> {
    let Some(before) = &file.before else { return Ok(BTreeSet::new()) };
    let bytes = blobs.read(before, LARGEST)?.unwrap_or_default();
    Ok(found_in(scanner, &file.path, &bytes, Severity::Warn).into_iter().map(|finding| finding.fingerprint).collect())
}
