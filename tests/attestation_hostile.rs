//! Attestations of somebody who means ill: each is refused with a reason that names what is wrong, by `verify` and by the
//! marketplace alike, and none takes long.

use std::fs;
use std::time::{Duration, Instant};

use proveniq::certification::Tier;
use proveniq::certification::attestation::Envelope;
use proveniq::credential::SigningKey;
use serde_json::{Value, json};

use crate::support::{Http, Said, Sandbox, TestEnvironment, failing, registered_key, signed, statement};

/// A payload that is no honest statement, and what is said of it.
fn payloads(honest: &Value) -> Vec<(Vec<u8>, &'static str)> {
    let text = honest.to_string();
    let replaced = |find: &str, replace: &str| {
        assert!(text.contains(find), "{find} is not in {text}");
        text.replacen(find, replace, 1).into_bytes()
    };
    let changed = |pointer: &str, value: Value| {
        let mut statement = honest.clone();
        *statement.pointer_mut(pointer).expect(pointer) = value;
        statement.to_string().into_bytes()
    };
    let digest = honest["subject"][0]["digest"]["sha256"].as_str().expect("digest");
    let other = "0".repeat(64);
    let twice = |first: &str, second: &str| {
        replaced(&format!("\"sha256\":\"{digest}\""), &format!("\"sha256\":\"{first}\",\"sha256\":\"{second}\""))
    };
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let deep = replaced("\"predicate\":{", &format!("\"predicate\":{{\"x\":{nested},"));
    let mut not_text = text.clone().into_bytes();
    let at = text.find("acme/plain").expect("name");
    not_text[at] = 0xff;
    vec![
        (b"".to_vec(), "the payload is no statement"),
        (b"null".to_vec(), "the payload is no statement"),
        (b"{\"_type\":\"https://in-toto.io/Statement/v1\"}".to_vec(), "the payload is no statement"),
        (not_text, "the payload is no statement"),
        (deep, "the payload is no statement: recursion limit exceeded"),
        (format!("{text}{text}").into_bytes(), "the payload is no statement: trailing characters"),
        // Readers differ on which of two counts.
        (twice(digest, &other), "the key \"sha256\" stands in an object twice"),
        (twice(&other, digest), "the key \"sha256\" stands in an object twice"),
        (
            replaced("\"reached\":true", "\"reached\":false,\"reached\":true"),
            "the key \"reached\" stands in an object twice",
        ),
        (
            replaced("\"predicate\":{", "\"x\":{\"y\":1,\"y\":2},\"predicate\":{"),
            "the key \"y\" stands in an object twice",
        ),
        (changed("/_type", json!("https://in-toto.io/Statement/v2")), "https://in-toto.io/Statement/v1 is due"),
        // A form without what was left out cannot hide it.
        (changed("/predicateType", json!("urn:proveniq:certification:1")), "urn:proveniq:certification:2 is due"),
        (changed("/predicate/checks/0/left_out", json!({})), "missing field `suppressed`"),
        (
            changed("/predicateType", json!("urn:proveniq:certification:99")),
            "\"urn:proveniq:certification:99\" is not known",
        ),
        (changed("/subject/0/digest", json!({"sha512": digest})), "it gives no sha256 of its package, only [sha512]"),
        (changed("/subject/0/digest", json!({})), "it gives no sha256 of its package, only []"),
        (changed("/subject/0/digest/sha256", json!(digest.to_uppercase())), "it speaks of the package"),
        (
            changed("/subject/0/name", json!("acme/plain@1.0.1")),
            "it speaks of acme/plain@1.0.1, not of acme/plain@1.0.0",
        ),
        (changed("/subject", json!([honest["subject"][0], honest["subject"][0]])), "the payload is no statement"),
        (changed("/predicate/time", json!("2999-01-01T00:00:00Z")), "which is yet to come"),
        (changed("/predicate/time", json!(-1)), "the payload is no statement"),
        (changed("/predicate/tier", json!("platinum")), "the payload is no statement"),
    ]
}

#[test]
fn what_is_signed_and_no_statement_is_refused_on_both_sides() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let said = Said::new(&environment, registered_key(&http, "acme", "laptop"), Tier::Verified);
    for (payload, why) in payloads(&statement(&said.package, Tier::Verified)) {
        said.say_bytes(&payload);
        let started = Instant::now();
        let refused = said.verify(&[]).expect(1).json();
        assert!(started.elapsed() < Duration::from_secs(10), "{why}");
        let steps = refused["steps"].as_array().expect("steps");
        let failed: Vec<_> = steps.iter().filter(|step| step["holds"] == false).collect();
        assert!(failed.len() == 1 && failed[0]["detail"].as_str().expect("detail").contains(why), "{why}: {refused}");
        let commit = json!({"attestation": Envelope::seal(&payload, &said.key)});
        let refused = http.post(&format!("/v1/uploads/{}/commit", said.package.send(&http)), &commit);
        let reasons = refused.problem(422, "rejected")["reasons"].clone();
        let told = |reason: &Value| reason["message"].as_str().expect("message").contains(why);
        assert!(reasons.as_array().expect("reasons").iter().any(told), "{why}: {reasons}");
    }
    http.get("/v1/packages/acme/plain").problem(404, "not_found");
}

