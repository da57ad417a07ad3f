//! A folder to the secrets in its files.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::adapters::git::tracked_although_ignored;
use crate::adapters::tree_walk::{self, Met};
use crate::error::{Error, Explain as _, Result};
use crate::interrupt::Interrupt;
use crate::scan::{FileSearch, Finding, Scanner, Searched, Severity};

/// Most findings that are kept.
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
    let stop = || interrupt.is_set();
    tree_walk::walk(root, ignored, || {
        let mut worker = Worker::new(scanner, root, interrupt, &stop, &all);
        move |met| worker.take(met)
    });
    if !ignored && root.is_dir() {
        let mut worker = Worker::new(scanner, root, interrupt, &stop, &all);
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
    search: FileSearch<'s>,
    root: &'s Path,
    interrupt: &'s Interrupt,
    all: &'s Mutex<Scanned>,
    own: Scanned,
}

impl<'s> Worker<'s> {
    fn new(
        scanner: &'s Scanner,
        root: &'s Path,
        interrupt: &'s Interrupt,
        stop: &'s (dyn Fn() -> bool + Sync),
        all: &'s Mutex<Scanned>,
    ) -> Self {
        Worker { search: FileSearch::new(scanner, u64::MAX, stop), root, interrupt, all, own: Scanned::default() }
    }

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
        self.search.file(shown, tree_walk::open(path)?);
        self.own.add(self.search.take().into());
        Ok(())
    }
}

impl From<Searched> for Scanned {
    fn from(searched: Searched) -> Self {
        let placed = |(path, finding)| Placed { path, commit: None, finding };
        let skipped = |(path, reason)| Skipped { path, reason };
        Scanned {
            files: searched.files,
            bytes: searched.bytes,
            findings: searched.findings.into_iter().map(placed).collect(),
            skipped: searched.skipped.into_iter().map(skipped).collect(),
        }
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).add(std::mem::take(&mut self.own));
    }
}
