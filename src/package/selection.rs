//! Which of a project's files belong to its package.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::why::WhyOut;
use crate::manifest::{FILE_NAME, PackageRules};

/// Never packed, in gitignore syntax: secrets, version control, and what builds and installs leave behind. Capitals do not
/// count, since they do not where these files are used.
const NEVER: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".env",
    ".env.*",
    "!.env.example",
    "!.env.sample",
    ".envrc",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "*.jks",
    "*.keystore",
    "*.ppk",
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_ecdsa_sk",
    "id_ed25519_sk",
    ".netrc",
    "_netrc",
    ".npmrc",
    ".pypirc",
    ".git-credentials",
    ".pgpass",
    ".htpasswd",
    ".aws",
    ".ssh",
    ".gnupg",
    ".kube",
    "node_modules",
    ".venv",
    "venv",
    "__pycache__",
    "*.pyc",
    ".cache",
    ".parcel-cache",
    ".turbo",
    ".gradle",
    ".nox",
    ".hypothesis",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".tox",
    "*.tsbuildinfo",
    ".eslintcache",
    "/target",
    ".DS_Store",
    "Thumbs.db",
    "*.swp",
    "/*.tar.zst",
    "/*.sarif",
    "/proveniq.xml",
    "/proveniq.json",
    "/proveniq.log",
    "/proveniq.baseline.json",
];

/// Packed although `include` does not name it: what a marketplace has to know to come to the same verdicts.
const SUPPRESSIONS: &str = ".proveniq/suppressions.toml";

/// What the manifest's rules say of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// No package is one without it.
    Needed,
    /// A pattern of `include` names it.
    Included(String),
    /// There is no `include`: it belongs unless git ignores it.
    Unnamed,
    /// It stays out.
    Out(WhyOut),
}

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
        let include = (!rules.include.is_empty())
            .then(|| compile(rules.include.iter().map(String::as_str), false))
            .transpose()?;
        let exclude = compile(rules.exclude.iter().map(String::as_str), false)?;
        Ok(Selection { never: compile(NEVER.iter().copied(), true)?, include, exclude })
    }

    /// Tells whether a folder need not be entered at all.
    pub fn skips_folder(&self, path: &str) -> bool {
        self.forbidden_by(path, true).is_some() || pattern(&self.exclude, path, true).is_some()
    }

    /// What becomes of a file.
    pub fn rule_on(&self, path: &str) -> Ruling {
        if path == FILE_NAME {
            return Ruling::Needed;
        }
        self.rule_on_either(path, false)
    }

    /// What becomes of a folder that holds nothing that belongs.
    pub fn rule_on_folder(&self, path: &str) -> WhyOut {
        match self.rule_on_either(path, true) {
            Ruling::Out(why) => why,
            _ => WhyOut::Nothing,
        }
    }

    fn rule_on_either(&self, path: &str, is_folder: bool) -> Ruling {
        if let Some(pattern) = self.forbidden_by(path, is_folder) {
            return Ruling::Out(WhyOut::Never { pattern });
        }
        if let Some(pattern) = pattern(&self.exclude, path, is_folder) {
            return Ruling::Out(WhyOut::Excluded { pattern });
        }
        if path == SUPPRESSIONS {
            return Ruling::Needed;
        }
        let Some(include) = &self.include else { return Ruling::Unnamed };
        pattern(include, path, is_folder).map_or(Ruling::Out(WhyOut::NotIncluded), Ruling::Included)
    }

    /// Tells whether a file belongs.
    pub fn takes(&self, path: &str) -> bool {
        !matches!(self.rule_on(path), Ruling::Out(_))
    }

    /// Tells whether a path must not be in any package, whatever a manifest says.
    pub fn forbids(&self, path: &str) -> bool {
        self.forbidden_by(path, false).is_some()
    }

    /// Tells whether `include` names a path.
    pub fn includes(&self, path: &str, is_folder: bool) -> bool {
        self.include.as_ref().is_some_and(|include| pattern(include, path, is_folder).is_some())
    }

    /// Tells whether files are named by `include`, which then also brings in files that git ignores.
    pub fn is_explicit(&self) -> bool {
        self.include.is_some()
    }

    fn forbidden_by(&self, path: &str, is_folder: bool) -> Option<String> {
        pattern(&self.never, path, is_folder)
    }
}

/// The pattern that names a path or a folder above it.
fn pattern(rules: &Gitignore, path: &str, is_folder: bool) -> Option<String> {
    match rules.matched_path_or_any_parents(path, is_folder) {
        Match::Ignore(glob) => Some(glob.original().to_owned()),
        Match::None | Match::Whitelist(_) => None,
    }
}

fn compile<'p>(patterns: impl Iterator<Item = &'p str>, any_case: bool) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new("");
    builder.case_insensitive(any_case).map_err(|why| why.to_string())?;
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
            ".ENV",
            "Server.Key",
            ".envrc",
        ] {
            assert!(!takes(&[], &[], path), "{path}");
            assert!(!takes(&["*"], &[], path), "{path} although included");
        }
        assert!(takes(&[], &[], ".env.example"));
    }

    #[test]
    fn the_manifest_always_belongs() {
        assert!(takes(&["src"], &["*.toml"], FILE_NAME));
        assert!(!takes(&["src"], &[], "sub/proveniq.toml"));
    }

    #[test]
    fn a_ruling_names_the_pattern() {
        let rules = PackageRules {
            include: vec!["/dist".into(), "*.md".into()],
            exclude: vec!["*.map".into()],
            ..PackageRules::default()
        };
        let rules = Selection::new(&rules).expect("patterns");
        let out = |why| Ruling::Out(why);
        assert_eq!(rules.rule_on("dist/a.js"), Ruling::Included("/dist".into()));
        assert_eq!(rules.rule_on("docs/a.md"), Ruling::Included("*.md".into()));
        assert_eq!(rules.rule_on("dist/a.map"), out(WhyOut::Excluded { pattern: "*.map".into() }));
        assert_eq!(rules.rule_on("dist/.env"), out(WhyOut::Never { pattern: ".env".into() }));
        assert_eq!(rules.rule_on("src/a.js"), out(WhyOut::NotIncluded));
        assert_eq!(rules.rule_on(FILE_NAME), Ruling::Needed);
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
