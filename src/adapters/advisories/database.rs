//! A database of advisories that is read where it lies: documents in a folder and below it, and archives of them.

use std::fs::{self, File};
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rawzip::FileReader;

use super::unusable;
use crate::advisory::{Advisories, ArchiveBounds, Collector, LARGEST, Wanted, each_entry};
use crate::error::{Error, Explain, Result};

/// Most files that a folder may hold.
const MOST_FILES: usize = 2_000_000;
/// Deepest folder that is looked into.
const DEEPEST: usize = 16;

/// Reads the advisories on `wanted`, one document at a time.
pub(super) fn read(path: &Path, wanted: &Wanted, now: Timestamp) -> Result<Advisories> {
    let place = path.display().to_string();
    let found = fs::metadata(path).or_usage(|| format!("cannot read {place}"))?;
    let mut collector = Collector::new(wanted, place.clone(), now);
    if found.is_dir() {
        folder(path, &mut collector)?;
    } else {
        archive(path, &mut collector)?;
    }
    let advisories = collector.finish();
    if advisories.held.is_empty() && advisories.unreadable_count == 0 {
        return Err(Error::usage(format!("{place} holds no advisories of npm, PyPI or crates.io"))
            .hint("--osv-db takes a folder of OSV documents, or an archive as OSV publishes them"));
    }
    Ok(advisories)
}

/// Links to folders are not followed, so that a loop of them ends.
fn folder(root: &Path, collector: &mut Collector<'_>) -> Result<()> {
    let mut folders: Vec<(PathBuf, usize)> = vec![(root.to_owned(), 0)];
    let mut files = Vec::new();
    while let Some((folder, depth)) = folders.pop() {
        let failed = || format!("cannot list {}", folder.display());
        for entry in fs::read_dir(&folder).or_usage(failed)? {
            let entry = entry.or_usage(failed)?;
            let kind = entry.file_type().or_usage(failed)?;
            if kind.is_dir() && depth < DEEPEST {
                folders.push((entry.path(), depth + 1));
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
        if files.len() > MOST_FILES {
            return Err(Error::usage(format!("{} holds more than {MOST_FILES} files", root.display())));
        }
    }
    files.sort_unstable();
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("json") => match document(&file) {
                Ok(bytes) => collector.take(&name, &bytes),
                Err(why) => collector.unreadable(&name, &why),
            },
            Some("zip") => archive(&file, collector)?,
            _ => {}
        }
    }
    Ok(())
}

fn document(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|cause| cause.to_string())?;
    if bytes.len() as u64 > LARGEST { Err(format!("it has more than {LARGEST} bytes")) } else { Ok(bytes) }
}

fn archive(path: &Path, collector: &mut Collector<'_>) -> Result<()> {
    let place = path.display().to_string();
    let failed = || format!("cannot read {place}");
    let file = File::open(path).or_usage(failed)?;
    let length = file.metadata().or_usage(failed)?.len();
    let mut take = |name: &str, bytes: Result<&[u8], String>| {
        match bytes {
            Ok(bytes) => collector.take(name, bytes),
            Err(why) => collector.unreadable(name, &why),
        }
        ControlFlow::Continue(())
    };
    each_entry(FileReader::from(file), length, &ArchiveBounds::STANDARD, &mut take)
        .map_err(|problem| unusable(&place, problem))
}
