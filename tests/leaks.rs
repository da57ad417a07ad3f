//! Reports of leaked keys, signed by openssl as GitHub's secret scanning partner programme signs them.

use std::path::PathBuf;
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use proveniq::credential::{ApiKey, KeyKind};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::serve::{ada, signed_up};
use crate::support::{Http, Provider, Reply, Sandbox, Serving, TestEnvironment, text};

const PLACE: &str = "https://github.com/acme/claim-sync/blob/0123abc/config.py";

/// A reporter with a key pair of its own.
struct Reporter {
    id: &'static str,
    folder: PathBuf,
}

impl Reporter {
    fn new(environment: &TestEnvironment, id: &'static str) -> Self {
        let reporter = Reporter { id, folder: environment.path("") };
        let (private, public) = (reporter.file("private"), reporter.file("public"));
        openssl(&["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", &private]);
        openssl(&["ec", "-in", &private, "-pubout", "-out", &public]);
        reporter
    }

    fn file(&self, kind: &str) -> String {
        self.folder.join(format!("{}.{kind}.pem", self.id)).to_str().expect("UTF-8").to_owned()
    }

    /// How a sandbox is told of this reporter.
    fn flag(&self) -> String {
        format!("{}={}", self.id, self.file("public"))
    }

    /// A signature over `body`, as the header has it.
    fn sign(&self, body: &[u8]) -> String {
        let (text, signature) = (self.folder.join("body"), self.folder.join("signature"));
        std::fs::write(&text, body).expect("written");
        let (text, signature) = (text.to_str().expect("UTF-8"), signature.to_str().expect("UTF-8"));
        openssl(&["dgst", "-sha256", "-sign", &self.file("private"), "-out", signature, text]);
        BASE64_STANDARD.encode(std::fs::read(signature).expect("signature"))
    }

    fn report(&self, http: &Http, tokens: &Value) -> Reply {
        let body = tokens.to_string();
        send(http, self.id, &self.sign(body.as_bytes()), body.as_bytes())
    }
}

fn openssl(arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).output().expect("openssl");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Sends a report; a reporter has no API key.
fn send(http: &Http, id: &str, signature: &str, body: &[u8]) -> Reply {
    let headers = [("Github-Public-Key-Identifier", id), ("Github-Public-Key-Signature", signature)];
    http.send("POST", "/v1/leaks", &headers, body)
}

/// A sandbox that takes reports of `reporters`, and a client without a credential.
fn sandbox<'e>(environment: &'e TestEnvironment, reporters: &[&Reporter]) -> (Sandbox<'e>, Http) {
    let mut arguments = vec!["sandbox", "start", "--detach", "--port", "0", "--json"];
    let flags: Vec<_> = reporters.iter().map(|reporter| reporter.flag()).collect();
    arguments.extend(flags.iter().flat_map(|flag| ["--leak-reporter", flag]));
    let sandbox = Sandbox::started(environment, environment.run(&arguments));
    let http = Http::new(&sandbox.url, None);
    (sandbox, http)
}

/// Creates a key and returns its secret.
fn key(environment: &TestEnvironment, sandbox: &Sandbox<'_>, name: &str) -> String {
    let created = Http::identity(environment, sandbox).post("/v1/keys", &json!({"name": name})).expect(201);
    created["secret"].as_str().expect("secret").to_owned()
}

fn found(token: &str, url: &str) -> Value {
    json!({"token": token, "type": "proveniq_api_key", "url": url, "source": "commit"})
}

/// Times and reason of a key's revocation.
fn revocation(environment: &TestEnvironment, name: &str) -> (Value, Value) {
    let listed = environment.run(&["keys", "list", "--json"]).expect(0).json();
    let keys = listed["keys"].as_array().expect("keys");
    let key = keys.iter().find(|key| key["name"] == name).expect("key");
    (key["revoked_at"].clone(), key["revoked_reason"].clone())
}

const AUDITED: &str = "SELECT count(*) FROM audit_entries WHERE content LIKE '%\"action\":\"key.leak\"%'";

