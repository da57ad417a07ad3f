//! The audit log: what is in it, that its chains hold when a program of others verifies them, and that no secret is kept.

use std::process::Command;

use proveniq::package::hex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{Application, DEVICE, Http, Installed, Person, Reply, Sandbox, TestEnvironment, text};

/// Every entry of every chain, oldest first, fetched page by page and verified by hand.
fn entries(http: &Http) -> Vec<Value> {
    let mut found = Vec::new();
    let mut heads = std::collections::BTreeMap::new();
    for chain in http.get("/v1/audit/chains").expect(200)["data"].as_array().expect("chains") {
        let id = text(chain, "id");
        let (mut head, mut cursor, mut sequence) = ("0".repeat(64), String::new(), 0);
        loop {
            let page = http.get(&format!("/v1/audit/chains/{id}{cursor}")).expect(200);
            for record in page["data"].as_array().expect("records") {
                sequence += 1;
                assert_eq!(record["sequence"], sequence);
                let content = text(record, "content");
                let digest = hex(&Sha256::digest(&content));
                head = hex(&Sha256::digest(format!("{head}\n{digest}")));
                assert_eq!((&record["digest"], &record["hash"]), (&json!(digest), &json!(head)));
                let entry: Value = serde_json::from_str(&content).expect("JSON");
                for anchor in entry["anchors"].as_array().into_iter().flatten() {
                    assert_eq!(heads.get(&text(anchor, "chain")), Some(&text(anchor, "hash")), "{entry}");
                }
                found.push(entry);
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("?cursor={next}"),
                None => break,
            }
        }
        if let (Some(last), true) = (chain["head"].as_str(), sequence == chain["sequence"].as_u64().expect("number")) {
            assert_eq!(last, head);
        }
        heads.insert(id, head);
    }
    found
}

fn request_id(reply: &Reply) -> String {
    reply.header("x-request-id").expect("request id")
}

/// The entries of one request.
fn of_request(http: &Http, reply: &Reply) -> Vec<(String, String, Option<String>)> {
    let id = request_id(reply);
    let entries = entries(http).into_iter().filter(|entry| entry["request_id"] == id.as_str());
    entries
        .map(|entry| (text(&entry, "action"), text(&entry, "outcome"), entry["reason"].as_str().map(Into::into)))
        .collect()
}

#[test]
fn every_refusal_is_an_entry() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let nobody = Http::new(&sandbox.url, None);
    let mut person = Person::signed_in(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let app = &installed.app;
    let limited = identity.post("/v1/keys", &json!({"name": "l", "scopes": ["packages:read"]})).expect(201);
    let limited = identity.with_key(&text(&limited, "secret"));
    let other = Installed::new(&sandbox.url, &identity, "acme/other");
    let foreign = identity.with_key(&other.token());
    let wrong = app.with_wrong_secret();
    let greedy = json!({"integration": "acme/sync", "scopes": ["ledger:proofs:read"]});
    let device = Application::own(&sandbox.url);
    let begun = device.posts("/oauth/device_authorization", &[]).expect(200);
    let page = person.open(&format!("/oauth/device?user_code={}", text(&begun, "user_code")));
    person.submit(&page, &[("decision", "deny")]);
    let refusals = [
        (nobody.get("/v1/keys"), "unauthenticated"),
        (limited.get("/v1/keys"), "missing_scope"),
        (foreign.get(&installed.ledger()), "not_found"),
        (identity.post("/v1/installations", &greedy), "consent_mismatch"),
        (identity.delete("/v1/installations/ins_none"), "not_found"),
        (wrong.token("client_credentials", &[]), "invalid_client"),
        (app.token("client_credentials", &[("scope", "keys:write")]), "invalid_scope"),
        (app.token("password", &[]), "unsupported_grant_type"),
        (app.redeem("pvq_code_x"), "invalid_grant"),
        (app.refresh("x"), "invalid_grant"),
        (app.exchange(&app.own_token(), &other.installation, &[]), "invalid_grant"),
        (app.exchange("x", &installed.installation, &[]), "invalid_request"),
        (app.posts("/oauth/introspect", &[]), "invalid_request"),
        (device.posts("/oauth/introspect", &[("token", "x")]), "invalid_client"),
        (device.token(DEVICE, &[("device_code", &text(&begun, "device_code"))]), "access_denied"),
        (person.open(&app.asks(&[("response_type", "token")])), "unsupported_response_type"),
        (person.open(&app.asks(&[("redirect_uri", "https://evil.test")])), "redirect_uri"),
        (person.open(&app.asks(&[("client_id", "cli_none")])), "unknown_client"),
        (person.post("/oauth/authorize", &[("decision", "allow")]), "foreign_form"),
        (person.post_with("/oauth/authorize", &[("origin", "https://evil.test")], &[]), "foreign_host"),
        (person.open("/oauth/device?user_code=BCDF-GHJK"), "unknown_user_code"),
        (person.post("/oauth/sign-in", &[("code", "0"), ("return_to", "/oauth/device")]), "wrong_code"),
        (person.post("/oauth/sign-in", &[("return_to", "https://evil.test")]), "return_to"),
        (person.open("/oauth/callback/github?state=x"), "sign_in_not_under_way"),
    ];
    let all = entries(&identity);
    for (reply, reason) in refusals {
        let id = request_id(&reply);
        let told: Vec<_> = all.iter().filter(|entry| entry["request_id"] == id.as_str()).collect();
        assert_eq!(told.len(), 1, "{reason}: {}{told:?}", reply.head);
        assert_eq!((&told[0]["outcome"], &told[0]["reason"]), (&json!("refused"), &json!(reason)));
        assert_eq!(told[0]["address"], "127.0.0.1");
    }
}

