//! Evidence from the files that are not shipped, and that git would take.

use std::fs::File;
use std::io::Read as _;

use super::{Ground, settled};
use crate::certification::{Gathered, NotShipped, WorkTree};
use crate::error::{Explain, Result};
use crate::scan::Scanner;

/// Largest file that is searched, in bytes; as of those that are shipped.
const LARGEST: u64 = 16 << 20;

/// Searches them for secrets.
pub(super) fn search(ground: &Ground<'_>) -> Result<Gathered<WorkTree>> {
    settled(searched(ground))
}

fn searched(ground: &Ground<'_>) -> Result<WorkTree> {
    let scanner = Scanner::new();
    let mut seen = WorkTree::default();
    for path in ground.project.left_out()? {
        let mut bytes = Vec::new();
        let file = File::open(ground.project.root.join(&path)).or_usage(|| format!("cannot read {path}"))?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).or_usage(|| format!("cannot read {path}"))?;
        if bytes.len() as u64 > LARGEST {
            continue;
        }
        seen.searched += 1;
        let secrets = scanner.scan_file(&path, &bytes);
        if !secrets.is_empty() {
            seen.found.push(NotShipped { path, secrets });
        }
    }
    Ok(seen)
}
