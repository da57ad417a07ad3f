//! `keys create --signing` and `certify --attest`: who signs, what is signed, and that the secret half stays where it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proveniq::certification::RuleSet;
use serde_json::{Value, json};

use crate::support::{Fake, Finished, Http, Sandbox, TestEnvironment, Then, install_once, install_python, problem};

/// The plain project at a sandbox that knows a signing key of its publisher.
struct Signing<'a> {
    environment: &'a TestEnvironment,
    sandbox: Sandbox<'a>,
    project: PathBuf,
}

impl<'a> Signing<'a> {
    fn new(environment: &'a TestEnvironment) -> Self {
        let sandbox = Sandbox::start(environment);
        let project = environment.plain_project();
        let signing = Signing { environment, sandbox, project };
        signing.run(&["keys", "create", "--signing", "--name", "laptop"]).expect(0);
        signing
    }

    fn run(&self, arguments: &[&str]) -> Finished {
        self.environment.run_in(&self.project, arguments)
    }
}

/// Text of every file below a folder.
fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(texts(&path));
        } else {
            found.push((path.clone(), String::from_utf8_lossy(&fs::read(&path).expect("read")).into_owned()));
        }
    }
    found
}

fn stored_secret(environment: &TestEnvironment) -> String {
    let text = fs::read_to_string(environment.path("config/credentials.json")).expect("store");
    let at = text.find("pvq_signing_").expect("a signing key");
    text[at..].chars().take_while(|c| *c != '"').collect()
}

#[test]
fn independent_implementations_accept_the_attestation() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    let certified = signing.run(&["certify", "--attest", "../a.json", "--json"]).expect(0);
    fs::write(environment.work().join("report.json"), &certified.stdout).expect("written");
    let report = certified.json();
    let keys = Http::new(&signing.sandbox.url, None).get("/v1/publishers/acme/signing-keys").expect(200);
    let pem = keys["data"][0]["public_key"].as_str().expect("PEM");
    fs::write(environment.work().join("key.pem"), pem).expect("written");
    let packed = signing.run(&["pack", "--out", "../plain.tar.zst", "--json"]).expect(0).json();

    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/attestation");
    let place = install_once("attestation", &fixture, &["requirements.lock"], |place| install_python(&fixture, place));
    let verify = |envelope: &str| {
        let mut command = Command::new(place.join("venv/bin/python"));
        let arguments = [envelope, "key.pem", "report.json"];
        command.arg(fixture.join("verify.py")).args(arguments).current_dir(environment.work()).output().expect("ran")
    };
    let output = verify("a.json");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let statement: Value = serde_json::from_slice(&output.stdout).expect("statement");
    let subject = json!([{"name": "acme/plain@1.0.0", "digest": {"sha256": packed["digest"]}}]);
    assert_eq!(statement["subject"], subject);
    assert_eq!(statement["predicateType"], "urn:proveniq:certification:2");
    let predicate = &statement["predicate"];
    let rules = RuleSet::current();
    assert_eq!(predicate["rule_set"], json!({"version": rules.version, "digest": rules.digest()}));
    assert_eq!((&predicate["tier"], &predicate["reached"]), (&json!("listed"), &json!(true)));
    assert_eq!(predicate["seed"], report["seed"]);
    assert_eq!(predicate["tool"], json!({"name": "proveniq", "version": env!("CARGO_PKG_VERSION")}));
    assert_eq!(report["attestation"]["digest"], packed["digest"]);
    // They refuse what was changed, so that their yes means something.
    let changed = fs::read_to_string(environment.work().join("a.json")).expect("read").replacen(
        "\"payload\": \"ey",
        "\"payload\": \"ez",
        1,
    );
    fs::write(environment.work().join("b.json"), changed).expect("written");
    assert!(!verify("b.json").status.success());
}

