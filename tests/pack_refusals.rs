//! What `pack` refuses, by name, and that it leaves nothing behind then.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::pack::{append, commit, git, put};
use crate::support::{Finished, TestEnvironment};

#[test]
fn what_cannot_be_packed_is_refused_by_name_and_leaves_nothing() {
    let cases: [(&str, &str); 9] = [
        ("aux.txt", "\"aux.txt\" has a name that Windows keeps for a device"),
        ("a:b", "\"a:b\" has a character that Windows does not allow"),
        ("docs/what?.md", "\"docs/what?.md\" has a character that Windows does not allow"),
        ("ends.", "\"ends.\" has a part that ends with '.' or a space"),
        ("tab\there", "has a control character"),
        ("README.MD", "collides with another name that differs in case only"),
        ("Docs/x.md", "\"docs\" is a file and a folder where case does not count"),
        ("long", "is longer than 150 bytes"),
        ("not \u{fffd}", "its name is not UTF-8"),
    ];
    for (name, words) in cases {
        let environment = TestEnvironment::new();
        let project = environment.plain_project();
        match name {
            "long" => put(&project, &format!("{}/x", "y".repeat(60)).repeat(3), "x"),
            "not \u{fffd}" => fs::write(project.join(OsStr::from_bytes(b"not \xff")), "x").expect("written"),
            "Docs/x.md" => {
                put(&project, "Docs", "x");
                put(&project, "docs/x.md", "x");
            }
            name => put(&project, name, "x"),
        }
        refused(&environment, &project, words);
    }
}

/// Expects `pack` to refuse the project with these words, and to leave nothing behind.
#[track_caller]
fn refused(environment: &TestEnvironment, project: &Path, words: &str) {
    let before = environment.listing(project);
    let finished = environment.run_in(project, &["pack"]).expect(2);
    finished.says(words).says("a file cannot be packed").says("[package] exclude");
    assert_eq!(environment.listing(project), before);
}

#[test]
fn links_and_special_files_are_refused_by_name() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    for (name, target) in [("link.md", "README.md"), ("passwd", "/etc/passwd"), ("gone", "nowhere"), ("folder", "docs")]
    {
        symlink(target, project.join(name)).expect("link");
        refused(&environment, &project, &format!("{name:?} is a link or a special file"));
        fs::remove_file(project.join(name)).expect("removed");
    }
    Finished::of(environment.prepared("mkfifo", &project, &["pipe"]).spawn().expect("mkfifo")).expect(0);
    refused(&environment, &project, "\"pipe\" is a link or a special file");
    // All that is wrong is told in one pass.
    symlink("README.md", project.join("link.md")).expect("link");
    put(&project, "nul", "x");
    let finished = environment.run_in(&project, &["pack"]).expect(2);
    finished.says("\"pipe\"").says("\"link.md\"").says("\"nul\"");
    append(&project.join("proveniq.toml"), "\n[package]\nexclude = [\"pipe\", \"link.md\", \"nul\"]\n");
    environment.run_in(&project, &["pack", "--list"]).expect(0);
}

#[test]
fn only_what_differs_from_a_commit_is_refused_by_publish() {
    let environment = TestEnvironment::new();
    let repository = environment.work().join("repository");
    let project = repository.join("plain");
    fs::create_dir(&repository).expect("folder");
    fs::rename(environment.plain_project(), &project).expect("moved");
    put(&project, ".gitignore", "*.log\n");
    // What is not refused gets as far as the question for a marketplace, of which there is none here.
    let accepted = || drop(environment.run_in(&project, &["publish"]).expect(4).says("no marketplace is named"));
    accepted();
    git(&environment, &repository, &["init", "--quiet"]);
    accepted();
    git(&environment, &repository, &["add", "--all"]);
    accepted();
    commit(&environment, &repository);
    accepted();
    put(&project, "trace.log", "ignored");
    put(&repository, "beside.txt", "not of this project");
    accepted();
    for change in ["notes.txt", "README.md"] {
        append(&project.join(change), "more\n");
        let finished = environment.run_in(&project, &["publish"]).expect(2);
        finished.says("from the last commit").says(&format!("differs: {change}")).says("--allow-dirty");
        environment.run_in(&project, &["publish", "--allow-dirty"]).expect(4);
        commit(&environment, &repository);
        accepted();
    }
    // Packing alone is always allowed.
    append(&project.join("README.md"), "more\n");
    environment.run_in(&project, &["pack", "--list"]).expect(0);
}

#[test]
fn a_package_lands_where_it_was_asked_for_or_nowhere() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let said = environment.run_in(&project, &["pack", "--json"]).expect(0).json();
    let place = project.join("plain-1.0.0.tar.zst");
    assert_eq!(said["path"], place.to_str().expect("UTF-8"));
    let first = fs::read(&place).expect("package");
    environment.run_in(&project, &["pack"]).expect(0);
    assert_eq!(fs::read(&place).expect("package"), first);
    let before = environment.listing(&project);
    let missing = environment.run_in(&project, &["pack", "--out", "missing/x.tar.zst"]).expect(2);
    missing.says("there is no folder").says("hint: make it first");
    environment.run_in(&project, &["pack", "--out", "docs"]).expect(2).says("is there and is no package");
    assert_eq!(environment.listing(&project), before);
    assert_eq!(environment.listing(&project.join("docs")), ["api.md", "setup.md"]);
}

#[test]
fn a_root_folder_that_is_too_long_is_refused_here_and_not_only_there() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let manifest = project.join("proveniq.toml");
    let text = fs::read_to_string(&manifest).expect("manifest");
    fs::write(&manifest, text.replace("1.0.0", &format!("1.0.0-{}", "x".repeat(100)))).expect("written");
    let before = environment.listing(&project);
    environment.run_in(&project, &["pack"]).expect(2).says("longer than 100 bytes");
    assert_eq!(environment.listing(&project), before);
}

#[test]
fn a_file_that_is_no_package_is_not_written_over() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let before = std::fs::read(project.join("README.md")).expect("README");
    environment.run_in(&project, &["pack", "--out", "README.md"]).expect(2).says("is there and is no package");
    assert_eq!(std::fs::read(project.join("README.md")).expect("README"), before);
    // Neither waits for whoever would write to a pipe, nor replaces what is no file.
    Finished::of(environment.prepared("mkfifo", &environment.work(), &["pipe"]).spawn().expect("mkfifo")).expect(0);
    for place in ["../pipe", "/dev/full"] {
        environment.run_in(&project, &["pack", "--out", place]).expect(2).says("is there and is no package");
    }
    environment.run_in(&project, &["pack"]).expect(0);
    environment.run_in(&project, &["pack"]).expect(0);
}
