//! `pack`: the same bytes anywhere, and nothing in them that does not belong.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use rustix::process::Signal;
use serde_json::Value;

use crate::support::{Finished, Running, TestEnvironment, wait_until};

/// A package as `pack` wrote it: what it said, and the bytes.
#[derive(Debug, PartialEq)]
pub struct Packed {
    pub said: Value,
    pub bytes: Vec<u8>,
}

/// Packs with a command that ends in the arguments of `pack`.
#[track_caller]
fn packed_by(environment: &TestEnvironment, command: impl FnOnce(&[&str]) -> Command) -> Packed {
    let out = environment.path("packed.tar.zst");
    let mut command = command(&["pack", "--json", "--out", out.to_str().expect("UTF-8")]);
    let mut said = Finished::of(command.spawn().expect("started")).expect(0).json();
    let bytes = fs::read(&out).expect("package");
    fs::remove_file(&out).expect("removed");
    said.as_object_mut().expect("document").remove("path");
    Packed { said, bytes }
}

#[track_caller]
pub fn packed(environment: &TestEnvironment, project: &Path) -> Packed {
    packed_by(environment, |arguments| environment.command_in(project, arguments))
}

/// Paths in a package below its root folder.
pub fn names(packed: &Packed) -> Vec<String> {
    let tar = zstd::decode_all(&packed.bytes[..]).expect("zstd");
    let mut archive = tar::Archive::new(&tar[..]);
    let entries = archive.entries().expect("entries").map(|entry| {
        let path = entry.expect("entry").path().expect("path").to_str().expect("UTF-8").to_owned();
        path.strip_prefix("plain-1.0.0/").expect("root folder").to_owned()
    });
    entries.collect()
}

pub fn git(environment: &TestEnvironment, folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@acme.test", "-c", "init.defaultBranch=main"];
    let mut command = environment.prepared("git", folder, &[&identity, arguments].concat());
    Finished::of(command.spawn().expect("git")).expect(0);
}

pub fn commit(environment: &TestEnvironment, folder: &Path) {
    git(environment, folder, &["add", "--all"]);
    git(environment, folder, &["commit", "--quiet", "--message", "work"]);
}

pub fn put(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("parent")).expect("folder");
    fs::write(path, content).expect("written");
}

pub fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).unwrap_or_default();
    fs::write(path, before + text).expect("written");
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("folder").flatten() {
        if entry.path().is_dir() { found.extend(files(&entry.path())) } else { found.push(entry.path()) }
    }
    found.sort();
    found
}

/// Digits that compress a little: enough of them that several workers have something to do.
fn digits(count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b'0' + u8::try_from((state >> 24) % 10).expect("digit")
    };
    std::iter::repeat_with(next).take(count).collect()
}

#[test]
fn a_package_is_the_same_anywhere() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    put(&project, "data/digits.txt", digits(5 << 20));
    put(&project, "data/ä.txt", "ä\n");
    fs::set_permissions(project.join("handler.py"), fs::Permissions::from_mode(0o755)).expect("executable");
    let first = packed(&environment, &project);
    assert_eq!(first, packed(&environment, &project), "a second time");

    // Elsewhere, written in another order, closed to others, long ago.
    let elsewhere = environment.work().join("some where/else");
    for file in files(&project).iter().rev() {
        let place = elsewhere.join(file.strip_prefix(&project).expect("below"));
        fs::create_dir_all(place.parent().expect("parent")).expect("folder");
        fs::write(&place, fs::read(file).expect("read")).expect("written");
        let mode = if file.ends_with("handler.py") { 0o700 } else { 0o600 };
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).expect("closed");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        File::options().append(true).open(&place).expect("file").set_modified(long_ago).expect("time");
    }
    assert_eq!(first, packed(&environment, &elsewhere), "elsewhere");
    let variables = [("TZ", "Asia/Kathmandu"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "C"), ("HOME", "/nowhere")];
    let strange = packed_by(&environment, |arguments| {
        let mut command = environment.command_in(&project, arguments);
        command.envs(variables);
        command
    });
    assert_eq!(first, strange, "with other settings");
    let through = |program: &str, before: &[&str]| {
        packed_by(&environment, |arguments| {
            let words = [before, &[env!("CARGO_BIN_EXE_proveniq")], arguments].concat();
            environment.prepared(program, &project, &words)
        })
    };
    assert_eq!(first, through("sh", &["-c", "umask 077; exec \"$@\"", "sh"]), "with another umask");
    assert_eq!(first, through("taskset", &["-c", "0"]), "on one processor");

    git(&environment, &project, &["init", "--quiet"]);
    assert_eq!(first, packed(&environment, &project), "in a repository");
    git(&environment, &project, &["add", "README.md"]);
    assert_eq!(first, packed(&environment, &project), "with a file in the index");
    commit(&environment, &project);
    assert_eq!(first, packed(&environment, &project), "committed");
}

