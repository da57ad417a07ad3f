//! `verify`: what holds, what does not and is named, online and offline.

use std::fs;

use proveniq::certification::Tier;
use proveniq::credential::SigningKey;
use serde_json::{Value, json};

use crate::support::{
    Announced, Fake, Http, Said, Sandbox, TestEnvironment, Then, failing, leaking_package, registered_key, signed,
    statement,
};

#[test]
fn what_holds_says_what_it_rests_on() {
    let environment = TestEnvironment::new();
    let said = Said::new(&environment, SigningKey::generate().expect("key"), Tier::Verified);
    let verified = said.verify(&["--key", "key.pem"]).expect(0).json();
    assert_eq!((&verified["schema"], &verified["verified"]), (&json!("proveniq.verify/1"), &json!(true)));
    assert_eq!(verified["tier"], "verified");
    let steps: Vec<_> = verified["steps"].as_array().expect("steps").iter().map(|step| step["step"].clone()).collect();
    assert_eq!(steps, ["package", "signature", "statement", "subject", "time", "rules", "tier", "checks"]);
    let ground = |id: &str| {
        let checks = verified["checks"].as_array().expect("checks");
        checks.iter().find(|check| check["id"] == id).expect(id)["rests_on"].clone()
    };
    assert_eq!((ground("SEC-SECRET"), ground("SEC-SIG")), (json!("package"), json!("publisher")));
    let arguments = ["verify", "plain.tar.zst", "--attestation", "a.json", "--key", "key.pem"];
    let human = environment.run(&arguments).expect(0).stdout;
    assert!(human.contains("verified: verified; on its publisher's word alone: SEC-SIG"), "{human}");
    assert!(verified.get("source").is_none() && !human.contains("made of commit"), "{human}");
    let mut with_source = statement(&said.package, Tier::Verified);
    with_source["predicate"]["source"] = json!({"commit": "0123abcd", "remote": "git.acme.test:a/b", "dirty": true});
    said.say(&with_source);
    assert_eq!(said.verify(&["--key", "key.pem"]).expect(0).json()["source"], with_source["predicate"]["source"]);
    let human = environment.run(&arguments).expect(0).stdout;
    assert!(human.contains("made of commit 0123abcd of git.acme.test:a/b, with changes"), "{human}");
}

#[test]
fn what_does_not_hold_is_named() {
    let environment = TestEnvironment::new();
    let said = Said::new(&environment, SigningKey::generate().expect("key"), Tier::Verified);
    let honest = statement(&said.package, Tier::Verified);
    let lie = |change: &dyn Fn(&mut Value), step: &str, why: &str| {
        let mut statement = honest.clone();
        change(&mut statement);
        said.say(&statement);
        said.fails(step, why);
    };
    let checks = honest["predicate"]["checks"].as_array().expect("checks");
    let at = |id: &str| checks.iter().position(|check| check["id"] == id).expect(id);
    let (secret, signature) = (at("SEC-SECRET"), at("SEC-SIG"));
    lie(&|it| it["subject"][0]["digest"]["sha256"] = json!("0".repeat(64)), "subject", "it speaks of the package 000");
    lie(&|it| it["subject"][0]["name"] = json!("acme/other@1.0.0"), "subject", "it speaks of acme/other@1.0.0");
    lie(&|it| it["predicateType"] = json!("urn:other"), "statement", "\"urn:other\" is not known");
    lie(&|it| it["_type"] = json!("x"), "statement", "is not known here");
    lie(&|it| it["predicate"] = json!({}), "statement", "the payload is no statement");
    lie(&|it| it["predicate"]["time"] = json!("2999-01-01T00:00:00Z"), "time", "which is yet to come");
    lie(&|it| it["predicate"]["rule_set"]["version"] = json!("1999.01"), "rules", "the claim rests on rules 1999.01");
    lie(&|it| it["predicate"]["rule_set"]["digest"] = json!("x"), "rules", "have the digest");
    lie(&|it| drop(it["predicate"]["checks"].as_array_mut().expect("checks").remove(signature)), "rules", "SEC-SIG");
    lie(&|it| it["predicate"]["checks"][signature]["verdict"] = json!("fail"), "rules", "its verdicts show");
    let unmet = |it: &mut Value| {
        it["predicate"]["checks"][signature]["verdict"] = json!("not_run");
        it["predicate"]["reached"] = json!(false);
    };
    lie(&unmet, "tier", "SEC-SIG: claimed not_run");
    let leaking = leaking_package();
    fs::write(environment.work().join("plain.tar.zst"), &leaking.blob).expect("written");
    let mut silent = statement(&leaking, Tier::Verified);
    silent["predicate"]["checks"][secret]["verdict"] = json!("pass");
    said.say(&silent);
    said.fails("checks", "SEC-SECRET: claimed pass, found fail");
    fs::write(environment.work().join("plain.tar.zst"), &said.package.blob).expect("written");
    said.say(&honest);
    said.verify(&["--key", "key.pem"]).expect(0);
    // Another package, and another key.
    let other = SigningKey::generate().expect("key").public_key().to_pem();
    fs::write(environment.work().join("other.pem"), other).expect("written");
    failing(&said.verify(&["--key", "other.pem"]).expect(1).json(), "signature", "it is signed by the key");
    fs::write(environment.work().join("plain.tar.zst"), Announced::plain("acme/plain", "1.0.1").blob).expect("written");
    said.fails("subject", "it speaks of acme/plain@1.0.0, not of acme/plain@1.0.1");
}

