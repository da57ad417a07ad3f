//! Attestations at the marketplace: what is taken, what is countersigned, and clients that lie.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use proveniq::certification::Tier;
use proveniq::certification::attestation::{COUNTERSIGNATURE, Countersignature, Envelope, RestsOn, Statement};
use proveniq::credential::{ApiKey, KeyKind, PublicKey, SigningKey};
use serde_json::{Value, json};

use crate::support::{
    Announced, Files, Http, Sandbox, TestEnvironment, claim, leaking_package, nothing_left_out, registered_key, signed,
    statement,
};

/// What a marketplace signed, opened with the key that it tells of.
#[track_caller]
fn countersignature(http: &Http, envelope: &Value) -> Statement<Countersignature> {
    let told = http.get("/v1").expect(200)["signing_key"].clone();
    let key = PublicKey::from_pem(told["public_key"].as_str().expect("PEM")).expect("key");
    assert_eq!(told["id"], key.fingerprint().as_str());
    let envelope = Envelope::parse(envelope.to_string().as_bytes()).expect("envelope");
    Statement::read(&envelope.open(&key).expect("opened"), COUNTERSIGNATURE).expect("statement")
}

#[test]
fn what_is_claimed_awaits_a_review_and_is_countersigned_as_listed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let key = registered_key(&http, "acme", "laptop");
    let package = Announced::plain("acme/plain", "1.0.0");
    let said = statement(&package, Tier::Verified);
    let commit = format!("/v1/uploads/{}/commit", package.send(&http));
    let receipt = http.post(&commit, &signed(&said, &key)).expect(201);
    let version = &receipt["version"];
    assert_eq!((&version["tier"], &version["tier_claimed"]), (&json!("listed"), &json!("verified")));

    let statement = countersignature(&http, &receipt["countersignature"]);
    assert_eq!(statement.subject().name, "acme/plain@1.0.0");
    assert_eq!(statement.subject().sha256(), package.document["digest"].as_str());
    let said_of_it = &statement.predicate;
    assert_eq!((said_of_it.tier, said_of_it.tier_claimed), (Tier::Listed, Some(Tier::Verified)));
    assert_eq!(said_of_it.attested_by, Some(key.public_key().fingerprint()));
    let ground = |id: &str| said_of_it.checks.iter().find(|check| check.id == id).map(|check| check.rests_on);
    assert_eq!(ground("SEC-SECRET"), Some(RestsOn::Package));
    assert_eq!(ground("SEC-SIG"), Some(RestsOn::Publisher));
    assert_eq!(said_of_it.checks.len(), said["predicate"]["checks"].as_array().expect("checks").len());

    // The version tells of both envelopes, and a second publication changes neither.
    let told = http.get("/v1/packages/acme/plain/versions/1.0.0").expect(200);
    assert_eq!(told["countersignature"], receipt["countersignature"]);
    assert_eq!(told["attestation"], signed(&said, &key)["attestation"]);
    let human = environment.run(&["status", "acme/plain@1.0.0"]).expect(6).stdout;
    assert!(human.contains("in review: verified awaits a reviewer's approval, place 1"), "{human}");
    let commit = format!("/v1/uploads/{}/commit", package.send(&http));
    let again = http.post(&commit, &signed(&said, &key)).expect(200);
    assert_eq!(again["countersignature"], receipt["countersignature"]);
}

#[test]
fn a_bare_claim_is_countersigned_too() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let receipt = Announced::plain("acme/plain", "1.0.0").publish(&http).expect(201);
    assert_eq!(receipt["version"].get("tier_claimed"), None);
    let statement = countersignature(&http, &receipt["countersignature"]);
    assert_eq!((statement.predicate.attested_by, statement.predicate.tier_claimed), (None, None));
    assert_eq!(http.get("/v1/packages/acme/plain/versions/1.0.0").expect(200).get("attestation"), None);
}

