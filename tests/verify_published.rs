//! `verify` of published versions and of receipts, and `install`, which refuses what does not verify.

use std::fs;

use proveniq::certification::Tier;
use serde_json::{Value, json};

use crate::support::{Announced, Fake, Http, Sandbox, TestEnvironment, Then, registered_key, signed, statement};

const PLAIN: &str = "acme/plain@1.0.0";

/// Publishes acme/plain 1.0.0 with an attestation of `listed`.
fn published(http: &Http) -> Announced {
    let key = registered_key(http, "acme", "laptop");
    let package = Announced::plain("acme/plain", "1.0.0");
    let commit = format!("/v1/uploads/{}/commit", package.send(http));
    http.post(&commit, &signed(&statement(&package, Tier::Listed), &key)).expect(201);
    package
}

#[test]
fn a_published_version_verifies_and_is_installed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let package = published(&http);
    let seen = environment.run(&["verify", PLAIN, "--json"]).expect(0).json();
    assert_eq!((&seen["verified"], &seen["tier"]), (&json!(true), &json!("listed")), "{seen:#}");
    let steps = |said: &Value| -> Vec<String> {
        said["steps"].as_array().expect("steps").iter().map(|step| step["step"].to_string()).collect()
    };
    assert_eq!(steps(&seen).last().map(String::as_str), Some("\"entry\""), "{seen:#}");
    assert!(steps(&seen["attested"]).contains(&"\"signature\"".to_owned()), "{seen:#}");
    let human = environment.run(&["verify", PLAIN]).expect(0).stdout;
    assert!(human.contains("What its publisher says") && human.contains("What the marketplace says"), "{human}");
    // The same of a file that somebody has.
    fs::write(environment.work().join("got.tar.zst"), &package.blob).expect("written");
    environment.run(&["verify", "got.tar.zst"]).expect(0);
    // What is fetched can be kept, and replaces nothing.
    environment.run(&["verify", PLAIN, "--out", "kept.tar.zst"]).expect(0);
    assert_eq!(fs::read(environment.work().join("kept.tar.zst")).expect("kept"), package.blob);
    fs::write(environment.work().join("notes.txt"), "mine").expect("written");
    environment.run(&["verify", PLAIN, "--out", "notes.txt"]).expect(2).says("notes.txt");
    environment.run(&["verify", "got.tar.zst", "--out", "kept2"]).expect(2).says("publisher/name@1.0.0");
    let installed = environment.run(&["install", "acme/plain", "--yes"]).expect(0);
    installed.says("Verified acme/plain@1.0.0, sha256:");
    environment.run(&["verify", "acme/plain@2.0.0"]).expect(1).says("is not published");
    environment.run(&["verify", "acme/plain"]).expect(2).says("acme/plain");

    // A key that is revoked later takes nothing back: the marketplace saw that it was good.
    let id = http.get("/v1/publishers/acme/signing-keys").expect(200)["data"][0]["id"].clone();
    let path = format!("/v1/publishers/acme/signing-keys/{}", id.as_str().expect("id"));
    assert_eq!(http.delete(&path).status, 204);
    environment.run(&["verify", PLAIN]).expect(0);
}

#[test]
fn what_is_altered_is_named_and_not_installed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let package = published(&http);
    let column = |name: &str| environment.texts_in_database(&format!("SELECT {name} FROM versions")).remove(0);
    let altered = |name: &str, value: &str, why: &str| {
        let before = column(name);
        environment.change_database(&format!("UPDATE versions SET {name} = '{value}'"));
        let seen = environment.run(&["verify", PLAIN]).expect(1);
        let told = seen.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(why) && told.contains("not verified"), "{name}: {why:?} is not in {told}");
        environment.run(&["install", "acme/plain", "--yes"]).expect(1).says("does not verify, and is not installed");
        environment.change_database(&format!("UPDATE versions SET {name} = '{before}'"));
    };
    let flipped = |envelope: &str, field: &str| {
        let mut said: Value = serde_json::from_str(envelope).expect("JSON");
        let place = if field == "payload" { &mut said["payload"] } else { &mut said["signatures"][0]["sig"] };
        let text = place.as_str().expect(field);
        let first = if text.starts_with('A') { "B" } else { "A" };
        *place = json!(format!("{first}{}", &text[1..]));
        said.to_string()
    };
    altered("tier", "premier", "FAILS entry");
    altered("digest", &"0".repeat(64), "FAILS entry");
    for name in ["attestation", "countersignature"] {
        for field in ["payload", "sig"] {
            altered(name, &flipped(&column(name), field), "FAILS signature");
        }
    }
    let (attestation, countersignature) = (column("attestation"), column("countersignature"));
    altered("countersignature", &attestation, "FAILS signature it is a publisher's");
    altered("attestation", &countersignature, "FAILS statement");
    assert_eq!(http.get("/v1/installations").expect(200)["data"], json!([]));
    environment.run(&["verify", PLAIN]).expect(0);

    // Other bytes are not even a package of that version.
    let blob = package.document["blob_digest"].as_str().expect("digest").to_owned();
    let path = walk(&environment.path("state/sandbox/data")).into_iter().find(|path| path.ends_with(&blob));
    let path = path.expect("the blob");
    let mut bytes = fs::read(&path).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).expect("written");
    environment.run(&["verify", PLAIN]).expect(4).says("is not what was published").says("expected SHA-256");
    environment.run(&["install", "acme/plain", "--yes"]).expect(4);
}

/// All files below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn a_kept_receipt_verifies_without_the_marketplace() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    let run = |arguments: &[&str]| environment.run_in(&project, arguments);
    run(&["publish"]).expect(0);
    run(&["pack", "--out", "../plain.tar.zst"]).expect(0);
    let url = sandbox.url.clone();
    drop(sandbox);
    let named = ("PROVENIQ_MARKETPLACE_URL", url.as_str());
    let offline = environment.run_with_variable(named, &["verify", "plain.tar.zst"]).expect(0);
    assert!(offline.stdout.contains("receipt"), "{}", offline.stdout);
    offline.says("the marketplace cannot be reached");
    environment.run(&["verify", "plain.tar.zst"]).expect(4).says("--attestation FILE");
}

/// Another version that is signed all the same is not the one that was asked for.
#[test]
fn a_marketplace_that_gives_another_version_is_not_believed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    published(&http);
    let told = http.get("/v1/packages/acme/plain/versions/1.0.0").expect(200).to_string();
    let liar = Fake::start(move |_| {
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", told.len());
        Then::Write([head.as_bytes(), told.as_bytes()].concat())
    });
    let named = ("PROVENIQ_MARKETPLACE_URL", liar.url.as_str());
    for asked in [["verify", "acme/plain@1.0.1"], ["status", "acme/plain@1.0.1"], ["verify", "acme/better@1.0.0"]] {
        let refused = environment.run_with_variable(named, &asked).expect(4);
        refused.says("answers with acme/plain@1.0.0");
    }
}
