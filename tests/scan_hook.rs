//! `keys scan-hook`: what git would commit is searched, and nothing else.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use proveniq::credential::{ApiKey, KeyKind};

use crate::support::{Finished, TestEnvironment};

/// A repository below the work folder.
struct Repository<'e> {
    environment: &'e TestEnvironment,
    root: PathBuf,
}

impl<'e> Repository<'e> {
    fn new(environment: &'e TestEnvironment, name: &str) -> Self {
        let root = environment.work().join(name);
        fs::create_dir(&root).expect("folder");
        let repository = Repository { environment, root };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    fn at(environment: &'e TestEnvironment, root: PathBuf) -> Self {
        Repository { environment, root }
    }

    /// Runs git, which must succeed.
    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        self.try_git(arguments).expect(0).stdout
    }

    fn try_git(&self, arguments: &[&str]) -> Finished {
        let user = ["-c", "user.name=Dev", "-c", "user.email=dev@acme.test", "-c", "protocol.file.allow=always"];
        let words = [&user[..], arguments].concat();
        Finished::of(self.environment.prepared("git", &self.root, &words).spawn().expect("git"))
    }

    fn write(&self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        fs::write(path, text).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> Finished {
        self.environment.run_in(&self.root, &[&["keys", "scan-hook"], arguments].concat())
    }

    /// Where secrets would be committed, as `path:line:column rule`.
    #[track_caller]
    fn found(&self) -> Vec<String> {
        let finished = self.run(&["--json"]);
        let document = finished.json();
        let secrets = document["secrets"].as_array().expect("secrets");
        assert_eq!(finished.code, i32::from(!secrets.is_empty()), "{document}");
        let text = |secret: &serde_json::Value, field: &str| secret[field].as_str().expect("text").to_owned();
        let place =
            |secret: &serde_json::Value| format!("{}:{}:{}", text(secret, "path"), secret["line"], secret["column"]);
        secrets.iter().map(|secret| format!("{} {}", place(secret), text(secret, "rule"))).collect()
    }
}

/// A key that looks real, and is.
fn key() -> String {
    ApiKey::generate(KeyKind::Live).expect("randomness").expose().to_owned()
}

#[test]
fn a_staged_secret_is_refused_with_its_place_and_is_not_shown() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    let secret = key();
    repository.write("src/config.py", format!("import os\n\nKEY = \"{secret}\"\n"));
    repository.write("README.md", "nothing\n");
    assert_eq!(repository.found(), [""; 0], "nothing is staged yet");
    repository.git(&["add", "."]);
    let refused = repository.run(&[]).expect(1);
    assert!(
        refused.stdout.starts_with("1 secret would be committed\nsrc/config.py:3:8  proveniq-key  "),
        "{}",
        refused.stdout
    );
    assert!(!refused.stdout.contains(&secret[9..]) && !refused.stderr.contains(&secret[9..]));
    refused.says("hint: take each out");
    assert_eq!(repository.found(), ["src/config.py:3:8 proveniq-key"]);
    // From a folder below, paths are told from the root all the same.
    let below = environment.run_in(&repository.root.join("src"), &["keys", "scan-hook"]).expect(1);
    assert!(below.stdout.contains("src/config.py:3:8"), "{}", below.stdout);
}

#[test]
fn what_counts_is_the_index_and_not_the_work_tree() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    repository.write("a.txt", key());
    repository.git(&["add", "."]);
    repository.write("a.txt", "clean");
    assert_eq!(repository.found(), ["a.txt:1:1 proveniq-key"]);
    repository.git(&["add", "."]);
    repository.write("a.txt", key());
    assert_eq!(repository.found(), [""; 0]);
    repository.run(&[]).expect(0).says("Searched 1 staged file: no known secret");
}

#[test]
fn a_key_with_a_wrong_checksum_and_a_placeholder_are_no_secrets() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    let real = key();
    let swapped = format!("{}{}", &real[..46], if real.ends_with('0') { '1' } else { '0' });
    repository.write("a.txt", format!("{swapped}\npvq_live_...\nwhsec_...\n{}\n", &real[..40]));
    repository.git(&["add", "."]);
    assert_eq!(repository.found(), [""; 0]);
}

