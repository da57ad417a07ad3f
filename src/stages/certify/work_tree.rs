//! Evidence from the files that are not shipped, and that git would take.

use std::fs::File;

use super::{Ground, settled};
use crate::certification::{Gathered, NotShipped, WorkTree};
use crate::error::{Explain, Result};
use crate::scan::{FileSearch, LARGEST_SEARCHED, Scanner};

/// Searches them for secrets.
pub(super) fn search(ground: &Ground<'_>) -> Result<Gathered<WorkTree>> {
    settled(searched(ground))
}

fn searched(ground: &Ground<'_>) -> Result<WorkTree> {
    let scanner = Scanner::new();
    let mut search = FileSearch::new(&scanner, LARGEST_SEARCHED, &|| false);
    for (shown, path) in ground.project.left_out()? {
        search.file(&shown, File::open(path).or_usage(|| format!("cannot read {shown}"))?);
    }
    let searched = search.take();
    let found = searched.findings.into_iter().map(|(path, secret)| NotShipped { path, secrets: vec![secret] });
    Ok(WorkTree { searched: searched.files, found: found.collect(), skipped: searched.skipped })
}
