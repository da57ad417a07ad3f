//! Pipfile.lock and lists for pip.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Locked, Source};
use crate::advisory::ecosystem::Ecosystem;

#[derive(Deserialize)]
struct Pipfile {
    #[serde(rename = "_meta")]
    _meta: serde_json::Value,
    #[serde(flatten)]
    groups: BTreeMap<String, BTreeMap<String, Pinned>>,
}

#[derive(Deserialize)]
struct Pinned {
    version: Option<String>,
    path: Option<String>,
    file: Option<String>,
}

/// Reads a Pipfile.lock.
pub(super) fn pipfile(source: &Source<'_>) -> Result<Locked, String> {
    let lock: Pipfile = serde_json::from_str(source.text).map_err(|cause| cause.to_string())?;
    let mut locked = Locked::default();
    for (name, pinned) in lock.groups.values().flatten() {
        let key = format!("{}: {{", serde_json::Value::from(name.as_str()));
        let line = source.text.lines().position(|line| line.trim() == key).map(|index| index + 1);
        match pinned.version.as_deref().and_then(|version| version.strip_prefix("==")) {
            Some(version) => locked.packages.push(source.package(name, version, line)),
            None if pinned.path.is_some() || pinned.file.as_ref().is_some_and(|file| !file.contains("://")) => {}
            None => locked.unpinned.push(source.remark(line, format!("{name} has no version"))),
        }
    }
    Ok(locked)
}

/// Reads a list for pip. What is not pinned with `==` has no version that is known.
pub(super) fn requirements(source: &Source<'_>) -> Result<Locked, String> {
    let mut locked = Locked::default();
    let mut pending: Option<(usize, String)> = None;
    for (index, line) in source.text.lines().enumerate() {
        let line = without_comment(line);
        let (number, mut whole) = pending.take().unwrap_or((index + 1, String::new()));
        if let Some(continued) = line.trim_end().strip_suffix('\\') {
            whole.push_str(continued);
            pending = Some((number, whole));
            continue;
        }
        whole.push_str(line);
        requirement(source, number, whole.trim(), &mut locked)?;
    }
    if let Some((number, whole)) = pending {
        requirement(source, number, whole.trim(), &mut locked)?;
    }
    Ok(locked)
}

/// A '#' begins a comment at the start of a line or behind a space.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.find(" #").or_else(|| line.find("\t#")).map_or(line, |at| &line[..at])
}

fn requirement(source: &Source<'_>, line: usize, text: &str, locked: &mut Locked) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    if let Some(option) = text.strip_prefix('-') {
        let include = ["r", "-requirement"].iter().find_map(|name| option.strip_prefix(name));
        if let Some(file) = include {
            let file = file.trim_start_matches([' ', '=', '\t']).trim();
            let folder = source.path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
            locked.includes.push((format!("{folder}{}", file.trim_start_matches("./")), line));
        } else if let Some(place) = ["e", "-editable"].iter().find_map(|name| option.strip_prefix(name))
            && place.contains("://")
        {
            locked.unpinned.push(source.remark(Some(line), format!("{} has no version", place.trim())));
        }
        return Ok(());
    }
    if text.starts_with(['.', '/']) {
        return Ok(());
    }
    let name_end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    let (name, rest) = text.split_at(name_end);
    if name.is_empty() {
        return Err(format!("line {line} is no requirement"));
    }
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('[').and_then(|extras| extras.split_once(']')).map_or(rest, |(_, rest)| rest);
    let specifier = rest.split([';']).next().unwrap_or_default().split(" --").next().unwrap_or_default().trim();
    let pinned = specifier.strip_prefix("==").map(|version| version.trim_start_matches('=').trim());
    if let Some(version) = pinned.filter(|version| !version.is_empty() && !version.contains(['*', ','])) {
        locked.packages.push(source.package(name, version, Some(line)));
    } else {
        let name = Ecosystem::PyPi.normalised(name);
        locked.unpinned.push(source.remark(Some(line), format!("{name} is not pinned with ==")));
    }
    Ok(())
}
