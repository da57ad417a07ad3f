//! Tells when files of a project change. Looks only where the project's own files are: what git ignores, and the caches of
//! package managers, may change as they like.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ignore::WalkBuilder;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;

use crate::error::{Error, Explain, Result};

/// Time without a change after which a burst of changes is over: editors write a file in several steps.
const SETTLED: Duration = Duration::from_millis(200);
/// Folders that hold what is made or fetched, whether git ignores them or not.
const MADE: [&str; 6] = [".git", "node_modules", "target", "__pycache__", ".venv", ".proveniq"];

/// Watches a project.
pub struct Watcher {
    root: PathBuf,
    watcher: RecommendedWatcher,
    watched: Vec<PathBuf>,
    changes: mpsc::UnboundedReceiver<PathBuf>,
}

impl Watcher {
    /// Begins to watch the project at `root`.
    pub fn new(root: &Path) -> Result<Self> {
        let (sender, changes) = mpsc::unbounded_channel();
        let tell = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)) {
                // The other end is gone only when nobody waits any more.
                event.paths.into_iter().for_each(|path| drop(sender.send(path)));
            }
        };
        let watcher = notify::recommended_watcher(tell).or_usage(|| "cannot watch the project's files".into())?;
        let mut watcher = Watcher { root: root.to_owned(), watcher, watched: Vec::new(), changes };
        watcher.look()?;
        Ok(watcher)
    }

    /// Waits until a file of the project has changed and the burst of changes is over.
    pub async fn changed(&mut self) -> Result<()> {
        loop {
            let first = self.changes.recv().await.ok_or_else(|| Error::bug("nothing watches any more"))?;
            let mut paths = vec![first];
            while let Ok(Some(path)) = tokio::time::timeout(SETTLED, self.changes.recv()).await {
                paths.push(path);
            }
            let folders_before = self.watched.len();
            self.look()?;
            if self.watched.len() != folders_before || paths.iter().any(|path| self.is_own(path)) {
                return Ok(());
            }
        }
    }

    /// Watches folders that are new, and forgets those that are gone.
    fn look(&mut self) -> Result<()> {
        let entries = walk(&self.root).flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
        let folders: Vec<PathBuf> = entries.map(ignore::DirEntry::into_path).collect();
        for folder in folders.iter().filter(|folder| !self.watched.contains(folder)) {
            let watched = self.watcher.watch(folder, RecursiveMode::NonRecursive);
            watched.or_usage(|| format!("cannot watch {}", folder.display()))?;
        }
        self.watched = folders;
        Ok(())
    }

    /// Whether a file is one of the project's own; one that is gone counts where its folder does.
    fn is_own(&self, path: &Path) -> bool {
        let listed = || walk(&self.root).flatten().any(|entry| entry.path() == path);
        if path.exists() {
            return path.is_file() && listed();
        }
        // Editors make and remove files of their own beside the one that is edited.
        path.extension().is_some_and(|end| !matches!(end.to_str(), Some("swp" | "swx" | "tmp")))
    }
}

fn walk(root: &Path) -> ignore::Walk {
    let made = |entry: &ignore::DirEntry| !entry.file_name().to_str().is_some_and(|name| MADE.contains(&name));
    WalkBuilder::new(root).hidden(false).require_git(false).filter_entry(made).build()
}
