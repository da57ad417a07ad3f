//! `certify --baseline` and `--write-baseline`: taking over an old project, without calling it better than it is.

use std::fs;

use serde_json::{Value, json};

use crate::support::{TestEnvironment, secret};

fn messages(report: &Value) -> String {
    report["exceptions"]["notices"].to_string()
}

#[test]
fn what_was_there_does_not_count_and_what_is_new_does() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "breaks");
    let project = environment.leaking_project();
    environment.run_in(&project, &["certify"]).expect(1);
    environment.run_in(&project, &["certify", "--write-baseline", "../base.json"]).expect(0).says("Recorded");
    let kept = fs::read_to_string(environment.work().join("base.json")).expect("baseline");
    assert!(!kept.contains(&secret(0)) && kept.contains("\"schema\": \"proveniq.baseline/1\""), "{kept}");

    let with = ["certify", "--baseline", "../base.json", "--json"];
    let report = environment.run_in(&project, &with).expect(0).json();
    assert_eq!(report["reached"], false, "a baseline is no way to a tier");
    let count = report["exceptions"]["baseline"].as_u64().expect("a count");
    assert!(count >= 3, "two secrets and what the integration does: {report}");
    let human = environment.run_in(&project, &["certify", "--baseline", "../base.json"]).expect(0).stdout;
    assert!(human.contains(&format!("tier listed is not reached while {count}")), "{human}");

    // The same secret once more is new.
    fs::write(project.join("more.py"), format!("KEY = \"{}\"\n", secret(0))).expect("written");
    let report = environment.run_in(&project, &with).expect(1).json();
    assert_eq!(report["checks"][0]["summary"], "1 finding, 2 in the baseline");
    fs::remove_file(project.join("more.py")).expect("removed");

    // What is mended is told, so that it stays mended.
    fs::remove_file(project.join("keys.py")).expect("removed");
    let report = environment.run_in(&project, &with).expect(0).json();
    assert!(messages(&report).contains("2 findings of the baseline are gone"), "{report}");
    environment.unset("FAULT");
    let report = environment.run_in(&project, &with).expect(0).json();
    assert_eq!((&report["reached"], &report["exceptions"]["baseline"]), (&json!(true), &json!(0)));
}

#[test]
fn what_could_not_be_decided_is_not_recorded_as_done() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    environment.run_in(&project, &["certify", "--static", "--write-baseline", "../base.json"]).expect(0);
    environment.run_in(&project, &["certify", "--static", "--baseline", "../base.json"]).expect(6);
    // What a check without an answer would find is not gone.
    let mut environment = environment;
    environment.set("FAULT", "breaks");
    environment.run_in(&project, &["certify", "--write-baseline", "../base.json"]).expect(0);
    let arguments = ["certify", "--static", "--baseline", "../base.json", "--json"];
    let report = environment.run_in(&project, &arguments).expect(6).json();
    assert_eq!(report["exceptions"].get("notices"), None, "{report}");
}

#[test]
fn there_is_none_for_premier_and_a_wrong_one_is_refused() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    for option in ["--baseline", "--write-baseline"] {
        let arguments = ["certify", "--tier", "premier", option, "base.json"];
        environment.run_in(&project, &arguments).expect(2).says("there is no baseline for premier");
    }
    assert!(!project.join("base.json").exists());
    let empty = r#"{"schema": "proveniq.baseline/1", "rule_set": "x", "findings": []}"#;
    for (text, reason) in [
        (None, "hint: write one with"),
        (Some("[]".to_owned()), "is no baseline: "),
        (Some(empty.replace("/1", "/9")), "its schema is"),
        (Some(empty.replace("[]", "[{\"check\": \"A\"}]")), "missing field"),
        (Some(empty.replace("rule_set", "rules")), "unknown field"),
    ] {
        if let Some(text) = text {
            fs::write(environment.work().join("base.json"), text).expect("written");
        }
        let arguments = ["certify", "--static", "--baseline", "../base.json"];
        environment.run_in(&project, &arguments).expect(2).says(reason);
    }
}
