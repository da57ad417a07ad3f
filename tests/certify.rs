//! `certify`: every fixture gets exactly the verdicts that it says.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use proveniq::certification::{Kind, RuleSet, Tier};

use crate::support::{CertificationFixture, Fake, Http, Sandbox, TestEnvironment, reply};

/// A difference between what a fixture says and what was found.
struct Difference {
    text: String,
    false_pass: bool,
    false_fail: bool,
}

#[test]
#[expect(clippy::print_stdout, reason = "the numbers are what this test is for")]
fn every_fixture_gets_exactly_the_verdicts_that_it_says() {
    let fixtures = CertificationFixture::all();
    let mut usual = BTreeMap::new();
    for fixture in &fixtures {
        let certify = || fixture.base_of_it().certified(&TestEnvironment::new()).verdicts;
        usual.entry(fixture.way()).or_insert_with(certify);
    }
    let next = AtomicUsize::new(0);
    let differences = Mutex::new(Vec::new());
    let work = || {
        while let Some(fixture) = fixtures.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = differences_of(fixture, &usual[&fixture.way()]);
            differences.lock().expect("lock").extend(found);
        }
    };
    thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    let differences = differences.into_inner().expect("lock");
    let passes = differences.iter().filter(|difference| difference.false_pass).count();
    let fails = differences.iter().filter(|difference| difference.false_fail).count();
    println!("{} fixtures: {passes} false passes, {fails} false fails", fixtures.len());
    let texts: Vec<_> = differences.iter().map(|difference| difference.text.as_str()).collect();
    assert!(texts.is_empty(), "{passes} false passes, {fails} false fails\n{}", texts.join("\n"));
}

fn differences_of(fixture: &CertificationFixture, usual: &BTreeMap<String, String>) -> Vec<Difference> {
    let environment = TestEnvironment::new();
    let seen = fixture.certified(&environment);
    let holds = |verdict: &str| matches!(verdict, "pass" | "warn" | "not_applicable");
    let mut differences = Vec::new();
    // How fast an answer comes says something of the machine too, so that only fixtures about it are held to it.
    let counts = |id: &str| id != "PERF-LATENCY" || fixture.verdicts.contains_key(id);
    for (id, verdict) in seen.verdicts.iter().filter(|(id, _)| counts(id)) {
        let due = fixture.verdicts.get(id).or_else(|| usual.get(id)).cloned().unwrap_or_default();
        if *verdict != due {
            differences.push(Difference {
                text: format!(
                    "{}: {id} is {verdict} where {due} is due\n  {}",
                    fixture.name,
                    seen.findings.join("\n  ")
                ),
                false_pass: holds(verdict) && !holds(&due),
                false_fail: verdict == "fail" && holds(&due),
            });
        }
    }
    let unknown = fixture.verdicts.keys().filter(|id| !seen.verdicts.contains_key(*id));
    let unsaid = fixture.says.iter().filter(|words| !seen.findings.iter().any(|finding| finding.contains(*words)));
    let silent = |text: String| Difference { text, false_pass: false, false_fail: false };
    differences.extend(unknown.map(|id| silent(format!("{}: there is no check {id}", fixture.name))));
    differences.extend(
        unsaid.map(|words| {
            silent(format!("{}: no finding says {words:?}\n  {}", fixture.name, seen.findings.join("\n  ")))
        }),
    );
    differences
}

#[test]
fn the_base_of_the_fixtures_holds_in_every_static_check() {
    let environment = TestEnvironment::new();
    let seen = CertificationFixture::base(true, Tier::Premier, Vec::new()).certified(&environment);
    for check in RuleSet::current().checks.iter().filter(|check| check.kind == Kind::Static) {
        let verdict = seen.verdicts[check.id].as_str();
        assert!(matches!(verdict, "pass" | "warn" | "not_applicable" | "not_run"), "{}: {verdict}", check.id);
    }
}

#[test]
fn every_static_check_has_a_fixture_that_breaks_it_and_a_near_miss() {
    let fixtures = CertificationFixture::all();
    for check in RuleSet::current().checks.iter().filter(|check| check.kind == Kind::Static) {
        let of_check = || fixtures.iter().filter(|fixture| fixture.check == check.id);
        let verdict =
            |fixture: &CertificationFixture| fixture.verdicts.get(check.id).map(String::as_str) == Some("fail");
        assert!(of_check().any(verdict), "no fixture breaks {}", check.id);
        assert!(of_check().any(|fixture| !verdict(fixture)), "{} has no near miss", check.id);
        let tiers = of_check().all(|fixture| fixture.tier >= check.tier);
        assert!(tiers, "a fixture of {} is certified for a tier that does not need it", check.id);
    }
    let folders = fs::read_dir(CertificationFixture::root()).expect("folder").flatten();
    let ids: Vec<_> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    for id in ids.iter().filter(|id| !["base", "base-oauth"].contains(&id.as_str())) {
        assert!(RuleSet::current().check(id).is_some(), "fixtures of a check that there is not: {id}");
    }
}

/// The verdict on compatibility in the base, with a marketplace that is named.
fn compatibility(environment: &TestEnvironment, marketplace: &str) -> (String, String) {
    let project = environment.plain_project();
    let arguments = ["certify", "--static", "--tier", "verified", "--json", "--marketplace", marketplace];
    let report = environment.run_in(&project, &arguments).json();
    let checks = report["checks"].as_array().expect("checks");
    let check = checks.iter().find(|check| check["id"] == "COMPAT").expect("check");
    let word = |key: &str| check[key].as_str().unwrap_or_default().to_owned();
    (word("verdict"), word("summary"))
}

#[test]
fn a_marketplace_that_cannot_be_asked_leaves_compatibility_open() {
    let environment = TestEnvironment::new();
    let (verdict, why) = compatibility(&environment, "http://127.0.0.1:1");
    assert_eq!(verdict, "not_run", "{why}");
    // One that answers with nonsense was asked without an answer.
    let fake = Fake::start(|_| reply("200 OK", "application/json", "{\"data\": 1}"));
    let (verdict, why) = compatibility(&environment, &fake.url);
    assert!(matches!(verdict.as_str(), "not_run" | "inconclusive"), "{verdict}: {why}");
}

#[test]
fn the_manifest_of_a_version_is_public_as_it_was_published() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    environment.run_in(&project, &["publish"]).expect(0);
    let http = Http::new(&sandbox.url, None);
    let manifest = http.get("/v1/packages/acme/plain/versions/1.0.0/manifest").expect(200);
    assert_eq!(manifest["webhook"]["events"][0], "ledger.event.created");
    assert_eq!(manifest["integration"]["version"], "1.0.0");
    http.get("/v1/packages/acme/plain/versions/9.9.9/manifest").expect(404);
    http.get("/v1/packages/acme/none/versions/1.0.0/manifest").expect(404);
}
