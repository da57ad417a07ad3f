//! The marketplace's event log, its stream, and the ledger's write endpoint, over plain HTTP.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use proveniq::event::{EventType, sample};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{EventStream, Http, Sandbox, TestEnvironment, at_once, wait_until};

const STREAM: &str = "/v1/events/stream";

fn token(environment: &TestEnvironment) -> String {
    std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token")
}

fn ping(http: &Http) -> Value {
    http.post("/v1/events", &json!({"type": "webhook.ping", "data": {"endpoint": "/hook"}})).expect(201)
}

/// The signature as Standard Webhooks has it, by code of its own.
fn due(secret: &str, delivery: &Value) -> String {
    let header = |name: &str| {
        let headers = delivery["headers"].as_array().expect("headers");
        headers.iter().find(|pair| pair[0] == name).expect("header")[1].as_str().expect("text").to_owned()
    };
    let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("prefix")).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("key");
    mac.update(format!("{}.{}.", header("webhook-id"), header("webhook-timestamp")).as_bytes());
    mac.update(&STANDARD.decode(delivery["body"].as_str().expect("body")).expect("base64"));
    let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(header("webhook-signature"), expected);
    header("webhook-timestamp")
}

#[test]
fn events_are_logged_in_order_and_read_in_pages() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let cursors: Vec<_> = (0..5).map(|_| ping(&http)["cursor"].as_u64().expect("cursor")).collect();
    assert_eq!(cursors, [1, 2, 3, 4, 5]);
    let first = http.get("/v1/events?limit=3").expect(200);
    assert_eq!(first["next_cursor"], "3");
    let second = http.get("/v1/events?after=3&limit=3").expect(200);
    assert_eq!(second["data"].as_array().expect("events").len(), 2);
    assert_eq!(second["next_cursor"], Value::Null);
    http.get("/v1/events?limit=0").problem(400, "bad_request");
    http.get("/v1/events?limit=101").problem(400, "bad_request");
    http.get("/v1/events?after=-1").problem(400, "bad_request");
}

#[test]
fn events_that_come_at_once_have_positions_without_gaps() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let positions = at_once(8, |_| (0..5).map(|_| ping(&http)["cursor"].as_u64().expect("cursor")).collect::<Vec<_>>());
    let mut all: Vec<_> = positions.into_iter().flatten().collect();
    all.sort_unstable();
    assert_eq!(all, (1..=40).collect::<Vec<_>>());
}

#[test]
fn a_body_is_kept_byte_for_byte_and_must_be_what_its_schema_says() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let event = sample(EventType::LedgerEventCreated, 7);
    let body = STANDARD.encode(&event.body);
    http.post("/v1/events", &json!({"type": "ledger.event.created", "body": body})).expect(201);
    let logged = http.get("/v1/events").expect(200);
    assert_eq!(logged["data"][0]["body"], body.as_str(), "white space and all");
    let wrong = http.post("/v1/events", &json!({"type": "webhook.ping", "data": {"endpoint": 7}}));
    let problem = wrong.problem(422, "invalid_payload");
    assert_eq!(problem["reasons"][0]["check"], "/data/endpoint", "{problem}");
    http.post("/v1/events", &json!({"type": "webhook.ping", "body": body})).problem(422, "invalid_payload");
    http.post("/v1/events", &json!({"type": "webhook.ping", "body": "%"})).problem(400, "bad_request");
    http.post("/v1/events", &json!({"type": "webhook.ping"})).problem(400, "bad_request");
    http.post("/v1/events", &json!({"type": "webhook.ping", "data": {}, "body": ""})).problem(400, "bad_request");
    http.post("/v1/events", &json!({"type": "webhook.pong", "data": {}})).problem(400, "bad_request");
    let large = json!({"type": "webhook.ping", "data": {"endpoint": "x".repeat(300_000)}});
    http.post("/v1/events", &large).problem(413, "too_large");
    assert_eq!(http.get("/v1/events").expect(200)["data"].as_array().expect("events").len(), 1);
}

