//! Reading an archive that cannot be trusted: bounded, in constant memory, and only in the one canonical form.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

use tar::Header;

use super::archive::{BLOCK, header, padding};
use super::digest::Digesting;
use super::limits::Limits;
use super::path::{DistinctPaths, check_path};
use super::tree::{SourceFile, SourceTree};

/// Window that a decoder may allocate: 8 MiB, more than the writer's level needs.
const WINDOW_LOG: u32 = 23;

/// Why an archive is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It is not one zstd frame.
    #[error("it is not a single zstd frame: {0}")]
    Compression(String),
    /// It holds more than is allowed.
    #[error("it holds more than {0}")]
    TooLarge(String),
    /// It does not have the canonical form.
    #[error("{0}")]
    Form(String),
    /// It could not be read or written here, which says nothing about the archive.
    #[error(transparent)]
    Io(io::Error),
}

/// Decompresses one zstd frame into `out`; returns digest (hex) and bytes of the archive.
pub fn decompress(blob: impl Read, out: impl Write, limits: Limits) -> Result<(String, u64), Refusal> {
    let broken = |cause: io::Error| Refusal::Compression(cause.to_string());
    let mut decoder = zstd::Decoder::new(blob).map_err(Refusal::Io)?.single_frame();
    decoder.window_log_max(WINDOW_LOG).map_err(Refusal::Io)?;
    let mut archive = Digesting::new(out);
    let mut buffer = vec![0; 128 << 10];
    loop {
        let count = decoder.read(&mut buffer).map_err(broken)?;
        if count == 0 {
            break;
        }
        if archive.bytes() + count as u64 > limits.unpacked {
            return Err(Refusal::TooLarge(format!("{} bytes", limits.unpacked)));
        }
        archive.write_all(&buffer[..count]).map_err(Refusal::Io)?;
    }
    let mut rest = decoder.finish();
    if rest.read(&mut buffer[..1]).map_err(broken)? != 0 {
        return Err(Refusal::Compression("data follows it".into()));
    }
    archive.flush().map_err(Refusal::Io)?;
    let (_, digest, bytes) = archive.finish();
    Ok((digest, bytes))
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
        let root = index.root.ok_or_else(|| Refusal::Form("it holds no file".into()))?;
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
        let form = |why: String| Refusal::Form(why);
        let known = self.root.get_or_insert_with(|| root.clone());
        if *known != root {
            return Err(form(format!("{:?} lies outside the root folder {known:?}", file.path)));
        }
        if self.files.len() == limits.files {
            return Err(Refusal::TooLarge(format!("{} files", limits.files)));
        }
        if self.files.last().is_some_and(|last| last.path >= file.path) {
            return Err(form(format!("{:?} is out of order or there twice", file.path)));
        }
        self.paths.add(&file.path).map_err(Refusal::Form)?;
        self.offsets.push(offset);
        self.files.push(file);
        self.files.last().ok_or_else(|| form("it holds no file".into()))
    }
}

/// Takes the header apart and makes it anew from its parts: any other byte is refused.
fn parse_header(block: &[u8; BLOCK]) -> Result<(String, SourceFile), Refusal> {
    let form = |why: &str| Refusal::Form(why.to_owned());
    let parsed = Header::from_byte_slice(block);
    let path = parsed.path_bytes();
    let path = std::str::from_utf8(&path).map_err(|_| form("a path is not UTF-8"))?;
    if !parsed.entry_type().is_file() {
        return Err(Refusal::Form(format!("{path:?} is not a plain file")));
    }
    let size = parsed.size().map_err(|_| Refusal::Form(format!("{path:?} has no size")))?;
    let (root, rest) =
        path.split_once('/').ok_or_else(|| Refusal::Form(format!("{path:?} lies outside a root folder")))?;
    check_path(root)
        .and_then(|()| check_path(rest))
        .map_err(|why| Refusal::Form(format!("the path {path:?} {why}")))?;
    let executable = parsed.mode().is_ok_and(|mode| mode == 0o755);
    let file = SourceFile { path: rest.to_owned(), size, executable };
    let canonical = header(root, &file).map_err(|why| Refusal::Form(why.to_string()))?;
    if canonical.as_bytes() != block {
        return Err(Refusal::Form(format!("the header of {path:?} is not the canonical one")));
    }
    Ok((root.to_owned(), file))
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
        end.ok_or_else(|| Refusal::TooLarge(format!("{} bytes", self.limits.unpacked)))?;
        let skipped = io::copy(&mut self.source.by_ref().take(size), &mut io::sink()).map_err(Refusal::Io)?;
        if skipped != size {
            return Err(Refusal::Form("it ends in the middle of a file".into()));
        }
        self.at += size;
        let mut rest = [0; BLOCK];
        let rest = &mut rest[..padding(size)];
        self.fill(rest)?;
        if rest.iter().any(|byte| *byte != 0) {
            return Err(Refusal::Form("there is data between its files".into()));
        }
        Ok(())
    }

    fn expect_end(&mut self) -> Result<(), Refusal> {
        let mut block = [0; BLOCK];
        self.fill(&mut block)?;
        let more = self.source.read(&mut [0]).map_err(Refusal::Io)?;
        if more != 0 || block.iter().any(|byte| *byte != 0) {
            return Err(Refusal::Form("data follows its end".into()));
        }
        Ok(())
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refusal> {
        self.source.read_exact(buffer).map_err(|cause| match cause.kind() {
            io::ErrorKind::UnexpectedEof => Refusal::Form("it ends too early".into()),
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
