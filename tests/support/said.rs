//! A package on disk, with what is said of it beside it.

use std::fs;
use std::path::PathBuf;

use proveniq::certification::Tier;
use proveniq::certification::attestation::Envelope;
use proveniq::credential::SigningKey;
use serde_json::Value;

use super::{Announced, Finished, TestEnvironment, statement};

/// A package with an honest attestation of its publisher, as files.
pub struct Said<'a> {
    pub environment: &'a TestEnvironment,
    pub package: Announced,
    pub key: SigningKey,
}

impl<'a> Said<'a> {
    /// Signs an honest statement of the plain package with `key`.
    pub fn new(environment: &'a TestEnvironment, key: SigningKey, tier: Tier) -> Self {
        let package = Announced::plain("acme/plain", "1.0.0");
        fs::write(environment.work().join("plain.tar.zst"), &package.blob).expect("written");
        let said = Said { environment, package, key };
        said.say(&statement(&said.package, tier));
        fs::write(environment.work().join("key.pem"), said.key.public_key().to_pem()).expect("written");
        said
    }

    /// The file of the attestation.
    pub fn attestation(&self) -> PathBuf {
        self.environment.work().join("a.json")
    }

    /// Signs another statement in its place.
    pub fn say(&self, statement: &Value) {
        self.say_bytes(statement.to_string().as_bytes());
    }

    /// Signs any bytes in its place.
    pub fn say_bytes(&self, payload: &[u8]) {
        fs::write(self.attestation(), Envelope::seal(payload, &self.key).to_json()).expect("written");
    }

    /// Verifies the attestation on the package.
    pub fn verify(&self, more: &[&str]) -> Finished {
        let usual = ["verify", "plain.tar.zst", "--attestation", "a.json", "--json"];
        self.environment.run(&[&usual, more].concat())
    }

    /// Verifies with the key, and expects that `step` is the one that fails, and why.
    #[track_caller]
    pub fn fails(&self, step: &str, why: &str) {
        failing(&self.verify(&["--key", "key.pem"]).expect(1).json(), step, why);
    }
}

/// Expects that `step` alone fails, and why.
#[track_caller]
pub fn failing(document: &Value, step: &str, why: &str) {
    assert_eq!(document["verified"], false);
    let steps = document["steps"].as_array().expect("steps");
    let failed: Vec<_> = steps.iter().filter(|step| step["holds"] == false).collect();
    assert_eq!(failed.len(), 1, "{document}");
    assert_eq!(failed[0]["step"], step, "{document}");
    assert!(failed[0]["detail"].as_str().expect("detail").contains(why), "{document}");
}
