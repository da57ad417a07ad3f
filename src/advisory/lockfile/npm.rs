//! package-lock.json and npm-shrinkwrap.json, versions 1 to 3.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Locked, Source};

#[derive(Deserialize)]
struct PackageLock {
    #[serde(rename = "lockfileVersion")]
    version: Option<u64>,
    #[serde(default)]
    packages: BTreeMap<String, Entry>,
    #[serde(default)]
    dependencies: BTreeMap<String, Old>,
}

/// Versions 2 and 3: by folder.
#[derive(Deserialize)]
struct Entry {
    name: Option<String>,
    version: Option<String>,
    resolved: Option<String>,
    #[serde(default)]
    link: bool,
}

/// Version 1: by name, nested.
#[derive(Deserialize)]
struct Old {
    version: String,
    resolved: Option<String>,
    #[serde(default)]
    dependencies: BTreeMap<String, Old>,
}

pub(super) fn read(source: &Source<'_>) -> Result<Locked, String> {
    let lock: PackageLock = serde_json::from_str(source.text).map_err(|cause| cause.to_string())?;
    let lines = lines_of_keys(source.text);
    let mut locked = Locked::default();
    match lock.version.unwrap_or(1) {
        0 | 1 => nested(source, &lock.dependencies, &lines, &mut locked),
        2 | 3 => {
            for (folder, entry) in &lock.packages {
                by_folder(source, folder, entry, &lines, &mut locked);
            }
        }
        other => return Err(format!("its version {other} is not known here")),
    }
    Ok(locked)
}

fn by_folder(source: &Source<'_>, folder: &str, entry: &Entry, lines: &HashMap<&str, usize>, locked: &mut Locked) {
    // What lies elsewhere is a part of the project: the root, workspaces and links to them.
    let Some((_, name)) = folder.rsplit_once("node_modules/") else { return };
    if entry.link {
        return;
    }
    let name = entry.name.as_deref().unwrap_or(name);
    let line = lines.get(folder).copied();
    match &entry.version {
        Some(version) => add(source, name, version, entry.resolved.as_deref(), line, locked),
        None => locked.unpinned.push(source.remark(line, format!("{name} has no version"))),
    }
}

fn nested(source: &Source<'_>, packages: &BTreeMap<String, Old>, lines: &HashMap<&str, usize>, locked: &mut Locked) {
    for (name, old) in packages {
        let line = lines.get(name.as_str()).copied();
        let alias = old.version.strip_prefix("npm:").and_then(|alias| alias.rsplit_once('@'));
        let (name, version) = alias.unwrap_or((name, &old.version));
        match version.split_once(':') {
            None => add(source, name, version, old.resolved.as_deref(), line, locked),
            Some(("file", _)) => {}
            Some(_) => {
                let message = format!("{name} comes from {version}, so that its version is not known");
                locked.unpinned.push(source.remark(line, message));
            }
        }
        nested(source, &old.dependencies, lines, locked);
    }
}

fn add(
    source: &Source<'_>,
    name: &str,
    version: &str,
    resolved: Option<&str>,
    line: Option<usize>,
    locked: &mut Locked,
) {
    let contradiction = resolved.and_then(|resolved| source.contradiction(name, version, resolved, line));
    locked.contradictions.extend(contradiction);
    locked.packages.push(source.package(name, version, line));
}

/// Lines on which the value of a key begins as an object, by the key; the first of several.
fn lines_of_keys(text: &str) -> HashMap<&str, usize> {
    let mut lines = HashMap::new();
    for (index, line) in text.lines().enumerate() {
        let key = line.trim().strip_suffix('{').and_then(|start| start.trim_end().strip_suffix(':'));
        if let Some(key) = key.and_then(|key| key.trim_end().strip_prefix('"')?.strip_suffix('"')) {
            lines.entry(key).or_insert(index + 1);
        }
    }
    lines
}