#[test]
fn a_stream_begins_at_the_end_goes_on_from_a_cursor_and_signs_afresh() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let key = token(&environment);
    let secret = http.get("/v1/webhook-secret").expect(200)["secret"].as_str().expect("secret").to_owned();
    assert_eq!(http.get("/v1/webhook-secret").expect(200)["secret"], secret.as_str(), "it stays the same");
    ping(&http);
    let mut stream = EventStream::open(&sandbox.url, &key, STREAM, "");
    assert_eq!(stream.expect("ready").data, json!({"cursor": 1, "heartbeat_seconds": 5}));
    let emitted = ping(&http);
    let message = stream.expect("delivery");
    assert_eq!((message.id.as_str(), &message.data["id"]), ("2", &emitted["id"]));
    let before: i64 = due(&secret, &message.data).parse().expect("seconds");
    wait_until("the clock shows another second", || jiff::Timestamp::now().as_second() > before);
    let mut again = EventStream::open(&sandbox.url, &key, STREAM, "last-event-id: 0\r\n");
    assert_eq!(again.expect("ready").data["cursor"], 0);
    again.expect("delivery");
    let later: i64 = due(&secret, &again.expect("delivery").data).parse().expect("seconds");
    assert!(later > before, "the timestamp is of the moment of sending: {later} and {before}");
    assert_eq!(EventStream::open(&sandbox.url, &key, &format!("{STREAM}?after=3"), "").status, 409);
    assert_eq!(EventStream::open(&sandbox.url, &key, STREAM, "last-event-id: x\r\n").status, 400);
}

#[test]
fn a_silent_stream_says_that_it_is_there() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let started = Instant::now();
    let mut stream = EventStream::open(&sandbox.url, &token(&environment), STREAM, "");
    stream.expect("ready");
    assert_eq!(stream.next().expect("a comment").name, "");
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
}

#[test]
fn a_revoked_key_ends_its_stream_at_once_and_a_stopping_sandbox_ends_them_all() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let created = http.post("/v1/keys", &json!({"name": "ears", "scopes": ["events:read"]})).expect(201);
    let key = created["secret"].as_str().expect("secret");
    let mut stream = EventStream::open(&sandbox.url, key, STREAM, "");
    let mut other = EventStream::open(&sandbox.url, &token(&environment), STREAM, "");
    stream.expect("ready");
    other.expect("ready");
    let started = Instant::now();
    assert_eq!(http.delete(&format!("/v1/keys/{}", created["key"]["id"].as_str().expect("id"))).status, 204);
    let end = stream.expect("end");
    assert!(end.data["reason"].as_str().expect("reason").contains("was revoked"), "{end:?}");
    assert!(started.elapsed() < Duration::from_millis(900), "{:?}", started.elapsed());
    assert_eq!(stream.next(), None);
    let started = Instant::now();
    environment.run(&["sandbox", "stop"]).expect(0);
    other.expect("end");
    assert!(started.elapsed() < Duration::from_secs(4), "a stream kept it from stopping: {:?}", started.elapsed());
}

#[test]
fn each_scope_opens_what_it_names_and_nothing_else() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let with_scope = |scope: &str| {
        let created = http.post("/v1/keys", &json!({"name": scope, "scopes": [scope]})).expect(201);
        http.with_key(created["secret"].as_str().expect("secret"))
    };
    let (read, write) = (with_scope("events:read"), with_scope("events:write"));
    let (look, append) = (with_scope("ledger:events:read"), with_scope("ledger:events:write"));
    let event = json!({"type": "webhook.ping", "data": {"endpoint": "/"}});
    let entry = entry("CLM-1");
    for (http, status) in [(&read, 403), (&write, 201), (&look, 403), (&append, 403)] {
        assert_eq!(http.post("/v1/events", &event).status, status);
    }
    for (http, status) in [(&read, 200), (&write, 403), (&look, 403), (&append, 403)] {
        assert_eq!(http.get("/v1/events").status, status);
        assert_eq!(http.get("/v1/webhook-secret").status, status);
    }
    for (http, status) in [(&read, 403), (&write, 403), (&look, 403), (&append, 201)] {
        assert_eq!(http.post("/v1/ledger/events", &entry).status, status);
    }
    for (http, status) in [(&read, 403), (&write, 403), (&look, 200), (&append, 403)] {
        assert_eq!(http.get("/v1/ledger/events").status, status);
    }
    let stranger = Http::new(&sandbox.url, None);
    for path in ["/v1/events", STREAM, "/v1/webhook-secret", "/v1/ledger/events"] {
        stranger.get(path).problem(401, "unauthenticated");
    }
}

