//! A folder to the secrets in its files.

use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::adapters::git::tracked_although_ignored;
use crate::adapters::tree_walk::{self, Met};
use crate::error::{Error, Explain as _, Result};
use crate::interrupt::Interrupt;
use crate::scan::{ArchiveKind, Bounds, Finding, Scanner, Severity, Unfinished, each_file};

/// Most findings that are kept of one file, and of all.
const MOST_IN_FILE: usize = 1_000;
const MOST: usize = 20_000;

/// A secret and the file that it is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// Path from where the search began; within an archive behind a `!`.
    pub path: String,
    /// Commit in which it came about, where history was searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// What was found there; never the secret itself.
    #[serde(flatten)]
    pub finding: Finding,
}

/// Something that was not searched, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// Path from where the search began.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// What a search came to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Scanned {
    /// Files that were searched; those within archives too.
    pub files: usize,
    /// Bytes that were searched.
    pub bytes: u64,
    /// Secrets, by path and place.
    pub findings: Vec<Placed>,
    /// What was not searched.
    pub skipped: Vec<Skipped>,
}

impl Scanned {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|placed| placed.finding.severity == severity).count()
    }

    pub(super) fn add(&mut self, other: Scanned) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.findings.extend(other.findings);
        self.skipped.extend(other.skipped);
    }

    pub(super) fn skip(&mut self, path: &str, reason: impl Into<String>) {
        self.skipped.push(Skipped { path: path.to_owned(), reason: reason.into() });
    }

    pub(super) fn sort(&mut self) {
        self.findings.sort_by(|one, other| {
            let key = |placed: &Placed| (placed.finding.line, placed.finding.column);
            (&one.path, key(one)).cmp(&(&other.path, key(other)))
        });
        self.skipped.sort();
    }
}

/// Searches the files below `root`, or the file that it is.
pub fn scan_tree(scanner: &Scanner, root: &Path, ignored: bool, interrupt: &Interrupt) -> Result<Scanned> {
    std::fs::symlink_metadata(root).or_usage(|| format!("cannot search {}", root.display()))?;
    // What is named is searched, also where it is a link.
    let root = &std::fs::canonicalize(root).or_usage(|| format!("cannot search {}", root.display()))?;
    let all = Mutex::new(Scanned::default());
    tree_walk::walk(root, ignored, || {
        let mut worker = Worker { scanner, root, interrupt, buffer: Vec::new(), all: &all, own: Scanned::default() };
        move |met| worker.take(met)
    });
    if !ignored && root.is_dir() {
        let mut worker = Worker { scanner, root, interrupt, buffer: Vec::new(), all: &all, own: Scanned::default() };
        let tracked = tracked_although_ignored(root).into_iter().filter(|path| path.is_file() && !path.is_symlink());
        for path in tracked {
            worker.take(Met::File(path));
        }
    }
    if interrupt.is_set() {
        return Err(Error::interrupted());
    }
    let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.sort();
    if all.findings.len() > MOST {
        all.findings.truncate(MOST);
        all.skip(".", format!("there are more than {MOST} findings: the rest is not told"));
    }
    Ok(all)
}

/// What one thread does.
struct Worker<'s> {
    scanner: &'s Scanner,
    root: &'s Path,
    interrupt: &'s Interrupt,
    buffer: Vec<u8>,
    all: &'s Mutex<Scanned>,
    own: Scanned,
}

impl Worker<'_> {
    fn take(&mut self, met: Met) -> bool {
        match met {
            Met::File(path) => {
                let shown = self.shown(&path);
                if let Err(cause) = self.file(&path, &shown) {
                    self.own.skip(&shown, format!("it cannot be read: {cause}"));
                }
            }
            Met::Unreadable(path, why) => {
                let shown = self.shown(&path);
                self.own.skip(&shown, format!("it cannot be read: {why}"));
            }
        }
        !self.interrupt.is_set() && self.own.findings.len() <= MOST
    }

    fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.root).ok().filter(|below| !below.as_os_str().is_empty());
        let name = || path.file_name().map_or(path, Path::new);
        below.unwrap_or_else(name).to_string_lossy().into_owned()
    }

    fn file(&mut self, path: &Path, shown: &str) -> io::Result<()> {
        let file = tree_walk::open(path)?;
        match ArchiveKind::of(shown) {
            Some(kind) => self.archive(kind, shown, file),
            None => self.content(shown, file)?,
        }
        Ok(())
    }

    fn content(&mut self, shown: &str, reader: impl Read) -> io::Result<()> {
        let bounds = Bounds { most: MOST_IN_FILE, stop: &|| self.interrupt.is_set() };
        let streamed = self.scanner.stream(shown, reader, &mut self.buffer, &bounds)?;
        self.own.files += 1;
        self.own.bytes += streamed.bytes;
        let placed = |finding| Placed { path: shown.to_owned(), commit: None, finding };
        self.own.findings.extend(streamed.findings.into_iter().map(placed));
        if streamed.cut_short {
            self.own.skip(shown, format!("it has more than {MOST_IN_FILE} findings: the rest of it was not searched"));
        }
        Ok(())
    }

    fn archive(&mut self, kind: ArchiveKind, shown: &str, file: impl Read + Seek) {
        let finished = each_file(kind, shown, file, |name, reader| {
            let inner = format!("{shown}!{name}");
            if self.interrupt.is_set() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            if ArchiveKind::of(name).is_some() {
                self.own.skip(&inner, "it is an archive within an archive");
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
        self.own.skip(shown, why);
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).add(std::mem::take(&mut self.own));
    }
}
