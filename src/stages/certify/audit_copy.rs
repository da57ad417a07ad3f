//! The files of the package in a folder of their own: what is built and run there is what a customer gets, and a source that
//! is not shipped cannot answer for it.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::Ground;
use crate::adapters::project::Project;
use crate::error::{Explain, Result};
use crate::package::{SourceFile, SourceTree};

/// Settings of this machine, which no package holds and an integration may read when it starts.
const SETTINGS: &str = ".env";

/// A copy of a project's shipped files, which goes when it is dropped.
pub(super) struct AuditCopy {
    /// The project as it lies in the copy.
    pub(super) project: Project,
    _folder: TempDir,
}

impl AuditCopy {
    /// Copies the shipped files, and what this machine sets for the integration.
    pub(super) fn of(ground: &Ground<'_>) -> Result<AuditCopy> {
        let failed = || format!("cannot copy the files of the package to {}", ground.temporary.display());
        let folder = tempfile::Builder::new().prefix("proveniq-copy-").tempdir_in(ground.temporary).or_usage(failed)?;
        let root = folder.path().join("project");
        copy_tree(ground.tree, &root).or_usage(failed)?;
        let settings = ground.project.root.join(SETTINGS);
        if settings.is_file() {
            fs::copy(settings, root.join(SETTINGS)).or_usage(failed)?;
        }
        Ok(AuditCopy { project: Project { root, manifest: ground.project.manifest.clone() }, _folder: folder })
    }
}

/// Writes the files of a tree into a new folder. Their paths were checked when the tree was listed.
pub(super) fn copy_tree(tree: &dyn SourceTree, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    tree.files().iter().try_for_each(|file| {
        let copied = copy_file(tree, file, folder)?;
        set_mode(&copied, if file.executable { 0o755 } else { 0o644 })
    })
}

/// Writes one file of a tree below a folder.
pub(super) fn copy_file(tree: &dyn SourceTree, file: &SourceFile, folder: &Path) -> io::Result<File> {
    let place = folder.join(&file.path);
    place.parent().map_or(Ok(()), fs::create_dir_all)?;
    let mut copied = File::create(&place)?;
    io::copy(&mut tree.open(&file.path)?, &mut copied)?;
    Ok(copied)
}

/// Sets the permissions of a file, where there are such.
#[cfg(unix)]
pub(super) fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// Sets the permissions of a file, where there are such.
#[cfg(not(unix))]
pub(super) fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}
