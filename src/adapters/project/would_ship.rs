//! Files that are not in the project's folder, or not yet, and whether they would belong to its package.

use std::path::Path;

use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;

use super::{Project, is_folder, relative};
use crate::adapters::git;
use crate::error::{Error, Result};

impl Project {
    /// Whether a file that is written to `path` would belong to the package.
    pub fn would_ship(&self, path: &Path) -> Result<bool> {
        let name = relative(&self.root, path).filter(|name| !name.is_empty());
        Ok(!self.would_ship_of(name.into_iter().collect())?.is_empty())
    }

    /// Lists the files of a copy of the project that would belong to the package if they lay in its own folder.
    pub fn would_ship_from(&self, copy: &Path) -> Result<Vec<String>> {
        let (root, selection) = (copy.to_owned(), self.selection()?);
        let is_entered = move |entry: &ignore::DirEntry| {
            let path = relative(&root, entry.path()).filter(|path| !path.is_empty() && is_folder(entry));
            path.is_none_or(|path| !selection.skips_folder(&path))
        };
        let mut walk = WalkBuilder::new(copy);
        walk.standard_filters(false)
            .follow_links(false)
            .git_ignore(!self.selection()?.is_explicit())
            .require_git(false);
        let mut names = Vec::new();
        for entry in walk.filter_entry(is_entered).build() {
            let entry = entry.map_err(|cause| Error::usage("cannot list what the build made").because(cause))?;
            names.extend(relative(copy, entry.path()).filter(|name| !name.is_empty() && !is_folder(&entry)));
        }
        self.would_ship_of(names)
    }

    /// Those of these paths below the root that would belong to the package.
    fn would_ship_of(&self, mut names: Vec<String>) -> Result<Vec<String>> {
        let selection = self.selection()?;
        names.retain(|name| selection.takes(name));
        if names.is_empty() || selection.is_explicit() {
            return Ok(names);
        }
        match git::ignored(&self.root, &names) {
            Some(ignored) => names.retain(|name| !ignored.contains(name)),
            None => names.retain(|name| !self.is_named_by_an_ignore_file(name)),
        }
        Ok(names)
    }

    fn is_named_by_an_ignore_file(&self, name: &str) -> bool {
        let path = self.root.join(name);
        let mut folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
        folders.any(|folder| {
            Gitignore::new(folder.join(".gitignore")).0.matched_path_or_any_parents(&path, false).is_ignore()
        })
    }
}
