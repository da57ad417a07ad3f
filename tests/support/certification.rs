//! Fixtures of certification: mutations of one small integration that works, each with the verdicts that it must get.
//!
//! A fixture is a folder `tests/fixtures/certification/CHECK/NAME` with an `expected.toml`. What it changes of the base is
//! in `files/` beside it, in `remove.txt` (paths to take away), or in `expected.toml` itself:
//!
//! - `tier` (`premier` by default), `static` (true by default), `[verdicts]` that differ from the base's, and `says`: texts
//!   of which each must stand in a finding;
//! - `[files]`: path and content; `[[edit]]`: `file`, `find`, `replace`; `[sizes]`: path and number of bytes; `[bytes]`:
//!   path and hex; `executable`: paths; `ignored`: lines of a `.gitignore`;
//! - `arguments`: more words for the command line, in which `{fixtures}` is the folder of all tests' fixtures;
//! - `published`: a list of edits under which the base is published first, to a sandbox of its own.
//!
//! `{{secret:KIND}}` in a content becomes a secret that is made up when the fixture is laid out.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use proveniq::certification::Tier;
use serde::Deserialize;
use serde_json::Value;

use super::project::copy;
use super::{Sandbox, TestEnvironment};

/// A fixture that was read.
pub struct CertificationFixture {
    /// Check that it is about.
    pub check: String,
    /// `CHECK/NAME`.
    pub name: String,
    pub tier: Tier,
    pub only_static: bool,
    /// Verdicts that differ from the base's.
    pub verdicts: BTreeMap<String, String>,
    /// Texts of which each must stand in a finding.
    pub says: Vec<String>,
    folder: PathBuf,
    expected: Expected,
}

/// What `certify` said.
pub struct Certified {
    pub verdicts: BTreeMap<String, String>,
    /// `CHECK path:line: message` of each finding.
    pub findings: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    /// What is wrong, or why it only looks so.
    about: String,
    tier: Option<Tier>,
    #[serde(rename = "static")]
    only_static: Option<bool>,
    verdicts: BTreeMap<String, String>,
    says: Vec<String>,
    files: BTreeMap<String, String>,
    edit: Vec<Edit>,
    sizes: BTreeMap<String, usize>,
    bytes: BTreeMap<String, String>,
    executable: Vec<String>,
    ignored: Vec<String>,
    arguments: Vec<String>,
    published: Option<Vec<Edit>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    find: String,
    replace: String,
}