#[test]
fn a_leaked_key_is_revoked_at_once_and_its_owner_is_told_where_it_was_found() {
    let environment = TestEnvironment::new();
    let reporter = Reporter::new(&environment, "ci");
    let (sandbox, http) = sandbox(&environment, &[&reporter]);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let stored = std::fs::read_to_string(environment.path("config/credentials.json")).expect("store");
    let stored: Value = serde_json::from_str(&stored).expect("JSON");
    let leaked = stored.as_object().and_then(|keys| keys.values().next()?.as_str()).expect("key").to_owned();
    let other = key(&environment, &sandbox, "other");

    let strange = ApiKey::generate(KeyKind::Test).expect("key");
    let swapped = format!("{}{}", &other[..46], if other.ends_with('0') { '1' } else { '0' });
    let tokens = [leaked.as_str(), strange.expose(), &swapped, "some_token", "", &format!(" {other}")];
    let report: Vec<_> = tokens.iter().map(|token| found(token, &format!("{PLACE}?plain=1#L7"))).collect();
    let reply = reporter.report(&http, &json!(report));
    let feedback = reply.expect(200);
    let labels: Vec<_> = feedback.as_array().expect("list").iter().map(|item| item["label"].clone()).collect();
    assert_eq!(labels[0], "true_positive");
    assert!(labels[1..].iter().all(|label| label == "false_positive"), "{feedback}");
    for (item, token) in feedback.as_array().expect("list").iter().zip(tokens) {
        let hash = Sha256::digest(token.as_bytes()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!((&item["token_hash"], &item["token_type"]), (&json!(hash), &json!("proveniq_api_key")));
    }
    assert!(!String::from_utf8_lossy(&reply.body).contains("pvq_"), "{feedback}");

    let told = http.with_key(&leaked).get("/v1/keys/current").problem(401, "key_revoked");
    assert_eq!(told["detail"], format!("the key \"laptop\" was revoked: found in public at {PLACE}"));
    http.with_key(&other).get("/v1/keys/current").expect(200);
    let (_, reason) = revocation(&environment, "laptop");
    assert_eq!(reason, format!("found in public at {PLACE}"));
    let listed = environment.run(&["keys", "list"]).expect(0);
    assert!(listed.stdout.contains(PLACE), "{}", listed.stdout);
    listed.says("warning: the key \"laptop\" was revoked on ").says(&format!(": found in public at {PLACE}"));
    let doctor = environment.run(&["doctor"]).expect(1);
    let said = doctor.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(&format!("was revoked: found in public at {PLACE}")), "{}", doctor.stdout);
    assert_eq!(environment.number_in_database(AUDITED), 1);
}

#[test]
fn a_report_that_is_sent_again_changes_nothing_more() {
    let environment = TestEnvironment::new();
    let reporter = Reporter::new(&environment, "ci");
    let (sandbox, http) = sandbox(&environment, &[&reporter]);
    let leaked = key(&environment, &sandbox, "laptop");
    let body = json!([found(&leaked, PLACE), found(&leaked, PLACE)]).to_string();
    let signature = reporter.sign(body.as_bytes());
    send(&http, "ci", &signature, body.as_bytes()).expect(200);
    let first = revocation(&environment, "laptop");
    let again = send(&http, "ci", &signature, body.as_bytes()).expect(200);
    assert_eq!(again[0]["label"], "true_positive");
    reporter.report(&http, &json!([found(&leaked, "https://elsewhere.test/")])).expect(200);
    assert_eq!(revocation(&environment, "laptop"), first);
    assert_eq!(environment.number_in_database(AUDITED), 1);

    // A key that its owner revoked keeps no reason.
    let mine = key(&environment, &sandbox, "mine");
    environment.run(&["keys", "revoke", "mine"]).expect(0);
    assert_eq!(reporter.report(&http, &json!([found(&mine, PLACE)])).expect(200)[0]["label"], "true_positive");
    assert_eq!(revocation(&environment, "mine").1, Value::Null);
}

#[test]
fn a_report_that_does_not_verify_revokes_nothing() {
    let environment = TestEnvironment::new();
    let (known, second) = (Reporter::new(&environment, "ci"), Reporter::new(&environment, "next"));
    let unknown = Reporter::new(&environment, "unknown");
    let (sandbox, http) = sandbox(&environment, &[&known, &second]);
    let leaked = key(&environment, &sandbox, "laptop");
    let text = json!([found(&leaked, PLACE)]).to_string();
    let body = text.as_bytes();
    let good = known.sign(body);
    let refused = |reply: Reply, words: &str| {
        let problem = reply.problem(401, "unauthenticated");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{problem}");
        assert!(!problem.to_string().contains(&leaked[13..]), "{problem}");
    };
    refused(unknown.report(&http, &json!([found(&leaked, PLACE)])), "no reporter has that public key");
    refused(send(&http, "ci", &second.sign(body), body), "not of this body");
    refused(send(&http, "next", &good, body), "not of this body");
    refused(send(&http, "ci", &good, format!("{text} ").as_bytes()), "not of this body");
    refused(send(&http, "ci", &known.sign(&[body, b" "].concat()), body), "not of this body");
    for bad in ["", "no base64", "AAAA", &good[4..], &format!("{good}{good}"), &"A".repeat(10_000)] {
        refused(send(&http, "ci", bad, body), "not of this body");
    }
    refused(http.send("POST", "/v1/leaks", &[], body), "needs the headers");
    refused(http.send("POST", "/v1/leaks", &[("Github-Public-Key-Identifier", "ci")], body), "needs the headers");
    // An API key does not make up for a signature.
    refused(http.with_key(&leaked).send("POST", "/v1/leaks", &[], body), "needs the headers");
    http.with_key(&leaked).get("/v1/keys/current").expect(200);

    // The positive control: header names in the older, upper case, and either reporter.
    let headers = [("GITHUB-PUBLIC-KEY-IDENTIFIER", "next"), ("GITHUB-PUBLIC-KEY-SIGNATURE", &*second.sign(body))];
    http.send("POST", "/v1/leaks", &headers, body).expect(200);
    http.with_key(&leaked).get("/v1/keys/current").problem(401, "key_revoked");
}

