//! The invariants of ARCHITECTURE.md that a program can check.

use std::fs;
use std::path::{Path, PathBuf};

const DOMAIN: &[&str] = &[
    "advisory",
    "audit",
    "manifest",
    "template",
    "event",
    "webhook",
    "scan",
    "certification",
    "package",
    "publication",
    "credential",
    "audit",
    "wire",
    "toml_reader",
    "verdict",
    "junit",
];

struct Source {
    /// Path below src/, with '/'.
    path: String,
    /// Text without comments and tests.
    code: String,
}

impl Source {
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    fn is_in(&self, modules: &[&str]) -> bool {
        modules.contains(&self.module())
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && !path.to_str().is_some_and(|path| path.ends_with("_tests.rs"))
            {
                files.push(path);
            }
        }
    }
    let source = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("text");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let path = path.strip_prefix(&root).expect("below src").to_str().expect("UTF-8").replace('\\', "/");
        Source { path, code }
    };
    let sources: Vec<_> = files.iter().map(source).collect();
    assert!(sources.len() > 80, "the sources were not found");
    sources
}

/// Lists the sources of `of` that hold one of `words`.
fn offenders(of: impl Fn(&Source) -> bool, words: &[&str]) -> Vec<String> {
    let sources = sources();
    let found = sources.iter().filter(|source| of(source)).flat_map(|source| {
        let held = words.iter().filter(|word| source.code.contains(**word));
        held.map(|word| format!("{}: {word}", source.path)).collect::<Vec<_>>()
    });
    found.collect()
}

fn none(offenders: &[String]) {
    assert!(offenders.is_empty(), "against an invariant of ARCHITECTURE.md: {offenders:#?}");
}

#[test]
fn the_domain_knows_nothing_of_what_is_around_it() {
    let outer = ["adapters", "stages", "commands", "context", "ui", "cli", "marketplace"];
    let imports: Vec<_> = outer.iter().map(|module| format!("crate::{module}")).collect();
    none(&offenders(|source| source.is_in(DOMAIN), &imports.iter().map(String::as_str).collect::<Vec<_>>()));
}

#[test]
fn the_domain_does_no_io_of_its_own() {
    let io = ["std::fs", "std::net", "std::process", "tokio::", "reqwest::", "File::open", "std::env::"];
    none(&offenders(|source| source.is_in(DOMAIN), &io));
}

#[test]
fn marketplace_and_client_meet_in_the_domain_only() {
    let client = ["crate::adapters", "crate::stages", "crate::commands", "crate::context", "crate::ui", "crate::cli"];
    none(&offenders(|source| source.is_in(&["marketplace"]), &client));
    let outside = |source: &Source| !source.is_in(&["marketplace"]) && source.path != "adapters/embedded.rs";
    none(&offenders(outside, &["crate::marketplace"]));
}

#[test]
fn only_ui_prints() {
    let prints = ["println!", "print!", "io::stdout()", "io::stderr()"];
    // lib.rs asks only whether they are terminals.
    none(&offenders(|source| !source.is_in(&["ui", "lib"]), &prints));
}

#[test]
fn only_context_reads_the_environment() {
    let reads = ["env::var", "env::vars", "env::temp_dir", "env::home_dir", "env::current_dir", "env::current_exe"];
    none(&offenders(|source| !source.is_in(&["context"]), &reads));
}

#[test]
fn time_comes_from_one_clock() {
    let tells = ["Timestamp::now", "SystemTime::now", "Zoned::now"];
    let elsewhere = |source: &Source| source.path != "adapters/clock.rs" && !source.is_in(&["marketplace"]);
    none(&offenders(elsewhere, &tells));
}

#[test]
fn commands_do_not_call_each_other() {
    let commands =
        sources().into_iter().filter(|source| source.is_in(&["commands"]) && source.path != "commands/mod.rs");
    let calls = commands.flat_map(|source| {
        let group = source.path.trim_start_matches("commands/").split(['/', '.']).next().unwrap_or_default().to_owned();
        let called = source.code.split(|c: char| !(c.is_alphanumeric() || c == ':' || c == '_'));
        let runs = called.filter(|word| word.starts_with("super::") && word.ends_with("::run"));
        runs.map(|word| format!("{group}: {word}")).collect::<Vec<_>>()
    });
    none(&calls.collect::<Vec<_>>());
}

#[test]
fn a_folders_mod_file_holds_no_logic() {
    // These hold the definition that the folder is named after.
    let named_after_their_folder = ["cli/mod.rs", "commands/mod.rs", "marketplace/mod.rs", "marketplace/api/mod.rs"];
    let is_index =
        |source: &Source| source.path.ends_with("/mod.rs") && !named_after_their_folder.contains(&source.path.as_str());
    none(&offenders(is_index, &["fn ", "impl ", "struct ", "enum "]));
}

#[test]
fn every_place_of_the_code_map_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let map = text.split("## Data flows").next().expect("code map");
    let places: Vec<_> =
        map.split('`').skip(1).step_by(2).filter(|word| word.contains('/') && !word.contains(' ')).collect();
    let missing: Vec<_> =
        places.iter().filter(|place| place.starts_with("src/") && !root.join(place).exists()).collect();
    assert!(places.len() > 20 && missing.is_empty(), "named in ARCHITECTURE.md and not there: {missing:?}");
    let modules = sources().into_iter().map(|source| source.module().to_owned());
    let unnamed: Vec<_> = modules.filter(|module| !map.contains(&format!("src/{module}"))).collect();
    assert!(unnamed.is_empty(), "not in the code map: {unnamed:?}");
}
