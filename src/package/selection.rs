//! Which of a project's files belong to its package.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::manifest::PackageRules;

/// Never packed, in gitignore syntax: secrets, version control, and what builds and installs leave behind.
const NEVER: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".env",
    ".env.*",
    "!.env.example",
    "!.env.sample",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "id_rsa",
    "id_ecdsa",
    "id_ed25519",
    ".netrc",
    ".npmrc",
    ".pypirc",
    "node_modules",
    ".venv",
    "venv",
    "__pycache__",
    "*.pyc",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".tox",
    "/target",
    ".DS_Store",
    "Thumbs.db",
    "*.swp",
    "/*.tar.zst",
    ".aws",
    ".ssh",
];

/// Packed although `include` does not name it: what a marketplace has to know to come to the same verdicts.
const SUPPRESSIONS: &str = ".proveniq/suppressions.toml";

/// The rules of one project.
#[derive(Debug)]
pub struct Selection {
    never: Gitignore,
    include: Option<Gitignore>,
    exclude: Gitignore,
}

impl Selection {
    /// Compiles the manifest's rules; the error names the pattern that is none.
    pub fn new(rules: &PackageRules) -> Result<Self, String> {
        let include =
            (!rules.include.is_empty()).then(|| compile(rules.include.iter().map(String::as_str))).transpose()?;
        let exclude = compile(rules.exclude.iter().map(String::as_str))?;
        Ok(Selection { never: compile(NEVER.iter().copied())?, include, exclude })
    }

    /// Tells whether a folder need not be entered at all.
    pub fn skips_folder(&self, path: &str) -> bool {
        self.never.matched(path, true).is_ignore() || self.exclude.matched(path, true).is_ignore()
    }

    /// Tells whether a file belongs.
    pub fn takes(&self, path: &str) -> bool {
        let matches = |rules: &Gitignore| rules.matched_path_or_any_parents(path, false).is_ignore();
        let included = path == SUPPRESSIONS || self.include.as_ref().is_none_or(matches);
        !matches(&self.never) && !matches(&self.exclude) && included
    }

    /// Tells whether a path must not be in any package, whatever a manifest says.
    pub fn forbids(&self, path: &str) -> bool {
        self.never.matched_path_or_any_parents(path, false).is_ignore()
    }

    /// Tells whether files are named by `include`, which then also brings in files that git ignores.
    pub fn is_explicit(&self) -> bool {
        self.include.is_some()
    }
}

fn compile<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new("");
    for pattern in patterns {
        builder.add_line(None, pattern).map_err(|why| format!("{pattern:?} is no pattern: {why}"))?;
    }
    builder.build().map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(include: &[&str], exclude: &[&str], path: &str) -> bool {
        let list = |patterns: &[&str]| patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        let rules = PackageRules { include: list(include), exclude: list(exclude), ..PackageRules::default() };
        Selection::new(&rules).expect("patterns").takes(path)
    }

    #[test]
    fn secrets_and_leftovers_never_belong() {
        for path in [
            ".env",
            ".env.local",
            "certs/server.pem",
            "node_modules/a/index.js",
            "a/__pycache__/b.pyc",
            ".git/config",
            "id_rsa",
        ] {
            assert!(!takes(&[], &[], path), "{path}");
            assert!(!takes(&["*"], &[], path), "{path} although included");
        }
        assert!(takes(&[], &[], ".env.example"));
    }

    #[test]
    fn include_and_exclude_narrow() {
        assert!(takes(&["src", "*.md"], &[], "src/main.ts"));
        assert!(!takes(&["src", "*.md"], &[], "test/main.ts"));
        assert!(!takes(&[], &["docs"], "docs/a.md"));
        assert!(!takes(&["src"], &["src/gen"], "src/gen/a.ts"));
        assert!(takes(&["src"], &[], ".proveniq/suppressions.toml"));
        assert!(!takes(&["src"], &[".proveniq"], ".proveniq/suppressions.toml"));
    }
}
