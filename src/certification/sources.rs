//! Which sources are part of the integration, and which only test it.

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

/// Whether `[run]` names a file, so that it is no test whatever it is called.
pub(super) fn is_run(manifest: &Manifest, path: &str) -> bool {
    let words = manifest.run.iter().flat_map(|run| run.build.iter().flatten().chain(&run.command));
    let module = path.rsplit_once('.').map_or(path, |(stem, _)| stem).replace('/', ".");
    words.into_iter().any(|word| word.trim_start_matches("./") == path || *word == module)
}

#[cfg(test)]
mod tests {
    use super::*;

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