#[test]
fn no_changed_bit_goes_unnoticed() {
    let environment = TestEnvironment::new();
    let said = Said::new(&environment, SigningKey::generate().expect("key"), Tier::Listed);
    let changed = |file: &str, honest: &[u8], at: usize, bit: u32| {
        let mut bytes = honest.to_vec();
        bytes[at] ^= 1 << bit;
        fs::write(environment.work().join(file), &bytes).expect("written");
        let finished = said.verify(&["--key", "key.pem"]);
        fs::write(environment.work().join(file), honest).expect("written");
        (finished, bytes)
    };
    // Each kind of byte of the envelope, in places that lie apart. A test beside the code tries every bit.
    let envelope = fs::read(said.attestation()).expect("read");
    let text = String::from_utf8(envelope.clone()).expect("UTF-8");
    let place = |what: &str| text.find(what).expect(what);
    let (kind, payload, id, signature) =
        (place("vnd.in-toto"), place("\"payload\": \"") + 12, place("keyid\": \"") + 9, place("\"sig\": \"") + 8);
    for at in
        [0, place("payloadType"), kind, payload, payload + 400, id, id + 63, signature, signature + 87, text.len() - 1]
    {
        let (finished, _) = changed("a.json", &envelope, at, 0);
        assert!([1, 2].contains(&finished.code), "byte {at}: {} {}", finished.stdout, finished.stderr);
    }
    failing(
        &changed("a.json", &envelope, payload + 400, 0).0.expect(1).json(),
        "signature",
        "the signature does not hold",
    );
    // A digit that is one still: of a letter it could make something else than hex, which is another refusal.
    let digit = id + text[id..].find(|c: char| c.is_ascii_digit()).expect("a digit");
    failing(&changed("a.json", &envelope, digit, 0).0.expect(1).json(), "signature", "it is signed by the key");
    // The package: where a bit of its compressed form changes nothing that is in it, it is the same package.
    let blob = said.package.blob.clone();
    let tar = zstd::decode_all(&blob[..]).expect("zstd");
    for at in (0..blob.len()).step_by(blob.len() / 40) {
        let (finished, bytes) = changed("plain.tar.zst", &blob, at, u32::try_from(at % 8).expect("bit"));
        let same = zstd::decode_all(&bytes[..]).is_ok_and(|decoded| decoded == tar);
        assert!(same || [1, 2].contains(&finished.code), "byte {at}: {} {}", finished.stdout, finished.stderr);
    }
    said.verify(&["--key", "key.pem"]).expect(0);
}

