//! Which paths a package may hold: those that mean the same file on every system.

use std::collections::HashSet;

/// Longest path below the root folder, in bytes; what the plain tar header takes with room for the root folder.
const LONGEST: usize = 150;

/// Names that Windows gives to devices, with any extension.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Checks a path; the error says what is wrong with it.
pub fn check_path(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("is empty");
    }
    if path.len() > LONGEST {
        return Err("is longer than 150 bytes");
    }
    if path.starts_with('/') {
        return Err("is absolute");
    }
    path.split('/').try_for_each(check_component)
}

/// Paths that were seen so far, as a system sees them that does not tell capitals from small letters.
#[derive(Debug, Default)]
pub struct DistinctPaths {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl DistinctPaths {
    /// Adds a path; the error says with what it collides.
    pub fn add(&mut self, path: &str) -> Result<(), String> {
        let folded = path.to_lowercase();
        for (at, _) in folded.match_indices('/') {
            let parent = &folded[..at];
            if self.files.contains(parent) {
                return Err(format!("{parent:?} is a file and a folder where case does not count"));
            }
            if !self.folders.contains(parent) {
                self.folders.insert(parent.to_owned());
            }
        }
        if self.folders.contains(&folded) || !self.files.insert(folded) {
            return Err(format!("{path:?} collides with another name that differs in case only"));
        }
        Ok(())
    }
}

fn check_component(part: &str) -> Result<(), &'static str> {
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let device = RESERVED.iter().any(|name| {
        stem.strip_prefix(name).is_some_and(|rest| match *name {
            "com" | "lpt" => rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()),
            _ => rest.is_empty(),
        })
    });
    match part {
        "" => Err("has an empty part"),
        "." | ".." => Err("has a part '.' or '..'"),
        _ if part.len() > 100 => Err("has a part longer than 100 bytes"),
        _ if part.chars().any(char::is_control) => Err("has a control character"),
        _ if part.contains(['\\', ':', '<', '>', '"', '|', '?', '*']) => {
            Err("has a character that Windows does not allow")
        }
        _ if part.ends_with(['.', ' ']) => Err("has a part that ends with '.' or a space"),
        _ if device => Err("has a name that Windows keeps for a device"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_mean_the_same_everywhere_pass() {
        for good in ["README.md", "docs/api.md", ".github/workflows/ci.yml", "console.rs", "ä/ö.txt", "com10.txt"] {
            assert_eq!(check_path(good), Ok(()), "{good}");
        }
        let long = "x".repeat(151);
        for bad in [
            "",
            "/etc/passwd",
            "a//b",
            "../x",
            "a/./b",
            "a\\b",
            "c:x",
            "nul",
            "docs/AUX.md",
            "com1.txt",
            "a.",
            "a /b",
            "a\nb",
            &long,
        ] {
            assert!(check_path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_that_differ_in_case_only_collide() {
        let mut paths = DistinctPaths::default();
        for good in ["README.md", "docs/a.md", "docs/b.md", "doc"] {
            assert_eq!(paths.add(good), Ok(()), "{good}");
        }
        for bad in ["readme.MD", "docs/A.md", "Docs", "README.md/x"] {
            assert!(paths.add(bad).is_err(), "{bad}");
        }
    }
}
