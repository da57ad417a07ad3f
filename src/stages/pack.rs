//! `Manifest -> Package`: a project's files to an archive in a temporary file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde::Serialize;
use tempfile::NamedTempFile;

use crate::adapters::files::{self, Access};
use crate::adapters::git::{self, WorkTree};
use crate::adapters::project::{Project, ProjectTree};
use crate::error::{Error, Explain, Result};
use crate::interrupt::Interrupt;
use crate::package::{self, Built, Limits, SourceTree, check_path, root_folder};
use crate::ui::Output;

/// What a zstd frame begins with (RFC 8878 section 3.1.1).
pub(super) const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A package that was built and not sent yet.
#[derive(Debug)]
pub struct Package {
    /// The archive; deleted when this is dropped.
    pub file: NamedTempFile,
    /// Its digests and sizes.
    pub built: Built,
    /// Files in it.
    pub files: usize,
}

/// What a package is, for people and programs.
#[derive(Debug, Clone, Serialize)]
pub struct PackageFacts {
    /// publisher/name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the uncompressed archive: the package's identity.
    pub digest: String,
    /// SHA-256 of the compressed archive.
    pub blob_digest: String,
    /// Bytes of the compressed archive.
    pub size: u64,
    /// Bytes of the uncompressed archive.
    pub unpacked_size: u64,
    /// Files in it.
    pub files: usize,
}

impl PackageFacts {
    /// Describes a package of a project.
    pub fn of(project: &Project, package: &Package) -> Self {
        let identity = &project.manifest.integration;
        let built = package.built.clone();
        PackageFacts {
            name: identity.name.to_string(),
            version: identity.version.to_string(),
            digest: built.digest,
            blob_digest: built.blob_digest,
            size: built.size,
            unpacked_size: built.unpacked_size,
            files: package.files,
        }
    }
}

/// Refuses a project in which a file that would be packed differs from the last commit. Where there is no commit there is
/// nothing to differ from.
pub fn refuse_dirty(project: &Project, allowed: bool) -> Result<()> {
    if allowed {
        return Ok(());
    }
    let unknown =
        |why| Error::usage(why).hint("look at `git status`, or take the files as they are with --allow-dirty");
    let WorkTree::Committed(changed) = git::work_tree(&project.root).map_err(unknown)? else { return Ok(()) };
    let selection = project.selection()?;
    let packed: Vec<_> = changed.iter().filter(|path| selection.takes(path)).collect();
    if packed.is_empty() {
        return Ok(());
    }
    let count = if packed.len() == 1 { "a file differs".to_owned() } else { format!("{} files differ", packed.len()) };
    let error = Error::usage(format!("{count} from the last commit"))
        .hint("commit first, or take them as they are with --allow-dirty");
    Err(packed.into_iter().take(5).fold(error, |error, path| error.hint(format!("differs: {path}"))))
}

/// Refuses to write over a file that is no package.
pub fn refuse_to_overwrite(path: &Path) -> Result<()> {
    // Looked at before it is opened: opening a pipe waits for whoever writes to it, and a device must not be replaced.
    let Ok(found) = path.symlink_metadata() else { return Ok(()) };
    let mut start = Vec::new();
    // A file that cannot be read is none of ours either.
    let mut read = |file: File| file.take(ZSTD_MAGIC.len() as u64).read_to_end(&mut start).is_ok();
    if found.is_file() && File::open(path).is_ok_and(&mut read) && start == ZSTD_MAGIC {
        return Ok(());
    }
    Err(Error::usage(format!("{} is there and is no package", path.display())).hint("name another file with --out"))
}

/// Builds the package of a project in a temporary file in `folder`.
pub fn build(
    project: &Project,
    tree: &ProjectTree,
    folder: &Path,
    interrupt: &Interrupt,
    output: &Output,
) -> Result<Package> {
    let failed = || format!("cannot write the package in {}", folder.display());
    let identity = &project.manifest.integration;
    let total = tree.files().iter().map(|file| file.size).sum();
    let bar = output.progress("Packing", total);
    let mut file = files::temporary(folder, Access::Shared).or_usage(failed)?;
    let root = root_folder(&identity.name, &identity.version);
    check_path(&root).map_err(|flaw| Error::usage(format!("the package's root folder {root:?} {}", flaw.text)))?;
    let written = package::write(tree, &root, std::io::BufWriter::new(file.as_file_mut()), |bytes| {
        bar.set(bytes);
        if interrupt.is_set() { Err(std::io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    });
    if interrupt.is_set() {
        return Err(Error::interrupted());
    }
    let built = written.or_usage(failed)?;
    let most = Limits::default().compressed;
    if built.size > most {
        return Err(Error::usage(format!("the package has {} bytes; {most} are allowed", built.size))
            .hint("leave files out with [package] exclude"));
    }
    if built.unpacked_size > Limits::default().unpacked_of(built.size) {
        let (size, unpacked) = (built.size, built.unpacked_size);
        return Err(Error::usage(format!("the package holds {unpacked} bytes in {size}, which nobody would unpack"))
            .hint("leave out large files that repeat themselves with [package] exclude"));
    }
    Ok(Package { file, built, files: tree.files().len() })
}
