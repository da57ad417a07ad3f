//! Rule sets: which one a marketplace and this program agree on, and what is said where they do not.

use proveniq::certification::RULE_SETS;
use serde_json::{Value, json};

use crate::support::{Fake, Http, Sandbox, TestEnvironment, Then, reply};

/// The marketplace at `sandbox`, which announces other rules.
fn announcing(sandbox: &Sandbox<'_>, rules: Value) -> Fake {
    let address = sandbox.url.trim_start_matches("http://").parse().expect("address");
    let mut service = Http::new(&sandbox.url, None).get("/v1").expect(200);
    service["rule_set"] = rules;
    Fake::start(move |request| match request.path.as_str() {
        "/v1" => reply("200 OK", "application/json", &service.to_string()),
        _ => Then::Forward(address),
    })
}

#[test]
fn a_marketplace_announces_what_it_takes() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let service = Http::new(&sandbox.url, None).get("/v1").expect(200);
    let [newest, before] = &RULE_SETS;
    let announced = json!({
        "version": newest.version, "digest": newest.digest(), "oldest": before.version,
        "earlier": [{"version": before.version, "digest": before.digest()}],
    });
    assert_eq!(service["rule_set"], announced);
}

#[test]
fn rules_that_do_not_fit_are_refused_before_anything_is_done() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let project = environment.plain_project();
    let [newest, before] = &RULE_SETS;
    let zeros = "0".repeat(64);
    let rules =
        |version: &str, digest: &str| json!({"version": version, "digest": digest, "oldest": version, "earlier": []});
    for (announced, why, hint) in [
        (rules("2999.01", &zeros), "the marketplace takes rules from 2999.01 on", "update proveniq"),
        (rules("1999.01", &zeros), "the marketplace goes by rules 1999.01", "ask the marketplace's operator"),
        (rules(newest.version, &zeros), "their digests differ", "take a released proveniq"),
        (rules(before.version, &zeros), "their digests differ", "take a released proveniq"),
    ] {
        let other = announcing(&sandbox, announced);
        let with_key = |arguments: &[&str]| {
            let mut command = environment.command_in(&project, &[&["--marketplace", &other.url], arguments].concat());
            crate::support::Finished::of(command.env("PROVENIQ_API_KEY", token.trim()).spawn().expect("started"))
        };
        with_key(&["publish"]).expect(2).says(why).says(hint);
        assert!(other.requests().iter().all(|request| request.method == "GET"), "something was sent");
        let diagnosis = with_key(&["doctor", "--json"]).expect(1).json();
        let marketplace =
            diagnosis["checks"].as_array().expect("checks").iter().find(|item| item["name"] == "marketplace");
        let detail = marketplace.expect("item")["detail"].as_str().expect("detail");
        assert!(detail.contains(why), "{detail}");
    }
}

#[test]
fn with_a_marketplace_that_is_a_version_behind_the_older_rules_decide() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let project = environment.plain_project();
    let [_, before] = &RULE_SETS;
    let older = json!({"version": before.version, "digest": before.digest(), "oldest": before.version, "earlier": []});
    let behind = announcing(&sandbox, older);
    let arguments = ["--marketplace", &behind.url, "publish", "--json"];
    let mut command = environment.command_in(&project, &arguments);
    let published = command.env("PROVENIQ_API_KEY", token.trim()).spawn().expect("started");
    let published = crate::support::Finished::of(published).expect(0).json();
    assert_eq!(published["certification"]["rule_set"], before.version);
    assert_eq!(published["receipt"]["version"]["tier"], "listed");
}

#[test]
fn rules_can_be_named() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let [newest, before] = &RULE_SETS;
    for rules in [newest, before] {
        let arguments = ["certify", "--static", "--rule-set", rules.version, "--json"];
        let certified = environment.run_in(&project, &arguments).expect(6).json();
        assert_eq!(
            (&certified["rule_set"], &certified["rule_set_digest"]),
            (&json!(rules.version), &json!(rules.digest()))
        );
    }
    let unknown = environment.run_in(&project, &["certify", "--rule-set", "1999.01"]).expect(2);
    unknown.says("does not carry rules \"1999.01\"").says(newest.version).says(before.version);
}