#[test]
fn odd_names_binary_files_renamed_and_deleted_ones() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    let known = key();
    let lines = "line\n".repeat(30);
    repository.write("old.txt", format!("{lines}{known}\n"));
    repository.write("gone.txt", key());
    repository.git(&["add", "."]);
    repository.git(&["commit", "--quiet", "-m", "before"]);

    repository.git(&["mv", "old.txt", "renamed.txt"]);
    repository.write("renamed.txt", format!("{lines}{known}\nmore\n"));
    repository.git(&["rm", "--quiet", "gone.txt"]);
    repository.git(&["add", "."]);
    assert_eq!(repository.found(), [""; 0], "what was committed before is not new");
    repository.run(&[]).expect(0).says("1 secret of these files was committed before");

    repository.write("renamed.txt", format!("{lines}{known}\n{}\n", key()));
    repository.write("with space.txt", key());
    repository.write("line\nend.txt", key());
    repository.write("-rf", key());
    repository.write(std::ffi::OsStr::from_bytes(b"latin-\xe9.txt"), key());
    repository.write("binary.dat", [&[0, 159, 146, 150, 0][..], key().as_bytes(), &[0, 255]].concat());
    std::os::unix::fs::symlink(key(), repository.root.join("link")).expect("link");
    repository.git(&["add", "."]);
    let mut found = repository.found();
    found.sort();
    let places: Vec<_> = found.iter().map(|place| place.strip_suffix(" proveniq-key").expect("rule")).collect();
    assert_eq!(
        places,
        [
            "-rf:1:1",
            "binary.dat:1:6",
            "latin-\u{fffd}.txt:1:1",
            "line\nend.txt:1:1",
            "link:1:1",
            "renamed.txt:32:1",
            "with space.txt:1:1"
        ]
    );
    let human = repository.run(&[]).expect(1).stdout;
    assert!(human.starts_with("7 secrets would be committed\n"), "{human}");
}

#[test]
fn a_file_that_is_too_large_is_named_and_what_is_only_intended_is_left_out() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    repository.write("large.bin", vec![b'x'; (16 << 20) + 1]);
    repository.write("after.txt", key());
    repository.write("later.txt", key());
    repository.git(&["add", "large.bin", "after.txt"]);
    repository.git(&["add", "--intent-to-add", "later.txt"]);
    assert_eq!(repository.found(), ["after.txt:1:1 proveniq-key"]);
    repository.run(&[]).expect(1).says("large.bin was not searched: it is larger than 16 MiB");
}

#[test]
fn many_staged_files_are_searched_fast() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    for number in 0..2_000 {
        repository
            .write(format!("{}/{number}.txt", number % 40), format!("file {number}\n{}", "some text\n".repeat(200)));
    }
    repository.write("z.txt", key());
    repository.git(&["add", "."]);
    let started = Instant::now();
    assert_eq!(repository.found(), ["z.txt:1:1 proveniq-key"]);
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn the_hook_keeps_secrets_out_of_commits_also_of_the_first_one() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    let installed = repository.run(&["--install", "--json"]).expect(0).json();
    assert_eq!(
        (&installed["schema"], &installed["change"]),
        (&"proveniq.keys-scan-hook-install/1".into(), &"installed".into())
    );
    let hook = repository.root.join(".git/hooks/pre-commit");
    assert_eq!(installed["path"], hook.to_str().expect("UTF-8"));
    assert_eq!(fs::metadata(&hook).expect("hook").permissions().mode() & 0o100, 0o100);

    repository.write("a.txt", key());
    repository.git(&["add", "."]);
    let refused = repository.try_git(&["commit", "-m", "first"]).expect(1);
    assert!(format!("{}{}", refused.stdout, refused.stderr).contains("a.txt:1:1"), "{}", refused.stderr);
    assert!(repository.try_git(&["rev-parse", "--verify", "HEAD"]).code != 0, "there is no commit");
    repository.write("a.txt", "clean\n");
    repository.git(&["add", "."]);
    repository.git(&["commit", "--quiet", "-m", "first"]);

    // Each way of committing has an index of its own.
    repository.write("a.txt", format!("{}\n", key()));
    repository.try_git(&["commit", "-am", "all"]).expect(1);
    repository.try_git(&["commit", "-m", "one", "--", "a.txt"]).expect(1);
    fs::create_dir(repository.root.join("below")).expect("folder");
    let below = Repository::at(&environment, repository.root.join("below"));
    below.try_git(&["commit", "-am", "from below"]).expect(1);
    repository.git(&["commit", "--quiet", "--no-verify", "-am", "on purpose"]);
    repository.write("b.txt", "clean");
    repository.git(&["add", "b.txt"]);
    repository.git(&["commit", "--quiet", "-m", "another"]);
}

#[test]
fn a_hook_without_its_program_lets_nothing_through_unseen() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    repository.run(&["--install"]).expect(0);
    let hook = repository.root.join(".git/hooks/pre-commit");
    let script = fs::read_to_string(&hook).expect("hook");
    let program = fs::canonicalize(env!("CARGO_BIN_EXE_proveniq")).expect("program");
    assert!(script.contains(program.to_str().expect("UTF-8")), "{script}");
    fs::write(&hook, script.replace("/proveniq\n", "/moved\n")).expect("written");
    repository.write("a.txt", "clean");
    repository.git(&["add", "."]);
    repository.try_git(&["commit", "-m", "first"]).expect(1).says("proveniq is not found");
    // It is found again by its name.
    let mut path = vec![program.parent().expect("folder").to_owned()];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").expect("PATH")));
    let mut command = environment.prepared(
        "git",
        &repository.root,
        &["-c", "user.name=D", "-c", "user.email=d@acme.test", "commit", "-m", "x"],
    );
    command.env("PATH", std::env::join_paths(path).expect("PATH"));
    Finished::of(command.spawn().expect("git")).expect(0);
}

