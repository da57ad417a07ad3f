//! `demo`: the whole loop.

use std::path::Path;

use proveniq::scan::Scanner;
use serde_json::Value;

use crate::support::TestEnvironment;

fn step<'a>(document: &'a Value, name: &str) -> &'a Value {
    let steps = document["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["step"] == name).unwrap_or_else(|| panic!("no step {name} in {document}"))
}

fn loop_with(template: &str) {
    let mut environment = TestEnvironment::new();
    environment.set("TMPDIR", environment.path("temporary"));
    std::fs::create_dir(environment.path("temporary")).expect("folder");
    let document = environment.run(&["demo", "--template", template, "--json"]).expect(0).json();
    assert_eq!(document["schema"], "proveniq.demo/1");
    assert_eq!(document["template"], template);
    assert!(step(&document, "test-webhook")["passed"].as_u64() > Some(50), "{document}");
    assert_eq!(step(&document, "test-webhook")["failed"], 0);
    let receipt = &step(&document, "publish")["receipt"];
    assert_eq!(receipt["schema"], "proveniq.receipt/1");
    assert_eq!(receipt["version"]["digest"], step(&document, "publish")["digest"]);
    assert_eq!(step(&document, "download")["byte_identical"], true);
    assert_eq!(step(&document, "download")["digest"], step(&document, "publish")["digest"]);
    assert_eq!(environment.listing(&environment.path("temporary")), [""; 0], "something was left behind");
    assert!(!environment.path("config").exists(), "the key was written somewhere");
    assert!(!environment.path("state").exists(), "the sandbox of this machine was touched");
}

#[test]
fn the_loop_with_typescript() {
    loop_with("webhook-typescript");
}

#[test]
fn the_loop_with_python() {
    loop_with("webhook-python");
}

#[test]
fn what_is_kept_can_be_gone_on_with_and_holds_no_key() {
    let environment = TestEnvironment::new();
    let document =
        environment.run(&["demo", "--template", "webhook-python", "--keep", "kept", "--json"]).expect(0).json();
    let kept = environment.work().join("kept");
    assert_eq!(document["kept"], kept.to_str().expect("UTF-8"));
    assert_eq!(
        environment.listing(&kept),
        ["claim-sync", "claim-sync-1.0.0.tar.zst", "marketplace", "receipts"],
        "project, package, receipt and the marketplace's data"
    );
    assert_eq!(files_with_keys(&kept), [""; 0], "a key is in what was kept");
    let report = environment.run_in(&kept.join("claim-sync"), &["certify", "--json"]).expect(0).json();
    assert_eq!(report["reached"], true);
    environment.run(&["demo", "--keep", "kept"]).expect(2).says("is not empty");
}

/// Files that hold an API key whose checksum is right; the first letters of one, which tell keys apart, may be anywhere.
fn files_with_keys(folder: &Path) -> Vec<String> {
    let scanner = Scanner::new();
    let entries = ignore::WalkBuilder::new(folder).standard_filters(false).build().map(|entry| entry.expect("entry"));
    let files = entries.filter(|entry| entry.path().is_file() && !entry.path().is_symlink());
    let has_key = |path: &Path| {
        let found = scanner.scan(&std::fs::read(path).expect("content"));
        found.iter().any(|finding| finding.rule == "proveniq-key")
    };
    files.filter(|entry| has_key(entry.path())).map(|entry| entry.path().display().to_string()).collect()
}

#[test]
fn without_node_and_python_it_says_what_to_install() {
    let mut environment = TestEnvironment::new();
    environment.set("PATH", "/nonexistent");
    environment.run(&["demo"]).expect(2).says("neither Node 20").says("apt install");
    environment.run(&["demo", "--template", "webhook-python"]).expect(2).says("python>=3.11");
    environment.run(&["demo", "--template", "webhook-cobol"]).expect(2).says("there is no template");
}
