//! `scan` and what a project says does not count; this repository holds no secret.

use std::fs;
use std::path::Path;

use proveniq::event::SplitMix64;
use proveniq::scan::synthesise;
use serde_json::Value;

use crate::support::{Finished, TestEnvironment};

fn token(seed: u64) -> String {
    synthesise("ghp_{30}{crc}", &mut SplitMix64::new(seed))
}

/// A folder with a manifest's name and a file with two tokens; their fingerprints.
fn project(environment: &TestEnvironment) -> (String, String) {
    fs::write(environment.work().join("proveniq.toml"), "").expect("manifest");
    fs::write(environment.work().join("keys.py"), format!("A, B = \"{}\", \"{}\"\n", token(1), token(2)))
        .expect("keys");
    let document = environment.run(&["scan", "--json"]).expect(1).json();
    let fingerprint = |at: usize| document["findings"][at]["fingerprint"].as_str().expect("text").to_owned();
    (fingerprint(0), fingerprint(1))
}

fn suppress(environment: &TestEnvironment, all: &[(&str, &str, &str)]) {
    let entry = |(rule, fingerprint, more): &(&str, &str, &str)| {
        format!(
            "[[suppression]]\nrule = {rule:?}\nfingerprint = {fingerprint:?}\nreason = \"a key of the docs\"\n{more}\n"
        )
    };
    fs::create_dir_all(environment.work().join(".proveniq")).expect("folder");
    let text: String = all.iter().map(entry).collect();
    fs::write(environment.work().join(".proveniq/suppressions.toml"), text).expect("written");
}

fn counts(document: &Value) -> [usize; 3] {
    ["findings", "suppressed", "notices"].map(|list| document[list].as_array().expect("list").len())
}

fn git(environment: &TestEnvironment, arguments: &[&str]) {
    let user = ["-c", "user.name=Dev", "-c", "user.email=dev@acme.test"];
    let words = [&user[..], arguments].concat();
    Finished::of(environment.prepared("git", &environment.work(), &words).spawn().expect("git")).expect(0);
}

#[test]
fn a_suppressed_secret_is_told_apart_and_another_on_its_line_blocks() {
    let environment = TestEnvironment::new();
    let (one, other) = project(&environment);
    suppress(&environment, &[("SEC-SECRET", &one, "")]);
    let document = environment.run(&["scan", "--json"]).expect(1).json();
    assert_eq!((counts(&document), &document["blocking"]), ([1, 1, 0], &1.into()));
    let suppressed = &document["suppressed"][0];
    assert_eq!((&suppressed["reason"], &suppressed["path"]), (&"a key of the docs".into(), &"keys.py".into()));
    // By the narrower rule, and from a folder below.
    suppress(&environment, &[("SEC-SECRET", &one, ""), ("github-token", &other, "")]);
    fs::create_dir(environment.work().join("below")).expect("folder");
    fs::rename(environment.work().join("keys.py"), environment.work().join("below/keys.py")).expect("moved");
    let human = environment.run(&["scan", "below"]).expect(0);
    assert!(human.stdout.contains("suppressed (a key of the docs): keys.py:1: github-token"), "{}", human.stdout);
    assert!(!human.stderr.contains("warning"), "{}", human.stderr);
}

#[test]
fn suppressions_that_are_over_or_of_no_use_are_told() {
    let environment = TestEnvironment::new();
    let (one, _) = project(&environment);
    let unused = "0123456789abcdef";
    suppress(
        &environment,
        &[("SEC-SECRET", &one, "expires = 2020-01-31"), ("jwt", unused, ""), ("REL-RETRY", unused, "")],
    );
    let document = environment.run(&["scan", "--json"]).expect(1).json();
    assert_eq!(counts(&document), [2, 0, 2], "another check's is not this command's matter: {document}");
    let finished = environment.run(&["scan"]).expect(1);
    let finished = finished.says(".proveniq/suppressions.toml:1: the suppression of SEC-SECRET ended with 2020-01-31");
    finished.says(".proveniq/suppressions.toml:6: the suppression of jwt is not used: nothing such was found");
    // Of a file alone nobody knows what is elsewhere.
    assert_eq!(counts(&environment.run(&["scan", "--json", "keys.py"]).expect(1).json()), [2, 0, 1]);
    fs::write(environment.work().join(".proveniq/suppressions.toml"), "[[suppression]]\n").expect("written");
    environment.run(&["scan"]).expect(2).says(".proveniq/suppressions.toml has 3 problems");
}

#[test]
fn they_hold_for_what_is_staged_and_for_history() {
    let environment = TestEnvironment::new();
    let (one, other) = project(&environment);
    git(&environment, &["init", "--quiet"]);
    git(&environment, &["add", "keys.py"]);
    suppress(&environment, &[("SEC-SECRET", &one, "")]);
    for arguments in [&["scan", "--staged", "--json"][..], &["keys", "scan-hook", "--json"]] {
        let document = environment.run(arguments).expect(1).json();
        assert_eq!(document["suppressed"].as_array().map(Vec::len), Some(1), "{document}");
    }
    suppress(&environment, &[("SEC-SECRET", &one, ""), ("github-token", &other, "")]);
    environment.run(&["scan", "--staged"]).expect(0);
    environment.run(&["keys", "scan-hook"]).expect(0);
    git(&environment, &["commit", "--quiet", "-m", "keys"]);
    let document = environment.run(&["scan", "--history", "--json"]).expect(0).json();
    assert_eq!(counts(&document), [0, 2, 0]);
}

#[test]
fn this_repository_holds_none() {
    let environment = TestEnvironment::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "tests", "templates", "docs", "scripts", "completions", "sdk/typescript", "README.md"] {
        let document = environment.run_in(root, &["scan", "--json", folder]).expect(0).json();
        assert_eq!((counts(&document), document["skipped"].as_array().map(Vec::len)), ([0; 3], Some(0)), "{document}");
    }
}