#[test]
fn a_report_that_is_no_report_or_too_large_is_refused() {
    let environment = TestEnvironment::new();
    let reporter = Reporter::new(&environment, "ci");
    let (sandbox, http) = sandbox(&environment, &[&reporter]);
    let leaked = key(&environment, &sandbox, "laptop");
    let deep = "[".repeat(100_000);
    let wrong = format!("[{{\"token\": 7, \"type\": \"{leaked}\"}}]");
    for body in ["", "null", "{}", "[7]", "[{\"token\": \"x\"}]", &deep, &wrong, &format!("[\"{leaked}\"]")] {
        let reply = send(&http, "ci", &reporter.sign(body.as_bytes()), body.as_bytes());
        let problem = reply.problem(400, "bad_request");
        assert!(!problem.to_string().contains(&leaked[13..]), "{problem}");
    }
    let huge = vec![b' '; (1 << 20) + 1];
    send(&http, "ci", &reporter.sign(&huge), &huge).problem(413, "too_large");
    assert_eq!(reporter.report(&http, &json!([])).expect(200), json!([]));
    // As many as fit, and unknown fields or none but the needed ones.
    let many: Vec<_> =
        (0..9_000).map(|number| json!({"token": format!("pvq_test_{number}"), "type": "t", "new": 1})).collect();
    assert_eq!(reporter.report(&http, &json!(many)).expect(200).as_array().map(Vec::len), Some(9_000));
    http.with_key(&leaked).get("/v1/keys/current").expect(200);
}

#[test]
fn without_a_reporter_nobody_can_report() {
    let environment = TestEnvironment::new();
    let reporter = Reporter::new(&environment, "ci");
    let (sandbox, http) = sandbox(&environment, &[]);
    let leaked = key(&environment, &sandbox, "laptop");
    // One that runs already does not take the flag, and says so.
    let late = ["sandbox", "start", "--detach", "--leak-reporter", &reporter.flag()];
    environment.run(&late).expect(0).says("warning: the sandbox runs already: --leak-reporter counts when");
    reporter.report(&http, &json!([found(&leaked, PLACE)])).problem(401, "unauthenticated");
    http.with_key(&leaked).get("/v1/keys/current").expect(200);
}

#[test]
fn a_leaked_identity_of_the_sandbox_is_replaced_when_it_starts_again() {
    let environment = TestEnvironment::new();
    let reporter = Reporter::new(&environment, "ci");
    let (running, http) = sandbox(&environment, &[&reporter]);
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    reporter.report(&http, &json!([found(&token, PLACE)])).expect(200);
    environment.run(&["keys", "create", "--name", "x"]).expect(3).says("restart the sandbox for a new identity");
    drop(running);
    let (_running, http) = sandbox(&environment, &[]);
    environment.run(&["keys", "create", "--name", "x"]).expect(0);
    http.with_key(&token).get("/v1/keys/current").problem(401, "key_revoked");
}

#[test]
fn a_reporter_that_cannot_be_used_is_told_and_nothing_is_started() {
    let environment = TestEnvironment::new();
    let file = environment.work().join("key.pem");
    openssl(&["ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", file.to_str().expect("UTF-8")]);
    let public = environment.work().join("p384.pem");
    let (file, public) = (file.to_str().expect("UTF-8"), public.to_str().expect("UTF-8"));
    openssl(&["ec", "-in", file, "-pubout", "-out", public]);
    for (word, reason) in [
        ("ci", "names no reporter of leaked keys"),
        ("ci=nope.pem", "there is no file"),
        ("ci=key.pem", "it is no public key as PEM"),
        ("ci=p384.pem", "it is no key on the curve P-256"),
        ("=p384.pem", "its identifier must have 1 to 128 characters"),
    ] {
        for detach in [&[][..], &["--detach"]] {
            let words = [&["sandbox", "start", "--port", "0", "--leak-reporter", word], detach].concat();
            environment.run(&words).expect(2).says(reason);
        }
    }
    environment.run(&["sandbox", "status"]).expect(1);
}

