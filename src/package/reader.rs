//! Reading an archive that cannot be trusted: bounded, in constant memory, and only in the one canonical form.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

use tar::{EntryType, Header};

use super::archive::{BLOCK, header, padding};
use super::defect::{Defect, Flaw};
use super::digest::Digesting;
use super::limits::Limits;
use super::path::{DistinctPaths, check_path};
use super::tree::{SourceFile, SourceTree};
use crate::error::Diagnostic;

/// Window that a decoder may allocate: 8 MiB, more than the writer's level needs.
const WINDOW_LOG: u32 = 23;

/// Why an archive is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It has a defect.
    #[error("{0}")]
    Flawed(Flaw),
    /// Its manifest has problems.
    #[error("manifest: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    Manifest(Vec<Diagnostic>),
    /// It could not be read or written here, which says nothing about the archive.
    #[error(transparent)]
    Io(io::Error),
}

impl From<Flaw> for Refusal {
    fn from(flaw: Flaw) -> Self {
        Refusal::Flawed(flaw)
    }
}

/// Decompresses one zstd frame of `size` bytes into `out`; returns digest (hex) and bytes of the archive.
pub fn decompress(blob: impl Read, size: u64, out: impl Write, limits: Limits) -> Result<(String, u64), Refusal> {
    let mut decoder = zstd::Decoder::new(blob).map_err(Refusal::Io)?.single_frame();
    decoder.window_log_max(WINDOW_LOG).map_err(Refusal::Io)?;
    let most = limits.unpacked_of(size);
    let mut archive = Digesting::new(out);
    let mut buffer = vec![0; 128 << 10];
    loop {
        let count = decoder.read(&mut buffer).map_err(|cause| no_frame(&cause))?;
        if count == 0 {
            break;
        }
        if archive.bytes() + count as u64 > most {
            return Err(too_large(size, most, limits).into());
        }
        archive.write_all(&buffer[..count]).map_err(Refusal::Io)?;
    }
    refuse_rest(decoder.finish())?;
    archive.flush().map_err(Refusal::Io)?;
    let (_, digest, bytes) = archive.finish();
    Ok((digest, bytes))
}

fn no_frame(cause: &io::Error) -> Flaw {
    let early = cause.kind() == io::ErrorKind::UnexpectedEof;
    let defect = if early { Defect::Truncated } else { Defect::Compression };
    defect.because(format!("it is not a single zstd frame: {cause}"))
}

fn too_large(size: u64, most: u64, limits: Limits) -> Flaw {
    if most == limits.unpacked {
        return Defect::TooLarge.because(format!("it holds more than {most} bytes"));
    }
    Defect::Ratio.because(format!("it holds more than {most} bytes, which is too many for {size} compressed ones"))
}

/// Refuses what follows the frame.
fn refuse_rest(rest: impl Read) -> Result<(), Refusal> {
    let mut start = Vec::new();
    rest.take(4).read_to_end(&mut start).map_err(Refusal::Io)?;
    let start: Option<[u8; 4]> = match start.len() {
        0 => return Ok(()),
        _ => start.try_into().ok(),
    };
    // Frames that are skipped have one of 16 numbers (RFC 8878 section 3.1.2).
    let is_frame = start.map(u32::from_le_bytes).is_some_and(|magic| magic == 0xfd2f_b528 || magic >> 4 == 0x0184_d2a5);
    let defect = if is_frame { Defect::SeveralFrames } else { Defect::TrailingData };
    Err(defect.because("it is not a single zstd frame: data follows it").into())
}

/// A canonical archive: its files, read from where they lie in it.
#[derive(Debug)]
pub struct Archive<R> {
    source: Mutex<R>,
    root: String,
    files: Vec<SourceFile>,
    offsets: Vec<u64>,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads through an uncompressed archive and checks every byte that is not a file's content.
    pub fn index(mut source: R, limits: Limits) -> Result<Self, Refusal> {
        source.rewind().map_err(Refusal::Io)?;
        let mut walk = Walk { source: BufReader::with_capacity(128 << 10, &mut source), at: 0, limits };
        let mut index = Index::default();
        while let Some(block) = walk.header_block()? {
            let file = index.add(&block, walk.at, limits)?;
            walk.skip_content(file.size)?;
        }
        walk.expect_end()?;
        drop(walk);
        let root = index.root.ok_or_else(no_file)?;
        Ok(Archive { source: Mutex::new(source), root, files: index.files, offsets: index.offsets })
    }

    /// Name of the root folder.
    pub fn root(&self) -> &str {
        &self.root
    }
}

#[derive(Default)]
struct Index {
    root: Option<String>,
    files: Vec<SourceFile>,
    offsets: Vec<u64>,
    paths: DistinctPaths,
}

impl Index {
    fn add(&mut self, block: &[u8; BLOCK], offset: u64, limits: Limits) -> Result<&SourceFile, Refusal> {
        let (root, file) = parse_header(block)?;
        let known = self.root.get_or_insert_with(|| root.clone());
        if *known != root {
            let text = format!("{:?} lies outside the root folder {known:?}", file.path);
            return Err(Defect::RootFolder.because(text).into());
        }
        if self.files.len() == limits.files {
            return Err(Defect::TooManyFiles.because(format!("it holds more than {} files", limits.files)).into());
        }
        self.paths.add(&file.path)?;
        if self.files.last().is_some_and(|last| last.path >= file.path) {
            return Err(Defect::Order.because(format!("{:?} is out of order", file.path)).into());
        }
        self.offsets.push(offset);
        self.files.push(file);
        self.files.last().ok_or_else(no_file)
    }
}

fn no_file() -> Refusal {
    Defect::Empty.because("it holds no file").into()
}

