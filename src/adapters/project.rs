//! A project on disk: its manifest, and the files that belong to its package.

mod listing;
mod would_ship;

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

pub use listing::{NotPacked, ProjectTree, is_executable};

use super::files;
use super::ignore_files::OddIgnoreFiles;
use crate::error::{Error, Result};
use crate::manifest::{self, FILE_NAME, Manifest};
use crate::package::Selection;
use crate::toml_reader;

/// Folders whose files are somebody else's, or can be made again.
const NOT_ENTERED: &[&str] = &[".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", "target"];
/// Most files besides the shipped ones that are listed.
const MOST_LEFT_OUT: usize = 20_000;

/// A folder with a manifest that holds.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder.
    pub root: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
}

impl Project {
    /// Loads the project of `folder` or of the nearest folder above it.
    pub fn find(folder: &Path) -> Result<Project> {
        Self::find_optional(folder)?.ok_or_else(|| {
            Error::usage(format!("there is no {FILE_NAME} in {} or above it", folder.display()))
                .hint("make an integration with `proveniq init`, or name its folder with -C")
        })
    }

    /// Loads the project where there is one; a manifest that does not hold is an error all the same.
    pub fn find_optional(folder: &Path) -> Result<Option<Project>> {
        let root = folder.ancestors().find(|candidate| candidate.join(FILE_NAME).is_file());
        root.map(Self::load).transpose()
    }

    fn load(root: &Path) -> Result<Project> {
        let path = root.join(FILE_NAME);
        let text = files::read_text(&path, toml_reader::MAX_BYTES as u64)?.unwrap_or_default();
        let manifest = manifest::parse(FILE_NAME, &text).map_err(|problems| {
            let count =
                if problems.len() == 1 { "a problem".to_owned() } else { format!("{} problems", problems.len()) };
            Error::usage(format!("{FILE_NAME} has {count}")).with_diagnostics(problems)
        })?;
        Ok(Project { root: root.to_owned(), manifest })
    }

    /// Reads a variable of the project's `.env` file.
    pub fn dotenv(&self, name: &str) -> Result<Option<String>> {
        let text = files::read_text(&self.root.join(".env"), 1 << 20)?.unwrap_or_default();
        let value = text.lines().find_map(|line| {
            let line = line.trim().strip_prefix("export ").unwrap_or(line.trim());
            let (key, value) = line.split_once('=')?;
            (key.trim() == name).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        });
        Ok(value.filter(|value| !value.is_empty()))
    }

    /// The project's folder below that of its git repository, with '/' at its end; empty where they are the same, or where
    /// there is none.
    pub fn below_repository(&self) -> String {
        let repository = self.root.ancestors().find(|folder| folder.join(".git").exists());
        let below = repository.and_then(|repository| relative(repository, &self.root)).unwrap_or_default();
        if below.is_empty() { below } else { below + "/" }
    }

    fn is_in_repository(&self) -> bool {
        self.root.ancestors().any(|folder| folder.join(".git").exists())
    }

    /// Whether there is anything to build before it is started.
    pub fn has_build(&self) -> bool {
        self.manifest.run.as_ref().is_some_and(|run| run.build.is_some())
    }

    /// The rules that say which files belong to the package.
    pub fn selection(&self) -> Result<Selection> {
        Selection::new(&self.manifest.package)
            .map_err(|why| Error::usage(format!("{FILE_NAME}: the package rules do not hold: {why}")))
    }

    /// Lists the files that are not shipped and that git would take; outside of a repository, those that no `.gitignore`
    /// names. What installs and builds leave behind is not entered.
    ///
    /// Each has a name to be shown besides its path, since not every name is UTF-8.
    pub fn left_out(&self) -> Result<Vec<(String, PathBuf)>> {
        let selection = self.selection()?;
        let in_repository = self.is_in_repository();
        let odd = self.ignore_files()?;
        let met = odd.clone();
        let walk = WalkBuilder::new(&self.root)
            .hidden(false)
            .ignore(false)
            .parents(in_repository)
            .require_git(in_repository)
            .follow_links(false)
            .filter_entry(move |entry| {
                let is_entered = !entry.file_name().to_str().is_some_and(|name| NOT_ENTERED.contains(&name));
                is_entered && (!is_folder(entry) || met.let_in(entry.path()))
            })
            .build();
        let mut paths = Vec::new();
        for entry in walk {
            let entry = entry.map_err(|cause| Error::usage("cannot list the project's files").because(cause))?;
            let name = relative(&self.root, entry.path());
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if is_file && name.as_ref().is_none_or(|name| !selection.takes(name)) {
                let below = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
                let shown = name.unwrap_or_else(|| below.to_string_lossy().into_owned());
                paths.push((shown, entry.into_path()));
            }
            if paths.len() > MOST_LEFT_OUT {
                let why = format!("more than {MOST_LEFT_OUT} files are neither shipped nor ignored by git");
                return Err(Error::usage(why).hint("name what is built or downloaded in .gitignore"));
            }
        }
        odd.refuse()?;
        paths.sort_unstable();
        Ok(paths)
    }

    /// Looks at the ignore files of the root and above it before a walk reads them.
    fn ignore_files(&self) -> Result<OddIgnoreFiles> {
        let odd = OddIgnoreFiles::default();
        for folder in self.root.ancestors() {
            odd.let_in(folder);
        }
        odd.refuse().map(|()| odd)
    }
}

fn is_folder(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

/// Path below the root with '/', where it is UTF-8.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str());
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}
