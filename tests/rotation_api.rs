//! Rotation of keys and of the signing secret over plain HTTP.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{Application, EventStream, Http, Person, Reply, Sandbox, TestEnvironment, at_once};

const SUCCESSOR: &str = "/v1/keys/current/successor";

/// Creates a key; returns its document and a client that uses it.
fn key(identity: &Http, name: &str, more: &Value) -> (Value, Http) {
    let mut request = json!({"name": name, "scopes": ["packages:read"]});
    request.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
    made(identity, &identity.post("/v1/keys", &request))
}

/// The key that an answer holds, and a client that uses it.
#[track_caller]
fn made(http: &Http, reply: &Reply) -> (Value, Http) {
    let created = reply.expect(201);
    (created["key"].clone(), http.with_key(created["secret"].as_str().expect("secret")))
}

fn path(key: &Value, rest: &str) -> String {
    format!("/v1/keys/{}{rest}", key["id"].as_str().expect("id"))
}

fn seconds(key: &Value, field: &str) -> i64 {
    key[field].as_str().expect("time").parse::<jiff::Timestamp>().expect("time").as_second()
}

#[test]
fn a_key_makes_its_own_successor_without_any_scope_and_both_work() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (old, old_http) = key(&identity, "ci", &json!({"expires_in": 7200}));
    let (new, new_http) = made(&old_http, &old_http.post(SUCCESSOR, &json!({})));
    for field in ["name", "scopes"] {
        assert_eq!(new[field], old[field], "{field}");
    }
    assert_eq!(new["predecessor"], old["id"]);
    assert_eq!(seconds(&new, "expires_at") - seconds(&new, "created_at"), 7200, "the same length of life, from now");
    assert_eq!(old_http.get("/v1/keys/current").expect(200)["successor"], new["id"]);
    new_http.get("/v1/keys/current").expect(200);
    identity.post("/v1/keys", &json!({"name": "ci"})).problem(409, "name_taken");

    let ended = new_http.patch(&path(&old, ""), &json!({"expires_in": 60})).expect(200);
    assert!(seconds(&ended, "expires_at") <= jiff::Timestamp::now().as_second() + 60, "{ended}");
    let again = new_http.patch(&path(&old, ""), &json!({"expires_in": 7000})).expect(200);
    assert_eq!(again["expires_at"], ended["expires_at"], "a life is never made longer");
    old_http.get("/v1/keys/current").expect(200);
    new_http.patch(&path(&old, ""), &json!({"expires_in": 0})).expect(200);
    old_http.get("/v1/keys/current").problem(401, "key_expired");
    new_http.get("/v1/keys/current").expect(200);
}

#[test]
fn a_key_has_one_living_successor_however_many_ask_at_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (_, old) = key(&identity, "ci", &json!({}));
    let statuses = at_once(8, |_| old.post(SUCCESSOR, &json!({})).status);
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    let problem = old.post(SUCCESSOR, &json!({})).problem(409, "rotation_under_way");
    let heir = old.get("/v1/keys/current").expect(200)["successor"].as_str().expect("id").to_owned();
    assert!(problem["detail"].as_str().expect("detail").contains(&heir), "{problem}");
    let replaced = at_once(4, |_| old.post(SUCCESSOR, &json!({"replace": true})).status);
    assert_eq!(replaced, [201; 4], "each gives up the one before");
    let living = identity.get("/v1/keys").expect(200);
    let living = living["data"].as_array().expect("keys").iter().filter(|key| key["revoked_at"].is_null()).count();
    assert_eq!(living, 2);
}

#[test]
fn a_finished_rotation_cannot_be_replaced_or_cancelled() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (old, old_http) = key(&identity, "ci", &json!({}));
    let (_, new_http) = made(&old_http, &old_http.post_once(SUCCESSOR, "first", &json!({})));
    old_http.patch(&path(&old, ""), &json!({"expires_in": 600})).expect(200);
    old_http.post(SUCCESSOR, &json!({"replace": true})).problem(409, "rotation_under_way");
    old_http.delete("/v1/keys/requests/first").problem(409, "rotation_under_way");
    new_http.get("/v1/keys/current").expect(200);
}

