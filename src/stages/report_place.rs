//! Where a report may be written: neither over what it is not, nor among what is packed.

use std::path::Path;

use crate::adapters::files;
use crate::adapters::project::Project;
use crate::certification::Baseline;
use crate::certification::reports::{Form, JSON_SCHEMA_NAME};
use crate::error::{Error, Result};

/// Largest file that is looked at before it is replaced.
const LARGEST: u64 = 64 << 20;

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A report in a form.
    Report(Form),
    /// A baseline.
    Baseline,
}

/// Refuses a place among what is packed, and one where a file is that is no such report.
pub fn refuse(project: &Project, path: &Path, written: Written) -> Result<()> {
    let named = path.display();
    let path = path.canonicalize().unwrap_or_else(|_| beside_canonical(path));
    let root = project.root.canonicalize().unwrap_or_else(|_| project.root.clone());
    let canonical = Project { root, manifest: project.manifest.clone() };
    if path.is_dir() || path.exists() && !path.is_file() {
        return Ok(());
    }
    let what = written.name();
    if canonical.would_ship(&path)? {
        let place = if path.exists() { "is part of the package" } else { "would become part of the package" };
        return Err(Error::usage(format!("{named} {place}, so that no {what} is written there")).hint(format!(
            "name a file outside of the project or {}, or leave it out with .gitignore or [package] exclude",
            written.own_name()
        )));
    }
    let there = files::read_bytes(&path, LARGEST).map_err(|_| other(&named.to_string(), what))?;
    if there.is_some_and(|bytes| !bytes.is_empty() && !written.is_one(&bytes)) {
        return Err(other(&named.to_string(), what));
    }
    Ok(())
}

fn other(named: &str, what: &str) -> Error {
    Error::usage(format!("{named} is there and is no {what}")).hint("name another file, or remove it first")
}

/// The place of a file that is yet to be made, in the folder as it is really named.
fn beside_canonical(path: &Path) -> std::path::PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

impl Written {
    fn name(self) -> &'static str {
        match self {
            Written::Report(Form::Human) => "report for people",
            Written::Report(Form::Json) => "JSON report",
            Written::Report(Form::Sarif) => "SARIF report",
            Written::Report(Form::Junit) => "JUnit report",
            Written::Report(Form::Github) => "report for GitHub",
            Written::Baseline => "baseline",
        }
    }

    /// A name in the project's folder that is never packed.
    fn own_name(self) -> &'static str {
        match self {
            Written::Report(Form::Human | Form::Github) => "proveniq.log",
            Written::Report(Form::Json) => "proveniq.json",
            Written::Report(Form::Sarif) => "proveniq.sarif",
            Written::Report(Form::Junit) => "proveniq.xml",
            Written::Baseline => "proveniq.baseline.json",
        }
    }

    /// Whether a file that is there is such a report. Lines for people have no form to go by.
    fn is_one(self, bytes: &[u8]) -> bool {
        let json = || serde_json::from_slice::<serde_json::Value>(bytes).unwrap_or_default();
        match self {
            Written::Report(Form::Human | Form::Github) => true,
            Written::Report(Form::Json) => json()["schema"] == JSON_SCHEMA_NAME,
            Written::Report(Form::Sarif) => {
                let report = json();
                report["version"] == "2.1.0" && report["runs"].is_array()
            }
            Written::Report(Form::Junit) => {
                let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).into_owned();
                begin.trim_start().starts_with("<?xml") && begin.contains("<testsuites")
            }
            Written::Baseline => Baseline::parse(bytes).is_ok(),
        }
    }
}
