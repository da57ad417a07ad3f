//! yarn.lock, the first form and the one of Yarn 2 and later. Both are written by a program, line by line.

use super::{Locked, Source};

/// An entry while it is read.
struct Entry<'a> {
    line: usize,
    /// The first of the requests that it answers, such as `lodash@^4.17.0`.
    request: &'a str,
    version: Option<&'a str>,
    resolved: Option<&'a str>,
    resolution: Option<&'a str>,
}

pub(super) fn read(source: &Source<'_>) -> Result<Locked, String> {
    let mut locked = Locked::default();
    let mut entry: Option<Entry<'_>> = None;
    for (index, line) in source.text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            finish(source, entry.take(), &mut locked)?;
            let requests = line.strip_suffix(':').ok_or_else(|| format!("line {} is no entry", index + 1))?;
            let request = requests.split(", ").next().unwrap_or_default().trim_matches('"');
            let request = request.split(", ").next().unwrap_or_default();
            entry = Some(Entry { line: index + 1, request, version: None, resolved: None, resolution: None });
            continue;
        }
        let Some(entry) = entry.as_mut() else { return Err(format!("line {} belongs to no entry", index + 1)) };
        let field = line.strip_prefix("  ").filter(|field| !field.starts_with(' '));
        let Some((key, value)) = field.and_then(|field| field.split_once([' ', ':'])) else { continue };
        let value = value.trim().trim_matches('"');
        match key {
            "version" => entry.version = Some(value),
            "resolved" => entry.resolved = Some(value),
            "resolution" => entry.resolution = Some(value),
            _ => {}
        }
    }
    finish(source, entry, &mut locked)?;
    Ok(locked)
}

fn finish(source: &Source<'_>, entry: Option<Entry<'_>>, locked: &mut Locked) -> Result<(), String> {
    let Some(entry) = entry.filter(|entry| entry.request != "__metadata") else { return Ok(()) };
    let unreadable = || format!("line {}: the entry of {:?} has no name or no version", entry.line, entry.request);
    let line = Some(entry.line);
    // The resolution says what is really installed; the first form has an alias in the request.
    let (name, place) = split(entry.resolution.unwrap_or(entry.request)).ok_or_else(unreadable)?;
    if ["workspace:", "link:", "portal:", "file:"].iter().any(|local| place.starts_with(local)) {
        return Ok(());
    }
    let alias = place.strip_prefix("npm:").and_then(split).filter(|_| entry.resolution.is_none());
    let name = alias.map_or(name, |(name, _)| name);
    let version = entry.version.ok_or_else(unreadable)?;
    if let Some(resolved) = entry.resolved {
        locked.contradictions.extend(source.contradiction(name, version, resolved, line));
    }
    let stated = place.strip_prefix("npm:").filter(|_| entry.resolution.is_some());
    let stated = stated.map(|stated| stated.split("::").next().unwrap_or_default());
    if let Some(stated) = stated.filter(|stated| *stated != version) {
        let message = format!("{name} is resolved to {stated}, and its version is {version}");
        locked.contradictions.push(source.remark(line, message));
    }
    locked.packages.push(source.package(name, version, line));
    Ok(())
}

/// Name and what follows the '@' behind it; a scope begins with one of its own.
fn split(request: &str) -> Option<(&str, &str)> {
    let at = request.get(1..)?.find('@')? + 1;
    Some((&request[..at], &request[at + 1..]))
}
