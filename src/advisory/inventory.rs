//! Which packages a project installs, by its lockfiles, and where those contradict what is asked for.

use std::collections::BTreeSet;

use super::collector::Wanted;
use super::declared;
use super::ecosystem::Ecosystem;
use super::installs;
use super::lockfile::{self, LockedPackage};
use crate::package::SourceTree;

/// Largest lockfile that is read, in bytes.
const LARGEST: u64 = 32 << 20;
/// Most lockfiles and manifests that are read.
const MOST_FILES: usize = 1000;
/// Most packages that are looked up.
const MOST_PACKAGES: usize = 200_000;

/// Something that was seen at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// File, with '/' below the root.
    pub path: String,
    /// Line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is to be said of it.
    pub message: String,
}

/// The packages of a project.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    /// The packages of all lockfiles, with their places.
    pub packages: Vec<LockedPackage>,
    /// Lockfiles that were read.
    pub lockfiles: usize,
    /// Where a lockfile contradicts itself or what is asked for.
    pub contradictions: Vec<Remark>,
    /// Why it is not known what is installed.
    pub unknown: Vec<Remark>,
}

/// A lockfile that was read: where it counts.
struct Place {
    ecosystem: Ecosystem,
    folder: String,
    is_list: bool,
    packages: std::ops::Range<usize>,
}

/// Reads the lockfiles of a tree and compares them with what its manifests ask for.
pub fn inventory(tree: &dyn SourceTree) -> Inventory {
    let mut inventory = Inventory::default();
    let mut places = Vec::new();
    let installed = |path: &str| path.split('/').any(|part| part == "node_modules");
    let paths: Vec<&str> = tree.files().iter().map(|file| file.path.as_str()).filter(|path| !installed(path)).collect();
    let locks = paths.iter().filter_map(|path| Some((*path, lockfile::form(path)?)));
    let manifests = paths.iter().filter_map(|path| Some((*path, declared::manifest_of(path)?)));
    let mut loose = Vec::new();
    for (path, form) in locks.take(MOST_FILES) {
        read_lock(tree, path, form, &mut inventory, &mut places, &mut loose);
    }
    // What a person's list leaves open counts where nothing else says what is installed.
    let is_locked = |remark: &Remark| nearest(&places, Ecosystem::PyPi, &remark.path, |place| !place.is_list).is_some();
    let open: Vec<_> = loose.into_iter().filter(|remark| !is_locked(remark)).collect();
    inventory.unknown.extend(open);
    for (path, ecosystem) in manifests.take(MOST_FILES) {
        compare(tree, path, ecosystem, &places, &mut inventory);
    }
    let others = paths.iter().filter_map(|path| Some((*path, installs::elsewhere(path)?)));
    for (path, mark) in others.take(MOST_FILES) {
        if read_text(tree, path).is_ok_and(|text| text.contains(mark)) {
            inventory.note(path, "what is installed by it is not looked up here".to_owned());
        }
    }
    if paths.len() > MOST_FILES && paths.iter().filter(|path| lockfile::form(path).is_some()).count() > MOST_FILES {
        inventory.note("", format!("there are more than {MOST_FILES} lockfiles"));
    }
    if inventory.packages.len() > MOST_PACKAGES {
        inventory.packages.truncate(MOST_PACKAGES);
        inventory.note("", format!("the lockfiles name more than {MOST_PACKAGES} packages"));
    }
    inventory
}

impl Inventory {
    /// The packages to ask a database for.
    pub fn wanted(&self) -> Wanted {
        self.packages.iter().map(|package| (package.ecosystem, package.name.clone())).collect()
    }

    /// The registries that packages come from.
    pub fn ecosystems(&self) -> BTreeSet<Ecosystem> {
        self.packages.iter().map(|package| package.ecosystem).collect()
    }

    /// Whether nothing is installed from anywhere.
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty() && self.contradictions.is_empty() && self.unknown.is_empty()
    }

    fn note(&mut self, path: &str, message: String) {
        let path = if path.is_empty() { crate::manifest::FILE_NAME } else { path };
        self.unknown.push(Remark { path: path.to_owned(), line: None, message });
    }
}

