//! The pre-commit hook of a repository, where it is ours.

use std::fs;
use std::path::{Path, PathBuf};

use super::output;
use crate::adapters::files::{self, Access};
use crate::error::{Error, Result};

/// What tells our hook from another.
const MARK: &str = "# Written by `proveniq keys scan-hook --install`: refuses a commit that would hold a secret.";
/// Largest hook that is read; a larger one is not ours.
const LARGEST: u64 = 1 << 20;

/// What became of a hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is there now.
    Installed,
    /// It was there already, just so.
    Unchanged,
    /// It is gone.
    Removed,
    /// There was none.
    Absent,
}

/// Where a repository has its pre-commit hook: in a worktree, a submodule and with `core.hooksPath` too.
#[derive(Debug, Clone)]
pub struct PreCommitHook {
    path: PathBuf,
}

impl PreCommitHook {
    /// Finds the place in the repository around `folder`.
    pub fn of(folder: &Path) -> Result<Self> {
        let root = output(folder, &["rev-parse", "--show-toplevel"]).map(|path| path.trim_end().to_owned());
        // A path of the configuration is relative to the root.
        let path = root.as_ref().and_then(|root| {
            let path = output(Path::new(root), &["rev-parse", "--git-path", "hooks/pre-commit"])?;
            Some(Path::new(root).join(path.trim_end()))
        });
        let path = path.ok_or_else(|| {
            Error::usage(format!("{} is in no work tree of a git repository", folder.display()))
                .hint("make one with `git init`, or name one with -C")
        })?;
        Ok(PreCommitHook { path })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the hook, which runs `program`. Another's hook is replaced only by `force`.
    pub fn install(&self, program: &Path, force: bool) -> Result<Change> {
        let script = script(program);
        match self.read()? {
            Found::Ours(text) if text == script => return Ok(Change::Unchanged),
            Found::Other if !force => {
                return Err(Error::conflict(format!("{} is another's hook", self.path.display()))
                    .hint("call `proveniq keys scan-hook` from it, or replace it with --force"));
            }
            Found::Ours(_) | Found::Other | Found::Nothing => {}
        }
        files::write_atomically(&self.path, script.as_bytes(), Access::Program)?;
        Ok(Change::Installed)
    }

    /// Takes the hook away; another's hook is left alone.
    pub fn uninstall(&self) -> Result<Change> {
        match self.read()? {
            Found::Nothing => Ok(Change::Absent),
            Found::Other => {
                Err(Error::conflict(format!("{} is another's hook", self.path.display())).hint("it was left as it is"))
            }
            Found::Ours(_) => files::remove(&self.path).map(|()| Change::Removed),
        }
    }

    fn read(&self) -> Result<Found> {
        // A link leads to a file that other repositories may share.
        let is_file = match fs::symlink_metadata(&self.path) {
            Err(_) => return Ok(Found::Nothing),
            Ok(metadata) => metadata.is_file() && metadata.len() <= LARGEST,
        };
        let bytes = if is_file { files::read_bytes(&self.path, LARGEST)?.unwrap_or_default() } else { Vec::new() };
        let ours = String::from_utf8(bytes).ok().filter(|text| text.lines().nth(1) == Some(MARK));
        Ok(ours.map_or(Found::Other, Found::Ours))
    }
}

enum Found {
    Nothing,
    Ours(String),
    Other,
}

/// The hook's text. A program that has moved is looked for by its name; without one nothing is committed unseen.
fn script(program: &Path) -> String {
    let program = program.to_str().and_then(|path| shlex::try_quote(path).ok()).unwrap_or_default();
    format!(
        "#!/bin/sh\n{MARK}\nprogram={program}\n[ -x \"$program\" ] || program=$(command -v proveniq) || {{\n    \
         echo 'proveniq is not found, so that nothing was searched for secrets: install it, or remove this hook' >&2\n    \
         exit 1\n}}\nexec \"$program\" keys scan-hook\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_paths_of_the_program_are_quoted() {
        assert!(script(Path::new("/opt/it's here/proveniq")).contains("program=\"/opt/it's here/proveniq\"\n"));
        assert!(script(Path::new("/opt/$(x)/proveniq")).contains("program='/opt/$(x)/proveniq'\n"));
    }
}
