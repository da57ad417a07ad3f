//! What is installed on this machine for the templates to build with.

use std::process::{Command, Stdio};

use crate::context::Environment;

/// A program that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version, where it is installed and answers.
    pub version: Option<String>,
    /// Whether that version will do.
    pub usable: bool,
}

/// Looks for Node 20 or later.
pub fn node(environment: &Environment) -> Tool {
    let version = answer(environment, "node", &["--version"]).map(|text| text.trim_start_matches('v').to_owned());
    let major = version.as_deref().and_then(|text| text.split('.').next()?.parse::<u32>().ok());
    Tool { name: "node", version, usable: major.is_some_and(|major| major >= 20) }
}

/// Looks for npm.
pub fn npm(environment: &Environment) -> Tool {
    let version = answer(environment, "npm", &["--version"]);
    Tool { name: "npm", usable: version.is_some(), version }
}

/// Looks for Python 3.11 or later with venv.
pub fn python(environment: &Environment) -> Tool {
    let script = "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:3])))";
    let version = answer(environment, "python3", &["-c", script]);
    let minor = version.as_deref().and_then(|text| text.strip_prefix("3.")?.split('.').next()?.parse::<u32>().ok());
    Tool { name: "python3 with venv", version, usable: minor.is_some_and(|minor| minor >= 11) }
}

/// Looks for git.
pub fn git(environment: &Environment) -> Tool {
    let version =
        answer(environment, "git", &["--version"]).map(|text| text.trim_start_matches("git version ").to_owned());
    Tool { name: "git", usable: version.is_some(), version }
}

/// Tells whether the templates in this language can be built here.
pub fn can_build(environment: &Environment, language: &str) -> bool {
    match language {
        "typescript" => node(environment).usable && npm(environment).usable,
        "python" => python(environment).usable,
        _ => false,
    }
}

fn answer(environment: &Environment, program: &str, arguments: &[&str]) -> Option<String> {
    let path = environment.find_program(program)?;
    let output = Command::new(path).args(arguments).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let first = text.lines().next()?.trim().to_owned();
    (output.status.success() && !first.is_empty()).then_some(first)
}
