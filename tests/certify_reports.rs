//! `certify --report`: each form as its readers want it, written whole or not at all, and never with a secret.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{TestEnvironment, is_junit, is_sarif, is_taken_by_github, secret};

const FORMS: [(&str, &str); 5] =
    [("human", "r.txt"), ("json", "r.json"), ("sarif", "r.sarif"), ("junit", "r.xml"), ("github", "r.log")];

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("report")).expect("JSON")
}

#[test]
fn one_run_writes_every_form_and_each_is_what_its_readers_want() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    fs::create_dir(project.join("ä b")).expect("folder");
    fs::write(project.join("ä b/100%, c.py"), format!("# ü\nkey = \"{}\"\n", secret(2)).repeat(2)).expect("written");
    let readme = fs::read_to_string(project.join("README.md")).expect("text");
    fs::write(project.join("README.md"), format!("{readme}\n[\"<&\u{1}](none.md)\n")).expect("written");
    let reports: Vec<_> = FORMS.iter().map(|(form, file)| format!("{form}=../{file}")).collect();
    let reports = reports.iter().flat_map(|report| ["--report", report]);
    let arguments: Vec<_> = ["certify", "--static", "--tier", "premier", "--json"].into_iter().chain(reports).collect();
    let printed = environment.run_in(&project, &arguments).expect(1);
    let read = |file: &str| fs::read_to_string(environment.work().join(file)).expect("report");

    assert_eq!(read("r.json"), printed.stdout);
    let schema = json(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/certification.schema.json"));
    let validator = jsonschema::validator_for(&schema).expect("schema");
    let problems: Vec<_> = validator.iter_errors(&printed.json()).map(|problem| problem.to_string()).collect();
    assert!(problems.is_empty(), "{problems:?}");

    let sarif = json(&environment.work().join("r.sarif"));
    is_sarif(&sarif);
    is_taken_by_github(&sarif);
    let uris: Vec<_> = sarif["runs"][0]["results"].as_array().expect("results").iter().map(uri).collect();
    assert!(uris.contains(&"%C3%A4%20b/100%25%2C%20c.py"), "{uris:?}");
    let notifications = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(notifications.contains("SEC-SIG is not_run"), "{notifications}");

    let xml = read("r.xml");
    is_junit(&xml);
    let checks = printed.json()["checks"].as_array().expect("checks").len();
    assert_eq!(xml.matches("<testcase ").count(), checks);
    assert!(xml.contains("<failure message=\"4 findings\" type=\"fail\">"), "{xml}");
    assert!(xml.contains("<error message=\"not_run: left out by --static\""), "{xml}");

    let commands = read("r.log");
    assert!(commands.contains("::error file=ä b/100%25%2C c.py,line=2,endLine=2,col="), "{commands}");
    assert!(commands.lines().all(|line| line.starts_with("::")), "{commands}");

    let human = read("r.txt");
    assert!(human.lines().all(|line| line.chars().count() <= 80) && !human.contains('\u{1b}'), "{human}");
    for (_, file) in FORMS {
        let text = read(file);
        assert!((0..3).all(|which| !text.contains(&secret(which))), "{file} holds a secret");
    }
}

fn uri(result: &Value) -> &str {
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("address")
}

#[test]
fn what_an_integration_does_wrong_is_shown_at_its_line_of_the_manifest() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "breaks");
    let project = environment.plain_project();
    let arguments = ["certify", "--report", "sarif=../r.sarif", "--report", "junit=../r.xml"];
    environment.run_in(&project, &arguments).expect(1);
    let sarif = json(&environment.work().join("r.sarif"));
    is_sarif(&sarif);
    is_taken_by_github(&sarif);
    is_junit(&fs::read_to_string(environment.work().join("r.xml")).expect("report"));
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let broken = results.iter().find(|result| result["ruleId"] == "REL-EVENTS").expect("a result");
    assert_eq!(uri(broken), "proveniq.toml");
    let manifest = fs::read_to_string(project.join("proveniq.toml")).expect("text");
    let line = manifest.lines().position(|line| line.starts_with("events = ")).expect("line") + 1;
    let region = &broken["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], line);
    assert_eq!(region["endColumn"], manifest.lines().nth(line - 1).expect("line").chars().count() + 1);
}

#[test]
fn paths_are_those_of_the_repository() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    let init = Command::new("git").args(["init", "--quiet"]).current_dir(environment.work()).status().expect("git");
    assert!(init.success());
    let arguments = ["certify", "--static", "--report", "sarif=../r.sarif", "--report", "github=../r.log"];
    environment.run_in(&project, &arguments).expect(1);
    let sarif = json(&environment.work().join("r.sarif"));
    is_taken_by_github(&sarif);
    assert_eq!(uri(&sarif["runs"][0]["results"][0]), "plain/keys.py");
    let commands = fs::read_to_string(environment.work().join("r.log")).expect("report");
    assert!(commands.contains("::error file=plain/keys.py,line=2,"), "{commands}");
}

#[test]
fn the_workflow_of_the_documentation_works_as_printed() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/certification-reports.md");
    let docs = fs::read_to_string(docs).expect("text");
    let step = docs.lines().find_map(|line| line.trim().strip_prefix("- run: proveniq ")).expect("the step");
    let file = docs.lines().find_map(|line| line.trim().strip_prefix("sarif_file: ")).expect("what is sent");
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    let finished = environment.run_in(&project, &step.split(' ').collect::<Vec<_>>()).expect(1);
    assert!(finished.stdout.contains("::error file=keys.py,line=2,"), "{}", finished.stdout);
    let sarif = json(&project.join(file));
    is_sarif(&sarif);
    is_taken_by_github(&sarif);
}

