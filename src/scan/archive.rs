//! Files within archives, one level deep and within bounds: an archive may unfold to any size.

use std::io::{self, Read, Seek};

/// Most bytes that an archive may unfold to.
const MOST_BYTES: u64 = 256 << 20;
/// Most files in it.
const MOST_FILES: usize = 20_000;

/// Kinds of archives that are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArchiveKind {
    /// ZIP, and what is one: `.jar`, `.whl`, `.nupkg`, `.vsix`.
    Zip,
    /// A tar file.
    Tar,
    /// A tar file in gzip.
    TarGzip,
    /// A tar file in zstd.
    TarZstd,
    /// One file in gzip.
    Gzip,
}

impl ArchiveKind {
    /// Tells by its name whether a file is an archive.
    pub(super) fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&[".zip", ".jar", ".war", ".ear", ".whl", ".nupkg", ".vsix", ".xpi", ".apk", ".aar", ".egg"]) {
            Some(ArchiveKind::Zip)
        } else if ends(&[".tar.gz", ".tgz", ".crate", ".gem.gz"]) {
            Some(ArchiveKind::TarGzip)
        } else if ends(&[".tar.zst", ".tzst"]) {
            Some(ArchiveKind::TarZstd)
        } else if ends(&[".tar", ".gem"]) {
            Some(ArchiveKind::Tar)
        } else {
            ends(&[".gz"]).then_some(ArchiveKind::Gzip)
        }
    }
}

/// Why an archive was not read to its end.
#[derive(Debug)]
pub(super) enum Unfinished {
    /// It unfolds to more than is read of one.
    TooLarge,
    /// It holds more files than are read of one.
    TooManyFiles,
    /// It cannot be read.
    Broken(io::Error),
}

impl From<io::Error> for Unfinished {
    fn from(cause: io::Error) -> Self {
        if cause.kind() == io::ErrorKind::FileTooLarge { Unfinished::TooLarge } else { Unfinished::Broken(cause) }
    }
}

/// Calls `each` with every file in an archive, its name and its content, until the end or a bound.
pub(super) fn each_file(
    kind: ArchiveKind,
    name: &str,
    archive: impl Read + Seek,
    mut each: impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
) -> Result<(), Unfinished> {
    let mut left = MOST_BYTES;
    match kind {
        ArchiveKind::Zip => zipped(archive, &mut left, &mut each),
        ArchiveKind::Tar => tarred(Bounded { reader: archive, left: &mut left }, &mut each),
        ArchiveKind::TarGzip => {
            tarred(Bounded { reader: flate2::read::MultiGzDecoder::new(archive), left: &mut left }, &mut each)
        }
        ArchiveKind::TarZstd => {
            let mut decoder = zstd::Decoder::new(archive)?;
            // As much memory as a window of 128 MiB takes is more than a small file may ask for.
            decoder.window_log_max(26)?;
            tarred(Bounded { reader: decoder, left: &mut left }, &mut each)
        }
        ArchiveKind::Gzip => {
            let inner = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".gz");
            each(inner, &mut Bounded { reader: flate2::read::MultiGzDecoder::new(archive), left: &mut left })?;
            Ok(())
        }
    }
}

type Each<'e> = &'e mut dyn FnMut(&str, &mut dyn Read) -> io::Result<()>;

fn tarred(reader: impl Read, each: Each<'_>) -> Result<(), Unfinished> {
    let mut archive = tar::Archive::new(reader);
    for (number, entry) in archive.entries()?.enumerate() {
        if number >= MOST_FILES {
            return Err(Unfinished::TooManyFiles);
        }
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            each(&name, &mut entry)?;
        }
    }
    Ok(())
}

fn zipped(archive: impl Read + Seek, left: &mut u64, each: Each<'_>) -> Result<(), Unfinished> {
    let mut archive = zip::ZipArchive::new(archive).map_err(io::Error::from)?;
    if archive.len() > MOST_FILES {
        return Err(Unfinished::TooManyFiles);
    }
    for number in 0..archive.len() {
        let file = archive.by_index(number).map_err(io::Error::from)?;
        if file.is_file() {
            let name = file.name().map_err(io::Error::from)?.into_owned();
            each(&name, &mut Bounded { reader: file, left: &mut *left })?;
        }
    }
    Ok(())
}

/// Reads so many bytes and no more: what follows is an error, and not an end.
struct Bounded<'l, R> {
    reader: R,
    left: &'l mut u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        *self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok(read)
    }
}