impl CertificationFixture {
    /// The folder of all fixtures.
    pub fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/certification")
    }

    /// Every fixture, by name.
    pub fn all() -> Vec<Self> {
        let mut fixtures = Vec::new();
        for check in folders(&Self::root()).iter().filter(|folder| !folder.ends_with("base")) {
            // Those of dynamic checks are mutations of an integration of their own.
            let of_files = |folder: &&PathBuf| folder.join("expected.toml").exists();
            fixtures.extend(folders(check).iter().filter(of_files).map(|folder| Self::read(check, folder)));
        }
        assert!(!fixtures.is_empty(), "there are no fixtures");
        fixtures
    }

    /// The base itself.
    pub fn base(only_static: bool, tier: Tier, arguments: Vec<String>) -> Self {
        let folder = Self::root().join("base");
        let expected = Expected { only_static: Some(only_static), tier: Some(tier), arguments, ..Expected::default() };
        Self::of(("", "base"), &folder, expected)
    }

    fn read(check: &Path, folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("expected.toml"))
            .unwrap_or_else(|error| panic!("{}: expected.toml: {error}", folder.display()));
        let expected: Expected = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        assert!(!expected.about.is_empty(), "{} does not say what it is about", folder.display());
        let names = [check, folder].map(|path| path.file_name().expect("name").to_str().expect("UTF-8"));
        Self::of((names[0], names[1]), folder, expected)
    }

    fn of((check, name): (&str, &str), folder: &Path, expected: Expected) -> Self {
        CertificationFixture {
            check: check.to_owned(),
            name: format!("{check}/{name}"),
            tier: expected.tier.unwrap_or(Tier::Premier),
            only_static: expected.only_static.unwrap_or(true),
            verdicts: expected.verdicts.clone(),
            says: expected.says.clone(),
            folder: folder.to_owned(),
            expected,
        }
    }

    /// The base, certified in the same way.
    pub fn base_of_it(&self) -> Self {
        Self::base(self.only_static, self.tier, self.expected.arguments.clone())
    }

    /// How it is certified.
    pub fn way(&self) -> (bool, Tier, Vec<String>) {
        (self.only_static, self.tier, self.expected.arguments.clone())
    }

    /// Lays the fixture out and certifies it.
    pub fn certified(&self, environment: &TestEnvironment) -> Certified {
        let project = environment.plain_project();
        copy(&Self::root().join("base"), &project);
        let _sandbox = self.expected.published.as_ref().map(|edits| {
            let sandbox = Sandbox::start(environment);
            for edit in edits {
                edit.make(&project, &self.name);
            }
            environment.run_in(&project, &["publish"]).expect(0);
            copy(&Self::root().join("base"), &project);
            sandbox
        });
        self.lay_out(&project);
        let mut arguments = vec!["certify", "--json", "--tier", self.tier.as_str()];
        arguments.extend(self.only_static.then_some("--static"));
        let fixtures = format!("{}/tests/fixtures", env!("CARGO_MANIFEST_DIR"));
        let more: Vec<_> = self.expected.arguments.iter().map(|word| word.replace("{fixtures}", &fixtures)).collect();
        arguments.extend(more.iter().map(String::as_str));
        let finished = environment.run_in(&project, &arguments);
        assert!(matches!(finished.code, 0 | 1 | 6), "{}: {}\n{}", self.name, finished.code, finished.stderr);
        Certified::of(&finished.json())
    }

    fn lay_out(&self, project: &Path) {
        let put = |path: &str, content: &[u8]| {
            let place = project.join(path);
            fs::create_dir_all(place.parent().expect("parent")).expect("folder");
            fs::write(place, content).expect("written");
        };
        if self.folder.join("files").is_dir() {
            copy(&self.folder.join("files"), project);
        }
        let removed = fs::read_to_string(self.folder.join("remove.txt")).unwrap_or_default();
        removed.lines().for_each(|path| fs::remove_file(project.join(path)).expect("removed"));
        let expected = &self.expected;
        expected.files.iter().for_each(|(path, text)| put(path, with_secrets(text).as_bytes()));
        expected.edit.iter().for_each(|edit| edit.make(project, &self.name));
        expected.sizes.iter().for_each(|(path, size)| put(path, &vec![b'\n'; *size]));
        expected.bytes.iter().for_each(|(path, hex)| put(path, &unhex(hex)));
        if !expected.ignored.is_empty() {
            put(".gitignore", expected.ignored.join("\n").as_bytes());
        }
        for path in &expected.executable {
            fs::set_permissions(project.join(path), fs::Permissions::from_mode(0o755)).expect("executable");
        }
    }
}

impl Edit {
    #[track_caller]
    fn make(&self, project: &Path, name: &str) {
        let path = project.join(&self.file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {}: {error}", self.file));
        assert!(text.contains(&self.find), "{name}: {} does not hold {:?}", self.file, self.find);
        fs::write(path, text.replace(&self.find, &with_secrets(&self.replace))).expect("written");
    }
}

impl Certified {
    fn of(document: &Value) -> Self {
        let mut certified = Certified { verdicts: BTreeMap::new(), findings: Vec::new() };
        for check in document["checks"].as_array().expect("checks") {
            let id = check["id"].as_str().expect("id");
            certified.verdicts.insert(id.to_owned(), check["verdict"].as_str().expect("verdict").to_owned());
            for finding in check["findings"].as_array().into_iter().flatten() {
                let (path, message) = (finding["path"].as_str().unwrap_or_default(), &finding["message"]);
                certified.findings.push(format!("{id} {path}:{}: {}", finding["line"], message.as_str().unwrap_or("")));
            }
        }
        certified
    }
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).expect("folder").map(|entry| entry.expect("entry").path());
    let mut folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Secrets of the real forms that were never anybody's, so that the repository itself holds none.
fn with_secrets(text: &str) -> String {
    let body = "q7Zr2XkP9sVb4TnW8mYc3JdL6hGf";
    let entropy = "bR4tX9kQ2mZ7pL5wN8vJ3sD6";
    let github = format!("{body}Aa");
    text.replace("{{secret:github}}", &format!("ghp_{github}{}", base62(crc32fast::hash(github.as_bytes()))))
        .replace("{{secret:stripe}}", &format!("sk_live_{entropy}"))
        .replace("{{secret:webhook}}", &format!("whsec_{entropy}{body}"))
        .replace("{{secret:weak}}", &["k7Gh2m", "Qp9x"].concat())
        .replace("{{likeness:github}}", &format!("ghp_{}", "a1B2".repeat(9)))
}

/// Six characters of 0-9A-Za-z, most significant first.
fn base62(mut number: u32) -> String {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = alphabet[(number % 62) as usize];
        number /= 62;
    }
    String::from_utf8_lossy(&digits).into_owned()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<_> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hex");
    digits.chunks(2).map(byte).collect()
}
