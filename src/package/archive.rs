//! The canonical archive: a plain tar with one root folder, files sorted by path, fixed times and owners and two modes,
//! compressed with zstd. The same files give the same bytes on any machine and with any number of threads.

use std::io::{self, Read, Write};
use std::num::NonZero;

use semver::Version;
use tar::{EntryType, Header};

use super::digest::Digesting;
use super::tree::{SourceFile, SourceTree};
use crate::manifest::IntegrationName;

/// Time of every entry: 1980-01-01, the first that every archive tool can show.
const TIME: u64 = 315_532_800;
const LEVEL: i32 = 3;
/// Bytes that one compression job takes. Fixed, and always run by workers, since both shape the output.
const JOB_BYTES: u32 = 2 << 20;
pub(super) const BLOCK: usize = 512;
/// Bytes between two looks at whether to go on.
const PIECE: u64 = 1 << 20;

/// Digests and sizes of an archive that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// SHA-256 of the uncompressed archive, hex: the package's identity.
    pub digest: String,
    /// SHA-256 of the compressed archive, hex.
    pub blob_digest: String,
    /// Bytes of the compressed archive.
    pub size: u64,
    /// Bytes of the uncompressed archive.
    pub unpacked_size: u64,
}

/// Name of the archive's root folder: `name-version`, without the publisher.
pub fn root_folder(name: &IntegrationName, version: &Version) -> String {
    format!("{}-{version}", name.name())
}

/// Writes the archive of `tree` to `out`; `progress` is told the bytes written so far, and may end it with an error.
pub fn write(
    tree: &dyn SourceTree,
    root: &str,
    out: impl Write,
    progress: impl FnMut(u64) -> io::Result<()>,
) -> io::Result<Built> {
    let bytes = tree.files().iter().map(|file| file.size).sum();
    write_with(workers(bytes), tree, root, out, progress)
}

/// The same with so many workers, at least one: how many shapes nothing.
pub(super) fn write_with(
    workers: u32,
    tree: &dyn SourceTree,
    root: &str,
    out: impl Write,
    mut progress: impl FnMut(u64) -> io::Result<()>,
) -> io::Result<Built> {
    let mut encoder = zstd::Encoder::new(Digesting::new(out), LEVEL)?;
    encoder.include_checksum(true)?;
    encoder.set_parameter(zstd::zstd_safe::CParameter::NbWorkers(workers))?;
    encoder.set_parameter(zstd::zstd_safe::CParameter::JobSize(JOB_BYTES))?;
    let mut archive = Digesting::new(encoder);
    for file in tree.files() {
        archive.write_all(header(root, file)?.as_bytes())?;
        copy_exactly(tree.open(&file.path)?, &mut archive, file, &mut progress)?;
        archive.write_all(&[0; BLOCK][..padding(file.size)])?;
    }
    archive.write_all(&[0; 2 * BLOCK])?;
    let (encoder, digest, unpacked_size) = archive.finish();
    let (mut out, blob_digest, size) = encoder.finish()?.finish();
    out.flush()?;
    Ok(Built { digest, blob_digest, size, unpacked_size })
}

/// As many workers as there are processors, and jobs for them.
fn workers(bytes: u64) -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get).clamp(1, 8);
    let jobs = bytes.div_ceil(JOB_BYTES.into()).clamp(1, 8);
    u32::try_from(jobs.min(processors as u64)).unwrap_or(1)
}

/// Bytes that fill the last block of a file.
pub(super) fn padding(size: u64) -> usize {
    let used = usize::try_from(size % BLOCK as u64).unwrap_or(0);
    (BLOCK - used) % BLOCK
}

/// The one header that a file can have.
pub(super) fn header(root: &str, file: &SourceFile) -> io::Result<Header> {
    let mut header = Header::new_ustar();
    header.set_path(format!("{root}/{}", file.path))?;
    header.set_size(file.size);
    header.set_mode(if file.executable { 0o755 } else { 0o644 });
    header.set_mtime(TIME);
    header.set_uid(0);
    header.set_gid(0);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    Ok(header)
}

/// Copies a file whose size is already written; one that changed meanwhile is an error, not a broken archive.
fn copy_exactly(
    source: impl Read,
    out: &mut Digesting<impl Write>,
    file: &SourceFile,
    progress: &mut impl FnMut(u64) -> io::Result<()>,
) -> io::Result<()> {
    let start = out.bytes();
    let mut source = source.take(file.size + 1);
    loop {
        progress(out.bytes())?;
        if io::copy(&mut source.by_ref().take(PIECE), out)? == 0 {
            break;
        }
    }
    if out.bytes() - start == file.size {
        return Ok(());
    }
    Err(io::Error::other(format!("{} changed while it was packed", file.path)))
}
