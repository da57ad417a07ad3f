//! Each template: it builds, its own tests pass, and it is certified, for names and texts that are not the usual ones.

use std::path::Path;

use serde_json::Value;

use crate::advisories::fresh;
use crate::support::{Finished, TestEnvironment};

fn scaffold(environment: &TestEnvironment, template: &str) -> std::path::PathBuf {
    let title = "Schäden \"north\" \\ & more";
    let arguments =
        ["--template", template, "--name", "north-2/3d-error", "--category", "policy-admin", "--title", title];
    environment.run(&[&["init", "project"], &arguments[..]].concat()).expect(0);
    environment.work().join("project")
}

fn runs(environment: &TestEnvironment, folder: &Path, program: &str, arguments: &[&str]) {
    let child = environment.prepared(program, folder, arguments).spawn().expect("started");
    Finished::of(child).expect(0);
}

/// Every check of `verified` passes or is not applicable: a warning would be one that users of the template begin with. The
/// address for support alone is theirs to give.
fn reaches_verified(environment: &TestEnvironment, project: &Path) {
    let advisories = environment.path("advisories");
    std::fs::create_dir(&advisories).expect("folder");
    for ecosystem in ["npm", "PyPI"] {
        std::fs::write(advisories.join(format!("{ecosystem}.json")), fresh(ecosystem).1).expect("written");
    }
    let database = advisories.to_str().expect("UTF-8");
    let arguments = ["certify", "--tier", "verified", "--json", "--osv-db", database];
    let report = environment.run_in(project, &arguments).expect(0).json();
    assert_eq!(report["reached"], true);
    let checks = report["checks"].as_array().expect("checks");
    let holds = |check: &Value| check["verdict"] == "pass" || check["verdict"] == "not_applicable";
    let wanting = checks.iter().filter(|check| !holds(check) && check["id"] != "SUP-CONTACT");
    assert_eq!(wanting.collect::<Vec<_>>(), [&Value::Null; 0]);
}

#[test]
fn webhook_typescript_holds_what_it_promises() {
    let environment = TestEnvironment::new();
    let project = scaffold(&environment, "webhook-typescript");
    runs(&environment, &project, "npm", &["ci", "--no-audit", "--no-fund"]);
    runs(&environment, &project, "npm", &["test"]);
    reaches_verified(&environment, &project);
}

#[test]
fn webhook_python_holds_what_it_promises() {
    let environment = TestEnvironment::new();
    let project = scaffold(&environment, "webhook-python");
    runs(&environment, &project, "python3", &["scripts/setup.py", "--dev"]);
    runs(&environment, &project, ".venv/bin/python", &["-m", "pytest", "-q"]);
    reaches_verified(&environment, &project);
}

/// Verdicts on a scaffold rest on its code: with the check of signatures switched off the forgeries are named.
#[test]
fn a_scaffold_without_its_signature_check_fails_and_the_forgeries_are_named() {
    let environment = TestEnvironment::new();
    let project = scaffold(&environment, "webhook-python");
    let file = project.join("integration/signature.py");
    let code = std::fs::read_to_string(&file).expect("code");
    let first = "delivery_id = headers.get(\"webhook-id\", \"\")";
    assert!(code.contains(first), "the verification begins in another way");
    std::fs::write(&file, code.replace(first, "return headers.get(\"webhook-id\", \"\")")).expect("written");
    let report = environment.run_in(&project, &["test-webhook", "--json"]).expect(1).json();
    let failed = report["cases"].as_array().expect("cases").iter().filter(|case| case["verdict"] == "fail");
    let ids: Vec<_> = failed.map(|case| case["id"].as_str().expect("id")).collect();
    let expected = [
        "signature.missing",
        "signature.wrong-secret",
        "signature.changed-body",
        "signature.stale",
        "signature.future",
    ];
    assert!(expected.iter().all(|id| ids.contains(id)), "{ids:?}");
    assert!(ids.iter().all(|id| id.starts_with("signature.")), "{ids:?}");
}
