//! Evidence from packing twice, and from what the build leaves behind.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::audit_copy::{AuditCopy, copy_file, set_mode};
use super::{Ground, settled};
use crate::adapters::project::{Project, is_executable};
use crate::certification::{Change, Gathered, Rebuilt};
use crate::error::{Explain, Result};
use crate::package::{self, Digesting, SourceFile, SourceTree, root_folder};

/// A time of files that is none of those that they have, since 1970.
const OTHER_TIME: Duration = Duration::from_secs(1_000_000_000);

/// The shipped files as they were before anything ran.
pub(super) struct Before {
    files: Gathered<BTreeMap<String, String>>,
}

impl Before {
    /// Looks at the files.
    pub(super) fn of(ground: &Ground<'_>) -> Result<Before> {
        Ok(Before { files: settled(digests(ground.tree))? })
    }

    /// Packs again, from a copy that was made in another order, at another time and closed to others. Where the
    /// integration was built or run in a copy, compares what would be shipped of that with what was before.
    pub(super) fn after(self, ground: &Ground<'_>, audited: Option<&AuditCopy>) -> Result<Gathered<Rebuilt>> {
        let Gathered::Seen(before) = self.files else { return Ok(self.files.without()) };
        settled(compare(ground, &before, audited))
    }
}

fn compare(ground: &Ground<'_>, before: &BTreeMap<String, String>, audited: Option<&AuditCopy>) -> Result<Rebuilt> {
    let changes = audited.map(|copy| changes(ground, before, copy)).transpose()?.unwrap_or_default();
    let first = digest(ground.project, ground.tree)?;
    let failed = || format!("cannot copy the files to {}", ground.temporary.display());
    let folder = tempfile::Builder::new().prefix("proveniq-rebuild-").tempdir_in(ground.temporary).or_usage(failed)?;
    for file in ground.tree.files().iter().rev() {
        let copied = copy_file(ground.tree, file, folder.path()).or_usage(failed)?;
        copied.set_modified(SystemTime::UNIX_EPOCH + OTHER_TIME).or_usage(failed)?;
        set_mode(&copied, if file.executable { 0o700 } else { 0o600 }).or_usage(failed)?;
    }
    let copied = Project { root: folder.path().to_owned(), manifest: ground.project.manifest.clone() };
    let second = digest(&copied, &copied.tree()?)?;
    Ok(Rebuilt { first, second, built: audited.is_some(), changes })
}

fn digest(project: &Project, tree: &dyn SourceTree) -> Result<String> {
    let identity = &project.manifest.integration;
    let root = root_folder(&identity.name, &identity.version);
    let built = package::write(tree, &root, io::sink(), |_| Ok(())).or_usage(|| "cannot pack the files".into())?;
    Ok(built.digest)
}

/// Digest and mode of each file.
fn digests(tree: &dyn SourceTree) -> Result<BTreeMap<String, String>> {
    let digest = |file: &SourceFile| Ok((file.path.clone(), state(&mut *tree.open(&file.path)?, file.executable)?));
    tree.files().iter().map(digest).collect::<io::Result<_>>().or_usage(|| "cannot read the files".into())
}

fn state(content: &mut dyn Read, executable: bool) -> io::Result<String> {
    let mut digesting = Digesting::new(io::sink());
    io::copy(content, &mut digesting)?;
    Ok(format!("{} {executable}", digesting.finish().1))
}

/// What a build and a run made of the shipped files, and which they added.
fn changes(ground: &Ground<'_>, before: &BTreeMap<String, String>, copy: &AuditCopy) -> Result<Vec<Change>> {
    let change = |path: &String, how| Change { path: path.clone(), how };
    let mut changes = Vec::new();
    for (path, known) in before {
        match look(&copy.project.root.join(path)).or_usage(|| format!("cannot read {path} after the build"))? {
            None => changes.push(change(path, "removed")),
            Some(now) if now != *known => changes.push(change(path, "changed")),
            Some(_) => {}
        }
    }
    let there = ground.project.would_ship_from(&copy.project.root)?;
    changes.extend(there.iter().filter(|path| !before.contains_key(*path)).map(|path| change(path, "added")));
    changes.sort();
    Ok(changes)
}

/// The state of a file that may have been taken away.
fn look(path: &Path) -> io::Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
        Ok(found) if !found.is_file() => Ok(Some("no plain file".to_owned())),
        Ok(found) => state(&mut File::open(path)?, is_executable(&found)).map(Some),
    }
}
