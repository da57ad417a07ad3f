//! The verdicts on one correct handler and on those that are made from it by one fault each: no fault is missed, and
//! there is no false alarm.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;

use crate::support::{Fault, TestEnvironment, correct_handler, handler_project};

/// Handlers that are tested side by side: most of the time of a run is waiting.
const WORKERS: usize = 6;

/// Verdicts of all suites on a handler, by case; those that pass or have no object are left out.
fn verdicts(handler: &str, label: &str) -> (BTreeMap<String, String>, serde_json::Value) {
    let environment = TestEnvironment::new();
    let project = handler_project(&environment, handler, std::convert::identity);
    let finished = environment.run_in(&project, &["test-webhook", "--suite", "all", "--json"]);
    let report: serde_json::Value =
        serde_json::from_str(&finished.stdout).unwrap_or_else(|_| panic!("{label}: {}", finished.stderr));
    assert_eq!(report["schema"], "proveniq.test-webhook/1", "{label}: {report}");
    let cases = report["cases"].as_array().expect("cases").clone();
    let text = |case: &serde_json::Value, key: &str| case[key].as_str().expect("text").to_owned();
    let telling = cases.iter().filter(|case| !matches!(case["verdict"].as_str(), Some("pass" | "not_applicable")));
    (telling.map(|case| (text(case, "id"), text(case, "verdict"))).collect(), report)
}

/// What a fault's file expects, with its patterns put against the cases that there are.
fn expected(fault: &Fault, report: &serde_json::Value) -> BTreeMap<String, String> {
    let ids: Vec<_> =
        report["cases"].as_array().expect("cases").iter().filter_map(|case| case["id"].as_str()).collect();
    let mut expected = BTreeMap::new();
    for (verdict, patterns) in [("fail", &fault.fail), ("warn", &fault.warn), ("inconclusive", &fault.inconclusive)] {
        for pattern in patterns {
            let matching =
                |id: &&&str| pattern.strip_suffix('*').map_or(**id == pattern, |start| id.starts_with(start));
            let found: Vec<_> = ids.iter().filter(matching).collect();
            assert!(!found.is_empty(), "no case is {pattern}");
            expected.extend(found.into_iter().map(|id| ((*id).to_owned(), verdict.to_owned())));
        }
    }
    expected
}

#[test]
fn the_correct_handler_passes_everything() {
    let (telling, report) = verdicts(&correct_handler(), "correct");
    assert!(telling.is_empty(), "{telling:#?}");
    assert!(report["summary"]["passed"].as_u64() > Some(80), "{}", report["summary"]);
}

/// Tests the handler with a fault; says where its verdicts differ from what is expected.
fn differences(fault: &Fault) -> Option<String> {
    let (told, report) = verdicts(&fault.handler(), &fault.name);
    let due = expected(fault, &report);
    let may_warn = |id: &str| fault.may_warn.iter().any(|case| case == id);
    let warned = |id: &str| told.get(id).is_none_or(|verdict| verdict == "warn");
    let other = |id: &&str| told.get(*id) != due.get(*id) && !(may_warn(id) && warned(id));
    let cases = report["cases"].as_array().expect("cases");
    let reason = |id: &str| cases.iter().find(|case| case["id"] == id).map(|case| case["reason"].to_string());
    let ids = told.keys().chain(due.keys()).map(String::as_str).collect::<BTreeSet<_>>();
    let lines = ids.into_iter().filter(other).map(|id| {
        let verdict = |of: &BTreeMap<String, String>| of.get(id).map_or("pass", String::as_str).to_owned();
        format!("\n  {id}: {} where {} is due: {}", verdict(&told), verdict(&due), reason(id).unwrap_or_default())
    });
    let lines: String = lines.collect();
    (!lines.is_empty()).then(|| format!("{}, which {}:{lines}", fault.name, fault.what))
}

#[test]
fn every_fault_is_found_and_nothing_else() {
    let faults = Fault::all();
    assert!(faults.len() >= 25, "{} faults", faults.len());
    let (queue, wrong) = (Mutex::new(faults), Mutex::new(Vec::new()));
    let next = || queue.lock().expect("queue").pop();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(fault) = next() {
                    // Time is real: what a busy machine has blurred is looked at once more.
                    let told = differences(&fault).and_then(|_| differences(&fault));
                    wrong.lock().expect("wrong").extend(told);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("wrong");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
