//! What editors, systems and runs leave behind.

/// Endings of what is left behind.
const ENDINGS: &[&str] = &[
    "~",
    ".bak",
    ".orig",
    ".rej",
    ".swp",
    ".swo",
    ".log",
    ".tmp",
    ".temp",
    ".pid",
    ".pyo",
    ".pyc",
    ".class",
    ".tsbuildinfo",
    ".db-wal",
    ".db-shm",
    ".sqlite-wal",
    ".sqlite-shm",
    ".stackdump",
    ".dmp",
    ".hprof",
    ".prof",
    ".part",
    ".crdownload",
];

/// Names of what is left behind.
const NAMES: &[&str] = &[
    ".ds_store",
    "thumbs.db",
    "desktop.ini",
    "nohup.out",
    ".coverage",
    ".eslintcache",
    ".stylelintcache",
    "dump.rdb",
    ".bash_history",
    ".python_history",
    ".node_repl_history",
    "core",
];

/// Folders of what is left behind.
const FOLDERS: &[&str] = &[
    ".cache",
    ".parcel-cache",
    ".nyc_output",
    "coverage",
    "htmlcov",
    ".idea",
    ".ipynb_checkpoints",
    "__macosx",
    ".gradle",
    ".next",
    ".turbo",
    ".eggs",
    ".hypothesis",
    ".terraform",
    "tmp",
    "temp",
    "__pycache__",
];

/// Whether a file is one that nobody means to ship.
pub(in crate::certification) fn is_stray(path: &str) -> bool {
    let path = path.to_lowercase();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let is_core =
        name.strip_prefix("core.").is_some_and(|pid| !pid.is_empty() && pid.chars().all(|c| c.is_ascii_digit()));
    let is_lock = name.starts_with(".#") || name.len() > 2 && name.starts_with('#') && name.ends_with('#');
    let is_log = name.contains(".log.") || name.starts_with("npm-debug") || name.starts_with("hs_err_pid");
    is_core
        || is_lock
        || is_log
        || NAMES.contains(&name)
        || ENDINGS.iter().any(|ending| name.ends_with(ending) && name.len() > ending.len())
        || folders.split('/').any(|folder| FOLDERS.contains(&folder) || folder.ends_with(".egg-info"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_behind_is_told_from_what_is_named_alike() {
        for path in
            ["a.py~", "x/.DS_Store", "npm-debug.log", "core.123", ".#a", "#a#", "a/.idea/x.xml", "y.log.1", "a.BAK"]
        {
            assert!(is_stray(path), "{path}");
        }
        for path in [
            "catalog/a.md",
            "core.ts",
            "log.ts",
            "src/core/mod.rs",
            "temporary/a",
            "backup.md",
            "a/login",
            "#1.md",
            "~",
        ] {
            assert!(!is_stray(path), "{path}");
        }
    }
}