/// Sends a package with what is said of it and expects the refusal, whose reasons hold `why`. Nothing of it stays.
#[track_caller]
fn refused(http: &Http, package: &Announced, commit: &Value, why: &str) {
    let id = package.send(http);
    let problem = http.post(&format!("/v1/uploads/{id}/commit"), commit).problem(422, "rejected");
    let reasons: Vec<_> = problem["reasons"].as_array().expect("reasons").iter().map(reason).collect();
    assert!(reasons.iter().any(|reason| reason.contains(why)), "{why:?} is not in {reasons:?}");
    http.get(&format!("/v1/uploads/{id}")).problem(404, "not_found");
    http.get("/v1/packages/acme/plain").problem(404, "not_found");
}

fn reason(reason: &Value) -> String {
    format!("{}: {}", reason["check"].as_str().expect("check"), reason["message"].as_str().expect("message"))
}

#[test]
fn a_lie_that_is_signed_is_named() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let key = registered_key(&http, "acme", "laptop");
    let package = Announced::plain("acme/plain", "1.0.0");
    let honest = statement(&package, Tier::Verified);
    let lie = |change: &dyn Fn(&mut Value), why: &str| {
        let mut statement = honest.clone();
        change(&mut statement);
        refused(&http, &package, &signed(&statement, &key), why);
    };
    let at = |id: &str| {
        let checks = honest["predicate"]["checks"].as_array().expect("checks");
        checks.iter().position(|check| check["id"] == id).expect(id)
    };
    let (secret, signature) = (at("SEC-SECRET"), at("SEC-SIG"));
    let zeros = "0".repeat(64);
    let leaking = leaking_package();
    let mut silent = statement(&leaking, Tier::Verified);
    silent["predicate"]["checks"][secret]["verdict"] = json!("pass");
    refused(&http, &leaking, &signed(&silent, &key), "SEC-SECRET: claimed pass, found fail");
    lie(
        &|it| it["predicate"]["checks"][signature]["verdict"] = json!("not_run"),
        "its verdicts show that it is not reached",
    );
    lie(
        &|it| {
            it["predicate"]["checks"][signature]["verdict"] = json!("fail");
            it["predicate"]["reached"] = json!(false);
        },
        "SEC-SIG: claimed fail, and verified needs a pass",
    );
    lie(&|it| it["subject"][0]["digest"]["sha256"] = json!(zeros), "attestation: it speaks of the package 000");
    lie(
        &|it| it["subject"][0]["name"] = json!("acme/plain@1.0.1"),
        "it speaks of acme/plain@1.0.1, not of acme/plain@1.0.0",
    );
    lie(&|it| it["subject"] = json!([]), "the payload is no statement");
    lie(&|it| it["predicate"]["rule_set"]["version"] = json!("1999.01"), "rule-set: the claim rests on rules 1999.01");
    lie(&|it| it["predicate"]["rule_set"]["digest"] = json!(zeros), "rule-set: rules 2026.12 have the digest");
    let remove = |it: &mut Value, id: usize| drop(it["predicate"]["checks"].as_array_mut().expect("checks").remove(id));
    lie(&|it| remove(it, signature), "SEC-SIG: the claim does not speak of it");
    let append = |it: &mut Value, check: Value| it["predicate"]["checks"].as_array_mut().expect("checks").push(check);
    lie(&|it| append(it, it["predicate"]["checks"][secret].clone()), "SEC-SECRET: the claim speaks of it twice");
    let unknown = json!({"id": "SEC-NOTHING", "verdict": "pass", "left_out": nothing_left_out(), "evidence": {}});
    lie(&|it| append(it, unknown.clone()), "SEC-NOTHING: tier verified of rules 2026.12 has no such check");
    let many: Vec<_> =
        (0..201).map(|number| json!({"id": number.to_string(), "verdict": "pass", "left_out": nothing_left_out(), "evidence": {}})).collect();
    lie(&|it| it["predicate"]["checks"] = json!(many), "attestation: it speaks of 201 checks, 200 are read");
    lie(&|it| it["predicate"]["padding"] = json!("x".repeat(300 << 10)), "its payload is larger than");
    lie(&|it| it["predicate"]["tier"] = json!("premier"), "the claim does not speak of it");
    lie(&|it| it["predicate"]["time"] = json!("2999-01-01T00:00:00Z"), "which is yet to come");
    lie(&|it| it["predicateType"] = json!("urn:proveniq:countersignature:2"), "is not known here");
    lie(&|it| it["_type"] = json!("https://in-toto.io/Statement/v0.1"), "is not known here");
    // With nothing changed it is taken.
    let id = package.send(&http);
    http.post(&format!("/v1/uploads/{id}/commit"), &signed(&honest, &key)).expect(201);
}