#[test]
fn installing_is_idempotent_and_leaves_another_hook_alone() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    let change =
        |arguments: &[&str]| repository.run(&[arguments, &["--json"]].concat()).expect(0).json()["change"].clone();
    assert_eq!(change(&["--uninstall"]), "absent");
    assert_eq!(change(&["--install"]), "installed");
    assert_eq!(change(&["--install"]), "unchanged");
    assert_eq!(change(&["--uninstall"]), "removed");
    let hook = repository.root.join(".git/hooks/pre-commit");
    assert!(!hook.exists());

    let foreign = "#!/bin/sh\nexit 0\n";
    fs::write(&hook, foreign).expect("written");
    repository
        .run(&["--install"])
        .expect(5)
        .says("is another's hook")
        .says("hint: call `proveniq keys scan-hook` from it");
    repository.run(&["--uninstall"]).expect(5).says("is another's hook");
    assert_eq!(fs::read_to_string(&hook).expect("hook"), foreign);
    assert_eq!(change(&["--install", "--force"]), "installed");
    assert_eq!(change(&["--install"]), "unchanged");
    // An older form of our own is brought up to date.
    let text = fs::read_to_string(&hook).expect("hook");
    fs::write(&hook, format!("{text}# older\n")).expect("written");
    assert_eq!(change(&["--install"]), "installed");
    assert_eq!(fs::read_to_string(&hook).expect("hook"), text);
    // A link leads to a file of somebody else.
    let shared = repository.root.join("shared");
    fs::rename(&hook, &shared).expect("moved");
    std::os::unix::fs::symlink(&shared, &hook).expect("link");
    repository.run(&["--uninstall"]).expect(5);
    assert!(shared.exists() && hook.is_symlink());
    repository.run(&["--install", "--uninstall"]).expect(2);
    repository.run(&["--force"]).expect(2);
}

#[test]
fn the_hook_is_where_git_looks_for_it() {
    let environment = TestEnvironment::new();
    let repository = Repository::new(&environment, "sync");
    repository.write("a.txt", "clean");
    repository.git(&["add", "."]);
    repository.git(&["commit", "--quiet", "-m", "first"]);
    let refuses = |repository: &Repository<'_>| {
        repository.write("s.txt", key());
        repository.git(&["add", "s.txt"]);
        assert_eq!(repository.found(), ["s.txt:1:1 proveniq-key"]);
        let refused = repository.try_git(&["commit", "-m", "secret"]).expect(1);
        assert!(format!("{}{}", refused.stdout, refused.stderr).contains("would be committed"), "{}", refused.stderr);
    };
    let place = |repository: &Repository<'_>| {
        let installed = repository.run(&["--install", "--json"]).expect(0).json();
        PathBuf::from(installed["path"].as_str().expect("path"))
    };

    // A worktree shares the hooks of its repository.
    repository.git(&["worktree", "add", "--quiet", "../tree"]);
    let tree = Repository::at(&environment, environment.work().join("tree"));
    assert!(place(&tree).ends_with("sync/.git/hooks/pre-commit"));
    refuses(&tree);
    repository.run(&["--uninstall"]).expect(0);

    // A submodule has hooks of its own.
    let outer = Repository::new(&environment, "outer");
    outer.git(&["submodule", "--quiet", "add", "../sync", "inner"]);
    assert_eq!(outer.found(), [""; 0], "a submodule is no file");
    let inner = Repository::at(&environment, outer.root.join("inner"));
    assert!(place(&inner).ends_with("outer/.git/modules/inner/hooks/pre-commit"));
    refuses(&inner);

    // core.hooksPath is relative to the root, wherever the command is run.
    repository.git(&["config", "core.hooksPath", "tools/hooks"]);
    fs::create_dir(repository.root.join("below")).expect("folder");
    let below = Repository::at(&environment, repository.root.join("below"));
    assert_eq!(place(&below), repository.root.join("tools/hooks/pre-commit"));
    refuses(&repository);

    // Another hash has another empty tree.
    let sha256 = environment.work().join("sha256");
    fs::create_dir(&sha256).expect("folder");
    let sha256 = Repository::at(&environment, sha256);
    sha256.git(&["init", "--quiet", "--object-format=sha256"]);
    place(&sha256);
    refuses(&sha256);
}

#[test]
fn outside_of_a_repository_and_without_git_it_says_so() {
    let mut environment = TestEnvironment::new();
    for arguments in
        [&["keys", "scan-hook"][..], &["keys", "scan-hook", "--install"], &["keys", "scan-hook", "--uninstall"]]
    {
        environment.run(arguments).expect(2).says("hint: ").says("git");
    }
    environment.set("PATH", environment.path("nothing"));
    environment.run(&["keys", "scan-hook"]).expect(2).says("git cannot be started").says("hint: install git");
}
