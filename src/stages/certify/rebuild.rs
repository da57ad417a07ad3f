//! Evidence from packing twice, and from what the build leaves behind.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Ground, settled};
use crate::adapters::project::Project;
use crate::certification::{Change, Gathered, Rebuilt};
use crate::error::{Explain, Result};
use crate::package::{self, Digesting, SourceFile, SourceTree, root_folder};

/// The shipped files as they were before anything ran.
pub(super) struct Before {
    files: Gathered<BTreeMap<String, String>>,
}

impl Before {
    /// Looks at the files.
    pub(super) fn of(ground: &Ground<'_>) -> Result<Before> {
        Ok(Before { files: settled(digests(ground.tree))? })
    }

    /// Packs again, from a copy that was made in another order, at another time and closed to others; compares what is
    /// shipped now with what was before, where something was built or run.
    pub(super) fn after(self, ground: &Ground<'_>, built: bool) -> Result<Gathered<Rebuilt>> {
        let Gathered::Seen(before) = self.files else { return Ok(self.files.without()) };
        settled(compare(ground, &before, built))
    }
}

fn compare(ground: &Ground<'_>, before: &BTreeMap<String, String>, built: bool) -> Result<Rebuilt> {
    let now = ground.project.tree()?;
    let changes = if built { changes(before, &digests(&now)?) } else { Vec::new() };
    let first = digest(ground.project, &now)?;
    let failed = || format!("cannot copy the files to {}", ground.temporary.display());
    let folder = tempfile::Builder::new().prefix("proveniq-rebuild-").tempdir_in(ground.temporary).or_usage(failed)?;
    for file in now.files().iter().rev() {
        copy(&now, file, folder.path()).or_usage(failed)?;
    }
    let copied = Project { root: folder.path().to_owned(), manifest: ground.project.manifest.clone() };
    let second = digest(&copied, &copied.tree()?)?;
    Ok(Rebuilt { first, second, built, changes })
}

fn digest(project: &Project, tree: &dyn SourceTree) -> Result<String> {
    let identity = &project.manifest.integration;
    let root = root_folder(&identity.name, &identity.version);
    let built = package::write(tree, &root, io::sink(), |_| Ok(())).or_usage(|| "cannot pack the files".into())?;
    Ok(built.digest)
}

/// Digest and mode of each file.
fn digests(tree: &dyn SourceTree) -> Result<BTreeMap<String, String>> {
    let digest = |file: &SourceFile| {
        let mut digesting = Digesting::new(io::sink());
        io::copy(&mut tree.open(&file.path)?, &mut digesting)?;
        Ok((file.path.clone(), format!("{} {}", digesting.finish().1, file.executable)))
    };
    tree.files().iter().map(digest).collect::<io::Result<_>>().or_usage(|| "cannot read the files".into())
}

fn changes(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Change> {
    let change = |path: &String, how| Change { path: path.clone(), how };
    let gone = before.keys().filter(|path| !now.contains_key(*path)).map(|path| change(path, "removed"));
    let others = now.iter().filter_map(|(path, digest)| match before.get(path) {
        None => Some(change(path, "added")),
        Some(known) if known != digest => Some(change(path, "changed")),
        Some(_) => None,
    });
    let mut changes: Vec<_> = gone.chain(others).collect();
    changes.sort();
    changes
}

fn copy(tree: &dyn SourceTree, file: &SourceFile, folder: &Path) -> io::Result<()> {
    let place = folder.join(&file.path);
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut copied = File::create(&place)?;
    io::copy(&mut tree.open(&file.path)?, &mut copied)?;
    copied.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000))?;
    close(&copied, file.executable)
}

#[cfg(unix)]
fn close(file: &File, executable: bool) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(if executable { 0o700 } else { 0o600 }))
}

#[cfg(not(unix))]
fn close(_: &File, _: bool) -> io::Result<()> {
    Ok(())
}