/// Takes the header apart and makes it anew from its parts: any other byte is refused.
fn parse_header(block: &[u8; BLOCK]) -> Result<(String, SourceFile), Flaw> {
    let parsed = Header::from_byte_slice(block);
    if parsed.cksum().ok() != Some(checksum(block)) {
        return Err(Defect::HeaderChecksum.because("a header's checksum does not hold, or a size before it"));
    }
    let path = parsed.path_bytes();
    let path = std::str::from_utf8(&path).map_err(|_| Defect::NotUtf8.because("a path is not UTF-8"))?;
    if let Some(defect) = other_than_file(parsed.entry_type()) {
        return Err(defect.because(format!("{path:?} is not a plain file")));
    }
    let size = parsed.size().map_err(|_| Defect::Size.because(format!("{path:?} has no size")))?;
    if path.starts_with('/') {
        return Err(Defect::AbsolutePath.because(format!("the path {path:?} is absolute")));
    }
    let outside = || Defect::RootFolder.because(format!("{path:?} lies outside a root folder"));
    let (root, rest) = path.split_once('/').ok_or_else(outside)?;
    check_path(root)
        .and_then(|()| check_path(rest))
        .map_err(|flaw| flaw.defect.because(format!("the path {path:?} {}", flaw.text)))?;
    let executable = parsed.mode().is_ok_and(|mode| mode == 0o755);
    let file = SourceFile { path: rest.to_owned(), size, executable };
    let canonical = header(root, &file).map_err(|why| Defect::Header.because(why.to_string()))?;
    if canonical.as_bytes() != block {
        return Err(Defect::Header.because(format!("the header of {path:?} is not the canonical one")));
    }
    Ok((root.to_owned(), file))
}

/// Sum of a header's bytes, with its own field as spaces.
fn checksum(block: &[u8; BLOCK]) -> u32 {
    let own = 148..156;
    block.iter().enumerate().map(|(at, byte)| u32::from(if own.contains(&at) { b' ' } else { *byte })).sum()
}

fn other_than_file(kind: EntryType) -> Option<Defect> {
    Some(match kind {
        EntryType::Regular => return None,
        EntryType::Symlink => Defect::Symlink,
        EntryType::Link => Defect::Hardlink,
        EntryType::Block | EntryType::Char | EntryType::Fifo => Defect::Device,
        EntryType::Directory => Defect::Folder,
        EntryType::GNUSparse => Defect::Sparse,
        EntryType::XHeader | EntryType::XGlobalHeader => Defect::PaxHeader,
        EntryType::GNULongName | EntryType::GNULongLink => Defect::GnuLongName,
        _ => Defect::EntryType,
    })
}

struct Walk<R> {
    source: R,
    at: u64,
    limits: Limits,
}

impl<R: Read> Walk<R> {
    /// The next header, or `None` at the first of the two empty blocks that end an archive.
    fn header_block(&mut self) -> Result<Option<[u8; BLOCK]>, Refusal> {
        let mut block = [0; BLOCK];
        self.fill(&mut block)?;
        Ok(if block.iter().all(|byte| *byte == 0) { None } else { Some(block) })
    }

    fn skip_content(&mut self, size: u64) -> Result<(), Refusal> {
        let end = self.at.checked_add(size).filter(|end| *end <= self.limits.unpacked);
        end.ok_or_else(|| Defect::TooLarge.because(format!("it holds more than {} bytes", self.limits.unpacked)))?;
        let skipped = io::copy(&mut self.source.by_ref().take(size), &mut io::sink()).map_err(Refusal::Io)?;
        if skipped != size {
            return Err(Defect::Truncated.because("it ends in the middle of a file").into());
        }
        self.at += size;
        let mut rest = [0; BLOCK];
        let rest = &mut rest[..padding(size)];
        self.fill(rest)?;
        if rest.iter().any(|byte| *byte != 0) {
            return Err(Defect::TrailingData.because("there is data between its files").into());
        }
        Ok(())
    }

    fn expect_end(&mut self) -> Result<(), Refusal> {
        let mut block = [0; BLOCK];
        self.fill(&mut block)?;
        let more = self.source.read(&mut [0]).map_err(Refusal::Io)?;
        if more != 0 || block.iter().any(|byte| *byte != 0) {
            return Err(Defect::TrailingData.because("data follows its end").into());
        }
        Ok(())
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refusal> {
        self.source.read_exact(buffer).map_err(|cause| match cause.kind() {
            io::ErrorKind::UnexpectedEof => Defect::Truncated.because("it ends too early").into(),
            _ => Refusal::Io(cause),
        })?;
        self.at += buffer.len() as u64;
        Ok(())
    }
}

impl<R: Read + Seek + Send> SourceTree for Archive<R> {
    fn files(&self) -> &[SourceFile] {
        &self.files
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let found = self.files.binary_search_by(|file| file.path.as_str().cmp(path));
        let index = found.map_err(|_| io::Error::from(io::ErrorKind::NotFound))?;
        let (start, size) = (self.offsets[index], self.files[index].size);
        Ok(Box::new(Content { archive: self, at: start, end: start + size }))
    }
}

/// A reader of one file's bytes that keeps its own place, so that several may be open at once.
struct Content<'a, R> {
    archive: &'a Archive<R>,
    at: u64,
    end: u64,
}

impl<R: Read + Seek> Read for Content<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX).min(buffer.len());
        if left == 0 {
            return Ok(0);
        }
        let mut source =
            self.archive.source.lock().map_err(|_| io::Error::other("a reader of this archive panicked"))?;
        source.seek(SeekFrom::Start(self.at))?;
        let count = source.read(&mut buffer[..left])?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