#[test]
fn an_envelope_that_is_not_of_the_form_is_bad_input() {
    let environment = TestEnvironment::new();
    let said = Said::new(&environment, SigningKey::generate().expect("key"), Tier::Listed);
    let honest = fs::read_to_string(said.attestation()).expect("read");
    let envelope: Value = serde_json::from_str(&honest).expect("JSON");
    let verify = |bytes: &[u8]| {
        fs::write(said.attestation(), bytes).expect("written");
        environment.run(&["verify", "plain.tar.zst", "--attestation", "a.json", "--key", "key.pem"])
    };
    let replaced = |find: &str, replace: &str| {
        assert!(honest.contains(find), "{find}");
        honest.replacen(find, replace, 1).into_bytes()
    };
    let signature = &envelope["signatures"][0];
    for (signatures, why) in [(json!([]), "0 signatures"), (json!([signature, signature]), "2 signatures")] {
        let mut several = envelope.clone();
        several["signatures"] = signatures;
        verify(several.to_string().as_bytes()).expect(2).says(&format!("it has {why} where one is due"));
    }
    let payload = format!("\"payload\": {}", envelope["payload"]);
    let twice = format!("\"payload\": \"e30=\", {payload}");
    verify(&replaced(&payload, &twice)).expect(2).says("the key \"payload\" stands in an object twice");
    let unread = replaced("{", "{\"x\": [{\"y\": 1, \"y\": 2}],");
    verify(&unread).expect(2).says("the key \"y\" stands in an object twice");
    let mut not_text = honest.clone().into_bytes();
    not_text[honest.find("vnd.in-toto").expect("type")] = 0xff;
    verify(&not_text).expect(2).says("is no DSSE envelope");
    verify(&replaced("\"keyid\": \"", "\"keyid\": \"z")).expect(2).says("its keyid is no SHA-256 of a key");
    // One that never ends is not read.
    let started = Instant::now();
    let endless = ["verify", "plain.tar.zst", "--attestation", "/dev/zero", "--key", "key.pem"];
    environment.run(&endless).expect(2).says("it is no plain file");
    assert!(started.elapsed() < Duration::from_secs(10));
    // A type that is changed is no other signature's.
    verify(&replaced("vnd.in-toto+json", "vnd.in-toto+jsom")).expect(1);
    verify(honest.as_bytes()).expect(0);
}

#[test]
fn an_enormous_commit_is_refused_by_its_size() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let said = Said::new(&environment, registered_key(&http, "acme", "laptop"), Tier::Listed);
    let id = said.package.send(&http);
    let mut commit = signed(&statement(&said.package, Tier::Listed), &said.key);
    commit["attestation"]["padding"] = json!("x".repeat(2 << 20));
    let refused = http.post(&format!("/v1/uploads/{id}/commit"), &commit);
    assert_eq!(refused.status, 413, "{}", refused.json());
    // The upload is still there, and is published with what is said of it in fewer words.
    let commit = signed(&statement(&said.package, Tier::Listed), &said.key);
    http.post(&format!("/v1/uploads/{id}/commit"), &commit).expect(201);
}

#[test]
fn a_key_of_another_publisher_verifies_nothing() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let said = Said::new(&environment, registered_key(&http, "zenith", "laptop"), Tier::Listed);
    let refused = said.verify(&[]).expect(1).json();
    failing(&refused, "signature", "which is no key that is known here");
    // A publisher grants themselves nothing: what a marketplace says is signed with the marketplace's key.
    let mine = registered_key(&http, "acme", "laptop");
    let said = Said { key: mine, ..said };
    let mut grant = statement(&said.package, Tier::Listed);
    grant["predicateType"] = json!(proveniq::certification::attestation::COUNTERSIGNATURE);
    grant["predicate"] = json!({
        "marketplace": sandbox.url, "time": jiff::Timestamp::now().to_string(),
        "rule_set": grant["predicate"]["rule_set"], "tier": "premier", "checks": [],
    });
    said.say(&grant);
    failing(&said.verify(&[]).expect(1).json(), "statement", "which a publisher's key cannot give");
}

#[test]
fn no_bit_of_a_receipt_changes_what_it_says() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let said = Said::new(&environment, registered_key(&http, "acme", "laptop"), Tier::Verified);
    let commit = format!("/v1/uploads/{}/commit", said.package.send(&http));
    let receipt = http.post(&commit, &signed(&statement(&said.package, Tier::Verified), &said.key)).expect(201);
    let text = serde_json::to_string(&receipt).expect("JSON");
    let verify = |text: &[u8]| {
        fs::write(said.attestation(), text).expect("written");
        said.verify(&[])
    };
    let meaning =
        |document: &Value| ["verified", "said_by", "tier", "tier_claimed", "checks"].map(|key| document[key].clone());
    let honest = meaning(&verify(text.as_bytes()).expect(0).json());
    for at in (0..text.len()).step_by(text.len() / 60) {
        let mut changed = text.clone().into_bytes();
        changed[at] ^= 1 << (at % 7);
        let finished = verify(&changed);
        let same = finished.code == 0 && meaning(&finished.json()) == honest;
        assert!(same || [1, 2].contains(&finished.code), "byte {at}: {} {}", finished.stdout, finished.stderr);
    }
    // What stands beside the signature cannot say more than it.
    for (key, value) in [("tier", json!("premier")), ("tier_claimed", json!(null)), ("version", json!("1.0.1"))] {
        let mut changed = receipt.clone();
        changed["version"][key] = value;
        let refused = verify(changed.to_string().as_bytes()).expect(1).json();
        failing(&refused, "receipt", "it says something else than is signed in it");
    }
}
