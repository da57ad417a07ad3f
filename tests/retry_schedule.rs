//! `test-webhook --retry-schedule`: attempts in virtual time.

use crate::support::TestEnvironment;

#[test]
fn attempts_are_shown_with_their_times_and_a_seed_repeats_them() {
    let environment = TestEnvironment::new();
    let arguments = [
        "test-webhook",
        "--retry-schedule",
        "svix",
        "--answers",
        "503,429:retry-after=600,timeout,200",
        "--seed",
        "1",
        "--json",
    ];
    let report = environment.run(&arguments).expect(0).json();
    assert_eq!(report["schema"], "proveniq.retry-schedule/1");
    assert_eq!(
        (&report["schedule"], &report["seed"], &report["conclusion"]),
        (&"svix".into(), &1.into(), &"delivered".into())
    );
    let attempts = report["attempts"].as_array().expect("attempts");
    assert_eq!(attempts.len(), 4);
    assert_eq!(attempts[2]["wait_seconds"], 600.0);
    assert_eq!(
        (&attempts[1]["follows"]["decision"], &attempts[1]["follows"]["throttle"]),
        (&"retry".into(), &true.into())
    );
    assert_eq!(environment.run(&arguments).expect(0).json(), report);
}

#[test]
fn people_see_a_table() {
    let environment = TestEnvironment::new();
    let run = |answers: &str| {
        let arguments = ["test-webhook", "--retry-schedule", "standard", "--answers", answers, "--seed", "7"];
        environment.run(&arguments).expect(0).stdout
    };
    let given_up = run("503");
    assert!(given_up.contains("given up: no attempt is left") && given_up.lines().count() == 14, "{given_up}");
    assert!(run("410").contains("the endpoint is disabled"));
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_is_allowed() {
    let environment = TestEnvironment::new();
    for (arguments, says) in [
        (&["--retry-schedule", "daily"][..], "known: svix, standard"),
        (&["--retry-schedule", "svix", "--answers", "maybe"], "write a status such as 503"),
        (&["--answers", "503"], "required"),
    ] {
        environment.run(&[&["test-webhook"], arguments].concat()).expect(2).says(says);
    }
}
