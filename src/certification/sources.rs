//! Which sources are part of the integration, and which only test it.

use std::collections::BTreeSet;

use super::source::{Import, Language};
use crate::manifest::Manifest;

/// Folders that hold tests.
const FOLDERS: &[&str] = &["test", "tests", "__tests__", "spec", "specs", "e2e", "testdata", "fixtures", "__mocks__"];

/// Whether a file holds tests, going by where it is and what it is called.
pub(super) fn is_test(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    folders.split('/').any(|folder| FOLDERS.contains(&folder))
        || stem.rsplit_once('.').is_some_and(|(_, kind)| matches!(kind, "test" | "spec"))
        || stem.ends_with("_test")
        || stem.ends_with("_tests")
        || stem.starts_with("test_")
        || stem == "conftest"
}

/// Whether `[run]` or `plugin.entry` names a file, so that it is no test whatever it is called.
pub(super) fn is_run(manifest: &Manifest, path: &str) -> bool {
    let words = manifest.run.iter().flat_map(|run| run.build.iter().flatten().chain(&run.command));
    let module = path.rsplit_once('.').map_or(path, |(stem, _)| stem).replace('/', ".");
    let package = module.strip_suffix(".__main__").or_else(|| module.strip_suffix(".__init__"));
    let named = |word: &str| {
        // `--import=./tests/a.mjs`, and `tests.app:app` of servers of Python.
        let word = word.rsplit('=').next().unwrap_or(word);
        let word = word.split(':').next().unwrap_or(word);
        word.trim_start_matches("./") == path || word == module || Some(word) == package
    };
    manifest.plugin.as_ref().is_some_and(|plugin| plugin.entry == path) || words.into_iter().any(|word| named(word))
}

/// The files of a tree that an import of a source takes in.
pub(super) fn imported<'t>(
    import: &Import,
    (from, language): (&str, Language),
    files: &BTreeSet<&'t str>,
) -> Vec<&'t str> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let candidates = match language {
        Language::Python => of_python(import, folder),
        Language::Rust => of_rust(&import.module, from, folder),
        Language::JavaScript | Language::TypeScript | Language::Tsx => of_javascript(&import.module, folder),
    };
    candidates.iter().filter_map(|path| files.get(path.as_str()).copied()).collect()
}

fn of_javascript(module: &str, folder: &str) -> Vec<String> {
    let Some(path) = module.starts_with('.').then(|| joined(folder, module)).flatten() else { return Vec::new() };
    let endings = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];
    let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
    let stems = [path.clone(), format!("{path}/index"), stem.to_owned()];
    let spelled = stems.iter().flat_map(|stem| endings.iter().map(move |ending| format!("{stem}.{ending}")));
    spelled.chain([path.clone()]).collect()
}

/// A module is looked for from the folder of the source and from those around it, as far as the project goes.
fn of_python(import: &Import, folder: &str) -> Vec<String> {
    let dots = import.module.len() - import.module.trim_start_matches('.').len();
    let module = import.module.trim_start_matches('.').replace('.', "/");
    let around = std::iter::successors(Some(folder), |folder| {
        (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(around, _)| around))
    });
    let roots: Vec<_> = if dots == 0 { around.collect() } else { around.skip(dots - 1).take(1).collect() };
    let names = import.names.iter().map(|name| format!("{module}/{}", name.replace('.', "/")));
    let modules: Vec<_> = names.chain([module.clone()]).collect();
    let mut found = Vec::new();
    for root in roots {
        for module in &modules {
            // Each package around a module is run before it.
            let mut path = format!("{root}/{module}").trim_matches('/').to_owned();
            found.push(format!("{path}.py"));
            while !path.is_empty() && path != root {
                found.push(format!("{path}/__init__.py"));
                path.truncate(path.rfind('/').unwrap_or(0));
            }
        }
    }
    found
}

fn of_rust(module: &str, from: &str, folder: &str) -> Vec<String> {
    let stem = from.rsplit('/').next().unwrap_or(from).trim_end_matches(".rs");
    let below = joined(folder, stem).filter(|_| !matches!(stem, "main" | "lib" | "mod"));
    let folders = [folder.to_owned()].into_iter().chain(below);
    let spelled = folders.filter_map(|folder| joined(&folder, module));
    spelled
        .flat_map(|path| match path.strip_suffix(".rs") {
            Some(_) => vec![path],
            None => vec![format!("{path}.rs"), format!("{path}/mod.rs")],
        })
        .collect()
}

/// A path from a folder on; nothing where it leads out of the project.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_lead_to_files_of_the_tree() {
        let files =
            ["spec/a.ts", "spec/index.js", "tests/__init__.py", "tests/app.py", "src/tests.rs", "src/a/test_b.rs"];
        let files: BTreeSet<&str> = files.into();
        let taken = |from, language, module: &str, names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            imported(&Import { module: module.to_owned(), names }, (from, language), &files)
        };
        assert_eq!(taken("src/main.ts", Language::TypeScript, "../spec/a.js", &[]), ["spec/a.ts"]);
        assert_eq!(taken("main.js", Language::JavaScript, "./spec", &[]), ["spec/index.js"]);
        assert!(taken("main.js", Language::JavaScript, "spec", &[]).is_empty());
        assert!(taken("main.js", Language::JavaScript, "../spec", &[]).is_empty());
        assert_eq!(taken("src/x.py", Language::Python, "tests.app", &[]), ["tests/app.py", "tests/__init__.py"]);
        assert!(taken("x.py", Language::Python, "tests", &["app"]).contains(&"tests/app.py"));
        assert!(taken("src/x.py", Language::Python, "..tests", &["app"]).contains(&"tests/app.py"));
        assert_eq!(taken("src/main.rs", Language::Rust, "tests", &[]), ["src/tests.rs"]);
        assert_eq!(taken("src/a.rs", Language::Rust, "test_b", &[]), ["src/a/test_b.rs"]);
    }

    #[test]
    fn tests_are_told_by_name_and_folder() {
        for path in [
            "test/a.ts",
            "src/__tests__/a.js",
            "a.test.ts",
            "src/a.spec.tsx",
            "test_a.py",
            "a_test.rs",
            "x/conftest.py",
        ] {
            assert!(is_test(path), "{path}");
        }
        for path in ["src/contest.ts", "testing.py", "src/latest.js", "attest.rs", "protest/a.ts"] {
            assert!(!is_test(path), "{path}");
        }
    }
}
