//! The files of a project that belong to its package, each with the reason, and those that do not.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, Walk, WalkBuilder};
use serde::Serialize;

use super::{Project, is_folder, relative};
use crate::adapters::git::{self, Known, Standing};
use crate::adapters::ignore_files::OddIgnoreFiles;
use crate::error::{Error, Result};
use crate::manifest::FILE_NAME;
use crate::package::{DistinctPaths, Limits, Ruling, Selection, SourceFile, SourceTree, WhyIn, WhyOut, check_path};

/// The files of a project, read from disk.
#[derive(Debug)]
pub struct ProjectTree {
    root: PathBuf,
    files: Vec<SourceFile>,
    reasons: Vec<WhyIn>,
}

/// A file that is not packed, or a folder in which nothing is, with '/' at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotPacked {
    /// Path below the project's folder.
    pub path: String,
    /// Why.
    #[serde(flatten)]
    pub why: WhyOut,
    /// Whether `include` names it.
    #[serde(skip)]
    pub is_named: bool,
}

impl ProjectTree {
    /// The files, each with the reason why it belongs.
    pub fn reasoned(&self) -> impl Iterator<Item = (&SourceFile, &WhyIn)> {
        self.files.iter().zip(&self.reasons)
    }

    /// Paths of the folders that hold them.
    fn folders(&self) -> HashSet<String> {
        let parents = |path: &str| path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect::<Vec<_>>();
        self.files.iter().flat_map(|file| parents(&file.path)).collect()
    }
}

impl SourceTree for ProjectTree {
    fn files(&self) -> &[SourceFile] {
        &self.files
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.root.join(path))?))
    }
}

impl Project {
    /// Lists the files that belong to the package.
    pub fn tree(&self) -> Result<ProjectTree> {
        let rules = Rules { selection: self.selection()?, known: self.known() };
        let mut found = Vec::new();
        let mut problems = Vec::new();
        let odd = self.ignore_files()?;
        for entry in self.walk(&rules, &odd)? {
            let entry = entry.map_err(|cause| Error::usage("cannot list the project's files").because(cause))?;
            if entry.file_type().is_none_or(|kind| kind.is_dir()) {
                continue;
            }
            match self.source_file(&rules, entry.path()) {
                Ok(file) => found.extend(file),
                Err(problem) => problems.push(problem),
            }
        }
        odd.refuse()?;
        // The manifest belongs also where git ignores it.
        if !found.iter().any(|(file, _)| file.path == FILE_NAME) {
            found.extend(self.source_file(&rules, &self.root.join(FILE_NAME)).ok().flatten());
        }
        found.sort_unstable_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        let (files, reasons): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let mut paths = DistinctPaths::default();
        problems.extend(files.iter().filter_map(|file: &SourceFile| Some(paths.add(&file.path).err()?.text)));
        // A collision with a folder shows at each file in it.
        problems.dedup();
        refuse(&problems)?;
        check_bounds(&self.root, &files, &reasons, rules.selection.is_explicit())?;
        Ok(ProjectTree { root: self.root.clone(), files, reasons })
    }