#[test]
fn what_is_no_package_no_envelope_and_no_key_is_bad_input() {
    let environment = TestEnvironment::new();
    let said = Said::new(&environment, SigningKey::generate().expect("key"), Tier::Listed);
    let verify = |package: &str, attestation: &str, key: &str| {
        environment.run(&["verify", package, "--attestation", attestation, "--key", key])
    };
    let write = |name: &str, bytes: &[u8]| fs::write(environment.work().join(name), bytes).expect("written");
    write("empty", b"");
    write("text", b"just some text\n");
    write("deep.json", "[".repeat(100_000).as_bytes());
    write("large.json", &vec![b' '; 300 << 10]);
    for bad in ["empty", "text", "none", ".", "a.json"] {
        verify(bad, "a.json", "key.pem").expect(2);
    }
    for bad in ["empty", "text", "none", ".", "deep.json", "large.json", "plain.tar.zst", "key.pem"] {
        verify("plain.tar.zst", bad, "key.pem").expect(2);
    }
    for bad in ["empty", "text", "none", ".", "a.json", "large.json"] {
        verify("plain.tar.zst", "a.json", bad).expect(2);
    }
    verify("text", "a.json", "key.pem").expect(2).says("is no package");
    verify("plain.tar.zst", "text", "key.pem").expect(2).says("is no DSSE envelope");
    verify("plain.tar.zst", "large.json", "key.pem").expect(2).says("larger than");
    verify("plain.tar.zst", "a.json", "text").expect(2).says("it is no public key as PEM");
    // A package that ends too early, and one that unpacks to more than is allowed.
    write("plain.tar.zst", &said.package.blob[..said.package.blob.len() / 2]);
    said.fails("package", "");
    let zeros = std::io::Read::take(std::io::repeat(0), (1 << 30) + 1);
    write("plain.tar.zst", &zstd::encode_all(zeros, 1).expect("zstd"));
    said.fails("package", "it holds more than");
}

#[test]
fn the_marketplace_tells_the_keys_and_offline_they_are_remembered() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let said = Said::new(&environment, registered_key(&http, "acme", "laptop"), Tier::Listed);
    let address = sandbox.url.trim_start_matches("http://").parse().expect("address");
    let closed = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let gone = std::sync::Arc::clone(&closed);
    let between =
        Fake::start(
            move |_| {
                if gone.load(std::sync::atomic::Ordering::SeqCst) { Then::Close } else { Then::Forward(address) }
            },
        );
    let verify = || said.verify(&["--marketplace", &between.url]);
    closed.store(true, std::sync::atomic::Ordering::SeqCst);
    verify().expect(4);
    closed.store(false, std::sync::atomic::Ordering::SeqCst);
    let verified = verify().expect(0).json();
    assert_eq!(verified["said_by"], "the key \"laptop\" of acme");
    closed.store(true, std::sync::atomic::Ordering::SeqCst);
    verify().expect(0).says("the keys are those that it told of before");
    closed.store(false, std::sync::atomic::Ordering::SeqCst);
    http.delete(&format!("/v1/publishers/acme/signing-keys/{}", said.key.public_key().fingerprint())).expect(204);
    failing(&verify().expect(1).json(), "signature", "it was revoked on");
    closed.store(true, std::sync::atomic::Ordering::SeqCst);
    failing(&verify().expect(1).json(), "signature", "it was revoked on");
}

#[test]
fn without_a_marketplace_and_a_key_it_says_what_to_do() {
    let environment = TestEnvironment::new();
    let said = Said::new(&environment, SigningKey::generate().expect("key"), Tier::Listed);
    let asked = environment.run(&["verify", "plain.tar.zst", "--attestation", "a.json"]).expect(4);
    asked.says("no marketplace is named").says("name the key that must have signed it with --key FILE");
    let _sandbox = Sandbox::start(&environment);
    failing(&said.verify(&[]).expect(1).json(), "signature", "which is no key that is known here");
}

#[test]
fn a_countersignature_verifies_with_the_marketplaces_key() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let said = Said::new(&environment, registered_key(&http, "acme", "laptop"), Tier::Verified);
    let commit = format!("/v1/uploads/{}/commit", said.package.send(&http));
    let receipt = http.post(&commit, &signed(&statement(&said.package, Tier::Verified), &said.key)).expect(201);
    fs::write(said.attestation(), receipt["countersignature"].to_string()).expect("written");
    let verified = said.verify(&[]).expect(0).json();
    assert_eq!((&verified["tier"], &verified["tier_claimed"]), (&json!("listed"), &json!("verified")));
    assert_eq!(verified["said_by"], format!("the marketplace at {}", sandbox.url));
    let human = environment.run(&["verify", "plain.tar.zst", "--attestation", "a.json"]).expect(0).stdout;
    assert!(human.contains("verified: listed; verified is claimed and awaits a reviewer's approval"), "{human}");
}
