//! `certify`: checks that run the integration. Each fixture is a mutation of a working integration that must change the
//! verdict of its check and of no other, and each is run for real.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use serde::Deserialize;
use serde_json::Value;

use crate::support::TestEnvironment;

/// Runs side by side: they wait most of the time.
const WORKERS: usize = 12;

/// What a fixture changes, and what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutation {
    what: String,
    #[serde(default = "fail")]
    verdict: String,
    /// Verdicts of other checks, where a fault is rightly found by more than one.
    #[serde(default)]
    also: BTreeMap<String, String>,
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default = "connector")]
    file: String,
    find: String,
    replace: String,
}

fn fail() -> String {
    "fail".to_owned()
}

fn connector() -> String {
    "connector.py".to_owned()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/certification")
}

/// Certifies the working integration with `edits`; gives the report.
fn certify(check: &str, edits: &[Edit]) -> Value {
    let environment = TestEnvironment::new();
    let project = environment.copied_project(&fixtures().join("base-oauth"));
    for Edit { file, find, replace } in edits {
        let path = project.join(file);
        let text = fs::read_to_string(&path).expect("file");
        assert_eq!(text.matches(find.as_str()).count(), 1, "what is replaced is not there once: {find}");
        fs::write(path, text.replace(find.as_str(), replace)).expect("written");
    }
    let tier = if check == "REL-RECOVERY" { "premier" } else { "verified" };
    let finished =
        environment.run_in(&project, &["certify", "--tier", tier, "--check", check, "--seed", "7", "--json"]);
    assert!(matches!(finished.code, 1 | 6), "{}: {}{}", finished.code, finished.stdout, finished.stderr);
    finished.json()
}

fn verdicts(report: &Value) -> BTreeMap<String, String> {
    let checks = report["checks"].as_array().expect("checks").iter();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    checks.map(|check| (text(&check["id"]), text(&check["verdict"]))).collect()
}

fn told<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["checks"].as_array().expect("checks").iter().find(|check| check["id"] == id).expect("check")
}

/// A fixture, or the working integration itself.
struct Job {
    name: String,
    mutation: Option<Mutation>,
}

impl Job {
    fn read(folder: &Path) -> Self {
        let name = folder.file_name().expect("name").to_string_lossy().into_owned();
        let text = fs::read_to_string(folder.join("mutation.toml")).expect("mutation");
        let mutation = toml::from_str(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        Job { name, mutation: Some(mutation) }
    }

    fn must_fail(&self) -> bool {
        self.mutation.as_ref().is_some_and(|mutation| mutation.verdict == "fail")
    }

    fn report(&self, check: &str) -> Value {
        certify(check, self.mutation.as_ref().map_or(&[], |mutation| mutation.edit.as_slice()))
    }

    /// Where a report differs from what is due: the verdicts of the working integration but for what the fixture names.
    fn difference(&self, check: &str, base: &BTreeMap<String, String>, report: &Value) -> Option<String> {
        let mut due = base.clone();
        if let Some(mutation) = &self.mutation {
            due.extend(mutation.also.clone());
            due.insert(check.to_owned(), mutation.verdict.clone());
        }
        let seen = verdicts(report);
        let wrong = due.iter().filter(|(id, verdict)| seen.get(*id) != Some(*verdict));
        let line = |(id, verdict): (&String, &String)| format!("\n    {id} is not {verdict}: {}", told(report, id));
        let lines = wrong.map(line).collect::<Vec<_>>().concat();
        let what = self.mutation.as_ref().map_or("nothing changed", |mutation| &mutation.what);
        (!lines.is_empty()).then(|| format!("\n  {} ({what}):{lines}", self.name))
    }
}

/// Runs every fixture of a check, and the working integration itself, which must pass.
#[expect(clippy::print_stdout, reason = "the numbers are told also where they are zero")]
fn every_fixture(check: &str) {
    let folders =
        fs::read_dir(fixtures().join(check)).expect("fixtures").map(|entry| Job::read(&entry.expect("entry").path()));
    let base = Job { name: "base-oauth".to_owned(), mutation: None };
    let jobs: Vec<_> = std::iter::once(base).chain(folders).collect();
    let passing =
        jobs.iter().filter(|job| job.mutation.as_ref().is_none_or(|mutation| mutation.verdict != "fail")).count();
    assert!(passing >= 2 && passing < jobs.len(), "{check} wants a fixture that breaks it, and a near miss");
    let (queue, seen) = (Mutex::new((0..jobs.len()).rev().collect::<Vec<_>>()), Mutex::new(BTreeMap::new()));
    let next = || queue.lock().expect("queue").pop();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(index) = next() {
                    let report = jobs[index].report(check);
                    seen.lock().expect("reports").insert(index, report);
                }
            });
        }
    });
    let seen = seen.into_inner().expect("reports");
    let base = verdicts(&seen[&0]);
    assert_eq!(base[check], "pass", "{}", told(&seen[&0], check));
    // Time is real: what a busy machine has blurred is looked at once more.
    let again = |job: &Job| job.difference(check, &base, &job.report(check)).map(|told| (job.must_fail(), told));
    let wrong = jobs.iter().enumerate().filter(|(index, job)| job.difference(check, &base, &seen[index]).is_some());
    let wrong: Vec<_> = wrong.filter_map(|(_, job)| again(job)).collect();
    let false_passes = wrong.iter().filter(|(must_fail, _)| *must_fail).count();
    let false_fails = wrong.len() - false_passes;
    println!("{check}: {} fixtures, {false_passes} false passes, {false_fails} false fails", jobs.len());
    assert!(wrong.is_empty(), "{}", wrong.iter().map(|(_, told)| told.as_str()).collect::<String>());
}

