//! `pack --list`: what is in, what is not, and why.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::pack::{append, commit, git, names, packed, put};
use crate::support::TestEnvironment;

/// What `pack --list` says in JSON: paths with their reasons, of what is in and of what is not.
#[track_caller]
fn listed(environment: &TestEnvironment, project: &Path) -> (Vec<String>, Vec<String>) {
    let said = environment.run_in(project, &["pack", "--list", "--json"]).expect(0).json();
    let told = |list: &str| {
        let one = |file: &Value| {
            let text = |key: &str| file[key].as_str().unwrap_or_default().to_owned();
            format!("{}: {} {}", text("path"), text("why"), text("pattern")).trim_end().to_owned()
        };
        said[list].as_array().expect("list").iter().map(one).collect()
    };
    (told("files"), told("left_out"))
}

#[test]
fn the_list_is_what_would_be_packed() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    put(&project, "empty", "");
    let before = environment.listing(&project);
    let listed = environment.run_in(&project, &["pack", "--list", "--json"]).expect(0).json();
    assert_eq!(environment.listing(&project), before);
    let listed = listed["files"].as_array().expect("files");
    let paths: Vec<_> = listed.iter().map(|file| file["path"].as_str().expect("path")).collect();
    assert_eq!(paths, names(&packed(&environment, &project)));
    assert_eq!(listed.iter().find(|file| file["path"] == "empty").expect("file")["size"], 0);
}

#[test]
fn each_file_is_listed_with_its_reason() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let same = |why: &str| {
        let paths = ["README.md", "docs/api.md", "docs/setup.md", "handler.py"];
        paths.map(|path| format!("{path}: {why}")).into_iter().chain(["proveniq.toml: needed".to_owned()])
    };
    assert_eq!(listed(&environment, &project), (same("not_ignored").collect(), vec![]));
    git(&environment, &project, &["init", "--quiet"]);
    assert_eq!(listed(&environment, &project), (same("untracked").collect(), vec![".git/: never .git".to_owned()]));
    commit(&environment, &project);
    put(&project, ".gitignore", "*.log\nbuild/\n");
    for name in ["new.txt", "trace.log", "build/deep/out.js", "node_modules/a/b.js", ".ENV", "web/.env"] {
        put(&project, name, "x");
    }
    append(&project.join("proveniq.toml"), "\n[package]\nexclude = [\"/docs/*.md\", \"!setup.md\"]\n");
    let (files, left_out) = listed(&environment, &project);
    let expected = [
        ".gitignore: untracked",
        "README.md: tracked",
        "docs/setup.md: tracked",
        "handler.py: tracked",
        "new.txt: untracked",
        "proveniq.toml: needed",
    ];
    assert_eq!(files, expected);
    let expected = [
        ".ENV: never .env",
        ".git/: never .git",
        "build/: nothing",
        "docs/api.md: excluded /docs/*.md",
        "node_modules/: never node_modules",
        "trace.log: ignored",
        "web/: nothing",
    ];
    assert_eq!(left_out, expected);
    let human = environment.run_in(&project, &["pack", "--list"]).expect(0).stdout;
    assert!(human.contains("not tracked yet, and not ignored") && !human.contains("trace.log"), "{human}");
    let human = environment.run_in(&project, &["pack", "--list", "--verbose"]).expect(0).stdout;
    assert!(human.contains("git ignores it") && human.contains("never packed (node_modules)"), "{human}");
}

#[test]
fn what_include_names_in_vain_is_told() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    put(&project, "dist/main.js", "x");
    put(&project, "conf/.env", "x");
    put(&project, "node_modules/a/b.js", "x");
    append(&project.join("proveniq.toml"), "\n[package]\ninclude = [\"/dist\", \"conf\", \"node_modules\"]\n");
    let (files, left_out) = listed(&environment, &project);
    assert_eq!(files, ["dist/main.js: included /dist", "proveniq.toml: needed"]);
    for line in ["conf/.env: never .env", "node_modules/: never node_modules", "README.md: not_included"] {
        assert!(left_out.contains(&line.to_owned()), "{line} {left_out:?}");
    }
    let finished = environment.run_in(&project, &["pack"]).expect(0);
    finished.says("left out although [package] include names it: conf/.env, node_modules/ (never packed)");
    assert_eq!(names(&packed(&environment, &project)), ["dist/main.js", "proveniq.toml"]);
}

#[test]
fn patterns_of_one_person_or_one_clone_do_not_change_what_is_committed() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    git(&environment, &project, &["init", "--quiet"]);
    put(&project, "notes/todo.txt", "x");
    commit(&environment, &project);
    let first = packed(&environment, &project);
    fs::write(
        environment.path("gitconfig"),
        format!("[core]\nexcludesFile = {}\n", environment.path("mine").display()),
    )
    .expect("written");
    fs::write(environment.path("mine"), "*.md\nnotes/\n*.own\n").expect("written");
    put(&project, ".git/info/exclude", "handler.py\n*.clone\n");
    put(&project, "a.own", "x");
    put(&project, "a.clone", "x");
    assert_eq!(first, packed(&environment, &project));
    let (_, left_out) = listed(&environment, &project);
    assert_eq!(left_out, [".git/: never .git", "a.clone: ignored", "a.own: ignored"]);
    let said = environment.run_in(&project, &["pack", "--list", "--json"]).expect(0).json();
    assert_eq!(said["files"][0]["why"], json!("tracked"));
}