#[test]
fn every_change_is_an_entry_with_who_and_what() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mut person = Person::signed_in(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let app = &installed.app;
    let tokens = app.redeem(&app.code(&mut person, &[])).expect(200);
    let refreshed = app.refresh(&text(&tokens, "refresh_token"));
    let replayed = app.refresh(&text(&tokens, "refresh_token"));
    let key = identity.post("/v1/keys", &json!({"name": "ci"}));
    let revoked = identity.delete(&format!("/v1/keys/{}", text(&key.expect(201)["key"], "id")));
    let exchanged = app.exchange(&app.own_token(), &installed.installation, &[]);
    let appended = identity.with_key(&text(&exchanged.expect(200), "access_token")).post(
        &installed.ledger(),
        &json!({"kind": "claim.opened", "subject": {"type": "claim", "id": "1"}, "payload": {}}),
    );
    let secret = identity.post(&format!("/v1/clients/{}/secret", app.id), &json!({}));
    let uninstalled = identity.delete(&format!("/v1/installations/{}", installed.installation));
    let ended = identity.delete(&format!("/v1/clients/{}", app.id));
    let invalid_grant = Some("invalid_grant".to_owned());
    for (reply, action, reason) in [
        (&refreshed, "token.refresh", None),
        (&replayed, "token.refresh", invalid_grant),
        (&key, "key.create", None),
        (&revoked, "key.revoke", None),
        (&exchanged, "token.exchange", None),
        (&appended, "ledger.append", None),
        (&secret, "client.secret", None),
        (&uninstalled, "installation.end", None),
        (&ended, "client.end", None),
    ] {
        let outcome = if reason.is_some() { "refused" } else { "done" };
        assert_eq!(of_request(&identity, reply), [(action.to_owned(), outcome.to_owned(), reason)], "{}", reply.head);
    }
    let all = entries(&identity);
    for action in ["account.sign_up", "consent.give", "token.code", "client.create", "installation.create"] {
        let of = |entry: &&Value| entry["action"] == action && entry["outcome"] == "done";
        let own =
            all.iter().filter(of).any(|entry| entry["account"] == "acc_sandbox" && entry["request_id"] != Value::Null);
        assert!(own, "no {action}");
    }
}