#[test]
fn a_persons_authorization_is_judged_by_what_it_does() {
    every_fixture("SEC-OAUTH-FLOW");
}

#[test]
fn scopes_that_are_asked_for_are_declared() {
    every_fixture("SEC-SCOPES");
}

#[test]
fn crashes_lose_nothing_and_double_nothing() {
    every_fixture("REL-RECOVERY");
}

#[test]
fn commands_of_the_guide_that_are_marked_as_run_do_run() {
    every_fixture("DOC-SETUP-RUN");
}

#[test]
fn a_block_of_the_guide_must_come_to_its_end_whatever_its_commands_look_like() {
    let verdict = |commands: &str| {
        let edit = Edit {
            file: "docs/setup.md".into(),
            find: "python3 -m py_compile connector.py\n".into(),
            replace: format!("{commands}\n"),
        };
        told(&certify("DOC-SETUP-RUN", &[edit]), "DOC-SETUP-RUN")["verdict"].clone()
    };
    for left_early in ["exit 0\nfalse", "exec true\nfalse", "trap \"exit 0\" EXIT\nfalse", "set +e\nfalse\ntrue"] {
        assert_eq!(verdict(left_early), "fail", "{left_early}");
    }
    let several_lines = [
        "cat > x.txt <<EOF\n# hello\n)\nEOF\ntest \"$(wc -l < x.txt)\" -eq 2",
        "case a in\n  a) true ;;\n  b) false ;;\nesac",
        "python3 -c \"\nif True:\n    import sys\n    sys.exit(0)\n\"",
        "true \\\n  && true",
    ];
    for whole in several_lines {
        assert_eq!(verdict(whole), "pass", "{whole}");
    }
}

#[test]
fn what_fails_is_told_with_its_place_and_without_a_token() {
    let edit = Edit {
        file: "docs/setup.md".into(),
        find: "python3 -m py_compile connector.py\n".into(),
        replace: "true\necho first >&2\nsh -c 'echo no such thing >&2; exit 3'\nfalse\n".into(),
    };
    let report = certify("DOC-SETUP-RUN", &[edit]);
    let findings = told(&report, "DOC-SETUP-RUN")["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((&findings[0]["path"], &findings[0]["line"]), (&"docs/setup.md".into(), &9.into()));
    assert!(findings[0]["message"].as_str().is_some_and(|text| text.ends_with("exit status: 3: no such thing")));
    let edit = Edit {
        file: connector(),
        find: "return \"/connected\"".into(),
        replace: "return \"/connected?token=\" + TOKENS.access".into(),
    };
    let report = certify("SEC-OAUTH-FLOW", &[edit]);
    let check = told(&report, "SEC-OAUTH-FLOW");
    assert_eq!(check["findings"][0]["rule"], "token-in-address", "{check}");
    assert_eq!(check["findings"][0]["path"], "proveniq.toml", "{check}");
    assert!(!report.to_string().contains("pvq_"), "{report}");
}

#[test]
fn an_unknown_check_or_one_of_a_higher_tier_is_refused() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let certify = |check: &str| environment.run_in(&project, &["certify", "--tier", "verified", "--check", check]);
    certify("SEC-NOTHING").expect(2).says("the checks are SEC-SECRET");
    certify("rel-recovery").expect(2).says("--tier premier");
}
