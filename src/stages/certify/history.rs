//! Evidence from git's history.

use crate::adapters::project::Project;
use crate::certification::{Committed, Gathered, History};
use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::scan::Scanner;
use crate::stages::scan_history::scan_history;

/// Searches every version of the project's files for secrets; without a repository that is asked for in vain.
pub fn search_history(project: &Project, interrupt: &Interrupt) -> Result<Gathered<History>> {
    let scanned = scan_history(&Scanner::new(), &project.root, interrupt)?;
    // Of a repository with several projects, the others are not this one's matter.
    let below = project.below_repository();
    let committed = |placed: crate::stages::scan_tree::Placed| {
        let path = placed.path.strip_prefix(&below)?.to_owned();
        Some(Committed { path, commit: placed.commit?, secret: placed.finding })
    };
    let skipped = scanned.skipped.into_iter().filter(|skipped| skipped.path == "." || skipped.path.starts_with(&below));
    Ok(Gathered::Seen(History {
        found: scanned.findings.into_iter().filter_map(committed).collect(),
        skipped: skipped.map(|skipped| format!("{}: {}", skipped.path, skipped.reason)).collect(),
    }))
}