fn entry(subject: &str) -> Value {
    json!({"kind": "claim.opened", "subject": {"type": "claim", "id": subject}, "payload": {"note": "ä", "sum": 1.50}})
}

#[test]
fn the_ledger_is_a_chain_that_anyone_can_recompute_and_each_entry_is_an_event() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let made: Vec<_> =
        (1..=3).map(|n| http.post("/v1/ledger/events", &entry(&format!("CLM-{n}"))).expect(201)).collect();
    assert_eq!(made[0]["previous_hash"], "0".repeat(64));
    let listed = http.get("/v1/ledger/events").expect(200);
    let events = http.get("/v1/events").expect(200);
    for (at, entry) in made.iter().enumerate() {
        assert_eq!(&listed["data"][at], entry);
        assert_eq!(entry["sequence"], at + 1);
        if at > 0 {
            assert_eq!(entry["previous_hash"], made[at - 1]["hash"]);
        }
        // Sorted keys, no white space, no hash: by serde_json's own sorted map.
        let mut fields: std::collections::BTreeMap<String, Value> =
            serde_json::from_value(entry.clone()).expect("fields");
        fields.remove("hash");
        let mut document = serde_json::to_value(fields).expect("JSON");
        document.sort_all_objects();
        let hash = proveniq::package::hex(&Sha256::digest(document.to_string()));
        assert_eq!(entry["hash"], hash);
        let body = STANDARD.decode(events["data"][at]["body"].as_str().expect("body")).expect("base64");
        let payload: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(&payload["data"], entry);
        assert_eq!(proveniq::event::validate(EventType::LedgerEventCreated, &payload), []);
    }
    assert_eq!(http.get("/v1/ledger/events?after=1&limit=1").expect(200)["next_cursor"], "2");
}

#[test]
fn an_idempotency_key_appends_once_also_when_the_requests_come_at_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let send = |key: &str, entry: &Value| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        http.send("POST", "/v1/ledger/events", &headers, entry.to_string().as_bytes())
    };
    let ids = at_once(6, |_| send("k1", &entry("CLM-1")).expect(201).to_string());
    assert!(ids.windows(2).all(|two| two[0] == two[1]), "{ids:?}");
    send("k1", &entry("CLM-2")).problem(422, "idempotency_key_reused");
    assert_eq!(send("k2", &entry("CLM-1")).expect(201)["sequence"], 2);
    send(&"k".repeat(256), &entry("CLM-1")).problem(400, "bad_request");
    assert_eq!(http.get("/v1/ledger/events").expect(200)["data"].as_array().expect("entries").len(), 2);
    assert_eq!(http.get("/v1/events").expect(200)["data"].as_array().expect("events").len(), 2);
}

#[test]
fn an_entry_that_is_out_of_bounds_appends_nothing() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let changed = |pointer: &str, value: Value| {
        let mut entry = entry("CLM-1");
        entry["actor"] = "adjuster:1".into();
        *entry.pointer_mut(pointer).expect("place") = value;
        http.post("/v1/ledger/events", &entry)
    };
    changed("/kind", "claim.lost".into()).problem(400, "bad_request");
    changed("/subject/type", "person".into()).problem(400, "bad_request");
    changed("/subject/id", "".into()).problem(422, "invalid_payload");
    changed("/subject/id", "x".repeat(129).into()).problem(422, "invalid_payload");
    changed("/actor", "x".repeat(257).into()).problem(422, "invalid_payload");
    changed("/payload", json!({"x": "x".repeat(70_000)})).problem(422, "invalid_payload");
    changed("/payload", "text".into()).problem(400, "bad_request");
    assert_eq!(http.get("/v1/ledger/events").expect(200)["data"], json!([]));
}
