//! The commit that a package was made of: in what is said of the package, never in the package.

use std::path::Path;

use proveniq::certification::attestation::Envelope;
use serde_json::{Value, json};

use crate::pack::{append, commit, git, packed};
use crate::support::{Http, Sandbox, TestEnvironment};

/// Certifies the project, and returns the source that is attested.
fn attested(environment: &TestEnvironment, project: &Path) -> Value {
    environment.run_in(project, &["certify", "--static", "--attest", "../a.json"]).expect(6);
    let bytes = std::fs::read(environment.work().join("a.json")).expect("attestation");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(!text.contains("hunter2"));
    let envelope = Envelope::parse(&bytes).expect("envelope");
    let payload = serde_json::to_value(&envelope).expect("JSON")["payload"].as_str().expect("payload").to_owned();
    let payload = base64_decoded(&payload);
    assert!(!payload.contains("hunter2"), "{payload}");
    let statement: Value = serde_json::from_str(&payload).expect("statement");
    statement["predicate"]["source"].clone()
}

fn base64_decoded(text: &str) -> String {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("base64");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn commit_and_remote_are_attested_without_credentials_and_are_not_packed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    environment.run_in(&project, &["keys", "create", "--signing", "--name", "laptop"]).expect(0);
    let bare = packed(&environment, &project);
    assert_eq!(attested(&environment, &project), Value::Null, "outside of a repository");
    git(&environment, &project, &["init", "--quiet"]);
    assert_eq!(attested(&environment, &project), Value::Null, "without a commit");
    commit(&environment, &project);
    let head = environment.prepared("git", &project, &["rev-parse", "HEAD"]).output().expect("git").stdout;
    let head = String::from_utf8(head).expect("UTF-8").trim().to_owned();
    assert_eq!(attested(&environment, &project), json!({"commit": head, "dirty": false}));
    let remote = "https://user:hunter2@git.acme.test/acme/plain.git?private_token=hunter2";
    git(&environment, &project, &["remote", "add", "origin", remote]);
    let told = |dirty: bool| json!({"commit": head, "remote": "https://git.acme.test/acme/plain.git", "dirty": dirty});
    assert_eq!(attested(&environment, &project), told(false));
    assert_eq!(packed(&environment, &project), bare, "the package depends on its files alone");

    let keys = Http::new(&sandbox.url, None).get("/v1/publishers/acme/signing-keys").expect(200);
    std::fs::write(environment.work().join("key.pem"), keys["data"][0]["public_key"].as_str().expect("PEM"))
        .expect("written");
    append(&project.join("README.md"), "more\n");
    assert_eq!(attested(&environment, &project), told(true));
}

#[test]
fn a_repository_that_git_cannot_compare_is_not_taken_for_clean() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    git(&environment, &project, &["init", "--quiet"]);
    commit(&environment, &project);
    std::fs::write(project.join(".git/index"), "no index").expect("written");
    let refused = environment.run_in(&project, &["pack"]).expect(2);
    refused.says("git cannot compare the files with the commit").says("--allow-dirty");
    environment.run_in(&project, &["pack", "--allow-dirty"]).expect(0);
}
