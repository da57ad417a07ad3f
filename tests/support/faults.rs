//! The correct handler of `tests/fixtures/handlers`, and the faults that are made in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::TestEnvironment;

/// A fault: what is replaced in the handler, and the verdicts that it changes. `*` at the end stands for anything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Name of its file.
    #[serde(skip)]
    pub name: String,
    /// What the handler does with it.
    pub what: String,
    find: String,
    replace: String,
    /// Cases that fail.
    #[serde(default)]
    pub fail: Vec<String>,
    /// Cases that warn.
    #[serde(default)]
    pub warn: Vec<String>,
    /// Cases without an answer.
    #[serde(default)]
    pub inconclusive: Vec<String>,
    /// Cases that one run may warn of, or not.
    #[serde(default)]
    pub may_warn: Vec<String>,
    /// Verdicts of `certify --tier verified`, by check, other than a pass; absent where certification is not tried.
    pub checks: Option<BTreeMap<String, String>>,
}

impl Fault {
    /// All faults, by name.
    pub fn all() -> Vec<Fault> {
        let files = fs::read_dir(fixtures().join("faults")).expect("folder").map(|entry| entry.expect("entry").path());
        let mut faults: Vec<_> = files.map(|path| Fault::read(&path)).collect();
        faults.sort_by(|a, b| a.name.cmp(&b.name));
        faults
    }

    fn read(path: &Path) -> Fault {
        let name = path.file_stem().expect("name").to_string_lossy().into_owned();
        let fault: Fault = toml::from_str(&read(path)).unwrap_or_else(|why| panic!("{name}: {why}"));
        Fault { name, ..fault }
    }

    /// The handler with this fault.
    pub fn handler(&self) -> String {
        let handler = correct_handler();
        assert_eq!(handler.matches(&self.find).count(), 1, "{}: what is replaced is not there once", self.name);
        handler.replace(&self.find, &self.replace)
    }
}

/// The handler without a fault.
pub fn correct_handler() -> String {
    read(&fixtures().join("handler.py"))
}

/// Makes a project of a handler. Its manifest is changed by `manifest`.
pub fn handler_project(environment: &TestEnvironment, handler: &str, manifest: fn(String) -> String) -> PathBuf {
    let project = environment.work().join("handler");
    fs::create_dir_all(&project).expect("folder");
    let text = read(&fixtures().join("proveniq.toml"));
    fs::write(project.join("proveniq.toml"), manifest(text)).expect("manifest");
    fs::write(project.join("handler.py"), handler).expect("handler");
    project
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/handlers")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}