#[test]
fn a_token_cancels_requests_for_keys_where_it_may_make_keys() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let app = Application::register(&sandbox.url, &identity, &json!({"scopes": ["keys:read", "keys:write"]}));
    let mut person = Person::signed_in(&environment, &sandbox);
    let mut token = |scope: &str| {
        let tokens = app.redeem(&app.code(&mut person, &[("scope", scope)])).expect(200);
        identity.with_key(tokens["access_token"].as_str().expect("token"))
    };
    let (reader, writer) = (token("keys:read"), token("keys:write"));
    reader.delete("/v1/keys/requests/r1").problem(403, "missing_scope");
    let (_, made) = made(&identity, &identity.post_once("/v1/keys", "r1", &json!({"name": "ci"})));
    reader.delete("/v1/keys/requests/r1").problem(403, "missing_scope");
    identity.with_key(&app.own_token()).delete("/v1/keys/requests/r1").problem(403, "missing_scope");
    made.get("/v1/keys/current").expect(200);
    assert_eq!(writer.delete("/v1/keys/requests/r1").status, 204);
    made.get("/v1/keys/current").problem(401, "key_revoked");
}

#[test]
fn requests_that_were_cancelled_are_forgotten_after_a_day() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    for request in ["old", "young"] {
        assert_eq!(identity.delete(&format!("/v1/keys/requests/{request}")).status, 204);
    }
    made(&identity, &identity.post_once("/v1/keys", "used", &json!({"name": "ci"})));
    drop(sandbox);
    let hours: i64 = 3_600_000_000;
    for (request, age) in [("old", 25), ("young", 23), ("used", 1000)] {
        let set = format!("UPDATE key_requests SET created_at = created_at - {}", age * hours);
        environment.change_database(&format!("{set} WHERE id = '{request}'"));
    }
    let _sandbox = Sandbox::start(&environment);
    let kept = environment.texts_in_database("SELECT id FROM key_requests ORDER BY id");
    assert_eq!(kept, ["used", "young"], "what made a key is kept with it");
}

#[test]
fn a_request_whose_answer_was_lost_is_cancelled_whenever_it_comes() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (_, old) = key(&identity, "ci", &json!({}));
    let (_, new) = made(&old, &old.post_once(SUCCESSOR, "r1", &json!({})));
    old.post_once(SUCCESSOR, "r1", &json!({"replace": true})).problem(422, "idempotency_key_reused");
    new.get("/v1/keys/current").expect(200);
    assert_eq!(old.delete("/v1/keys/requests/r1").status, 204);
    new.get("/v1/keys/current").problem(401, "key_revoked");
    assert_eq!(old.get("/v1/keys/current").expect(200).get("successor"), None, "as if it had never been");
    identity.post("/v1/keys", &json!({"name": "ci"})).problem(409, "name_taken");

    old.delete(&format!("/v1/keys/requests/{}", "x".repeat(256))).problem(400, "bad_request");
    // Cancelled before it comes: it makes nothing.
    assert_eq!(old.delete("/v1/keys/requests/r2").status, 204);
    assert_eq!(old.delete("/v1/keys/requests/r2").status, 204);
    old.post_once(SUCCESSOR, "r2", &json!({})).problem(422, "idempotency_key_reused");
    assert_eq!(identity.delete("/v1/keys/requests/c1").status, 204);
    identity.post_once("/v1/keys", "c1", &json!({"name": "late"})).problem(422, "idempotency_key_reused");
    let (_, created) = made(&identity, &identity.post_once("/v1/keys", "c2", &json!({"name": "late"})));
    old.delete("/v1/keys/requests/c2").problem(403, "missing_scope");
    assert_eq!(identity.delete("/v1/keys/requests/c2").status, 204);
    created.get("/v1/keys/current").problem(401, "key_revoked");
    made(&old, &old.post_once(SUCCESSOR, "r3", &json!({})));
}

