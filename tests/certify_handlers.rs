//! What certification says of one correct handler and of those that are made from it by one fault each.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use crate::support::{Fault, TestEnvironment, correct_handler, handler_project};

/// Handlers that are certified side by side: most of the time of a run is waiting.
const WORKERS: usize = 3;

/// Verdicts of the dynamic checks of tier verified that are other than a pass, by check.
fn verdicts(handler: &str) -> (BTreeMap<String, String>, Value) {
    let environment = TestEnvironment::new();
    // Enough deliveries for a verdict on latency in some seconds.
    let project = handler_project(&environment, handler, |manifest| {
        manifest.replace("[webhook]", "[webhook]\nrate_per_second = 50")
    });
    let finished = environment.run_in(&project, &["certify", "--tier", "verified", "--json"]);
    let report: Value = serde_json::from_str(&finished.stdout).unwrap_or_else(|_| panic!("{}", finished.stderr));
    assert_eq!(report["schema"], "proveniq.certify/1", "{report}");
    let checks = report["checks"].as_array().expect("checks");
    let telling = checks.iter().filter(|check| {
        check["kind"] == "dynamic" && !matches!(check["verdict"].as_str(), Some("pass" | "not_applicable"))
    });
    let text = |check: &Value, key: &str| check[key].as_str().expect("text").to_owned();
    (telling.map(|check| (text(check, "id"), text(check, "verdict"))).collect(), report)
}

#[test]
fn the_correct_handler_holds_every_dynamic_check() {
    let (telling, report) = verdicts(&correct_handler());
    assert!(telling.is_empty(), "{telling:?}\n{report:#}");
    let passed = report["checks"].as_array().expect("checks").iter().filter(|check| check["verdict"] == "pass");
    assert!(passed.filter(|check| check["kind"] == "dynamic").count() >= 7, "{report:#}");
}

/// What differs from the verdicts that a fault's file names.
struct Difference {
    /// Checks that hold and should not.
    false_passes: usize,
    /// Checks that do not hold and should.
    false_fails: usize,
    told: String,
}

fn difference(fault: &Fault) -> Option<Difference> {
    let (told, report) = verdicts(&fault.handler());
    let due = fault.checks.as_ref()?;
    let missing = |of: &BTreeMap<String, String>, from: &BTreeMap<String, String>| {
        of.iter().filter(|(check, verdict)| from.get(*check) != Some(verdict)).count()
    };
    (told != *due).then(|| Difference {
        false_passes: missing(due, &told),
        false_fails: missing(&told, due),
        told: format!("{}, which {}: {told:?} where {due:?} is due\n{report:#}", fault.name, fault.what),
    })
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what this test is for")]
fn every_fault_fails_its_checks_and_nothing_else() {
    let faults: Vec<_> = Fault::all().into_iter().filter(|fault| fault.checks.is_some()).collect();
    let total = faults.len();
    assert!(total >= 12, "{total} faults");
    let (queue, wrong) = (Mutex::new(faults), Mutex::new(Vec::new()));
    let next = || queue.lock().expect("queue").pop();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(fault) = next() {
                    // Time is real: what a busy machine has blurred is looked at once more.
                    let told = difference(&fault).and_then(|_| difference(&fault));
                    wrong.lock().expect("wrong").extend(told);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("wrong");
    let sum = |count: fn(&Difference) -> usize| wrong.iter().map(count).sum::<usize>();
    println!(
        "{total} handlers: {} false passes, {} false fails",
        sum(|wrong| wrong.false_passes),
        sum(|wrong| wrong.false_fails)
    );
    assert!(wrong.is_empty(), "{}", wrong.iter().map(|wrong| wrong.told.as_str()).collect::<Vec<_>>().join("\n"));
}
