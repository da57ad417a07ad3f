//! A file with what is in it: the content, or where it is an archive the files within.

use std::io::{self, Read, Seek, SeekFrom};

use super::archive::{ArchiveKind, Unfinished, each_file};
use super::finding::Finding;
use super::scanner::Scanner;
use super::stream::Bounds;

/// Most findings that are kept of one file.
const MOST_IN_FILE: usize = 1_000;

/// Most bytes of a file that are searched where its size is anybody's: as many as an archive may unfold to.
pub const LARGEST_SEARCHED: u64 = 256 << 20;

/// What the search of files came to.
#[derive(Debug, Default)]
pub struct Searched {
    /// Files that were searched; those within archives too.
    pub files: usize,
    /// Bytes that were searched.
    pub bytes: u64,
    /// Secrets, each with its path; within an archive behind a `!`.
    pub findings: Vec<(String, Finding)>,
    /// What was not searched, or not to its end, and why.
    pub skipped: Vec<(String, String)>,
}

/// Searches one file after the other.
pub struct FileSearch<'s> {
    scanner: &'s Scanner,
    /// Asked whether to stop.
    stop: &'s (dyn Fn() -> bool + Sync),
    /// Most bytes of a file.
    most: u64,
    buffer: Vec<u8>,
    searched: Searched,
}

impl<'s> FileSearch<'s> {
    /// Begins; of a file no more than `most` bytes are searched.
    pub fn new(scanner: &'s Scanner, most: u64, stop: &'s (dyn Fn() -> bool + Sync)) -> Self {
        FileSearch { scanner, stop, most, buffer: Vec::new(), searched: Searched::default() }
    }

    /// Searches a file, within it where it is an archive by its name or by how it begins.
    pub fn file(&mut self, path: &str, mut file: impl Read + Seek) {
        let kind = match ArchiveKind::of(path) {
            Some(kind) => Ok(Some(kind)),
            None => kind_by_content(&mut file),
        };
        let done = match kind {
            Ok(Some(kind)) => {
                self.archive(kind, path, file);
                Ok(())
            }
            Ok(None) => self.content(path, file),
            Err(cause) => Err(cause),
        };
        if let Err(cause) = done {
            self.skip(path, format!("it cannot be read: {cause}"));
        }
    }

    /// Names what is not searched.
    pub fn skip(&mut self, path: &str, why: impl Into<String>) {
        self.searched.skipped.push((path.to_owned(), why.into()));
    }

    /// What was found until now, and how far the search came.
    pub fn take(&mut self) -> Searched {
        std::mem::take(&mut self.searched)
    }

    /// Searches a content that is no archive.
    pub fn content(&mut self, path: &str, reader: impl Read) -> io::Result<()> {
        let bounds = Bounds { most: MOST_IN_FILE, stop: self.stop };
        let mut reader = reader.take(self.most);
        let streamed = self.scanner.stream(path, &mut reader, &mut self.buffer, &bounds)?;
        self.searched.files += 1;
        self.searched.bytes += streamed.bytes;
        self.searched.findings.extend(streamed.findings.into_iter().map(|finding| (path.to_owned(), finding)));
        if streamed.cut_short {
            self.skip(path, format!("it has more than {MOST_IN_FILE} findings: the rest of it was not searched"));
        } else if reader.limit() == 0 && reader.get_mut().read(&mut [0])? > 0 {
            self.skip(path, format!("it has more than {} MiB: the rest of it was not searched", self.most >> 20));
        }
        Ok(())
    }

    fn archive(&mut self, kind: ArchiveKind, path: &str, file: impl Read + Seek) {
        let finished = each_file(kind, path, file, |name, reader| {
            let inner = format!("{path}!{name}");
            if (self.stop)() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            if ArchiveKind::of(name).is_some() {
                self.skip(&inner, "it is an archive within an archive");
                return Ok(());
            }
            self.content(&inner, reader)
        });
        let why = match finished {
            Ok(()) => return,
            Err(Unfinished::TooLarge) => {
                "the archive unfolds to more than 256 MiB: the rest of it was not searched".into()
            }
            Err(Unfinished::TooManyFiles) => {
                "the archive has more than 20,000 files: not all of it was searched".into()
            }
            Err(Unfinished::Broken(cause)) => format!("the archive cannot be read to its end: {cause}"),
        };
        self.skip(path, why);
    }
}

/// Tells by its first bytes whether a file is an archive; it is read from the beginning afterwards.
fn kind_by_content(file: &mut (impl Read + Seek)) -> io::Result<Option<ArchiveKind>> {
    let mut head = Vec::new();
    file.take(4).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(kind_by_head(&head))
}

fn kind_by_head(head: &[u8]) -> Option<ArchiveKind> {
    match head {
        [b'P', b'K', 3, 4, ..] => Some(ArchiveKind::Zip),
        [0x1F, 0x8B, 8, ..] => Some(ArchiveKind::Gzip),
        _ => None,
    }
}

/// Whether a file is opened as an archive, by its path or its first four bytes.
pub fn is_archive(path: &str, head: &[u8]) -> bool {
    ArchiveKind::of(path).is_some() || kind_by_head(head).is_some()
}
