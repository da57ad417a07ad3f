//! What a commit would hold: the blobs of the index, not the files of the work tree.
//!
//! git tells a hook through the environment which index is to be committed, so that the environment is kept here.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::error::{Error, Explain, Result};

/// Mode of a submodule, which is a commit and no blob.
const SUBMODULE: &str = "160000";

/// A file whose content differs from the last commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedFile {
    /// Path from the root of the repository, for people: what is not UTF-8 in it is replaced.
    pub path: String,
    /// Blob that would be committed.
    pub blob: String,
    /// Blob of the last commit, also where it had another name; `None` where the file is new.
    pub before: Option<String>,
}

/// Lists what is staged in the repository around `folder`, without what is deleted.
pub fn staged(folder: &Path) -> Result<Vec<StagedFile>> {
    let last = run(folder, &["rev-parse", "--verify", "--quiet", "HEAD^{tree}"]);
    let tree = match last {
        Ok(tree) => tree,
        // Before the first commit everything is new. The empty tree has a name of its own for each hash.
        Err(_) => run(folder, &["hash-object", "-t", "tree", "--stdin"])?,
    };
    let tree = String::from_utf8_lossy(&tree).trim().to_owned();
    let listed = run(folder, &["diff-index", "--cached", "--raw", "-z", "-M", "--diff-filter=ACMRT", &tree])?;
    parse(&listed).ok_or_else(|| Error::usage("git lists what is staged in a form that is not known"))
}

/// Parses `:MODE MODE BLOB BLOB STATUS\0PATH\0`, with two paths where a file was renamed or copied.
fn parse(listed: &[u8]) -> Option<Vec<StagedFile>> {
    let mut fields = listed.split(|byte| *byte == 0).filter(|field| !field.is_empty());
    let mut files = Vec::new();
    while let Some(head) = fields.next() {
        let head = std::str::from_utf8(head).ok()?.strip_prefix(':')?;
        let [_, mode, before, blob, status] = head.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let mut path = fields.next()?;
        if status.starts_with(['R', 'C']) {
            path = fields.next()?;
        }
        let is_blob = |id: &&str| id.bytes().any(|byte| byte != b'0');
        if let Some(blob) = Some(blob).filter(is_blob).filter(|_| mode != SUBMODULE) {
            files.push(StagedFile {
                path: String::from_utf8_lossy(path).into_owned(),
                blob: blob.to_owned(),
                before: Some(before).filter(is_blob).map(str::to_owned),
            });
        }
    }
    Some(files)
}

/// Reads blobs, all through one `git cat-file`.
#[derive(Debug)]
pub struct Blobs {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Blobs {
    /// Starts to read from the repository around `folder`.
    pub fn open(folder: &Path) -> Result<Self> {
        let mut command = git(folder, &["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|cause| absent(&cause))?;
        let (ask, answer) = (child.stdin.take(), child.stdout.take());
        let pipes = ask.zip(answer).ok_or_else(|| Error::bug("git was started without pipes"))?;
        Ok(Blobs { child, ask: pipes.0, answer: BufReader::new(pipes.1) })
    }

    /// Reads a blob; `None` where it is larger than `most` bytes.
    pub fn read(&mut self, id: &str, most: u64) -> Result<Option<Vec<u8>>> {
        let failed = || format!("git cannot read the blob {id}");
        writeln!(self.ask, "{id}").and_then(|()| self.ask.flush()).or_usage(failed)?;
        let mut head = String::new();
        self.answer.read_line(&mut head).or_usage(failed)?;
        let size = head.trim_end().rsplit_once(" blob ").and_then(|(_, size)| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| Error::usage(failed()).hint("`git fsck` tells what is wrong"))?;
        // A line end follows.
        let mut content = self.answer.by_ref().take(size + 1);
        if size > most {
            std::io::copy(&mut content, &mut std::io::sink()).or_usage(failed)?;
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        content.read_to_end(&mut bytes).or_usage(failed)?;
        bytes.pop();
        Ok(Some(bytes))
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // It may be in the middle of a blob that nobody reads any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = git(folder, arguments).output().map_err(|cause| absent(&cause))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let why = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("git failed").to_owned();
    Err(Error::usage("git cannot tell what is staged")
        .because(std::io::Error::other(why))
        .hint("run this in a work tree of a git repository, or name one with -C"))
}

fn absent(cause: &std::io::Error) -> Error {
    Error::usage(format!("git cannot be started: {cause}")).hint("install git, and see `proveniq doctor`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_raw_form_is_parsed() {
        let zeros = "0".repeat(40);
        let raw = format!(
            ":000000 100644 {zeros} aa A\0new file\0:100644 100755 bb cc M\0a\nb\0:100644 100644 dd ee R090\0old\0new\0\
             :000000 160000 {zeros} ff A\0submodule\0:000000 100644 {zeros} {zeros} A\0intended\0"
        );
        let files = parse(raw.as_bytes()).expect("parsed");
        let seen: Vec<_> =
            files.iter().map(|file| (file.path.as_str(), file.blob.as_str(), file.before.as_deref())).collect();
        assert_eq!(seen, [("new file", "aa", None), ("a\nb", "cc", Some("bb")), ("new", "ee", Some("dd"))]);
        assert_eq!(parse(b"").expect("parsed"), []);
        for broken in ["x\0y\0", ":1 2 3\0y\0", ":000000 100644 aa bb A\0", ":000000 100644 aa bb R1\0old\0"] {
            assert!(parse(broken.as_bytes()).is_none(), "{broken:?}");
        }
    }
}
