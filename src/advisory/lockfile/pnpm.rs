//! pnpm-lock.yaml, versions 5 to 9: the keys of `packages`. Written by a program, line by line.

use super::{Locked, Source};

pub(super) fn read(source: &Source<'_>) -> Result<Locked, String> {
    if !source.text.lines().any(|line| line.starts_with("lockfileVersion:")) {
        return Err("it has no lockfileVersion".to_owned());
    }
    let mut locked = Locked::default();
    let mut within = false;
    for (index, line) in source.text.lines().enumerate() {
        if line.starts_with(|c: char| !c.is_whitespace() && c != '#') {
            within = line.trim_end() == "packages:";
            continue;
        }
        let key = line.strip_prefix("  ").filter(|key| within && !key.starts_with([' ', '#']) && !key.is_empty());
        let Some(key) = key else { continue };
        let key = key.trim_end().trim_end_matches("{}").trim_end();
        let key = key.strip_suffix(':').ok_or_else(|| format!("line {} is no package", index + 1))?;
        let key = key.trim_matches(['\'', '"']).trim_start_matches('/');
        let line = Some(index + 1);
        match split(key) {
            Some((_, version)) if version.starts_with("file:") || version.starts_with("link:") => {}
            Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
                locked.packages.push(source.package(name, version, line));
            }
            _ if key.starts_with("file:") => {}
            _ => {
                let message = format!("{key} comes from elsewhere, so that its version is not known");
                locked.unpinned.push(source.remark(line, message));
            }
        }
    }
    Ok(locked)
}

/// Name and version: `name@1.0.0(peer@2.0.0)`, or `name/1.0.0_peer@2.0.0` before version 6.
fn split(key: &str) -> Option<(&str, &str)> {
    let key = key.split('(').next()?;
    let scope = if key.starts_with('@') { key.find('/')? + 1 } else { 0 };
    let rest = &key[scope..];
    let end = rest.find(['@', '/'])?;
    let version = &rest[end + 1..];
    Some((&key[..scope + end], version.split('_').next().unwrap_or(version)))
}
