//! `certify --import-sarif`: findings of other scanners count, and a report that is wrong counts as nothing.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Finished, TestEnvironment, secret};

/// A result of a scanner.
fn result(rule: &str, level: &str, uri: &str) -> Value {
    json!({
        "ruleId": rule, "level": level, "message": {"text": format!("{rule} is bad")},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 3, "startColumn": 5}}}],
    })
}

fn log(results: &[Value]) -> Value {
    json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint"}}, "results": results}]})
}

/// Certifies the plain project with a report of another scanner; gives the check of it.
fn import(environment: &TestEnvironment, log: &Value) -> (Finished, Value) {
    let project = environment.work().join("plain");
    if !project.exists() {
        environment.plain_project();
    }
    fs::write(environment.work().join("lint.sarif"), log.to_string()).expect("written");
    let arguments = ["certify", "--static", "--json", "--import-sarif", "../lint.sarif"];
    let finished = environment.run_in(&project, &arguments);
    let report = finished.json();
    let checks = report["checks"].as_array().unwrap_or_else(|| panic!("{report}"));
    let check = checks.iter().find(|check| check["id"] == "EXT-SARIF").expect("the check").clone();
    (finished, check)
}

#[test]
fn errors_fail_warnings_warn_and_notes_are_left_aside() {
    let environment = TestEnvironment::new();
    let (finished, check) = import(
        &environment,
        &log(&[
            result("no-eval", "error", "handler.py"),
            result("style", "warning", "handler.py"),
            result("hint", "note", "handler.py"),
        ]),
    );
    finished.expect(1);
    assert_eq!((&check["verdict"], &check["summary"]), (&json!("fail"), &json!("1 finding")));
    let first = &check["findings"][0];
    assert_eq!((&first["path"], &first["line"], &first["column"]), (&json!("handler.py"), &json!(3), &json!(5)));
    assert_eq!((&first["rule"], &first["message"]), (&json!("lint/no-eval"), &json!("lint/no-eval: no-eval is bad")));
    // Without an error, what is not run leaves the run without an answer.
    let (finished, check) = import(&environment, &log(&[result("style", "warning", "handler.py")]));
    finished.expect(6);
    assert_eq!(check["verdict"], "warn");
    let (_, check) = import(&environment, &log(&[result("hint", "note", "handler.py")]));
    assert_eq!(check["summary"], "no error or warning of lint; 1 notes left aside");
    let (_, check) = import(&environment, &json!({"version": "2.1.0", "runs": []}));
    assert_eq!(check["verdict"], "inconclusive", "a report without a run speaks of nothing");
    let project = environment.work().join("plain");
    let report = environment.run_in(&project, &["certify", "--json"]).expect(0).json();
    let check = report["checks"].as_array().expect("checks").iter().find(|check| check["id"] == "EXT-SARIF");
    assert_eq!(check.expect("the check")["verdict"], "not_applicable");
}

#[test]
fn levels_come_from_the_rule_and_messages_from_its_strings() {
    let environment = TestEnvironment::new();
    let rules = json!([{"id": "A", "defaultConfiguration": {"level": "error"}, "messageStrings": {"m": {"text": "no {0} here"}}}]);
    let found = json!([
        {"ruleIndex": 0, "message": {"id": "m", "arguments": ["eval"]}},
        {"rule": {"id": "A"}, "message": {"text": "by its name"}},
        {"ruleId": "B", "message": {"text": "without a rule"}},
        {"ruleId": "A", "kind": "pass", "message": {"text": "it holds"}},
        {"ruleId": "A", "baselineState": "absent", "message": {"text": "it is gone"}},
    ]);
    let log =
        json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint", "rules": rules}}, "results": found}]});
    let (finished, check) = import(&environment, &log);
    finished.expect(1);
    let findings = check["findings"].as_array().expect("findings");
    let told: Vec<_> = findings.iter().map(|it| format!("{} {}", it["level"], it["message"])).collect();
    assert_eq!(
        told,
        [
            "\"error\" \"lint/A: by its name\"",
            "\"error\" \"lint/A: no eval here\"",
            "\"warning\" \"lint/B: without a rule\""
        ]
    );
    assert_eq!(findings[0]["path"], "proveniq.toml", "what has no place is about the whole");
}

#[test]
fn what_the_scanner_was_told_to_leave_out_stays_out_and_is_told() {
    let environment = TestEnvironment::new();
    let mut accepted = result("no-eval", "error", "handler.py");
    accepted["suppressions"] = json!([{"kind": "inSource", "justification": "a sandbox runs it"}]);
    let mut review = result("no-exec", "error", "handler.py");
    review["suppressions"] = json!([{"kind": "external", "status": "underReview"}]);
    let (finished, check) = import(&environment, &log(&[accepted.clone(), review]));
    let report = finished.expect(1).json();
    assert_eq!(
        (&check["summary"], &report["exceptions"]["by_scanners"]),
        (&json!("1 finding, 1 suppressed"), &json!(1))
    );
    assert_eq!(check["findings"][0]["left_out"], json!({"by": "scanner", "reason": "a sandbox runs it"}));
    let (finished, check) = import(&environment, &log(&[accepted]));
    finished.expect(6);
    assert_eq!(check["verdict"], "pass");
}

