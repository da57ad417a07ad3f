//! Registries of packages.

use crate::manifest::vocabulary;

vocabulary! {
    /// A registry of packages, under the name that OSV has for it.
    Ecosystem, "ecosystem" {
        /// JavaScript and TypeScript.
        Npm = "npm",
        /// Python.
        PyPi = "PyPI",
        /// Rust.
        Cargo = "crates.io",
    }
}

impl Ecosystem {
    /// The one form of a package's name: PEP 503 for Python, as it is written elsewhere.
    pub fn normalised(self, name: &str) -> String {
        if self != Ecosystem::PyPi {
            return name.to_owned();
        }
        let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
    }

    /// A name that a file can have.
    pub fn file_name(self) -> &'static str {
        match self {
            Ecosystem::Npm => "npm",
            Ecosystem::PyPi => "pypi",
            Ecosystem::Cargo => "crates-io",
        }
    }
}