#[test]
fn checks_that_were_not_run_are_attested_as_such() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    let report =
        signing.run(&["certify", "--tier", "verified", "--static", "--attest", "../a.json", "--json"]).expect(6).json();
    let envelope: Value =
        serde_json::from_slice(&fs::read(environment.work().join("a.json")).expect("read")).expect("JSON");
    let payload = decoded(envelope["payload"].as_str().expect("payload"));
    let statement: Value = serde_json::from_slice(&payload).expect("statement");
    let of = |checks: &Value| -> Vec<(Value, Value)> {
        checks.as_array().expect("checks").iter().map(|check| (check["id"].clone(), check["verdict"].clone())).collect()
    };
    let attested = of(&statement["predicate"]["checks"]);
    assert_eq!(attested, of(&report["checks"]));
    assert!(attested.contains(&(json!("SEC-SIG"), json!("not_run"))), "{attested:?}");
    assert_eq!(statement["predicate"]["reached"], false);
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.decode(text).expect("base64")
}

#[test]
fn without_a_signing_key_nothing_is_run() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let refused = environment.run_in(&project, &["certify", "--attest", "../a.json"]).expect(2);
    refused.says("no key to sign an attestation of acme").says("keys create --signing");
    let _sandbox = Sandbox::start(&environment);
    environment.run_in(&project, &["publish", "--tier", "verified"]).expect(2).says("keys create --signing");
    environment.run(&["keys", "create", "--signing", "--name", "x"]).expect(2).says("--publisher");
    environment.run(&["keys", "create", "--signing", "--name", "x", "--publisher", "A b"]).expect(2);
    environment.run(&["keys", "create", "--name", "x", "--publisher", "acme"]).expect(2);
    environment.run(&["keys", "create", "--signing", "--name", "x", "--expires", "1d"]).expect(2);
    assert!(!environment.work().join("a.json").exists());
}

#[test]
fn an_attestation_replaces_nothing_else() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    let attest = |place: &str, code: i32| signing.run(&["certify", "--static", "--attest", place]).expect(code);
    // In the package it would speak of another one.
    attest("claim.json", 2).says("would become part of the package");
    attest("docs/../docs/claim.json", 2).says("would become part of the package");
    fs::write(signing.project.join(".gitignore"), "*.claim\n").expect("written");
    attest("mine.claim", 6);
    fs::remove_file(signing.project.join(".gitignore")).expect("removed");
    attest("README.md", 2).says("is there and is no attestation");
    attest("none/a.json", 2).says("there is no folder");
    attest("docs", 2).says("is there and is no attestation");
    attest("../a.json", 6);
    attest("../a.json", 6);
    assert!(signing.run(&["keys", "list"]).expect(0).stdout.contains("laptop of acme"));
}

#[test]
fn the_secret_half_is_in_its_store_and_nowhere_else() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    let secret = stored_secret(&environment);
    let digits = secret.trim_start_matches("pvq_signing_").to_owned();
    assert_eq!(digits.len(), 64);
    for arguments in [
        &["certify", "--static", "--attest", "../a.json", "--verbose"][..],
        &["publish", "--verbose"],
        &["publish", "--json"],
        &["keys", "list", "--json"],
        &["keys", "list", "--local"],
        &["doctor", "--verbose"],
        &["keys", "create", "--signing", "--name", "laptop"],
        &["logs", "--audit", "--json"],
    ] {
        let finished = signing.run(arguments);
        for text in [&finished.stdout, &finished.stderr] {
            assert!(!text.contains(&digits) && !text.contains("pvq_signing_"), "{arguments:?}: {text}");
        }
    }
    let holders: Vec<_> = texts(&environment.path("")).into_iter().filter(|(_, text)| text.contains(&digits)).collect();
    let names: Vec<_> = holders.iter().map(|(path, _)| path.file_name().expect("name").to_string_lossy()).collect();
    assert_eq!(names, ["credentials.json"]);

    let listed = signing.run(&["keys", "list", "--json"]).expect(0).json();
    let key = &listed["signing_keys"][0];
    assert_eq!((&key["name"], &key["publisher"], &key["stored"]), (&json!("laptop"), &json!("acme"), &json!("file")));
    signing.run(&["keys", "revoke", "laptop"]).expect(2).says("--signing");
    let revoked = signing.run(&["keys", "revoke", "laptop", "--signing", "--json"]).expect(0).json();
    assert_eq!((&revoked["id"], &revoked["forgotten"]), (&key["id"], &json!(true)));
    let keys = Http::new(&signing.sandbox.url, None).get("/v1/publishers/acme/signing-keys").expect(200);
    assert!(keys["data"][0]["revoked_at"].is_string());
    assert!(texts(&environment.path("config")).iter().all(|(_, text)| !text.contains(&digits)));
    signing.run(&["certify", "--static", "--attest", "../a.json"]).expect(2).says("no key to sign");
    signing.run(&["keys", "revoke", "none", "--signing"]).expect(2).says("has no signing key");
}