fn read_lock(
    tree: &dyn SourceTree,
    path: &str,
    form: lockfile::Form,
    inventory: &mut Inventory,
    places: &mut Vec<Place>,
    loose: &mut Vec<Remark>,
) {
    let read = read_text(tree, path).and_then(|text| form.read(path, &text));
    let locked = match read {
        Ok(locked) => locked,
        Err(why) => return inventory.note(path, format!("it cannot be read: {why}")),
    };
    inventory.lockfiles += 1;
    let start = inventory.packages.len();
    inventory.packages.extend(locked.packages);
    inventory.contradictions.extend(locked.contradictions);
    if form.is_list {
        loose.extend(locked.unpinned);
    } else {
        inventory.unknown.extend(locked.unpinned);
    }
    for (included, line) in locked.includes {
        if !tree.contains(&included) || lockfile::form(&included).is_none() {
            let message = format!("it takes in {included}, which is not read here");
            loose.push(Remark { path: path.to_owned(), line: Some(line), message });
        }
    }
    let packages = start..inventory.packages.len();
    places.push(Place {
        ecosystem: form.ecosystem,
        folder: folder_of(path).to_owned(),
        is_list: form.is_list,
        packages,
    });
}

/// Compares what a manifest asks for with the nearest lockfile.
fn compare(tree: &dyn SourceTree, path: &str, ecosystem: Ecosystem, places: &[Place], inventory: &mut Inventory) {
    let requests = match read_text(tree, path).and_then(|text| declared::requests(ecosystem, &text)) {
        Ok(requests) => requests,
        Err(why) => return inventory.note(path, format!("it cannot be read: {why}")),
    };
    let needed: Vec<_> = requests.iter().filter(|request| !request.optional).collect();
    let Some(folder) = nearest(places, ecosystem, path, |_| true) else {
        if let Some(first) = needed.first() {
            let others = if needed.len() > 1 { format!(" and {} more", needed.len() - 1) } else { String::new() };
            let message =
                format!("it asks for {}{others}, and no lockfile says which versions are installed", first.name);
            inventory.note(path, message);
        }
        return;
    };
    let near = places.iter().filter(|place| place.ecosystem == ecosystem && place.folder == folder);
    let locked: Vec<&LockedPackage> = near.flat_map(|place| &inventory.packages[place.packages.clone()]).collect();
    let mut contradictions = Vec::new();
    for request in &requests {
        let versions: Vec<_> =
            locked.iter().filter(|package| package.name == request.name).map(|package| &*package.version).collect();
        let out_of_range =
            |range: &String| versions.iter().all(|version| declared::takes(ecosystem, range, version) == Some(false));
        let message = match &request.range {
            _ if versions.is_empty() && request.optional => continue,
            _ if versions.is_empty() => format!("it asks for {}, which the lockfile does not have", request.name),
            Some(range) if out_of_range(range) => {
                format!("it asks for {} {range}, and the lockfile has {}", request.name, versions.join(", "))
            }
            _ => continue,
        };
        contradictions.push(Remark { path: path.to_owned(), line: None, message });
    }
    // A list that leaves something open does not contradict what is asked for: that is said already.
    let is_open = inventory.unknown.iter().any(|remark| folder_of(&remark.path) == folder && remark.path != path);
    if !is_open {
        inventory.contradictions.extend(contradictions);
    }
}

/// The folder of the nearest lockfile at a file or above it.
fn nearest<'a>(
    places: &'a [Place],
    ecosystem: Ecosystem,
    path: &str,
    counts: impl Fn(&Place) -> bool,
) -> Option<&'a str> {
    let mut folder = folder_of(path);
    loop {
        let here = |place: &&Place| place.ecosystem == ecosystem && place.folder == folder && counts(place);
        if let Some(place) = places.iter().find(here) {
            return Some(&place.folder);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder_of(folder);
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn read_text(tree: &dyn SourceTree, path: &str) -> Result<String, String> {
    let bytes = tree.read(path, LARGEST).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::FileTooLarge => format!("it has more than {LARGEST} bytes"),
        _ => cause.to_string(),
    })?;
    String::from_utf8(bytes).map_err(|_| "it is not valid UTF-8".to_owned())
}

#[cfg(test)]
#[path = "inventory_tests.rs"]
mod tests;