    /// Lists what is not packed. A folder in which nothing is stands for all that is in it, unless `include` names it.
    pub fn not_packed(&self, tree: &ProjectTree) -> Result<Vec<NotPacked>> {
        let selection = Arc::new(self.selection()?);
        let skipped = Arc::new(Mutex::new(Vec::new()));
        let enter = {
            let (root, folders) = (self.root.clone(), tree.folders());
            let (selection, skipped) = (Arc::clone(&selection), Arc::clone(&skipped));
            move |entry: &DirEntry| {
                let Some(path) = relative(&root, entry.path()).filter(|path| !path.is_empty() && is_folder(entry))
                else {
                    return true;
                };
                let why = selection.rule_on_folder(&path);
                let is_named = selection.includes(&path, true);
                if folders.contains(&path) || (is_named && why == WhyOut::Nothing) {
                    return true;
                }
                let mut skipped = skipped.lock().unwrap_or_else(PoisonError::into_inner);
                skipped.push(NotPacked { path: path + "/", why, is_named });
                false
            }
        };
        let mut files = Vec::new();
        for entry in WalkBuilder::new(&self.root).standard_filters(false).filter_entry(enter).build() {
            let entry = entry.map_err(|cause| Error::usage("cannot list the project's files").because(cause))?;
            let path = relative(&self.root, entry.path());
            let Some(path) = path.filter(|path| !is_folder(&entry) && !tree.contains(path)) else { continue };
            let Ruling::Out(why) = selection.rule_on(&path) else {
                files.push(NotPacked { path, why: WhyOut::Ignored, is_named: false });
                continue;
            };
            files.push(NotPacked { is_named: selection.includes(&path, false), path, why });
        }
        let mut skipped = skipped.lock().unwrap_or_else(PoisonError::into_inner);
        files.append(&mut skipped);
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// What git tells of the files; nothing where `include` decides.
    fn known(&self) -> Option<Known> {
        let asks_git = self.manifest.package.include.is_empty() && self.is_in_repository();
        asks_git.then(|| git::known(&self.root)).flatten()
    }

    /// Walks what may belong. Patterns of one person or one clone (`core.excludesFile`, `.git/info/exclude`) are git's to
    /// apply, and to untracked files alone: what is committed is packed by everybody alike.
    fn walk(&self, rules: &Rules, odd: &OddIgnoreFiles) -> Result<Walk> {
        let in_repository = self.is_in_repository();
        let explicit = rules.selection.is_explicit();
        let by_itself = in_repository && !explicit && rules.known.is_none();
        let (root, selection, odd) = (self.root.clone(), self.selection()?, odd.clone());
        let walk = WalkBuilder::new(&self.root)
            .hidden(false)
            .ignore(false)
            .git_global(by_itself)
            .git_exclude(by_itself)
            .git_ignore(!explicit)
            .parents(in_repository && !explicit)
            .require_git(in_repository)
            .follow_links(false)
            .filter_entry(move |entry| {
                let path = relative(&root, entry.path()).filter(|path| !path.is_empty() && is_folder(entry));
                path.is_none_or(|path| !selection.skips_folder(&path) && odd.let_in(entry.path()))
            })
            .build();
        Ok(walk)
    }

    /// Describes one file, or `None` where it does not belong; the error names the file.
    fn source_file(&self, rules: &Rules, path: &Path) -> Result<Option<(SourceFile, WhyIn)>, String> {
        let Some(name) = relative(&self.root, path) else {
            return Err(format!("{}: its name is not UTF-8", path.display()));
        };
        let Some(why) = rules.why(&name) else { return Ok(None) };
        check_path(&name).map_err(|flaw| format!("{name:?} {}", flaw.text))?;
        let metadata = fs::symlink_metadata(path).map_err(|cause| format!("{name:?}: {cause}"))?;
        if !metadata.is_file() {
            return Err(format!("{name:?} is a link or a special file, and packages hold plain files only"));
        }
        Ok(Some((SourceFile { path: name, size: metadata.len(), executable: is_executable(&metadata) }, why)))
    }
}

/// What decides on a file: the manifest, then git.
struct Rules {
    selection: Selection,
    known: Option<Known>,
}

impl Rules {
    fn why(&self, path: &str) -> Option<WhyIn> {
        match (self.selection.rule_on(path), &self.known) {
            (Ruling::Out(_), _) => None,
            (Ruling::Needed, _) => Some(WhyIn::Needed),
            (Ruling::Included(pattern), _) => Some(WhyIn::Included { pattern }),
            (Ruling::Unnamed, None) => Some(WhyIn::NotIgnored),
            (Ruling::Unnamed, Some(known)) => match known.standing(path) {
                Standing::Tracked => Some(WhyIn::Tracked),
                Standing::Untracked => Some(WhyIn::Untracked),
                Standing::Ignored => None,
            },
        }
    }
}

fn refuse(problems: &[String]) -> Result<()> {
    let Some((first, rest)) = problems.split_first() else { return Ok(()) };
    let error = Error::usage(format!("a file cannot be packed: {first}"))
        .hint("rename or remove it, or leave it out with [package] exclude");
    Err(rest.iter().cloned().fold(error, Error::hint))
}

fn check_bounds(root: &Path, files: &[SourceFile], reasons: &[WhyIn], explicit: bool) -> Result<()> {
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
    if explicit && reasons.iter().all(|why| *why == WhyIn::Needed) {
        return Err(Error::usage(format!("{} has no files to pack beside its manifest", root.display()))
            .hint("[package] include may match nothing"));
    }
    Ok(())
}

/// Whether its owner may execute a file.
#[cfg(unix)]
pub fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

/// Whether its owner may execute a file.
#[cfg(not(unix))]
pub fn is_executable(_: &fs::Metadata) -> bool {
    false
}
