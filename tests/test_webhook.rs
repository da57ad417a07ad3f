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