#[test]
fn an_encrypted_store_keeps_signing_keys_too() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_CREDENTIAL_STORE", "age");
    environment.set("PROVENIQ_STORE_PASSPHRASE", "correct horse battery");
    let signing = Signing::new(&environment);
    signing.run(&["certify", "--static", "--attest", "../a.json"]).expect(6);
    assert!(texts(&environment.path("config")).iter().all(|(_, text)| !text.contains("pvq_signing_")));
    assert!(environment.path("config/credentials.age").exists());
}

#[test]
fn a_key_that_is_not_registered_is_not_kept() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let address = sandbox.url.trim_start_matches("http://").parse().expect("address");
    let create = |url: &str, name: &str| {
        let arguments = ["--marketplace", url, "keys", "create", "--signing", "--publisher", "acme", "--name", name];
        environment.run_with_variable(("PROVENIQ_API_KEY", token.trim()), &arguments)
    };
    let nothing_is_kept = || {
        let kept = texts(&environment.path("config"));
        assert!(kept.iter().all(|(_, text)| !text.contains("pvq_signing_")), "{kept:?}");
        let listed = fs::read_to_string(environment.path("config/signing-keys.json")).unwrap_or_default();
        assert!(!listed.contains("acme"), "{listed}");
    };
    let refusing = Fake::start(|_| problem(403, "missing_scope", "the key lacks the scope keys:write", ""));
    create(&refusing.url, "laptop").expect(3).says("keys:write");
    nothing_is_kept();
    // The registration arrives, its answer is lost: it is taken back.
    let losing = Fake::start(move |request| match request.method.as_str() {
        "POST" => Then::ForwardAndClose(address),
        _ => Then::Forward(address),
    });
    create(&losing.url, "laptop").expect(4);
    nothing_is_kept();
    let keys = Http::new(&sandbox.url, None).get("/v1/publishers/acme/signing-keys").expect(200);
    assert!(keys["data"][0]["revoked_at"].is_string(), "{keys}");
    // A marketplace that registers another key is not believed.
    let lying = Fake::start(move |request| match request.method.as_str() {
        "POST" => Then::ForwardReplacing(address, "\"id\":\"".into(), "\"id\":\"0".into()),
        _ => Then::Forward(address),
    });
    create(&lying.url, "other").expect(4).says("registered another key");
    nothing_is_kept();
    // A name that is taken is left as it is.
    create(&sandbox.url, "mine").expect(0);
    create(&sandbox.url, "mine").expect(5).says("there is a signing key \"mine\" of acme on this machine");
    let without = TestEnvironment::new();
    let arguments =
        ["--marketplace", &sandbox.url, "keys", "create", "--signing", "--publisher", "acme", "--name", "mine"];
    without.run_with_variable(("PROVENIQ_API_KEY", token.trim()), &arguments).expect(5).says("living signing key");
    assert!(texts(&without.path("config")).iter().all(|(_, text)| !text.contains("pvq_signing_")));
}

#[test]
fn the_newest_key_signs_and_a_damaged_one_is_told() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    signing.run(&["keys", "create", "--signing", "--name", "second"]).expect(0);
    let listed = signing.run(&["keys", "list", "--json"]).expect(0).json();
    let keys = listed["signing_keys"].as_array().expect("keys");
    let second = keys.iter().find(|key| key["name"] == "second").expect("key");
    let report = signing.run(&["certify", "--static", "--attest", "../a.json", "--json"]).expect(6).json();
    assert_eq!(report["attestation"]["signed_by"], second["id"]);
    let file = environment.path("config/credentials.json");
    let text = fs::read_to_string(&file).expect("store");
    fs::write(&file, text.replace("pvq_signing_", "pvq_signing_z")).expect("written");
    let damaged = signing.run(&["certify", "--static", "--attest", "../a.json"]).expect(3);
    damaged.says("the signing key \"second\" is damaged in its store (file)");
}

