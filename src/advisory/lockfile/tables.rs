//! Lockfiles in TOML that list packages: Cargo.lock, poetry.lock, uv.lock, pdm.lock and pylock.toml.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::{Lines, Locked, Source};
use crate::advisory::ecosystem::Ecosystem;

#[derive(Deserialize)]
struct Lock {
    #[serde(default, alias = "packages")]
    package: Vec<Spanned<Package>>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: Option<String>,
    source: Option<Value>,
    directory: Option<Value>,
    path: Option<String>,
    #[serde(default)]
    files: Vec<Value>,
    #[serde(default)]
    wheels: Vec<Value>,
    sdist: Option<Value>,
}

pub(super) fn read(source: &Source<'_>) -> Result<Locked, String> {
    let lock: Lock = toml::from_str(source.text).map_err(|cause| cause.message().to_owned())?;
    let mut lines = Lines::new(source.text);
    let mut locked = Locked::default();
    for package in &lock.package {
        let line = Some(lines.of(package.span().start));
        let package = package.get_ref();
        if is_local(package, source.ecosystem) {
            continue;
        }
        let Some(version) = &package.version else {
            locked.unpinned.push(source.remark(line, format!("{} has no version", package.name)));
            continue;
        };
        if source.ecosystem == Ecosystem::PyPi {
            let stranger = package.archives().find(|archive| !belongs(archive, &package.name));
            locked.contradictions.extend(stranger.map(|stranger| {
                let message =
                    format!("{} {version} is taken from the file of another package: {stranger}", package.name);
                source.remark(line, message)
            }));
        }
        locked.packages.push(source.package(&package.name, version, line));
    }
    Ok(locked)
}

impl Package {
    /// Names of the archives that it is installed from.
    fn archives(&self) -> impl Iterator<Item = &str> {
        let entries = self.files.iter().chain(&self.wheels).chain(&self.sdist);
        entries.filter_map(|entry| {
            let place = ["file", "name", "url"].iter().find_map(|key| entry.get(key)?.as_str())?;
            place.split(['?', '#']).next()?.rsplit('/').next()
        })
    }
}

/// Parts of the project itself and folders beside it have no registry.
fn is_local(package: &Package, ecosystem: Ecosystem) -> bool {
    if ecosystem == Ecosystem::Cargo {
        return package.source.is_none();
    }
    let local = ["virtual", "editable", "directory", "path"];
    let in_source = package.source.as_ref().is_some_and(|source| {
        local.iter().any(|key| source.get(key).is_some())
            || source.get("type").and_then(Value::as_str).is_some_and(|kind| matches!(kind, "directory" | "file"))
    });
    in_source || package.directory.is_some() || package.path.is_some()
}

fn belongs(archive: &str, name: &str) -> bool {
    let name = Ecosystem::PyPi.normalised(name);
    Ecosystem::PyPi.normalised(archive).strip_prefix(&name).is_some_and(|rest| rest.starts_with('-'))
}
