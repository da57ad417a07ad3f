//! What is named beside the project, or written down in it, and changes what counts.

use std::path::{Path, PathBuf};

use super::Ground;
use crate::adapters::files;
use crate::adapters::project::Project;
use crate::certification::{
    Baseline, Exceptions, Gathered, History, Imported, MOST_IMPORTED_BYTES, Origin, SUPPRESSIONS_FILE,
};
use crate::error::{Error, Result};
use crate::package::SourceTree;

/// What was named beside the project.
#[derive(Debug, Clone)]
pub struct Given {
    /// What was found before.
    pub baseline: Option<Baseline>,
    /// What other scanners found.
    pub imported: Gathered<Vec<Imported>>,
    /// What was ever committed.
    pub history: Gathered<History>,
}

impl Default for Given {
    fn default() -> Self {
        let imported = Gathered::NotApplicable("no report of another scanner was named".to_owned());
        Given { baseline: None, imported, history: Gathered::default() }
    }
}

impl Given {
    /// Reads what was named, below `cwd`.
    pub fn read(
        cwd: &Path,
        project: &Project,
        tree: &dyn SourceTree,
        baseline: Option<&Path>,
        reports: &[PathBuf],
    ) -> Result<Self> {
        let baseline = baseline.map(|path| read_baseline(&cwd.join(path))).transpose()?;
        let mut given = Given { baseline, ..Given::default() };
        if !reports.is_empty() {
            let root = project.root.to_string_lossy().replace('\\', "/");
            let origin = Origin { root, below_repository: project.below_repository() };
            let read = |path: &PathBuf| read_report(cwd, path, &origin, tree);
            given.imported = Gathered::Seen(reports.iter().map(read).collect::<Result<_>>()?);
        }
        Ok(given)
    }
}

fn read_baseline(path: &Path) -> Result<Baseline> {
    let bytes = files::read_bytes(path, Baseline::MOST_BYTES)?.ok_or_else(|| {
        Error::usage(format!("there is no baseline {}", path.display()))
            .hint("write one with `proveniq certify --write-baseline FILE`")
    })?;
    Baseline::parse(&bytes).map_err(|why| {
        Error::usage(format!("{} is no baseline: {why}", path.display()))
            .hint("write it anew with `proveniq certify --write-baseline FILE`")
    })
}

fn read_report(cwd: &Path, path: &Path, origin: &Origin, tree: &dyn SourceTree) -> Result<Imported> {
    let named = path.display();
    let bytes = files::read_bytes(&cwd.join(path), MOST_IMPORTED_BYTES)?
        .ok_or_else(|| Error::usage(format!("there is no SARIF report {named}")))?;
    Imported::parse(&named.to_string(), &bytes, origin, tree)
        .map_err(|why| Error::usage(format!("{named} cannot be taken in: {why}")))
}

/// What is left out of the verdicts: what the project has written down, and the baseline.
pub(super) fn exceptions(ground: &Ground<'_>) -> Result<Exceptions> {
    if !ground.tree.contains(SUPPRESSIONS_FILE) && ground.project.root.join(SUPPRESSIONS_FILE).exists() {
        return Err(Error::usage(format!(
            "{SUPPRESSIONS_FILE} would not be in the package, so no marketplace would see it"
        ))
        .hint("git must not ignore it, and [package] exclude must not name it"));
    }
    let written = Exceptions::of_package(ground.tree, ground.clock.now()).map_err(|problems| {
        let count = if problems.len() == 1 { "a problem".to_owned() } else { format!("{} problems", problems.len()) };
        Error::usage(format!("{SUPPRESSIONS_FILE} has {count}")).with_diagnostics(problems)
    })?;
    Ok(Exceptions { baseline: ground.given.baseline.clone(), ..written })
}