#[test]
fn another_key_is_rotated_within_the_bounds_of_the_one_that_asks() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (target, _) = key(&identity, "target", &json!({}));
    let (mortal, _) = key(&identity, "mortal", &json!({"expires_in": 7200}));
    let (_, reader) = key(&identity, "reader", &json!({}));
    let writer = json!({"scopes": ["keys:write"]});
    let (_, narrow) = key(&identity, "narrow", &writer);
    let (_, brief) = key(&identity, "brief", &json!({"scopes": ["keys:write", "packages:read"], "expires_in": 600}));
    reader.post(&path(&target, "/successor"), &json!({})).problem(403, "missing_scope");
    narrow.post(&path(&target, "/successor"), &json!({})).problem(403, "missing_scope");
    brief.post(&path(&mortal, "/successor"), &json!({})).problem(403, "missing_scope");
    reader.patch(&path(&target, ""), &json!({"expires_in": 0})).problem(403, "missing_scope");
    reader.get(&path(&target, "")).problem(403, "missing_scope");
    identity.get(&path(&target, "")).expect(200);
    identity.post("/v1/keys/key_none/successor", &json!({})).problem(404, "not_found");
    identity.patch("/v1/keys/key_none", &json!({"expires_in": 0})).problem(404, "not_found");
    identity.post(SUCCESSOR, &json!({})).problem(400, "bad_request");
    identity.patch(&path(&target, ""), &json!({"expires_in": 31_536_001})).problem(400, "bad_request");
    let (heir, _) = made(&identity, &identity.post(&path(&target, "/successor"), &json!({})));
    assert_eq!(heir["predecessor"], target["id"]);
    identity.delete(&path(&target, ""));
    identity.post(&path(&target, "/successor"), &json!({})).problem(401, "key_revoked");
}

#[test]
fn finishing_a_rotation_ends_those_before_whose_rotations_were_not_finished() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (_, first) = key(&identity, "ci", &json!({}));
    let (second, second_http) = made(&first, &first.post(SUCCESSOR, &json!({})));
    let (_, third) = made(&first, &second_http.post(SUCCESSOR, &json!({})));
    third.patch(&path(&second, ""), &json!({"expires_in": 0})).expect(200);
    first.get("/v1/keys/current").problem(401, "key_expired");
    second_http.get("/v1/keys/current").problem(401, "key_expired");
    third.get("/v1/keys/current").expect(200);
    let (lone, lone_http) = key(&identity, "lone", &json!({}));
    lone_http.patch(&path(&lone, ""), &json!({"expires_in": 600})).expect(200);
    made(&lone_http, &lone_http.post(SUCCESSOR, &json!({})));
}

fn signatures(secrets: &[&str], delivery: &Value) -> String {
    let header = |name: &str| {
        let headers = delivery["headers"].as_array().expect("headers");
        headers.iter().find(|pair| pair[0] == name).expect("header")[1].as_str().expect("text").to_owned()
    };
    let sign = |secret: &&str| {
        let bytes = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("base64");
        let mut mac = Hmac::<Sha256>::new_from_slice(&bytes).expect("key");
        mac.update(format!("{}.{}.", header("webhook-id"), header("webhook-timestamp")).as_bytes());
        mac.update(&STANDARD.decode(delivery["body"].as_str().expect("body")).expect("base64"));
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    };
    assert_eq!(header("webhook-signature"), secrets.iter().map(sign).collect::<Vec<_>>().join(" "));
    header("webhook-signature")
}

