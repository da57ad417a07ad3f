//! Suppressions: what a person has judged does not count, and nothing else is silent for it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Announced, Files, Http, Sandbox, TestEnvironment, commit, secret};

/// Writes the suppressions of a project, each as rule, fingerprint and what follows.
fn suppress(project: &Path, all: &[(&str, &str, &str)]) {
    let entry = |(rule, fingerprint, more): &(&str, &str, &str)| {
        format!(
            "[[suppression]]\nrule = {rule:?}\nfingerprint = {fingerprint:?}\nreason = \"a key of the docs\"\n{more}\n"
        )
    };
    fs::create_dir_all(project.join(".proveniq")).expect("folder");
    let text: String = all.iter().map(entry).collect();
    fs::write(project.join(".proveniq/suppressions.toml"), text).expect("written");
}

fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("{id} is not in {report}"))
}

/// The fingerprints of what a check found, in order.
fn fingerprints(report: &Value, id: &str) -> Vec<String> {
    let findings = check(report, id)["findings"].as_array().expect("findings");
    findings.iter().map(|finding| finding["fingerprint"].as_str().expect("text").to_owned()).collect()
}

fn notices(report: &Value) -> Vec<&str> {
    let notices = report["exceptions"]["notices"].as_array().map(Vec::as_slice).unwrap_or_default();
    notices.iter().map(|notice| notice["message"].as_str().expect("text")).collect()
}

#[test]
fn a_suppressed_secret_does_not_count_and_another_on_its_line_does() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    let found = fingerprints(&environment.run_in(&project, &["certify", "--json"]).expect(1).json(), "SEC-SECRET");
    assert_eq!(found.len(), 2);
    suppress(&project, &[("SEC-SECRET", &found[0], "")]);
    let report = environment.run_in(&project, &["certify", "--json"]).expect(1).json();
    assert_eq!(check(&report, "SEC-SECRET")["summary"], "1 finding, 1 suppressed");
    // Under the narrower rule as well.
    suppress(&project, &[("SEC-SECRET", &found[0], ""), ("aws-access-key", &found[1], "")]);
    let arguments = ["certify", "--json", "--report", "sarif=../r.sarif", "--report", "github=../r.log"];
    let report = environment.run_in(&project, &arguments).expect(0).json();
    let secrets = check(&report, "SEC-SECRET");
    assert_eq!((&secrets["verdict"], &report["exceptions"]["suppressed"]), (&json!("pass"), &json!(2)));
    assert_eq!(secrets["findings"][0]["left_out"], json!({"by": "suppression", "reason": "a key of the docs"}));
    assert_eq!(notices(&report), [""; 0]);
    let sarif: Value =
        serde_json::from_slice(&fs::read(environment.work().join("r.sarif")).expect("report")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][1]["suppressions"][0]["justification"], "a key of the docs");
    let commands = fs::read_to_string(environment.work().join("r.log")).expect("report");
    assert!(!commands.contains("::error"), "{commands}");
    // A new secret on the same line is not silent.
    let text = fs::read_to_string(project.join("keys.py")).expect("text");
    fs::write(project.join("keys.py"), text.replace(&secret(0), &secret(2))).expect("written");
    let report = environment.run_in(&project, &["certify", "--json"]).expect(1).json();
    assert_eq!(check(&report, "SEC-SECRET")["summary"], "1 finding, 1 suppressed");
    assert_eq!(notices(&report).len(), 1, "{report}");
}

#[test]
fn what_is_suppressed_here_is_suppressed_at_the_marketplace() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let project = environment.leaking_project();
    let found = fingerprints(&environment.run_in(&project, &["certify", "--json"]).expect(1).json(), "SEC-SECRET");
    environment.run_in(&project, &["publish"]).expect(1);
    suppress(&project, &[("SEC-SECRET", &found[0], ""), ("SEC-SECRET", &found[1], "expires = 2999-12-31")]);
    // An `include` that does not name them must not leave them out.
    let manifest = fs::read_to_string(project.join("proveniq.toml")).expect("text");
    let include = "\n[package]\ninclude = [\"*.md\", \"*.py\", \"proveniq.toml\", \"docs\"]\n";
    fs::write(project.join("proveniq.toml"), manifest + include).expect("written");
    environment.run_in(&project, &["publish"]).expect(0);
    let http = Http::identity(&environment, &sandbox);
    let published = http.get("/v1/packages/acme/plain/versions/1.0.0");
    published.expect(200);
    // Whoever sends a package without its suppressions is refused for the secret, and for broken ones at once.
    let leak = format!("KEY = \"{}\"\n", secret(0));
    let leaking = Files::plain("acme/other", "1.0.0").with("keys.py", leak);
    let sent = Announced::truly("acme/other", "1.0.0", leaking.pack("other-1.0.0"));
    let refused = sent.publish(&http).problem(422, "rejected");
    assert!(refused.to_string().contains("SEC-SECRET"), "{refused}");
    let broken = leaking.with(".proveniq/suppressions.toml", "[[suppression]]\nrule = 1\n");
    let sent = Announced::truly("acme/other", "1.0.0", broken.pack("other-1.0.0"));
    let refused = commit(&http, &sent.send(&http)).problem(422, "rejected");
    assert!(refused.to_string().contains(".proveniq/suppressions.toml:2:8: suppression.rule must be"), "{refused}");
}