#[test]
fn a_package_that_leaks_cannot_be_signed_clean() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let key = registered_key(&http, "acme", "laptop");
    let secret = ApiKey::generate(KeyKind::Live).expect("randomness");
    let files = Files::plain("acme/plain", "1.0.0").with("config.py", format!("KEY = \"{}\"\n", secret.expose()));
    let leaking = Announced::truly("acme/plain", "1.0.0", files.pack("plain-1.0.0"));
    let clean = Announced::plain("acme/plain", "1.0.0");
    let mut said = statement(&clean, Tier::Verified);
    refused(&http, &leaking, &signed(&said, &key), "attestation: it speaks of the package");
    said["subject"][0]["digest"]["sha256"] = leaking.document["digest"].clone();
    refused(&http, &leaking, &signed(&said, &key), "SEC-SECRET: claimed pass, found fail");
    refused(&http, &leaking, &signed(&said, &key), "config.py:1");
}

#[test]
fn only_a_living_key_of_the_publisher_signs() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let (mine, others) = (registered_key(&http, "acme", "laptop"), registered_key(&http, "zenith", "laptop"));
    let package = Announced::plain("acme/plain", "1.0.0");
    let said = statement(&package, Tier::Verified);
    let nobody = SigningKey::generate().expect("randomness");
    for key in [&others, &nobody] {
        refused(&http, &package, &signed(&said, key), "which is no signing key of acme");
    }
    // Another key under the name of the right one.
    let mut forged = signed(&said, &nobody);
    forged["attestation"]["signatures"][0]["keyid"] = json!(mine.public_key().fingerprint());
    refused(&http, &package, &forged, "the signature does not hold");
    let mut changed = signed(&said, &mine);
    changed["attestation"]["payload"] =
        signed(&statement(&package, Tier::Listed), &nobody)["attestation"]["payload"].clone();
    refused(&http, &package, &changed, "the signature does not hold");
    for signatures in
        [json!([]), json!([changed["attestation"]["signatures"][0], changed["attestation"]["signatures"][0]])]
    {
        let mut several = signed(&said, &mine);
        several["attestation"]["signatures"] = signatures;
        refused(&http, &package, &several, "where one is due");
    }
    let mut other_type = signed(&said, &mine);
    other_type["attestation"]["payloadType"] = json!("text/plain");
    refused(&http, &package, &other_type, "its payload is");
    refused(&http, &package, &json!({}), "there is neither an attestation nor a certification");
    let mut bare = claim();
    bare["certification"]["tier"] = json!("verified");
    refused(&http, &package, &bare, "tier: verified needs a signed attestation");

    let id = mine.public_key().fingerprint();
    http.delete(&format!("/v1/publishers/acme/signing-keys/{id}")).expect(204);
    refused(&http, &package, &signed(&said, &mine), "which was revoked on");
}