#[test]
fn headers_are_fixed_but_for_what_a_file_is() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    fs::set_permissions(project.join("handler.py"), fs::Permissions::from_mode(0o777)).expect("executable");
    let package = packed(&environment, &project);
    let tar = zstd::decode_all(&package.bytes[..]).expect("zstd");
    for entry in tar::Archive::new(&tar[..]).entries().expect("entries") {
        let entry = entry.expect("entry");
        let header = entry.header();
        let executable = entry.path().expect("path").ends_with("handler.py");
        assert_eq!(header.mode().expect("mode"), if executable { 0o755 } else { 0o644 });
        assert_eq!(header.mtime().expect("time"), 315_532_800);
        assert_eq!((header.uid().expect("owner"), header.gid().expect("group")), (0, 0));
        assert_eq!(header.username_bytes().unwrap_or_default(), b"");
    }
}

#[test]
fn what_does_not_belong_is_never_inside() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    put(&project, ".gitignore", "build/\n*.log\n!kept.log\n");
    put(&project, "docs/.gitignore", "draft.md\n");
    let ignored = ["build/out.js", "trace.log", "docs/draft.md", "docs/more.log"];
    let never = [
        ".env",
        ".env.local",
        "docs/.env",
        "node_modules/left/index.js",
        "web/node_modules/left/index.js",
        ".venv/bin/python",
        "a/__pycache__/b.pyc",
        "server.pem",
        "certs/server.key",
        "id_ed25519",
        ".npmrc",
        ".netrc",
        "old-0.9.0.tar.zst",
    ];
    let kept = [".env.example", ".github/workflows/ci.yml", "kept.log"];
    for name in ignored.iter().chain(&never).chain(&kept) {
        put(&project, name, "x");
    }
    let mut expected = vec![
        ".gitignore",
        "README.md",
        "docs/.gitignore",
        "docs/api.md",
        "docs/setup.md",
        "handler.py",
        "proveniq.toml",
    ];
    expected.extend(kept);
    expected.sort_unstable();
    assert_eq!(names(&packed(&environment, &project)), expected, "without a repository");
    git(&environment, &project, &["init", "--quiet"]);
    assert_eq!(names(&packed(&environment, &project)), expected, "in a repository");
    // What was committed although it is a secret stays out as well.
    git(&environment, &project, &["add", "--force", ".env", "server.pem"]);
    commit(&environment, &project);
    assert_eq!(names(&packed(&environment, &project)), expected, "committed");
}

#[test]
fn include_and_exclude_choose() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    put(&project, ".gitignore", "dist/\n");
    put(&project, "dist/main.js", "x");
    put(&project, "dist/main.js.map", "x");
    put(&project, "dist/.env", "x");
    let manifest = project.join("proveniq.toml");
    append(
        &manifest,
        "\n[package]\ninclude = [\"dist\", \"docs\", \"*.toml\"]\nexclude = [\"*.map\", \"/docs/api.md\"]\n",
    );
    assert_eq!(names(&packed(&environment, &project)), ["dist/main.js", "docs/setup.md", "proveniq.toml"]);
    let text = fs::read_to_string(&manifest).expect("manifest");
    // The manifest is needed, whatever the rules say.
    fs::write(&manifest, text.replace("\"*.toml\"]\n", "\"x\"]\n").replace("\"*.map\"", "\"*.toml\""))
        .expect("written");
    assert_eq!(
        names(&packed(&environment, &project)),
        ["dist/main.js", "dist/main.js.map", "docs/setup.md", "proveniq.toml"]
    );
    fs::write(&manifest, text.replace("\"dist\", \"docs\", \"*.toml\"", "\"nothing\"")).expect("written");
    environment.run_in(&project, &["pack"]).expect(2).says("no files to pack").says("include may match nothing");
    fs::write(&manifest, text.replace("\"*.map\"", "\"[z-a]\"")).expect("written");
    environment.run_in(&project, &["pack"]).expect(2).says("the package rules do not hold").says("[z-a]");
}

#[test]
fn rules_of_the_repository_around_a_project_hold() {
    let environment = TestEnvironment::new();
    let repository = environment.work().join("repository");
    let project = repository.join("plain");
    fs::create_dir(&repository).expect("folder");
    fs::rename(environment.plain_project(), &project).expect("moved");
    put(&repository, ".gitignore", "generated/\n/plain/secret.txt\n");
    put(&project, "generated/x.js", "x");
    put(&project, "secret.txt", "x");
    assert!(names(&packed(&environment, &project)).contains(&"generated/x.js".to_owned()));
    git(&environment, &repository, &["init", "--quiet"]);
    put(&repository, ".git/info/exclude", "notes.txt\n");
    put(&project, "notes.txt", "x");
    let expected = ["README.md", "docs/api.md", "docs/setup.md", "handler.py", "proveniq.toml"];
    assert_eq!(names(&packed(&environment, &project)), expected);
}

#[test]
fn an_interrupted_pack_leaves_nothing() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    // Large, and of no size on the disk.
    File::create(project.join("large.bin")).and_then(|file| file.set_len(1000 << 20)).expect("file");
    let before = environment.listing(&project);
    let command = Running::start(environment.command_in(&project, &["pack"]));
    wait_until("the package is begun", || environment.listing(&project).len() > before.len());
    command.signal(Signal::INT);
    command.finish_within(Duration::from_secs(10)).expect(130).says("interrupted");
    assert_eq!(environment.listing(&project), before);
}
