//! The SARIF form (OASIS SARIF 2.1.0), with what GitHub code scanning asks for beyond the standard. It shows no snippet: a
//! line may hold a secret.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::reported::{Reported, Spans};
use crate::certification::check::{Area, Check, Kind};
use crate::certification::engine::CheckReport;
use crate::certification::explain::explain;
use crate::certification::finding::{Finding, LeftOut};
use crate::certification::rule_set::RuleSet;
use crate::verdict::Verdict;

/// Most results of a run; GitHub refuses a run with more.
const MOST_RESULTS: usize = 25_000;
/// What needs no escape in a relative reference (RFC 3986 section 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes the report.
pub fn sarif(reported: &Reported<'_>) -> serde_json::Result<String> {
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(reported)],
    });
    serde_json::to_string_pretty(&log).map(|text| text + "\n")
}

fn run(reported: &Reported<'_>) -> Value {
    let certification = reported.certification;
    let rules = certification.checks.iter().map(rule).collect::<Vec<_>>();
    let mut results = Results::of(reported);
    let left = results.all.len().saturating_sub(MOST_RESULTS);
    // Errors stay where there are too many.
    results.all.sort_by_key(|(level, _)| *level);
    results.all.truncate(MOST_RESULTS);
    json!({
        "tool": {"driver": {
            "name": "proveniq",
            "fullName": "proveniq certify",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }},
        "automationDetails": {"id": format!("proveniq-certify/{}/", reported.name)},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": true, "toolExecutionNotifications": notifications(reported, left)}],
        "results": results.all.into_iter().map(|(_, result)| result).collect::<Vec<_>>(),
        "properties": {
            "tier": certification.tier,
            "reached": certification.reached,
            "ruleSet": certification.rule_set,
            "suppressed": certification.exceptions.suppressed,
            "baseline": certification.exceptions.baseline,
        },
    })
}

fn rule(report: &CheckReport) -> Value {
    let check = RuleSet::any(report.id);
    let about = check.and_then(|check| explain(check.id)).map_or("", |said| said.looks_at);
    let mend = check.map(|check| check.mend).unwrap_or_default();
    let severity = check.and_then(severity);
    let mut tags = vec![report.area.to_string(), report.kind.to_string(), format!("tier-{}", report.tier)];
    // GitHub ranks what has this tag by its severity.
    tags.retain(|tag| tag != "security" || severity.is_some());
    let mut properties = json!({
        "tags": tags,
        "precision": if report.kind == Kind::External { "medium" } else { "high" },
        "problem.severity": "error",
    });
    if let Some(severity) = severity {
        properties["security-severity"] = json!(severity);
    }
    json!({
        "id": report.id,
        "name": pascal(report.id),
        "shortDescription": {"text": report.proves},
        "fullDescription": {"text": about},
        "help": {
            "text": format!("{about}\n\nTo mend: {mend}."),
            "markdown": format!("{about}\n\n**To mend:** {mend}.\n\nMore: `proveniq certify --explain {}`", report.id),
        },
        "defaultConfiguration": {"level": "error"},
        "properties": properties,
    })
}

/// How bad a failure is, as GitHub ranks alerts: above 9.0 critical, above 7.0 high, above 4.0 medium.
fn severity(check: &Check) -> Option<&'static str> {
    match (check.id, check.area) {
        ("SEC-SECRET" | "SEC-SIG", _) => Some("9.1"),
        ("EXT-SARIF", _) => Some("7.0"),
        (_, Area::Security) => Some("8.0"),
        _ => None,
    }
}

/// `SEC-SECRET` as `SecSecret`.
fn pascal(id: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..].to_lowercase();
    id.split('-').filter(|part| !part.is_empty() && part.is_ascii()).map(word).collect()
}

struct Results {
    all: Vec<(&'static str, Value)>,
}

impl Results {
    fn of(reported: &Reported<'_>) -> Self {
        let spans = Spans::new(reported);
        // The same fingerprint again is another alert.
        let mut met: HashMap<(&str, &str), usize> = HashMap::new();
        let mut all = Vec::new();
        for (index, check) in reported.certification.checks.iter().enumerate() {
            for finding in &check.findings {
                let count = met.entry((check.id, &finding.fingerprint)).or_default();
                *count += 1;
                let level = finding.level.as_str();
                let mend = check.mend.map(|mend| format!("\nTo mend: {mend}.")).unwrap_or_default();
                let mut result = json!({
                    "ruleId": check.id,
                    "ruleIndex": index,
                    "level": level,
                    "message": {"text": format!("{}{mend}", finding.message)},
                    "locations": [{"physicalLocation": location(reported, &spans, finding)}],
                    "partialFingerprints": {
                        "primaryLocationLineHash": format!("{}:{count}", finding.fingerprint),
                    },
                });
                if let Some(rule) = &finding.rule {
                    result["properties"] = json!({"rule": rule});
                }
                if let Some(why) = &finding.left_out {
                    result["suppressions"] = json!([suppression(why)]);
                }
                all.push((level, result));
            }
        }
        Results { all }
    }
}

fn location(reported: &Reported<'_>, spans: &Spans<'_>, finding: &Finding) -> Value {
    let path = reported.path(finding).unwrap_or_default();
    let span = spans.of(finding);
    json!({
        "artifactLocation": {"uri": utf8_percent_encode(&path, PATH).to_string(), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": span.line, "startColumn": span.start, "endLine": span.line, "endColumn": span.end},
    })
}

fn suppression(why: &LeftOut) -> Value {
    let justification = match why {
        LeftOut::Suppression { reason } | LeftOut::Scanner { reason: Some(reason) } => reason.as_str(),
        LeftOut::Scanner { reason: None } => "left out by the scanner that found it",
        LeftOut::Baseline => "in the baseline: it was there before",
    };
    json!({"kind": "external", "status": "accepted", "justification": justification})
}

/// What is no result: checks without an answer, and suppressions that do not hold.
fn notifications(reported: &Reported<'_>, left: usize) -> Vec<Value> {
    let spans = Spans::new(reported);
    let certification = reported.certification;
    let undecided = certification.checks.iter().enumerate();
    let undecided = undecided.filter(|(_, check)| matches!(check.verdict, Verdict::NotRun | Verdict::Inconclusive));
    let mut all: Vec<_> = undecided
        .map(|(index, check)| {
            let text = format!("{} is {}: {}", check.id, check.verdict, check.summary);
            json!({"level": "warning", "message": {"text": text}, "associatedRule": {"id": check.id, "index": index}})
        })
        .collect();
    all.extend(certification.exceptions.notices.iter().map(|notice| {
        let mut notification = json!({"level": "warning", "message": {"text": notice.message}});
        if notice.path.is_some() {
            notification["locations"] = json!([{"physicalLocation": location(reported, &spans, notice)}]);
        }
        notification
    }));
    if left > 0 {
        let text = format!("{left} results more are left out: a run holds at most {MOST_RESULTS}");
        all.push(json!({"level": "warning", "message": {"text": text}}));
    }
    all
}
