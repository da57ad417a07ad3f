//! Attestations as a publisher signs them: honest ones, and others. The statement is written by hand, so that it shares
//! nothing with the one under test.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use proveniq::certification::attestation::Envelope;
use proveniq::certification::{Evidence, Kind, RuleSet, Subject, Tier, certify};
use proveniq::credential::{ApiKey, KeyKind, SigningKey};
use proveniq::manifest;
use proveniq::package::{Archive, Limits, SourceTree as _};
use proveniq::verdict::Verdict;
use serde_json::{Value, json};

use super::{Announced, Files, Http, TestEnvironment};

/// Makes a key and registers it for a publisher.
#[track_caller]
pub fn registered_key(http: &Http, publisher: &str, name: &str) -> SigningKey {
    let key = SigningKey::generate().expect("randomness");
    let request = json!({"name": name, "public_key": key.public_key().to_pem()});
    http.post(&format!("/v1/publishers/{publisher}/signing-keys"), &request).expect(201);
    key
}

/// That nothing was left out of a verdict.
pub fn nothing_left_out() -> Value {
    json!({"suppressed": 0, "baseline": 0, "by_scanners": 0})
}

/// The statement of an attestation in a file.
pub fn attested_statement(path: &Path) -> Value {
    let envelope: Value = serde_json::from_slice(&fs::read(path).expect("read")).expect("JSON");
    let payload = BASE64_STANDARD.decode(envelope["payload"].as_str().expect("payload")).expect("base64");
    serde_json::from_slice(&payload).expect("statement")
}

/// The signing key that is stored in a file for the tests.
pub fn stored_signing_key(environment: &TestEnvironment) -> SigningKey {
    let text = fs::read_to_string(environment.path("config/credentials.json")).expect("store");
    let from = &text[text.find("pvq_signing_").expect("a signing key")..];
    let written: String = from.chars().take_while(|c| *c != '"').collect();
    SigningKey::parse(&written.into()).expect("a signing key")
}

/// A package with a key in it.
pub fn leaking_package() -> Announced {
    let secret = ApiKey::generate(KeyKind::Live).expect("randomness");
    let files = Files::plain("acme/plain", "1.0.0").with("config.py", format!("KEY = \"{}\"\n", secret.expose()));
    Announced::truly("acme/plain", "1.0.0", files.pack("plain-1.0.0"))
}

/// A statement that every check of a tier holds; of static checks it says what is true.
pub fn statement(package: &Announced, tier: Tier) -> Value {
    let rules = RuleSet::current();
    let found = static_verdicts(package, tier);
    let checks = rules.checks.iter().filter(|check| check.tier <= tier).map(|check| {
        let verdict = found.iter().find(|(id, _)| id == check.id).map_or("pass", |(_, verdict)| verdict.as_str());
        json!({"id": check.id, "verdict": verdict, "left_out": nothing_left_out(), "evidence": {"sha256": "0".repeat(64)}})
    });
    let document = &package.document;
    let subject =
        format!("{}@{}", document["name"].as_str().expect("name"), document["version"].as_str().expect("version"));
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": subject, "digest": {"sha256": document["digest"]}}],
        "predicateType": "urn:proveniq:certification:2",
        "predicate": {
            "tool": {"name": "proveniq", "version": env!("CARGO_PKG_VERSION")},
            "rule_set": {"version": rules.version, "digest": rules.digest()},
            "tier": tier.as_str(), "reached": true, "seed": 7, "time": jiff::Timestamp::now().to_string(),
            "checks": checks.collect::<Vec<_>>(),
        },
    })
}

/// What static checks come to on the package itself; those that cannot be run on it are left out.
fn static_verdicts(package: &Announced, tier: Tier) -> Vec<(String, Verdict)> {
    let tar = zstd::decode_all(&package.blob[..]).expect("zstd");
    let archive = Archive::index(Cursor::new(tar), Limits::default()).expect("archive");
    let text = String::from_utf8(archive.read("proveniq.toml", 1 << 20).expect("manifest")).expect("UTF-8");
    let manifest = manifest::parse("proveniq.toml", &text).expect("manifest");
    let evidence = Evidence::default();
    let subject = Subject { tier, manifest: &manifest, tree: &archive, evidence: &evidence };
    let seen = certify(&subject, RuleSet::current(), &[Kind::Static]).verdicts();
    seen.into_iter().filter(|seen| seen.verdict != Verdict::NotRun).map(|seen| (seen.id, seen.verdict)).collect()
}

/// The commit of an upload with a signed statement.
pub fn signed(statement: &Value, key: &SigningKey) -> Value {
    json!({"attestation": Envelope::seal(statement.to_string().as_bytes(), key)})
}