#[test]
fn signing_keys_are_registered_told_and_revoked() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let key = registered_key(&http, "acme", "laptop");
    let path = "/v1/publishers/acme/signing-keys";
    let pem = key.public_key().to_pem();
    for (name, public_key) in
        [("laptop", SigningKey::generate().expect("key").public_key().to_pem()), ("other", pem.clone())]
    {
        http.post(path, &json!({"name": name, "public_key": public_key})).problem(409, "name_taken");
    }
    let large = "x".repeat(10_000);
    for request in [
        json!({"name": "", "public_key": pem}),
        json!({"name": "a\nb", "public_key": pem}),
        json!({"name": "x", "public_key": ""}),
        json!({"name": "x", "public_key": large}),
        json!({"name": "x", "public_key": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}),
        json!({"name": "x"}),
        json!({"name": "x", "public_key": pem, "secret": "x"}),
    ] {
        http.post(path, &request).problem(400, "bad_request");
    }
    http.post("/v1/publishers/A%20b/signing-keys", &json!({"name": "x", "public_key": pem}))
        .problem(400, "bad_request");
    // Anybody may read them; to change them takes a credential, a scope and a role.
    let nobody = Http::new(&sandbox.url, None);
    let told = nobody.get(path).expect(200);
    assert_eq!(told["data"][0]["public_key"], pem);
    assert_eq!(told["data"][0]["id"], key.public_key().fingerprint().as_str());
    assert_eq!(nobody.get("/v1/publishers/none/signing-keys").expect(200)["data"], json!([]));
    let one = format!("{path}/{}", key.public_key().fingerprint());
    nobody.delete(&one).problem(401, "unauthenticated");
    let weak = http.post("/v1/keys", &json!({"name": "weak", "scopes": ["packages:publish"]})).expect(201);
    let weak = http.with_key(weak["secret"].as_str().expect("secret"));
    weak.post(path, &json!({"name": "x", "public_key": pem})).problem(403, "missing_scope");
    weak.delete(&one).problem(403, "missing_scope");
    http.delete("/v1/publishers/none/signing-keys/x").problem(403, "not_your_publisher");
    http.delete(&format!("{path}/none")).problem(404, "not_found");
    http.delete(&one).expect(204);
    http.delete(&one).expect(204);
    assert!(nobody.get(path).expect(200)["data"][0]["revoked_at"].is_string());
    // The name is free again, the key is not.
    http.post(path, &json!({"name": "laptop", "public_key": pem})).problem(409, "name_taken");
    registered_key(&http, "acme", "laptop");
    let log = environment.run(&["logs", "--audit", "--json"]).expect(0).stdout;
    for (action, count) in [("signing_key.create", 2), ("signing_key.revoke", 1)] {
        assert_eq!(log.matches(&format!("\"{action}\"")).count(), count, "{log}");
    }
}

#[test]
fn the_marketplaces_own_key_is_made_once_and_closed_to_others() {
    let environment = TestEnvironment::new();
    let told = |sandbox: &Sandbox<'_>| Http::new(&sandbox.url, None).get("/v1").expect(200)["signing_key"].clone();
    let first = told(&Sandbox::start(&environment));
    let file = environment.path("state/sandbox/data/signing-key");
    assert_eq!(fs::metadata(&file).expect("file").permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("mode");
    assert_eq!(told(&Sandbox::start(&environment)), first);
    assert_eq!(fs::metadata(&file).expect("file").permissions().mode() & 0o777, 0o600);
    fs::write(&file, "nonsense").expect("written");
    environment.run(&["sandbox", "start", "--detach", "--port", "0"]).expect(2).says("signing-key is no signing key");
    assert_eq!(fs::read_to_string(&file).expect("kept"), "nonsense");
}

#[test]
fn more_is_not_claimed_of_what_is_published_already() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let project = environment.plain_project();
    environment.run_in(&project, &["publish"]).expect(0);
    let key = registered_key(&http, "acme", "laptop");
    environment.run_in(&project, &["pack", "--out", "../plain.tar.zst"]).expect(0);
    let blob = fs::read(environment.path("work/plain.tar.zst")).expect("package");
    let package = Announced::truly("acme/plain", "1.0.0", blob);
    let claim = signed(&statement(&package, Tier::Verified), &key)["attestation"].to_string();
    fs::write(environment.path("work/claim.json"), claim).expect("written");
    let refused = environment.run_in(&project, &["publish", "--attestation", "../claim.json"]).expect(5);
    assert!(refused.stdout.contains("published as listed before"), "{}", refused.stdout);
    refused.says("raise integration.version");
    // The same claim again is no more than before.
    environment.run_in(&project, &["publish"]).expect(0);
}