#[test]
fn one_form_takes_standard_output() {
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    let finished = environment.run_in(&project, &["certify", "--static", "--report", "sarif"]).expect(1);
    is_sarif(&finished.json());
    finished.says("tier listed is not reached");
    let human = environment.run_in(&project, &["certify", "--static", "--report", "human"]).expect(1);
    assert!(human.stdout.contains("tier listed is not reached"), "{}", human.stdout);
    for more in [&["--json"][..], &["--report", "junit"]] {
        let arguments = [&["certify", "--static", "--report", "sarif"], more].concat();
        let refused = environment.run_in(&project, &arguments).expect(2);
        assert!(!refused.stdout.contains("$schema") || more == ["--json"], "{}", refused.stdout);
    }
}

#[test]
fn what_cannot_be_written_is_told_before_anything_runs() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    fs::create_dir(project.join("folder")).expect("folder");
    let before = environment.listing(&project);
    for (report, reason) in [
        ("sarif=none/r.sarif", "cannot write"),
        ("sarif=folder", "it is a folder"),
        ("sarif=", "is not of the form"),
        ("pdf=r.pdf", "the forms are human, json, sarif, junit, github"),
    ] {
        let finished = environment.run_in(&project, &["certify", "--report", report]).expect(2).says(reason);
        assert!(!finished.stderr.contains("Running"), "{report}: {}", finished.stderr);
    }
    let twice = ["certify", "--report", "sarif=r", "--report", "junit=./r"];
    environment.run_in(&project, &twice).expect(2).says("two reports are to be written");
    assert_eq!(environment.listing(&project), before);
}

/// The least that is a SARIF report.
const BEFORE: &str = r#"{"version": "2.1.0", "runs": []}"#;

#[test]
fn a_run_that_comes_to_nothing_leaves_the_report_before_it() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    fs::write(project.join("r.sarif"), BEFORE).expect("written");
    fs::create_dir(project.join(".proveniq")).expect("folder");
    fs::write(project.join(".proveniq/suppressions.toml"), "[[suppression]]\n").expect("written");
    environment.run_in(&project, &["certify", "--static", "--report", "sarif=r.sarif"]).expect(2);
    assert_eq!(fs::read_to_string(project.join("r.sarif")).expect("report"), BEFORE);
}

#[test]
fn no_report_takes_the_place_of_a_source_or_gets_into_the_package() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let readme = fs::read_to_string(project.join("README.md")).expect("README");
    for option in [["--report", "json=README.md"], ["--report", "human=README.md"], ["--write-baseline", "README.md"]] {
        let arguments = [&["certify", "--static"][..], &option].concat();
        environment.run_in(&project, &arguments).expect(2).says("README.md is part of the package");
    }
    for option in [["--report", "sarif=out.txt"], ["--write-baseline", "docs/base.json"]] {
        let arguments = [&["certify", "--static"][..], &option].concat();
        environment.run_in(&project, &arguments).expect(2).says("would become part of the package");
    }
    fs::write(environment.work().join("notes.json"), "{}").expect("written");
    for option in [["--report", "json=../notes.json"], ["--write-baseline", "../notes.json"]] {
        let arguments = [&["certify", "--static"][..], &option].concat();
        environment.run_in(&project, &arguments).expect(2).says("notes.json is there and is no");
    }
    assert_eq!(fs::read_to_string(environment.work().join("notes.json")).expect("notes"), "{}");
    assert_eq!(fs::read_to_string(project.join("README.md")).expect("README"), readme);
    // Names of its own in the project are never packed, and a report may follow one of its kind.
    let names = ["sarif=proveniq.sarif", "junit=proveniq.xml", "json=proveniq.json"];
    let reports = names.iter().flat_map(|name| ["--report", name]);
    let arguments: Vec<_> = ["certify", "--static"].into_iter().chain(reports).collect();
    environment.run_in(&project, &arguments).expect(6);
    environment.run_in(&project, &arguments).expect(6);
    let listed = environment.run_in(&project, &["pack", "--list"]).expect(0).stdout;
    assert!(!listed.contains("proveniq.sarif") && !listed.contains("proveniq.xml"), "{listed}");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_stay_what_they_are() {
    use std::os::unix::fs::FileTypeExt as _;
    let environment = TestEnvironment::new();
    let project = environment.leaking_project();
    fs::write(environment.work().join("target"), "").expect("written");
    std::os::unix::fs::symlink("target", environment.work().join("link")).expect("link");
    // A pipe of the test's own: a device of the machine would be lost to everybody where this does not hold.
    let pipe = environment.work().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let reader = Command::new("cat").arg(&pipe).stdout(std::process::Stdio::piped()).spawn().expect("cat");
    let arguments = ["certify", "--static", "--report", "junit=../link", "--report", "sarif=../pipe"];
    environment.run_in(&project, &arguments).expect(1);
    assert!(fs::symlink_metadata(environment.work().join("link")).expect("link").is_symlink());
    is_junit(&fs::read_to_string(environment.work().join("target")).expect("report"));
    assert!(fs::metadata(&pipe).expect("pipe").file_type().is_fifo());
    let read = reader.wait_with_output().expect("read").stdout;
    is_sarif(&serde_json::from_slice(&read).expect("JSON"));
}

#[test]
fn the_junit_report_of_test_webhook_is_valid_too() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "no-tolerance");
    let project = environment.plain_project();
    let arguments = ["test-webhook", "--suite", "signature", "--suite", "robustness", "--report", "junit=../r.xml"];
    environment.run_in(&project, &arguments).expect(1);
    let xml = fs::read_to_string(environment.work().join("r.xml")).expect("report");
    is_junit(&xml);
    assert!(xml.contains("<skipped>") || xml.contains("<failure"), "{xml}");
}
