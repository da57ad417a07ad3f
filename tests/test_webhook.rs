//! `test-webhook`.

use crate::support::TestEnvironment;

#[test]
fn a_correct_handler_passes_every_case() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let report = environment.run_in(&project, &["test-webhook", "--json"]).expect(0).json();
    assert_eq!(report["schema"], "proveniq.test-webhook/1");
    assert_eq!(report["summary"], serde_json::json!({"passed": 7, "failed": 0, "inconclusive": 0, "not_run": 0}));
}

#[test]
fn a_handler_without_a_check_fails_and_the_forged_cases_are_named() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "no-check");
    let project = environment.plain_project();
    let finished = environment.run_in(&project, &["test-webhook"]).expect(1);
    for case in
        ["signature.missing", "signature.wrong-secret", "signature.changed-body", "signature.stale", "signature.future"]
    {
        assert!(finished.stdout.contains(case), "{case} in {}", finished.stdout);
    }
    assert!(finished.stdout.contains("2 passed, 5 failed, 0 undecided"));
}

#[test]
fn a_handler_that_verifies_a_serialised_copy_refuses_the_genuine_and_is_told_so() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "reserialises");
    let project = environment.plain_project();
    let finished = environment.run_in(&project, &["test-webhook"]).expect(1);
    assert!(finished.stdout.contains("instead of the raw body"), "{}", finished.stdout);
    assert!(finished.stdout.contains("0 passed, 2 failed, 5 undecided"), "{}", finished.stdout);
}

#[test]
fn without_a_genuine_delivery_that_is_accepted_no_forgery_is_sent() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "refuses-all");
    let project = environment.plain_project();
    let report = environment.run_in(&project, &["test-webhook", "--json"]).expect(1).json();
    assert_eq!(report["summary"], serde_json::json!({"passed": 0, "failed": 2, "inconclusive": 5, "not_run": 0}));
    assert!(report["cases"][2]["reason"].as_str().expect("reason").starts_with("not sent"));
}

#[test]
fn every_run_has_payloads_of_its_own_and_a_seed_repeats_them() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let seed = |arguments: &[&str]| environment.run_in(&project, arguments).expect(0).json()["seed"].clone();
    assert_ne!(seed(&["test-webhook", "--json"]), seed(&["test-webhook", "--json"]));
    assert_eq!(seed(&["test-webhook", "--json", "--seed", "7"]), 7);
}

#[test]
fn an_endpoint_that_repeats_its_secret_does_not_bring_it_into_the_report() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "echoes-secret");
    let project = environment.plain_project();
    for arguments in [&["test-webhook"][..], &["test-webhook", "--json"]] {
        let finished = environment.run_in(&project, arguments).expect(1);
        assert!(finished.stdout.contains("whsec_…"), "{}", finished.stdout);
        let shown = finished.stdout.split("whsec_").skip(1).all(|rest| rest.starts_with('…'));
        assert!(shown, "{}", finished.stdout);
    }
}

#[test]
fn an_endpoint_with_a_password_in_its_url_is_refused_and_not_repeated() {
    let environment = TestEnvironment::new();
    let finished = environment.run(&["test-webhook", "http://me:hunter2@127.0.0.1:9/hook"]).expect(2);
    assert!(!finished.stderr.contains("hunter2") && !finished.stdout.contains("hunter2"));
    finished.says("must not hold a user name or a password").says("hint: ");
}
