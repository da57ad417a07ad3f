//! `publish`, `pack`, `search` and `info`: the loop by hand.

use crate::support::{Sandbox, TestEnvironment};

#[test]
fn the_loop_by_hand() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    environment.run_in(&project, &["test-webhook"]).expect(0);
    environment.run_in(&project, &["certify", "--tier", "listed"]).expect(0);
    let packed = environment.run_in(&project, &["pack", "--out", "../plain.tar.zst", "--json"]).expect(0).json();
    let published = environment.run_in(&project, &["publish", "--json"]).expect(0).json();
    assert_eq!(published["package"]["digest"], packed["digest"]);
    assert_eq!(published["receipt"]["version"]["status"], "active");
    let found = environment.run(&["search", "pla", "--json"]).expect(0).json();
    assert_eq!(found["results"][0]["name"], "acme/plain");
    let info = environment.run(&["info", "acme/plain", "--json"]).expect(0).json();
    assert_eq!(info["versions"][0]["digest"], packed["digest"]);
    let shown = environment.run(&["info", "acme/plain"]).expect(0).stdout;
    assert!(shown.contains("support") && !shown.contains("scopes"), "a row without anything is left out: {shown}");
}

#[test]
fn the_same_bytes_succeed_again_and_other_bytes_are_a_conflict() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    environment.run_in(&project, &["publish"]).expect(0);
    let again = environment.run_in(&project, &["publish"]).expect(0);
    assert!(again.stdout.contains("unchanged"), "{}", again.stdout);
    std::fs::write(project.join("CHANGELOG.md"), "# Changes\n").expect("written");
    environment.run_in(&project, &["publish"]).expect(5).says("raise integration.version");
    environment.run_in(&project, &["publish", "--dry-run"]).expect(5);
}
