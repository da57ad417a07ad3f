//! A project whose integration is one Python file on the standard library, so that it starts at once.

use std::fs;
use std::path::{Path, PathBuf};

use super::TestEnvironment;

impl TestEnvironment {
    /// Copies the plain project into the work folder; returns its folder.
    pub fn plain_project(&self) -> PathBuf {
        self.copied_project(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plain"))
    }

    /// Copies a project into the work folder under its own name; returns its folder.
    pub fn copied_project(&self, from: &Path) -> PathBuf {
        let folder = self.work().join(from.file_name().expect("name"));
        copy(from, &folder);
        folder
    }

    /// The plain project with a file of two known secrets on one line: `secret(0)` and `secret(1)`.
    pub fn leaking_project(&self) -> PathBuf {
        let folder = self.plain_project();
        fs::write(folder.join("keys.py"), format!("# keys\nA, B = \"{}\", \"{}\"\n", secret(0), secret(1)))
            .expect("written");
        folder
    }
}

/// Secrets in the form of a known provider, made here, so that the repository holds none.
pub fn secret(which: usize) -> String {
    format!("AKIA{}", ["Q3EG5RIBCYJ7KLMN", "Z4NHXPODWA2VUTSM", "B6KQJYVRT5XGMPLE"][which])
}

pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder") {
        let entry = entry.expect("entry");
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("copied");
        }
    }
}
