//! Findings that were left out are attested, told, and cannot be hidden.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Announced, Http, Sandbox, TestEnvironment, attested_statement, signed, stored_signing_key};

#[test]
fn what_was_suppressed_is_attested_and_cannot_be_hidden() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let project = environment.leaking_project();
    let run = |arguments: &[&str]| environment.run_in(&project, arguments);
    run(&["keys", "create", "--signing", "--name", "laptop"]).expect(0);
    let found = run(&["certify", "--json"]).expect(1).json();
    let secrets = found["checks"].as_array().expect("checks").iter().find(|check| check["id"] == "SEC-SECRET");
    let entries = secrets.expect("check")["findings"].as_array().expect("findings").iter().map(|finding| {
        format!(
            "[[suppression]]\nrule = \"SEC-SECRET\"\nfingerprint = {}\nreason = \"opens nothing at all\"\n",
            finding["fingerprint"]
        )
    });
    let entries: Vec<_> = entries.collect();
    assert_eq!(entries.len(), 2);
    fs::create_dir(project.join(".proveniq")).expect("folder");
    fs::write(project.join(".proveniq/suppressions.toml"), entries.concat()).expect("written");
    run(&["certify", "--attest", "../a.json"]).expect(0);
    run(&["pack", "--out", "../plain.tar.zst"]).expect(0);
    let honest = attested_statement(&environment.work().join("a.json"));
    let checks = honest["predicate"]["checks"].as_array().expect("checks");
    let at = |id: &str| checks.iter().position(|check| check["id"] == id).expect(id);
    let (secret, events) = (at("SEC-SECRET"), at("REL-EVENTS"));
    assert_eq!(checks[secret]["left_out"], json!({"suppressed": 2, "baseline": 0, "by_scanners": 0}));

    let (key, http) = (stored_signing_key(&environment), Http::identity(&environment, &sandbox));
    let blob = fs::read(environment.work().join("plain.tar.zst")).expect("package");
    let package = Announced::truly("acme/plain", "1.0.0", blob);
    for (at, kind, count, why) in [
        (secret, "suppressed", 0, "claimed 0 suppressed findings, found 2"),
        (secret, "suppressed", 1, "claimed 1 suppressed findings, found 2"),
        (secret, "baseline", 1, "a baseline leaves findings out of it"),
        (events, "suppressed", 1, "what the running integration does cannot be left out"),
        (secret, "suppressed", -1, "the payload is no statement"),
    ] {
        let mut said: Value = honest.clone();
        said["predicate"]["checks"][at]["left_out"][kind] = json!(count);
        let commit = signed(&said, &key);
        fs::write(environment.work().join("lie.json"), commit["attestation"].to_string()).expect("written");
        let refused = environment.run(&["verify", "plain.tar.zst", "--attestation", "lie.json"]).expect(1).stdout;
        assert!(refused.split_whitespace().collect::<Vec<_>>().join(" ").contains(why), "{why}: {refused}");
        let refused = http.post(&format!("/v1/uploads/{}/commit", package.send(&http)), &commit);
        let reasons = refused.problem(422, "rejected")["reasons"].to_string();
        assert!(reasons.contains(why), "{why}: {reasons}");
    }

    let published = run(&["publish", "--attestation", "../a.json", "--json"]).expect(0).json();
    let granted = &published["countersigned"]["checks"][secret];
    assert_eq!((&granted["id"], &granted["left_out"]["suppressed"]), (&json!("SEC-SECRET"), &json!(2)));
    for file in ["a.json", published["receipt_path"].as_str().expect("path")] {
        let told = environment.run(&["verify", "plain.tar.zst", "--attestation", file]).expect(0).stdout;
        assert!(told.contains("findings left out: SEC-SECRET 2"), "{told}");
    }
}