#[test]
fn a_secret_in_a_message_is_not_repeated() {
    let environment = TestEnvironment::new();
    let mut leaking = result("key", "error", "handler.py");
    leaking["message"]["text"] = json!(format!("found {}", secret(0)));
    leaking["locations"][0]["physicalLocation"]["region"]["snippet"] = json!({"text": secret(0)});
    let (finished, check) = import(&environment, &log(&[leaking]));
    let finished = finished.expect(1);
    assert!(!finished.stdout.contains(&secret(0)) && !finished.stderr.contains(&secret(0)));
    assert_eq!(check["findings"][0]["message"], "lint/key: what it says holds a secret and is not repeated");
}

#[test]
fn findings_outside_of_the_project_are_named_and_unknown_places_count() {
    let environment = TestEnvironment::new();
    let init = Command::new("git").args(["init", "--quiet"]).current_dir(environment.work()).status().expect("git");
    assert!(init.success());
    environment.plain_project();
    let inside = format!("file://{}", environment.work().join("plain/handler.py").display());
    let results = ["plain/handler.py", "handler.py", &inside, "other/a.py"].map(|uri| result("r", "error", uri));
    let (finished, check) = import(&environment, &log(&results));
    finished.expect(1);
    let findings = check["findings"].as_array().expect("findings");
    assert_eq!(findings.iter().filter(|finding| finding["path"] == "handler.py").count(), 3, "{check}");
    let (finished, check) = import(&environment, &log(&[result("r", "error", "other/a.py")]));
    finished.expect(6);
    let said = "lint: 1 findings lie outside of this project, such as in other/a.py";
    assert_eq!((&check["verdict"], &check["findings"][0]["message"]), (&json!("warn"), &json!(said)));
    let (finished, check) = import(&environment, &log(&[result("r", "error", "file:///build/handler.py")]));
    finished.expect(1);
    let said = "lint/r: r is bad (at /build/handler.py, unknown here)";
    assert_eq!(check["findings"][0]["message"], said);
}

#[test]
fn a_report_that_is_wrong_is_refused_with_what_is_wrong_and_where() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let base = log(&[result("r", "error", "handler.py")]).to_string();
    let many = format!("[{}]", vec![r#"{"message":{}}"#; 100_001].join(","));
    let failed = r#""invocations":[{"executionSuccessful":false}],"results""#;
    let cases: [(String, &str); 10] = [
        (String::new(), "it is no JSON: EOF while parsing a value at line 1 column 0"),
        (base[..40].to_owned(), "it is no JSON: EOF while parsing"),
        (base.replace("2.1.0", "2.0.0"), "it is of SARIF version \"2.0.0\"; 2.1.0 is understood"),
        ("{\"version\": \"2.1.0\"}".into(), "missing field `runs` at line 1"),
        (base.replace("\"error\"", "\"fatal\""), "another type than in SARIF 2.1.0, at line 1 column"),
        (base.replace("\"message\":{", "\"message\":\"x\",\"y\":{"), "another type than in SARIF 2.1.0"),
        (base.replace("\"results\"", "\"reslts\""), "the run of lint has no results"),
        (base.replace("\"results\"", failed), "says of itself that it did not succeed"),
        (log(&[]).to_string().replace("[]", &many), "more than 100000 items are not taken in"),
        (format!("{{\"x\": {}", "[".repeat(100_000)), "it is no JSON: EOF while parsing a list"),
    ];
    let arguments = ["certify", "--static", "--import-sarif", "../lint.sarif", "--report", "json=../r.json"];
    for (text, reason) in cases {
        fs::write(environment.work().join("lint.sarif"), text).expect("written");
        let finished = environment.run_in(&project, &arguments).expect(2).says(reason);
        assert!(!finished.stderr.contains("Checking"), "{}", finished.stderr);
    }
    let file = fs::File::create(environment.work().join("lint.sarif")).expect("file");
    file.set_len((50 << 20) + 1).expect("a large file");
    environment.run_in(&project, &arguments).expect(2).says("it is larger than 52428800 bytes");
    fs::remove_file(environment.work().join("lint.sarif")).expect("removed");
    environment.run_in(&project, &arguments).expect(2).says("there is no SARIF report ../lint.sarif");
    assert!(!environment.work().join("r.json").exists());
}

#[test]
fn a_report_whose_results_lie_in_other_files_is_refused() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    for (part, refused) in [("results", true), ("driver", true), ("artifacts", false)] {
        let mut log = log(&[]);
        let elsewhere = json!({"location": {"uri": "r.json"}, "itemCount": 5});
        let elsewhere = if part == "driver" { elsewhere } else { json!([elsewhere]) };
        log["runs"][0]["externalPropertyFileReferences"] = json!({part: elsewhere});
        fs::write(environment.work().join("lint.sarif"), log.to_string()).expect("written");
        let finished = environment.run_in(&project, &["certify", "--static", "--import-sarif", "../lint.sarif"]);
        if refused {
            finished.expect(2).says("the run of lint has results or rules in other files");
        } else {
            finished.expect(6);
        }
    }
}

#[test]
fn what_this_program_writes_it_takes_in() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    environment.run_in(&project, &["certify", "--static", "--report", "sarif=../lint.sarif"]).expect(1);
    let ours: Value =
        serde_json::from_slice(&fs::read(environment.work().join("lint.sarif")).expect("report")).expect("JSON");
    let (finished, check) = import(&environment, &ours);
    finished.expect(1);
    assert_eq!(check["findings"][0]["path"], "keys.py");
    assert_eq!(check["findings"][0]["rule"], "proveniq/SEC-SECRET");
}
