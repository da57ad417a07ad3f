//! `certify --history`: secrets that were committed once, and are in no file any more.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Finished, TestEnvironment, secret};

fn git(environment: &TestEnvironment, folder: &Path, arguments: &[&str]) -> String {
    let user = ["-c", "user.name=Dev", "-c", "user.email=dev@acme.test"];
    let words = [&user[..], arguments].concat();
    Finished::of(environment.prepared("git", folder, &words).spawn().expect("git")).expect(0).stdout
}

fn of_secrets(report: &Value) -> &Value {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["id"] == "SEC-SECRET").expect("the check")
}

#[test]
fn what_was_committed_once_fails_with_its_commit() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    environment.run_in(&project, &["certify", "--history"]).expect(2).says("git cannot tell the history");
    // The project is one of several in its repository; of the others nothing is told.
    let root = &environment.work();
    fs::write(root.join("other.txt"), secret(2)).expect("written");
    git(&environment, root, &["init", "--quiet"]);
    git(&environment, root, &["add", "."]);
    git(&environment, root, &["commit", "--quiet", "-m", "first"]);
    let first = git(&environment, root, &["rev-parse", "HEAD"]);
    fs::remove_file(project.join("keys.py")).expect("removed");
    git(&environment, root, &["commit", "--quiet", "-am", "second"]);
    let report = environment.run_in(&project, &["certify", "--json"]).expect(0).json();
    assert_eq!(of_secrets(&report)["verdict"], "pass");
    let report = environment.run_in(&project, &["certify", "--history", "--json"]).expect(1).json();
    let found = of_secrets(&report)["findings"].as_array().expect("findings");
    assert_eq!((found.len(), &found[0]["path"], &found[0]["line"]), (2, &"keys.py".into(), &2.into()));
    let message = found[0]["message"].as_str().expect("text");
    assert!(message.ends_with(&format!("in git's history since commit {}", &first[..12])), "{message}");
    // What a person has judged does not count here either.
    let entry = |at: usize| {
        let fingerprint = &found[at]["fingerprint"];
        format!("[[suppression]]\nrule = \"SEC-SECRET\"\nfingerprint = {fingerprint}\nreason = \"revoked in May\"\n")
    };
    fs::create_dir_all(project.join(".proveniq")).expect("folder");
    fs::write(project.join(".proveniq/suppressions.toml"), entry(0) + &entry(1)).expect("written");
    let report = environment.run_in(&project, &["certify", "--history", "--json"]).expect(0).json();
    assert_eq!(of_secrets(&report)["verdict"], "pass");
}

#[test]
fn a_secret_that_is_still_there_is_told_once() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    git(&environment, &project, &["init", "--quiet"]);
    git(&environment, &project, &["add", "."]);
    git(&environment, &project, &["commit", "--quiet", "-m", "first"]);
    let report = environment.run_in(&project, &["certify", "--history", "--json"]).expect(1).json();
    assert_eq!(of_secrets(&report)["findings"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_history_that_is_not_all_there_is_no_pass() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    git(&environment, &project, &["init", "--quiet"]);
    git(&environment, &project, &["add", "."]);
    git(&environment, &project, &["commit", "--quiet", "-m", "first"]);
    git(&environment, &project, &["commit", "--quiet", "--allow-empty", "-m", "second"]);
    environment.run_in(&project, &["certify", "--history"]).expect(0);
    let url = format!("file://{}", project.display());
    git(&environment, &environment.work(), &["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    let report =
        environment.run_in(&environment.work().join("shallow"), &["certify", "--history", "--json"]).expect(6).json();
    let check = of_secrets(&report);
    assert_eq!(check["verdict"], "inconclusive");
    assert!(check.to_string().contains("the clone is shallow"), "{check}");
}
