//! A project on disk: its manifest, and the files that belong to its package.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;

use super::files;
use super::ignore_files::OddIgnoreFiles;
use crate::error::{Error, Result};
use crate::manifest::{self, FILE_NAME, Manifest};
use crate::package::{DistinctPaths, Limits, Selection, SourceFile, SourceTree, check_path};
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

    /// Whether there is anything to build before it is started.
    pub fn has_build(&self) -> bool {
        self.manifest.run.as_ref().is_some_and(|run| run.build.is_some())
    }

    /// The rules that say which files belong to the package.
    pub fn selection(&self) -> Result<Selection> {
        Selection::new(&self.manifest.package)
            .map_err(|why| Error::usage(format!("{FILE_NAME}: the package rules do not hold: {why}")))
    }

    /// Lists the files that belong to the package.
    pub fn tree(&self) -> Result<ProjectTree> {
        let selection = self.selection()?;
        let mut files = Vec::new();
        let mut problems = Vec::new();
        let odd = self.ignore_files()?;
        for entry in self.walk(&selection, &odd) {
            let entry = entry.map_err(|cause| Error::usage("cannot list the project's files").because(cause))?;
            if entry.file_type().is_none_or(|kind| kind.is_dir()) {
                continue;
            }
            match self.source_file(&selection, entry.path()) {
                Ok(file) => files.extend(file),
                Err(problem) => problems.push(problem),
            }
        }
        odd.refuse()?;
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let mut paths = DistinctPaths::default();
        problems.extend(files.iter().filter_map(|file| paths.add(&file.path).err()));
        // A collision with a folder shows at each file in it.
        problems.dedup();
        if let Some(first) = problems.first() {
            let rest = problems.iter().skip(1).cloned().collect::<Vec<_>>();
            let error = Error::usage(format!("a file cannot be packed: {first}"))
                .hint("rename or remove it, or leave it out with [package] exclude");
            return Err(rest.into_iter().fold(error, Error::hint));
        }
        self.check_bounds(&files)?;
        Ok(ProjectTree { root: self.root.clone(), files })
    }

    /// Whether a file that is written to `path` would belong to the package.
    pub fn would_ship(&self, path: &Path) -> Result<bool> {
        let Some(name) = relative(&self.root, path).filter(|name| !name.is_empty()) else { return Ok(false) };
        let selection = self.selection()?;
        let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
        let is_ignored = |folder: &Path| {
            let rules = Gitignore::new(folder.join(".gitignore")).0;
            rules.matched_path_or_any_parents(path, false).is_ignore()
        };
        Ok(selection.takes(&name) && (selection.is_explicit() || !folders.into_iter().any(is_ignored)))
    }

    /// Lists the files that are not shipped and that git would take; outside of a repository, those that no `.gitignore`
    /// names. What installs and builds leave behind is not entered.
    pub fn left_out(&self) -> Result<Vec<String>> {
        let selection = self.selection()?;
        let in_repository = self.root.ancestors().any(|folder| folder.join(".git").exists());
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
            paths.extend(name.filter(|name| is_file && !selection.takes(name)));
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

    fn walk(&self, selection: &Selection, odd: &OddIgnoreFiles) -> ignore::Walk {
        let in_repository = self.root.ancestors().any(|folder| folder.join(".git").exists());
        let explicit = selection.is_explicit();
        let root = self.root.clone();
        let rules = Selection::new(&self.manifest.package);
        let odd = odd.clone();
        WalkBuilder::new(&self.root)
            .hidden(false)
            .ignore(false)
            .git_global(!explicit)
            .git_exclude(!explicit)
            .git_ignore(!explicit)
            .parents(in_repository && !explicit)
            .require_git(in_repository)
            .follow_links(false)
            .filter_entry(move |entry| {
                if !is_folder(entry) {
                    return true;
                }
                let relative = relative(&root, entry.path());
                let skipped = |path: &str| rules.as_ref().is_ok_and(|rules| rules.skips_folder(path));
                relative.is_none_or(|path| path.is_empty() || !skipped(&path)) && odd.let_in(entry.path())
            })
            .build()
    }

    /// Describes one file, or `None` where it does not belong; the error names the file.
    fn source_file(&self, selection: &Selection, path: &Path) -> Result<Option<SourceFile>, String> {
        let Some(name) = relative(&self.root, path) else {
            return Err(format!("{}: its name is not UTF-8", path.display()));
        };
        if !selection.takes(&name) {
            return Ok(None);
        }
        check_path(&name).map_err(|why| format!("{name:?} {why}"))?;
        let metadata = fs::symlink_metadata(path).map_err(|cause| format!("{name:?}: {cause}"))?;
        if !metadata.is_file() {
            return Err(format!("{name:?} is a link or a special file, and packages hold plain files only"));
        }
        Ok(Some(SourceFile { path: name, size: metadata.len(), executable: is_executable(&metadata) }))
    }

    fn check_bounds(&self, files: &[SourceFile]) -> Result<()> {
        let limits = Limits::default();
        let bytes: u64 = files.iter().map(|file| file.size).sum();
        let largest = files.iter().max_by_key(|file| file.size).map(|file| file.path.as_str()).unwrap_or_default();
        if files.len() > limits.files || bytes > limits.unpacked {
            return Err(Error::usage(format!(
                "the package would hold {} files and {bytes} bytes; {} files and {} bytes are allowed",
                files.len(),
                limits.files,
                limits.unpacked
            ))
            .hint(format!("the largest is {largest}; leave files out with [package] exclude")));
        }
        if files.is_empty() {
            return Err(Error::usage(format!("{} has no files to pack", self.root.display()))
                .hint("[package] include may match nothing"));
        }
        Ok(())
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

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}

/// The files of a project, read from disk.
#[derive(Debug)]
pub struct ProjectTree {
    root: PathBuf,
    files: Vec<SourceFile>,
}

impl SourceTree for ProjectTree {
    fn files(&self) -> &[SourceFile] {
        &self.files
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.root.join(path))?))
    }
}
