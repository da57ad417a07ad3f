//! Changes that come along with another, or that the marketplace makes by itself: each is an entry of the audit log too.

use serde_json::{Value, json};

use crate::support::{Http, Sandbox, TestEnvironment, publish_with_scopes, text};

/// Entries of an action, oldest first.
fn entries_of(environment: &TestEnvironment, action: &str) -> Vec<Value> {
    let all = environment.texts_in_database("SELECT content FROM audit_entries ORDER BY chain, sequence");
    let all = all.iter().map(|content| serde_json::from_str::<Value>(content).expect("JSON"));
    all.filter(|entry| entry["action"] == action).collect()
}

fn objects_of(environment: &TestEnvironment, action: &str) -> Vec<String> {
    entries_of(environment, action).iter().map(|entry| text(entry, "object")).collect()
}

/// A key of the identity: its identifier, and a client that uses it.
fn key(identity: &Http, name: &str) -> (String, Http) {
    let made = identity.post("/v1/keys", &json!({"name": name})).expect(201);
    (text(&made["key"], "id"), identity.with_key(&text(&made, "secret")))
}

#[test]
fn the_key_of_the_built_in_identity_is_an_entry_when_it_comes_and_when_it_is_replaced() {
    let environment = TestEnvironment::new();
    let own_key = "SELECT id FROM api_keys WHERE bootstrap = 1 AND revoked_at IS NULL";
    drop(Sandbox::start(&environment));
    let first = environment.texts_in_database(own_key);
    assert_eq!(objects_of(&environment, "key.create"), first);
    assert_eq!(entries_of(&environment, "key.create")[0]["account"], "acc_sandbox");
    assert_eq!(objects_of(&environment, "client.create"), ["proveniq-cli"]);

    drop(Sandbox::start(&environment));
    assert_eq!(objects_of(&environment, "key.create"), first, "nothing changed, nothing is told");
    assert_eq!(objects_of(&environment, "client.create"), ["proveniq-cli"]);

    std::fs::remove_file(environment.path("state/sandbox/token")).expect("removed");
    drop(Sandbox::start(&environment));
    assert_eq!(objects_of(&environment, "key.revoke"), first);
    assert_eq!(objects_of(&environment, "key.create"), [first, environment.texts_in_database(own_key)].concat());

    environment.change_database("UPDATE api_keys SET scopes = 'keys:read' WHERE revoked_at IS NULL");
    environment.change_database("UPDATE oauth_clients SET scopes = 'keys:read'");
    drop(Sandbox::start(&environment));
    assert_eq!(objects_of(&environment, "key.scopes"), environment.texts_in_database(own_key));
    assert_eq!(objects_of(&environment, "client.scopes"), ["proveniq-cli"]);
}

#[test]
fn every_key_that_ends_with_a_rotation_is_an_entry() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let (first, http) = key(&Http::identity(&environment, &sandbox), "ci");
    let second = http.post("/v1/keys/current/successor", &json!({})).expect(201);
    let heir = http.with_key(&text(&second, "secret"));
    let third = heir.post("/v1/keys/current/successor", &json!({})).expect(201);
    let last = http.with_key(&text(&third, "secret"));
    let second = text(&second["key"], "id");
    last.patch(&format!("/v1/keys/{second}"), &json!({"expires_in": 0})).expect(200);
    http.get("/v1/keys/current").problem(401, "key_expired");
    assert_eq!(objects_of(&environment, "key.shorten"), [second, first]);
}

#[test]
fn a_client_that_comes_with_an_installation_and_an_installation_that_ends_with_a_client_are_entries() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    publish_with_scopes(&identity, "acme/sync", &["ledger:events:read"]);
    let wish = json!({"integration": "acme/sync", "scopes": ["ledger:events:read"]});
    let installation = text(&identity.post("/v1/installations", &wish).expect(201), "id");
    let created = entries_of(&environment, "client.create").pop().expect("entry");
    let client = text(&created, "object");
    assert_eq!((&created["account"], client.starts_with("cli_")), (&json!("acc_sandbox"), true), "{created}");
    assert_eq!(created["address"], Value::Null, "the publisher does not learn where its carrier is");

    identity.delete(&format!("/v1/clients/{client}")).expect(204);
    assert_eq!(objects_of(&environment, "installation.end"), [format!("{installation} acme/sync")]);
    assert_eq!(entries_of(&environment, "installation.end")[0]["address"], Value::Null);
}

#[test]
fn a_signing_secret_that_is_made_is_an_entry() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    for _ in 0..2 {
        identity.get("/v1/webhook-secret").expect(200);
    }
    assert_eq!(objects_of(&environment, "webhook_secret.create"), ["acc_sandbox"]);
}