/// Everything that was ever given out, looked for in every byte of the data folder.
#[test]
fn no_secret_is_in_the_database_or_the_log() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mut person = Person::signed_in(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let app = &installed.app;
    let code = app.code(&mut person, &[]);
    let tokens = app.redeem(&code).expect(200);
    let refreshed = app.refresh(&text(&tokens, "refresh_token")).expect(200);
    let device = Application::own(&sandbox.url);
    let begun = device.posts("/oauth/device_authorization", &[]).expect(200);
    let key = identity.post("/v1/keys", &json!({"name": "ci"})).expect(201);
    let session = person.cookie.clone().expect("cookie").split_once('=').expect("cookie").1.to_owned();
    let bootstrap = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let secrets = [
        code,
        text(&tokens, "access_token"),
        text(&tokens, "refresh_token"),
        text(&refreshed, "access_token"),
        text(&refreshed, "refresh_token"),
        installed.token(),
        app.secret.clone().expect("secret"),
        text(&begun, "device_code"),
        text(&key, "secret"),
        session,
        crate::support::sign_in_code(&environment),
        bootstrap,
    ];
    // What is refused is not repeated either.
    for secret in &secrets {
        identity.with_key(secret).get("/v1/keys");
        app.refresh(secret);
        app.posts("/oauth/revoke", &[("token", secret)]);
    }
    let logged = entries(&identity).iter().map(Value::to_string).collect::<String>();
    let folder = environment.path("state/sandbox/data");
    let mut kept = logged.into_bytes();
    for name in ["marketplace.db", "marketplace.db-wal"] {
        kept.extend(std::fs::read(folder.join(name)).expect(name));
    }
    for secret in secrets {
        let found = kept.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
        assert!(!found, "{} is kept", &secret[..12]);
    }
}

/// The log of three starts, verified from the database by a program that knows the format from `docs/identity.md` alone.
#[test]
fn chains_hold_across_starts_and_a_change_is_found() {
    let environment = TestEnvironment::new();
    for _ in 0..3 {
        let sandbox = Sandbox::start(&environment);
        let identity = Http::identity(&environment, &sandbox);
        Http::new(&sandbox.url, None).get("/v1/keys").problem(401, "unauthenticated");
        assert!(entries(&identity).len() >= 2);
    }
    let database = environment.path("state/sandbox/data/marketplace.db");
    let verify = || {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/verify_audit.py");
        let output = Command::new("python3").arg(program).arg(&database).output().expect("python3");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, said) = verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("3 chains"), "{said}");
    let change = |statement: &str| {
        let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()";
        Command::new("python3").args(["-c", script]).arg(&database).arg(statement).status().expect("python3").success()
    };
    assert!(!change("DELETE FROM audit_entries;"), "the log is append-only");
    assert!(!change("UPDATE audit_entries SET content = '{}';"), "the log is append-only");
    assert!(change(
        "DROP TRIGGER audit_does_not_change; UPDATE audit_entries SET content = replace(content, 'request', 'nothing') WHERE sequence = 2;"
    ));
    let (code, said) = verify();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("was changed"), "{said}");
}

#[test]
fn a_flood_of_refusals_does_not_flood_the_log() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let wrong = Application::own(&sandbox.url).with_wrong_secret();
    let mut slowed = 0;
    for _ in 0..400 {
        slowed += u32::from(wrong.token("client_credentials", &[]).status == 429);
    }
    assert!(slowed > 100, "{slowed}");
    let all = entries(&identity);
    let refused = |reason: &str| all.iter().filter(|entry| entry["reason"] == reason).count();
    assert!((90..300).contains(&refused("invalid_client")), "{}", refused("invalid_client"));
    assert_eq!(refused("rate_limited"), 1, "that it was slowed down is told once a minute");
}

#[test]
fn only_who_has_the_scope_reads_the_log() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let key = identity.post("/v1/keys", &json!({"name": "k", "scopes": ["keys:read"]})).expect(201);
    let http = identity.with_key(&text(&key, "secret"));
    http.get("/v1/audit/chains").problem(403, "missing_scope");
    http.get("/v1/audit/chains/x").problem(403, "missing_scope");
    for cursor in ["x", "-1", "1.5"] {
        identity.get(&format!("/v1/audit/chains/x?cursor={cursor}")).problem(400, "bad_request");
    }
    assert_eq!(identity.get("/v1/audit/chains/none").expect(200)["data"], json!([]));
}
