//! `Certification -> Statement -> Envelope`: what was found, of which package, signed by the publisher.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::pack::Package;
use crate::adapters::files::{self, Access};
use crate::adapters::git::{self, WorkTree};
use crate::adapters::project::Project;
use crate::certification::Certification;
use crate::certification::attestation::{CERTIFICATION, Envelope, LARGEST_ENVELOPE, Predicate, Statement, Subject};
use crate::credential::{Fingerprint, SigningKey};
use crate::error::{Error, Explain as _, Result};
use crate::package::{Source, public_remote};
use crate::ui::path_text;

/// An attestation that was written.
#[derive(Debug, Serialize)]
pub struct Attested {
    /// The file.
    #[serde(serialize_with = "path_text")]
    pub path: PathBuf,
    /// The package that it speaks of: SHA-256 of the uncompressed archive.
    pub digest: String,
    /// The key that signed it.
    pub signed_by: Fingerprint,
}

/// Signs what a certification found of a package.
pub fn sign(
    certification: &Certification,
    project: &Project,
    package: &Package,
    key: &SigningKey,
    now: jiff::Timestamp,
) -> Envelope {
    let identity = &project.manifest.integration;
    let subject = Subject::package(&identity.name, &identity.version.to_string(), &package.built.digest);
    Statement::new(subject, CERTIFICATION, Predicate::of(certification, source(project), now)).sealed(key)
}

/// Where the files come from, as far as git tells.
fn source(project: &Project) -> Option<Source> {
    let WorkTree::Committed(changed) = git::work_tree(&project.root).ok()? else { return None };
    let selection = project.selection().ok()?;
    let remote = git::remote(&project.root).and_then(|address| public_remote(&address));
    let dirty = changed.iter().any(|path| selection.takes(path));
    Some(Source { commit: git::commit(&project.root)?, remote, dirty })
}

/// Refuses a place for an attestation before anything is done for it: a folder that is missing, a file that is none, a
/// place among what is packed, where it would make the package another one than it speaks of.
pub fn refuse_place(project: &Project, path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(Error::usage(format!("there is no folder {}", folder.display()))
            .hint("make it first, or name another file with --attest"));
    }
    let other = || {
        Error::usage(format!("{} is there and is no attestation", path.display()))
            .hint("name another file with --attest")
    };
    let there = files::read_bytes(path, LARGEST_ENVELOPE as u64).map_err(|_| other())?;
    if there.is_some_and(|bytes| Envelope::parse(&bytes).is_err()) {
        return Err(other());
    }
    let place = folder.canonicalize().or_usage(|| format!("cannot read {}", folder.display()))?;
    let root = project.root.canonicalize().or_usage(|| format!("cannot read {}", project.root.display()))?;
    let canonical = Project { root, manifest: project.manifest.clone() };
    if path.file_name().is_some_and(|name| canonical.would_ship(&place.join(name)).unwrap_or(true)) {
        return Err(Error::usage(format!("{} would become part of the package that it speaks of", path.display()))
            .hint("name a place outside of the project, or leave it out with .gitignore or [package] exclude"));
    }
    Ok(())
}

/// Writes an attestation, whole or not at all.
pub fn write(path: &Path, envelope: &Envelope) -> Result<()> {
    files::write_atomically(path, envelope.to_json().as_bytes(), Access::Shared)
}