#[test]
fn a_reset_sandbox_forgets_signing_keys() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    signing.run(&["sandbox", "reset", "--yes"]).expect(0);
    assert!(texts(&environment.path("config")).iter().all(|(_, text)| !text.contains("pvq_signing_")));
    let listed = fs::read_to_string(environment.path("config/signing-keys.json")).expect("index");
    assert_eq!(listed.trim(), "[]");
}

#[test]
fn what_a_revoked_key_signed_counts_no_more_and_what_was_granted_does() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    let key = signing.run(&["keys", "list", "--json"]).expect(0).json()["signing_keys"][0].clone();
    let pem = Http::new(&signing.sandbox.url, None).get("/v1/publishers/acme/signing-keys").expect(200);
    fs::write(environment.work().join("key.pem"), pem["data"][0]["public_key"].as_str().expect("PEM"))
        .expect("written");
    signing.run(&["certify", "--attest", "../a.json"]).expect(0);
    signing.run(&["pack", "--out", "../plain.tar.zst"]).expect(0);
    let published = signing.run(&["publish", "--attestation", "../a.json", "--json"]).expect(0).json();
    let receipt = published["receipt_path"].as_str().expect("path");
    let text = fs::read_to_string(signing.project.join("proveniq.toml")).expect("manifest");
    fs::write(signing.project.join("proveniq.toml"), text.replace("1.0.0", "1.0.1")).expect("written");
    signing.run(&["certify", "--attest", "../b.json"]).expect(0);
    signing.run(&["keys", "revoke", "--signing", "laptop"]).expect(0);

    let verify = |more: &[&str]| environment.run(&[&["verify", "plain.tar.zst", "--attestation"], more].concat());
    let why = "it is signed with the key \"laptop\" of acme, and it was revoked on".to_owned();
    assert!(verify(&["a.json"]).expect(1).stdout.contains(&why));
    let refused = signing.run(&["publish", "--attestation", "../b.json"]).expect(1);
    assert!(refused.stdout.contains(&why), "{}", refused.stdout);
    // What the marketplace granted before rests on its own key.
    verify(&[receipt]).expect(0);
    // A key that is named is all that is gone by: nothing is asked, and nothing is known of an end.
    assert!(verify(&["a.json", "--key", "key.pem"]).expect(0).stdout.contains("of the key in"));
    // A name that is free again is another key.
    signing.run(&["keys", "create", "--signing", "--name", "laptop"]).expect(0);
    let now = signing.run(&["keys", "list", "--json"]).expect(0).json();
    let keys = now["signing_keys"].as_array().expect("keys").iter();
    let living: Vec<_> = keys.filter(|key| key["revoked_at"].is_null()).collect();
    assert!(living.len() == 1 && living[0]["id"] != key["id"], "{now}");
    assert!(verify(&["a.json"]).expect(1).stdout.contains(&why));
}

#[test]
fn an_attested_version_is_published() {
    let environment = TestEnvironment::new();
    let signing = Signing::new(&environment);
    let published = signing.run(&["publish", "--json"]).expect(0).json();
    let receipt = &published["receipt"];
    let told = Http::new(&signing.sandbox.url, None).get("/v1/packages/acme/plain/versions/1.0.0").expect(200);
    assert!(told["attestation"].is_object() && told["countersignature"].is_object(), "{told}");
    assert_eq!(told["countersignature"], receipt["countersignature"]);
    // A marketplace whose countersignature does not hold is told of.
    let text = fs::read_to_string(signing.project.join("proveniq.toml")).expect("manifest");
    fs::write(signing.project.join("proveniq.toml"), text.replace("1.0.0", "1.0.1")).expect("written");
    let address = signing.sandbox.url.trim_start_matches("http://").parse().expect("address");
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let lying = Fake::start(move |request| {
        if request.path.ends_with("/commit") {
            Then::ForwardReplacing(address, "\"payload\":\"ey".into(), "\"payload\":\"ez".into())
        } else {
            Then::Forward(address)
        }
    });
    let mut command = environment.command_in(&signing.project, &["--marketplace", &lying.url, "publish"]);
    let published = Finished::of(command.env("PROVENIQ_API_KEY", token.trim()).spawn().expect("started")).expect(4);
    published.says("the marketplace's countersignature does not hold").says("is published all the same");
}