#[test]
fn what_is_wrong_with_the_file_is_told_in_one_pass() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    suppress(&project, &[("SEC-SECRET", "short", "expires = \"soon\""), ("", "0123456789abcdef", "reasn = 1")]);
    let finished = environment.run_in(&project, &["certify", "--static"]).expect(2);
    for part in [
        "suppressions.toml has 4 problems",
        ":3:15: ",
        ":5:11: ",
        ":7:8: suppression.rule is empty",
        "suppression.reason?",
    ] {
        assert!(finished.stderr.contains(part), "{part}: {}", finished.stderr);
    }
    fs::write(project.join(".proveniq/suppressions.toml"), [0xff, 0xfe]).expect("written");
    environment.run_in(&project, &["certify", "--static"]).expect(2).says("it is not valid UTF-8");
    fs::write(project.join(".proveniq/suppressions.toml"), "#".repeat((1 << 20) + 1)).expect("written");
    environment.run_in(&project, &["certify", "--static"]).expect(2).says("suppressions.toml");
}

#[test]
fn what_would_not_be_shipped_is_refused() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    suppress(&project, &[]);
    let init = Command::new("git").args(["init", "--quiet"]).current_dir(&project).status().expect("git");
    assert!(init.success());
    fs::write(project.join(".gitignore"), ".proveniq/\n").expect("written");
    environment.run_in(&project, &["certify", "--static"]).expect(2).says("would not be in the package");
}

#[test]
fn expired_and_unused_ones_are_told() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    let found = fingerprints(&environment.run_in(&project, &["certify", "--json"]).expect(1).json(), "SEC-SECRET");
    suppress(
        &project,
        &[
            ("SEC-SECRET", &found[0], "expires = 2020-02-29"),
            ("SEC-SECRET", "0123456789abcdef", ""),
            ("SEC-SECRT", &found[1], ""),
        ],
    );
    let report = environment.run_in(&project, &["certify", "--json"]).expect(1).json();
    assert_eq!(check(&report, "SEC-SECRET")["summary"], "2 findings");
    let told = notices(&report);
    assert!(told[0].contains("ended with 2020-02-29"), "{told:?}");
    assert!(told[1].contains("not used"), "{told:?}");
    assert_eq!(report["exceptions"]["notices"][1]["line"], 6);
    let human = environment.run_in(&project, &["certify"]).expect(1).stdout;
    assert!(human.contains("warning: .proveniq/suppressions.toml:1:1: "), "{human}");
}

#[test]
fn a_secret_cannot_be_suppressed_for_premier() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    let found = fingerprints(&environment.run_in(&project, &["certify", "--json"]).expect(1).json(), "SEC-SECRET");
    suppress(&project, &[("SEC-SECRET", &found[0], ""), ("aws-access-key", &found[1], "")]);
    for (tier, verdict) in [("verified", "pass"), ("premier", "fail")] {
        let finished = environment.run_in(&project, &["certify", "--static", "--tier", tier, "--json"]);
        let report = finished.json();
        assert_eq!(check(&report, "SEC-SECRET")["verdict"], verdict, "{tier}");
        let told = notices(&report).iter().filter(|told| told.contains("cannot be suppressed for premier")).count();
        assert_eq!(told, if tier == "premier" { 2 } else { 0 }, "{report}");
    }
}

#[test]
fn what_the_running_integration_does_cannot_be_suppressed() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "breaks");
    let project = environment.plain_project();
    let report = environment.run_in(&project, &["certify", "--json"]).expect(1).json();
    let found = fingerprints(&report, "REL-EVENTS");
    let all: Vec<_> = found.iter().map(|fingerprint| ("REL-EVENTS", fingerprint.as_str(), "")).collect();
    suppress(&project, &all);
    let report = environment.run_in(&project, &["certify", "--json"]).expect(1).json();
    assert_eq!(check(&report, "REL-EVENTS")["verdict"], "fail");
    let told = notices(&report);
    assert_eq!(told.len(), found.len());
    assert!(told.iter().all(|told| told.contains("the running integration does cannot be suppressed")), "{told:?}");
}

#[test]
fn a_second_finding_in_a_file_is_not_silent_for_the_first() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let one = "import requests\n\nrequests.get(\"https://one.example\", verify=False)\n";
    fs::write(project.join("client.py"), one).expect("written");
    let arguments = ["certify", "--static", "--tier", "verified", "--json"];
    let found = fingerprints(&environment.run_in(&project, &arguments).json(), "SEC-OAUTH-STATIC");
    assert_eq!(found.len(), 1);
    suppress(&project, &[("SEC-OAUTH-STATIC", &found[0], "")]);
    let report = environment.run_in(&project, &arguments).json();
    assert_eq!(check(&report, "SEC-OAUTH-STATIC")["verdict"], "pass");
    let two = format!("{one}requests.get(\"https://two.example\", verify=False)\n");
    fs::write(project.join("client.py"), two).expect("written");
    let report = environment.run_in(&project, &arguments).expect(1).json();
    let oauth = check(&report, "SEC-OAUTH-STATIC");
    assert_eq!((&oauth["verdict"], &oauth["summary"]), (&json!("fail"), &json!("1 finding, 1 suppressed")));
}
