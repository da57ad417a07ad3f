//! SEC-SECRET looks into archives and to the end of large files; published examples are nobody's secrets.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::support::{TestEnvironment, secret};

/// The verdict of SEC-SECRET on a project, and its findings.
fn certified(environment: &TestEnvironment, project: &Path) -> (String, String) {
    let report = environment.run_in(project, &["certify", "--static", "--tier", "verified", "--json"]).json();
    let checks = report["checks"].as_array().expect("checks");
    let check = checks.iter().find(|check| check["id"] == "SEC-SECRET").expect("check");
    (check["verdict"].as_str().expect("verdict").to_owned(), check["findings"].to_string())
}

/// The verdict where `content` is shipped as `name`, and then the findings.
fn shipping(name: &str, content: impl AsRef<[u8]>) -> (String, String) {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    fs::write(project.join(name), content).expect("written");
    certified(&environment, &project)
}

fn leak() -> String {
    format!("KEY = \"{}\"\n", secret(0))
}

fn zipped(content: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("inner.py", zip::write::SimpleFileOptions::default()).expect("begun");
    archive.write_all(content.as_bytes()).expect("written");
    archive.finish().expect("finished").into_inner()
}

fn tarred(content: &str) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    archive.append_data(&mut header, "inner.py", content.as_bytes()).expect("written");
    archive.into_inner().and_then(GzEncoder::finish).expect("finished")
}

#[test]
fn a_secret_in_an_archive_is_found() {
    for (name, archive) in [("data.zip", zipped(&leak())), ("data.tar.gz", tarred(&leak()))] {
        let (verdict, findings) = shipping(name, archive);
        assert_eq!(verdict, "fail", "{name}: {findings}");
        assert!(findings.contains(name) && findings.contains("aws-access-key"), "{findings}");
        assert!(!findings.contains(&secret(0)), "{findings}");
    }
    for (name, archive) in [("data.zip", zipped("KEY = None\n")), ("data.tar.gz", tarred("KEY = None\n"))] {
        assert_eq!(shipping(name, archive).0, "pass", "{name}");
    }
}

#[test]
fn a_secret_behind_17_mib_is_found() {
    let mut content = vec![b'\n'; 17 << 20];
    content.extend(leak().as_bytes());
    let (verdict, findings) = shipping("data.txt", content);
    assert_eq!(verdict, "fail", "{findings}");
    let findings: Value = serde_json::from_str(&findings).expect("JSON");
    assert_eq!(findings[0]["line"], (17 << 20) + 1);
}

#[test]
fn published_examples_are_no_secrets() {
    let examples = concat!(
        "AWS_ACCESS_KEY_ID=",
        "AKIAIOSFODNN7",
        "EXAMPLE\n",
        "AWS_SECRET_ACCESS_KEY=",
        "wJalrXUtnFEMI",
        "/K7MDENG",
        "/bPxRfiCYEXAMPLEKEY\n",
        "STRIPE_SECRET_KEY=",
        "sk_test_4eC39HqLy",
        "jWDarjtT1zdp7dc\n",
        "TOKEN=",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.",
        "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.",
        "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\n",
    );
    let (verdict, findings) = shipping("settings.txt", examples);
    assert_eq!(verdict, "pass", "{findings}");
    let (verdict, findings) = shipping("settings.txt", format!("{examples}{}", leak()));
    assert_eq!(verdict, "fail", "{findings}");
}