#[test]
fn what_the_finder_of_a_key_began_to_rotate_ends_with_it() {
    let environment = TestEnvironment::new();
    let reporter = Reporter::new(&environment, "ci");
    let (sandbox, http) = sandbox(&environment, &[&reporter]);
    let leaked = key(&environment, &sandbox, "laptop");
    let made = http.with_key(&leaked).post("/v1/keys/current/successor", &json!({})).expect(201);
    let heir = http.with_key(made["secret"].as_str().expect("secret"));
    heir.get("/v1/keys/current").expect(200);
    reporter.report(&http, &json!([found(&leaked, PLACE)])).expect(200);
    let told = heir.get("/v1/keys/current").problem(401, "key_revoked");
    assert!(told["detail"].as_str().expect("detail").contains("succeeds a key that was found in public"), "{told}");
    let ended = made["key"]["id"].as_str().expect("id");
    let entry = format!("SELECT count(*) FROM audit_entries WHERE content LIKE '%key.revoke%{ended}%'");
    assert_eq!(environment.number_in_database(&entry), 1, "its end is an entry of its own");
}

#[test]
fn tokens_and_client_secrets_that_leaked_are_of_no_use_any_more() {
    let environment = TestEnvironment::new();
    let reporter = Reporter::new(&environment, "ci");
    let (sandbox, http) = sandbox(&environment, &[&reporter]);
    let identity = Http::identity(&environment, &sandbox);
    let request = json!({"name": "App", "scopes": ["packages:read"]});
    let client = identity.post("/v1/clients", &request).expect(201);
    let secret = client["secret"].as_str().expect("secret");
    let id = client["client"]["id"].as_str().expect("id");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let asks = || http.send("POST", "/oauth/token", &form, body.as_bytes());
    let token = asks().expect(200)["access_token"].as_str().expect("token").to_owned();
    http.with_key(&token).get("/v1/packages").expect(200);
    let labels = |tokens: &[&str]| {
        let report: Vec<_> = tokens.iter().map(|token| found(token, PLACE)).collect();
        let feedback = reporter.report(&http, &json!(report)).expect(200);
        feedback.as_array().expect("list").iter().map(|item| item["label"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&[&token]), ["true_positive"]);
    http.with_key(&token).get("/v1/packages").problem(401, "token_revoked");
    asks().expect(200);
    assert_eq!(labels(&[secret, "pvq_access_x"]), ["true_positive", "false_positive"]);
    assert_eq!(asks().expect(401)["error"], "invalid_client");
}

#[test]
fn a_marketplace_for_many_takes_reports_of_those_that_its_configuration_names() {
    let mut environment = TestEnvironment::new();
    let (known, unknown) = (Reporter::new(&environment, "github"), Reporter::new(&environment, "unknown"));
    std::fs::copy(known.file("public"), environment.path("work/github.pem")).expect("copied");
    let github = Provider::start("github");
    let table = format!("{}[leak_reporters]\ngithub = \"github.pem\"\n", github.table());
    let serving = Serving::start(&mut environment, &table);
    let http = Http::new(&serving.url, None);
    let (owner, _) = signed_up(&serving, &github, &ada());
    let created = owner.post("/v1/keys", &json!({"name": "ci", "scopes": ["packages:read"]})).expect(201);
    let leaked = text(&created, "secret");
    let report = json!([found(&leaked, PLACE)]);
    unknown.report(&http, &report).problem(401, "unauthenticated");
    let body = report.to_string();
    send(&http, "github", &unknown.sign(body.as_bytes()), body.as_bytes()).problem(401, "unauthenticated");
    http.with_key(&leaked).get("/v1/keys/current").expect(200);
    assert_eq!(known.report(&http, &report).expect(200)[0]["label"], "true_positive");
    let told = http.with_key(&leaked).get("/v1/keys/current").problem(401, "key_revoked");
    assert_eq!(told["detail"], format!("the key \"ci\" was revoked: found in public at {PLACE}"));
    assert_eq!(serving.stop(), Some(0));

    // Without the table nobody may report; with a key that is none it does not start.
    let serving = Serving::start(&mut environment, &github.table());
    known.report(&Http::new(&serving.url, None), &report).problem(401, "unauthenticated");
    assert_eq!(serving.stop(), Some(0));
    let config = format!("listen = \"127.0.0.1:0\"\ndata = \"data\"\n{}", table.replace("github.pem", "none.pem"));
    std::fs::write(environment.path("work/serve.toml"), config).expect("written");
    environment.run(&["serve", "--config", "serve.toml"]).expect(2).says("none.pem").says("there is no file");
}