#[test]
fn a_signing_secret_rotates_and_deliveries_carry_both_signatures_meanwhile() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let mut stream = EventStream::open(&sandbox.url, &token, "/v1/events/stream", "");
    stream.expect("ready");
    let mut delivered = |secrets: &[&str]| {
        http.post("/v1/events", &json!({"type": "webhook.ping", "data": {"endpoint": "/hook"}})).expect(201);
        signatures(secrets, &stream.expect("delivery").data)
    };
    let text = |value: &Value| value.as_str().expect("secret").to_owned();
    let first = text(&http.get("/v1/webhook-secret").expect(200)["secret"]);
    delivered(&[&first]);
    let rotated = http.post_once("/v1/webhook-secret/rotate", "w1", &json!({})).expect(200);
    let second = text(&rotated["secret"]);
    assert_eq!(
        (text(&rotated["previous"]["secret"]), &rotated["previous"]["expires_at"]),
        (first.clone(), &Value::Null)
    );
    assert_eq!(http.post_once("/v1/webhook-secret/rotate", "w1", &json!({})).expect(200), rotated, "the same again");
    http.post_once("/v1/webhook-secret/rotate", "w2", &json!({})).problem(409, "rotation_under_way");
    let both = delivered(&[&second, &first]);
    assert_eq!(both.split(' ').count(), 2);

    assert_eq!(http.delete("/v1/webhook-secret/rotations/w1").status, 204);
    http.delete("/v1/webhook-secret/rotations/w1").problem(404, "not_found");
    delivered(&[&first]);
    let third = text(&http.post_once("/v1/webhook-secret/rotate", "w3", &json!({})).expect(200)["secret"]);
    let replaced = http.post_once("/v1/webhook-secret/rotate", "w4", &json!({"replace": true})).expect(200);
    let fourth = text(&replaced["secret"]);
    assert_eq!(text(&replaced["previous"]["secret"]), first, "{third} was given up");
    let retired = http.patch("/v1/webhook-secret", &json!({"previous_expires_in": 3600})).expect(200);
    assert!(retired["previous"]["expires_at"].is_string());
    delivered(&[&fourth, &first]);
    http.delete("/v1/webhook-secret/rotations/w4").problem(404, "not_found");
    let over = http.patch("/v1/webhook-secret", &json!({"previous_expires_in": 0})).expect(200);
    assert_eq!(over.get("previous"), None, "{over}");
    delivered(&[&fourth]);
    let (_, reader) = key(&http, "reader", &json!({"scopes": ["events:read"]}));
    reader.post("/v1/webhook-secret/rotate", &json!({})).problem(403, "missing_scope");
    reader.patch("/v1/webhook-secret", &json!({"previous_expires_in": 0})).problem(403, "missing_scope");
}

/// A secret that leaks while the one before it still signs is replaced at once; nothing ends before the fresh one is there.
#[test]
fn a_signing_secret_rotates_again_while_the_one_before_still_signs() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let mut stream = EventStream::open(&sandbox.url, &token, "/v1/events/stream", "");
    stream.expect("ready");
    let mut delivered = |secrets: &[&str]| {
        http.post("/v1/events", &json!({"type": "webhook.ping", "data": {"endpoint": "/hook"}})).expect(201);
        signatures(secrets, &stream.expect("delivery").data)
    };
    let text = |value: &Value| value.as_str().expect("secret").to_owned();
    let rotate = |name: &str| http.post_once("/v1/webhook-secret/rotate", name, &json!({})).expect(200);
    let retire = |seconds: u32| http.patch("/v1/webhook-secret", &json!({"previous_expires_in": seconds})).expect(200);
    let first = text(&http.get("/v1/webhook-secret").expect(200)["secret"]);
    let second = text(&rotate("w1")["secret"]);
    let end = retire(86_400)["previous"]["expires_at"].clone();

    let rotated = rotate("w2");
    let third = text(&rotated["secret"]);
    assert_eq!(text(&rotated["previous"]["secret"]), second);
    assert_eq!(rotated["older"], json!([{"secret": first, "expires_at": end}]));
    delivered(&[&third, &second, &first]);
    assert_eq!(http.delete("/v1/webhook-secret/rotations/w2").status, 204, "taken back");
    delivered(&[&second, &first]);

    let third = text(&rotate("w3")["secret"]);
    let over = retire(0);
    assert_eq!((over.get("previous"), over.get("older")), (None, None), "each secret before ends");
    delivered(&[&third]);

    // However many rotations, a delivery carries five signatures at most: the oldest secret ends first.
    let made: Vec<_> = (0..6)
        .map(|number| {
            let secret = text(&rotate(&format!("x{number}"))["secret"]);
            retire(3_600);
            secret
        })
        .collect();
    delivered(&made.iter().rev().take(5).map(String::as_str).collect::<Vec<_>>());
    let query = "SELECT count(*) FROM webhook_older_secrets";
    assert_eq!(environment.number_in_database(query), 3, "what has ended is not kept");
}
