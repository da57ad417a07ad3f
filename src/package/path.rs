//! Which paths a package may hold: those that mean the same file on every system.

use std::collections::{HashMap, HashSet};

use icu_normalizer::DecomposingNormalizer;

use super::defect::{Defect, Flaw};

/// Longest path below the root folder, in bytes; what the plain tar header takes with room for the root folder.
const LONGEST: usize = 150;

/// Names that Windows gives to devices, with any extension.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Checks a path; the error says what is wrong with it.
pub fn check_path(path: &str) -> Result<(), Flaw> {
    if path.is_empty() {
        return Err(Defect::EmptyPath.because("is empty"));
    }
    if path.len() > LONGEST {
        return Err(Defect::LongPath.because("is longer than 150 bytes"));
    }
    if path.starts_with('/') {
        return Err(Defect::AbsolutePath.because("is absolute"));
    }
    path.split('/').try_for_each(|part| check_component(part).map_err(|(defect, text)| defect.because(text)))
}

/// Paths that were seen so far, as a system sees them that tells neither capitals from small letters nor one way to write
/// a letter from another.
#[derive(Debug, Default)]
pub struct DistinctPaths {
    /// What was added, by its folded form.
    files: HashMap<String, String>,
    folders: HashSet<String>,
}

impl DistinctPaths {
    /// Adds a path; the error says with what it collides.
    pub fn add(&mut self, path: &str) -> Result<(), Flaw> {
        let folded = folded(path);
        for (at, _) in folded.match_indices('/') {
            let parent = &folded[..at];
            if self.files.contains_key(parent) {
                let text = format!("{parent:?} is a file and a folder where case does not count");
                return Err(Defect::FileAndFolder.because(text));
            }
            if !self.folders.contains(parent) {
                self.folders.insert(parent.to_owned());
            }
        }
        let in_case = || format!("{path:?} collides with another name that differs in case only");
        if let Some(other) = self.files.get(&folded) {
            return Err(if other == path {
                Defect::Duplicate.because(format!("{path:?} is there twice"))
            } else if decomposed(other) == decomposed(path) {
                Defect::UnicodeCollision
                    .because(format!("{path:?} collides with another way to write the same letters"))
            } else {
                Defect::CaseCollision.because(in_case())
            });
        }
        if self.folders.contains(&folded) {
            return Err(Defect::CaseCollision.because(in_case()));
        }
        self.files.insert(folded, path.to_owned());
        Ok(())
    }
}

/// Capitals and small letters alike, letters taken apart. By way of the capitals, since some small letters share one.
fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    decomposed(&decomposed(path).to_uppercase().to_lowercase())
}

fn decomposed(path: &str) -> String {
    DecomposingNormalizer::new_nfd().normalize(path).into_owned()
}

fn check_component(part: &str) -> Result<(), (Defect, &'static str)> {
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let device = RESERVED.iter().any(|name| {
        stem.strip_prefix(name).is_some_and(|rest| match *name {
            "com" | "lpt" => rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()),
            _ => rest.is_empty(),
        })
    });
    match part {
        "" => Err((Defect::EmptyPath, "has an empty part")),
        "." | ".." => Err((Defect::ParentPath, "has a part '.' or '..'")),
        _ if part.len() > 100 => Err((Defect::LongPath, "has a part longer than 100 bytes")),
        _ if part.chars().any(char::is_control) => Err((Defect::ControlCharacter, "has a control character")),
        _ if part.contains(['\\', ':', '<', '>', '"', '|', '?', '*']) => {
            Err((Defect::WindowsName, "has a character that Windows does not allow"))
        }
        _ if part.ends_with(['.', ' ']) => Err((Defect::WindowsName, "has a part that ends with '.' or a space")),
        _ if device => Err((Defect::WindowsName, "has a name that Windows keeps for a device")),
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

    #[test]
    fn paths_that_mean_one_file_somewhere_collide() {
        for (a, b, defect) in [
            ("caf\u{e9}.md", "cafe\u{301}.md", Defect::UnicodeCollision),
            ("\u{c5}/x", "A\u{30a}/x", Defect::UnicodeCollision),
            ("\u{212b}.md", "\u{c5}.md", Defect::UnicodeCollision),
            ("CAF\u{c9}.md", "cafe\u{301}.md", Defect::CaseCollision),
            ("stra\u{df}e", "STRASSE", Defect::CaseCollision),
            ("\u{17f}.md", "s.md", Defect::CaseCollision),
            ("\u{3c3}", "\u{3c2}", Defect::CaseCollision),
            ("x", "x", Defect::Duplicate),
            ("a/b", "a", Defect::CaseCollision),
            ("a", "a/b", Defect::FileAndFolder),
        ] {
            let mut paths = DistinctPaths::default();
            paths.add(a).expect("the first");
            assert_eq!(paths.add(b).expect_err(b).defect, defect, "{a} {b}");
        }
    }
}
