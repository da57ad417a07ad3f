//! What git knows of a folder. git is optional: without it these say that nothing is known.

mod history;
mod hook;
mod staged;

use std::collections::HashSet;
use std::io::{Seek as _, Write as _};
use std::iter;
use std::path::Path;
use std::process::{Command, Stdio};

pub use history::{History, Version};
pub use hook::{Change, PreCommitHook};
pub use staged::{Blobs, StagedFile, staged};

/// How a work tree stands to its last commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkTree {
    /// Not under git, or without a commit: there is nothing to differ from.
    NoCommit,
    /// There is a commit; these paths below the folder differ from it, with '/'.
    Committed(Vec<String>),
}

/// Tells how the files below `folder` stand to the last commit; the error says that git cannot tell.
pub fn work_tree(folder: &Path) -> Result<WorkTree, &'static str> {
    if commit(folder).is_none() {
        return Ok(WorkTree::NoCommit);
    }
    // Paths of this form are told from the root of the repository, and as they are.
    let prefix = output(folder, &["rev-parse", "--show-prefix"]);
    let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", "."];
    let (prefix, status) = prefix.zip(output(folder, &status)).ok_or("git cannot compare the files with the commit")?;
    let paths = status.split('\0').filter_map(|entry| entry.get(3..)?.strip_prefix(prefix.trim_end()));
    Ok(WorkTree::Committed(paths.map(str::to_owned).collect()))
}

/// The last commit, hex.
pub fn commit(folder: &Path) -> Option<String> {
    output(folder, &["rev-parse", "--verify", "--quiet", "HEAD"]).map(|commit| commit.trim().to_owned())
}

/// The address of `origin`, or of the first remote where there is no such one, as it is configured: it may hold credentials.
pub fn remote(folder: &Path) -> Option<String> {
    let remotes = output(folder, &["remote"])?;
    let name = remotes.lines().find(|name| *name == "origin").or(remotes.lines().next())?;
    setting(folder, &format!("remote.{name}.url"))
}

/// What git makes of the files below a folder.
#[derive(Debug)]
pub struct Known {
    tracked: HashSet<String>,
    untracked: HashSet<String>,
}

/// How git stands to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is in the index.
    Tracked,
    /// It is not in the index, and nothing ignores it.
    Untracked,
    /// Something ignores it.
    Ignored,
}

impl Known {
    /// How git stands to a file below the folder, with '/'.
    pub fn standing(&self, path: &str) -> Standing {
        // A repository in this one is listed by its folder alone.
        let names = || iter::once(path).chain(path.rmatch_indices('/').map(|(at, _)| &path[..at]));
        if names().any(|name| self.tracked.contains(name)) {
            Standing::Tracked
        } else if names().any(|name| self.untracked.contains(name)) {
            Standing::Untracked
        } else {
            Standing::Ignored
        }
    }
}

/// Asks git of the files below `folder`, by all the patterns that it knows.
pub fn known(folder: &Path) -> Option<Known> {
    let listed = output(folder, &["ls-files", "-t", "-z", "--cached", "--others", "--exclude-standard"])?;
    let mut known = Known { tracked: HashSet::new(), untracked: HashSet::new() };
    for (tag, path) in listed.split('\0').filter_map(|entry| entry.split_once(' ')) {
        let files = if tag == "?" { &mut known.untracked } else { &mut known.tracked };
        files.insert(path.trim_end_matches('/').to_owned());
    }
    Some(known)
}

/// Lists the files below `folder` that are tracked although a pattern ignores them: they are committed all the same.
pub fn tracked_although_ignored(folder: &Path) -> Vec<std::path::PathBuf> {
    // git is asked only where there is a repository, since starting it takes longer than a small search.
    if !folder.ancestors().any(|above| above.join(".git").exists()) {
        return Vec::new();
    }
    let listed = output(folder, &["ls-files", "-z", "--cached", "--ignored", "--exclude-standard"]).unwrap_or_default();
    listed.split('\0').filter(|path| !path.is_empty()).map(|path| folder.join(path)).collect()
}

/// Those of some paths below a folder, there or not, that git ignores; nothing where git cannot tell.
pub fn ignored(folder: &Path, paths: &[String]) -> Option<HashSet<String>> {
    let mut asked = tempfile::tempfile().ok()?;
    asked.write_all(paths.join("\0").as_bytes()).ok()?;
    asked.rewind().ok()?;
    let mut command = command(folder, &["check-ignore", "--stdin", "-z"]);
    let answer = command.stdin(Stdio::from(asked)).output().ok()?;
    // 1: none of them.
    let is_answer = matches!(answer.status.code(), Some(0 | 1));
    let names = is_answer.then(|| String::from_utf8(answer.stdout).ok()).flatten()?;
    Some(names.split_terminator('\0').map(str::to_owned).collect())
}

/// Tells whether a folder already belongs to a work tree.
pub fn is_inside_work_tree(folder: &Path) -> bool {
    output(folder, &["rev-parse", "--is-inside-work-tree"]).is_some_and(|answer| answer.trim() == "true")
}

/// Makes a repository; tells whether that worked.
pub fn init(folder: &Path) -> bool {
    output(folder, &["init", "--quiet", "--initial-branch=main"]).is_some()
}

/// Reads a setting such as `user.email`.
pub fn setting(folder: &Path, name: &str) -> Option<String> {
    output(folder, &["config", "--get", name]).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn output(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = command(folder, arguments).output().ok().filter(|output| output.status.success())?;
    // A name that is not UTF-8 must not hide the others.
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    // A hook that runs proveniq sets these, and they would name another repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    command
}
