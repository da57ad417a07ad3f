//! What a repository's history holds: every version of every file, the oldest first.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::error::{Error, Explain as _, Result};

/// Mode of a submodule, which is a commit and no blob.
const SUBMODULE: &str = "160000";
/// Longest path that is read.
const LONGEST: u64 = 64 * 1024;

/// A version of a file that a commit brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Commit that brought it.
    pub commit: String,
    /// Path from the root of the repository, for people: what is not UTF-8 in it is replaced.
    pub path: String,
    /// Its content.
    pub blob: String,
}

/// The changes of all commits that can be reached from any reference.
#[derive(Debug)]
pub struct History {
    child: Child,
    answer: BufReader<ChildStdout>,
    commit: String,
}

impl History {
    /// Starts to read the history of the repository around `folder`.
    pub fn open(folder: &Path) -> Result<Self> {
        let listed = git(folder, &["rev-list", "--all", "--reverse"]).output().map_err(|cause| absent(&cause))?;
        if !listed.status.success() {
            return Err(Error::usage("git cannot tell the history")
                .hint("run this in a git repository, or name one as the path"));
        }
        let mut changes = git(folder, &["diff-tree", "--stdin", "-r", "--root", "-m", "-z", "--raw", "--no-renames"]);
        let mut child = changes.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|cause| absent(&cause))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (mut ask, answer) = pipes.ok_or_else(|| Error::bug("git was started without pipes"))?;
        // git answers while it is asked, so that somebody must ask while answers are read.
        std::thread::spawn(move || ask.write_all(&listed.stdout));
        Ok(History { child, answer: BufReader::new(answer), commit: String::new() })
    }

    /// Whether older commits are missing here.
    pub fn is_shallow(folder: &Path) -> bool {
        super::output(folder, &["rev-parse", "--is-shallow-repository"]).is_some_and(|answer| answer.trim() == "true")
    }

    /// The next change; `None` at the end.
    pub fn advance(&mut self) -> Result<Option<Version>> {
        while let Some(field) = self.field()? {
            let Some(head) = field.strip_prefix(':') else {
                field.trim().clone_into(&mut self.commit);
                continue;
            };
            let unknown = || Error::usage("git tells its history in a form that is not known");
            let [_, mode, _, blob, _] =
                <[&str; 5]>::try_from(head.split(' ').collect::<Vec<_>>()).map_err(|_| unknown())?;
            let path = self.field()?.ok_or_else(unknown)?;
            if mode != SUBMODULE && blob.bytes().any(|byte| byte != b'0') {
                return Ok(Some(Version { commit: self.commit.clone(), path, blob: blob.to_owned() }));
            }
        }
        Ok(None)
    }

    fn field(&mut self) -> Result<Option<String>> {
        let mut bytes = Vec::new();
        let read = self.answer.by_ref().take(LONGEST).read_until(0, &mut bytes);
        read.or_usage(|| "git stopped telling its history".into())?;
        if bytes.pop().is_none() {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

impl Drop for History {
    fn drop(&mut self) {
        // It may be in the middle of an answer that nobody reads any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

fn absent(cause: &std::io::Error) -> Error {
    Error::usage(format!("git cannot be started: {cause}")).hint("install git, and see `proveniq doctor`")
}
