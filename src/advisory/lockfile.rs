//! Lockfiles: the packages that they name, with the line of each.

mod npm;
mod pnpm;
mod python;
mod tables;
mod yarn;

use super::ecosystem::Ecosystem;
use super::inventory::Remark;

/// A package in a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedPackage {
    /// Its registry.
    pub ecosystem: Ecosystem,
    /// Its name, normalised.
    pub name: String,
    /// Its version, as the lockfile writes it.
    pub version: String,
    /// The lockfile, with '/' below the root.
    pub path: String,
    /// Line, from 1, where it is known.
    pub line: Option<usize>,
}

/// What a lockfile says.
#[derive(Debug, Default)]
pub(super) struct Locked {
    pub(super) packages: Vec<LockedPackage>,
    /// Where it contradicts itself.
    pub(super) contradictions: Vec<Remark>,
    /// Packages without a version that is known.
    pub(super) unpinned: Vec<Remark>,
    /// Other files that it takes in, below the root.
    pub(super) includes: Vec<(String, usize)>,
}

/// Reads a lockfile; the error says why it cannot be read.
type Reader = fn(&Source<'_>) -> Result<Locked, String>;

/// A form of lockfile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) ecosystem: Ecosystem,
    /// A list that a person may write: it names versions or does not.
    pub(super) is_list: bool,
    read: Reader,
}

/// A lockfile that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    ecosystem: Ecosystem,
}

/// Tells by its name what form of lockfile a file is.
pub(super) fn form(path: &str) -> Option<Form> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let below_their_folder = folder.rsplit('/').next() == Some("requirements");
    let is_requirements = (name.starts_with("requirements") && (has_ending(name, "txt") || has_ending(name, "lock")))
        || (below_their_folder && has_ending(name, "txt"));
    let (ecosystem, read): (Ecosystem, Reader) = match name {
        "package-lock.json" | "npm-shrinkwrap.json" => (Ecosystem::Npm, npm::read),
        "yarn.lock" => (Ecosystem::Npm, yarn::read),
        "pnpm-lock.yaml" => (Ecosystem::Npm, pnpm::read),
        "Cargo.lock" => (Ecosystem::Cargo, tables::read),
        "poetry.lock" | "uv.lock" | "pdm.lock" => (Ecosystem::PyPi, tables::read),
        name if name.starts_with("pylock.") && has_ending(name, "toml") => (Ecosystem::PyPi, tables::read),
        "Pipfile.lock" => (Ecosystem::PyPi, python::pipfile),
        _ if is_requirements => (Ecosystem::PyPi, python::requirements),
        _ => return None,
    };
    Some(Form { ecosystem, is_list: is_requirements, read })
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| own == ending)
}

impl Form {
    /// Reads a lockfile; the error says why it cannot be read.
    pub(super) fn read(&self, path: &str, text: &str) -> Result<Locked, String> {
        let text = text.trim_start_matches('\u{feff}');
        (self.read)(&Source { path, text, ecosystem: self.ecosystem })
    }
}

impl Source<'_> {
    fn package(&self, name: &str, version: &str, line: Option<usize>) -> LockedPackage {
        LockedPackage {
            ecosystem: self.ecosystem,
            name: self.ecosystem.normalised(name),
            version: version.to_owned(),
            path: self.path.to_owned(),
            line,
        }
    }

    fn remark(&self, line: Option<usize>, message: String) -> Remark {
        Remark { path: self.path.to_owned(), line, message }
    }

    /// Where `resolved` names another package or version than `name` and `version`, as registries of npm write it.
    fn contradiction(&self, name: &str, version: &str, resolved: &str, line: Option<usize>) -> Option<Remark> {
        let address = resolved.split(['#', '?']).next()?.replace("%2f", "/").replace("%2F", "/");
        let (before, file) = address.split_once("/-/")?;
        let base = name.rsplit('/').next()?;
        let file = file.rsplit('/').next()?;
        let names_it = before.ends_with(&format!("/{name}"));
        let is_archive = file.strip_suffix(".tgz");
        let version = version.split('+').next()?;
        let fits = is_archive.is_none_or(|file| file.split('+').next() == Some(format!("{base}-{version}").as_str()));
        if names_it && fits {
            return None;
        }
        Some(self.remark(line, format!("{name} {version} is taken from the address of another package: {resolved}")))
    }
}

/// Line of a byte, from 1, for bytes that come in order.
#[derive(Debug)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Lines { text, at: 0, line: 1 }
    }

    fn of(&mut self, byte: usize) -> usize {
        if byte < self.at {
            (self.at, self.line) = (0, 1);
        }
        let passed = self.text.as_bytes().get(self.at..byte).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.at = byte.max(self.at);
        self.line
    }
}
