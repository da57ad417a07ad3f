//! The marketplace's HTTP API, spoken to over plain sockets: what it accepts, what it refuses and how, and what it keeps.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use jiff::Timestamp;
use proveniq::credential::{ApiKey, KeyKind};
use serde_json::{Value, json};

use crate::support::{Announced, Http, Reply, Sandbox, TestEnvironment, at_once, commit};

/// Creates a key; returns its document and its secret.
#[track_caller]
fn create(http: &Http, request: &Value) -> (Value, String) {
    let created = http.post("/v1/keys", request).expect(201);
    let secret = created["secret"].as_str().expect("secret").to_owned();
    (created["key"].clone(), secret)
}

#[test]
fn what_is_not_there_and_not_allowed_is_a_problem() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    http.get("/").problem(404, "not_found");
    http.get("/v1/nothing").problem(404, "not_found");
    http.get("/v1/packages/acme/nothing").problem(404, "not_found");
    http.get("/v1/packages/Acme/../x").problem(404, "not_found");
    http.get("/v1/packages/acme/nothing/versions/1.0.0/download").problem(404, "not_found");
    http.get("/v1/uploads/upl_none").problem(404, "not_found");
    http.delete("/v1/keys/key_none").problem(404, "not_found");
    for (method, path, allowed) in [
        ("DELETE", "/v1/packages", "GET"),
        ("PUT", "/v1/keys", "POST"),
        ("GET", "/v1/uploads", "POST"),
        ("POST", "/openapi.json", "GET"),
    ] {
        let reply = http.send(method, path, &[], b"");
        reply.problem(405, "method_not_allowed");
        assert!(reply.header("allow").is_some_and(|allow| allow.contains(allowed)), "{}", reply.head);
    }
    assert_eq!(http.get("/healthz").body, b"ok");
    let service = http.get("/v1").expect(200);
    assert_eq!((&service["service"], &service["sandbox"]), (&json!("proveniq-marketplace"), &json!(true)));
}

#[test]
fn malformed_requests_are_problems() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let json = [("content-type", "application/json")];
    let deep = "[".repeat(100_000);
    for body in ["", "{", "null", "[]", "{\"name\": 1}", "{\"name\": \"x\", \"owner\": \"me\"}", "\u{0}", &deep] {
        http.send("POST", "/v1/keys", &json, body.as_bytes()).problem(400, "bad_request");
    }
    http.send("POST", "/v1/keys", &json, b"{\"name\": \"\xff\"}").problem(400, "bad_request");
    http.send("POST", "/v1/keys", &[("content-type", "text/plain")], b"{\"name\": \"x\"}").problem(400, "bad_request");
    http.send("POST", "/v1/keys", &[], b"{\"name\": \"x\"}").problem(400, "bad_request");
    for request in [
        json!({"name": ""}),
        json!({"name": "x".repeat(65)}),
        json!({"name": "a\nb"}),
        json!({"name": "x", "scopes": []}),
        json!({"name": "x", "scopes": ["everything"]}),
        json!({"name": "x", "expires_in": 59}),
        json!({"name": "x", "expires_in": 31_536_001}),
        json!({"name": "x", "expires_in": -1}),
    ] {
        http.post("/v1/keys", &request).problem(400, "bad_request");
    }
    for query in ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=-1", "cursor=10001", "category=cars"] {
        http.get(&format!("/v1/packages?{query}")).problem(400, "bad_request");
    }
    http.get(&format!("/v1/packages?q={}", "x".repeat(201))).problem(400, "bad_request");
    http.get("/v1/packages/%ff/x").problem(400, "bad_request");
    for cursor in ["x", "1", "1.", "x.key", "99999999999999999999.key"] {
        let reply = http.get(&format!("/v1/keys?cursor={cursor}"));
        assert!(reply.status == 200 || reply.problem(400, "bad_request").is_object());
    }
    let large = json!({"name": "x".repeat(1 << 20)});
    http.post("/v1/keys", &large).problem(413, "too_large");
    assert_eq!(http.get("/v1/keys").expect(200)["data"], json!([]));
}

#[test]
fn only_a_living_key_is_let_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let refused = |reply: &Reply, code: &str| {
        reply.problem(401, code);
        assert!(reply.header("www-authenticate").is_some_and(|challenge| challenge.starts_with("Bearer")));
    };
    let nobody = Http::new(&sandbox.url, None);
    refused(&nobody.get("/v1/keys"), "unauthenticated");
    for header in ["Basic eDp5", "Bearer", "Bearer ", "Bearer x", "bearer pvq_test_short", "\u{e9}"] {
        refused(&nobody.send("GET", "/v1/keys", &[("authorization", header)], b""), "unauthenticated");
    }
    let unknown = ApiKey::generate(KeyKind::Test).expect("randomness");
    refused(&http.with_key(unknown.expose()).get("/v1/keys"), "unauthenticated");
    let (key, secret) = create(&http, &json!({"name": "laptop"}));
    let mine = http.with_key(&secret);
    assert_eq!(mine.get("/v1/keys/current").expect(200)["id"], key["id"]);
    assert_eq!(mine.delete("/v1/keys/current").expect(204), Value::Null);
    refused(&mine.get("/v1/keys/current"), "key_revoked");
    refused(&mine.delete("/v1/keys/current"), "key_revoked");
    let (key, secret) = create(&http, &json!({"name": "short", "expires_in": 60}));
    http.with_key(&secret).get("/v1/keys/current").expect(200);
    let id = key["id"].as_str().expect("id");
    environment.change_database(&format!("UPDATE api_keys SET expires_at = 1 WHERE id = '{id}'"));
    refused(&http.with_key(&secret).get("/v1/keys/current"), "key_expired");
    // The catalogue is open; a credential that is sent along must hold all the same.
    nobody.get("/v1/packages").expect(200);
    refused(&http.with_key(&secret).get("/v1/packages"), "key_expired");
}

#[test]
fn the_built_in_identity_ends_with_its_sandbox_alone() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let current = http.get("/v1/keys/current").expect(200);
    let path = format!("/v1/keys/{}", current["id"].as_str().expect("id"));
    let problem = http.delete("/v1/keys/current").problem(400, "bad_request");
    assert_eq!(problem["detail"], "the built-in identity ends with its sandbox");
    http.delete(&path).problem(404, "not_found");
    http.patch(&path, &json!({"expires_in": 0})).problem(404, "not_found");
    // A key that may do everything is no more to it.
    let (_, secret) = create(&http, &json!({"name": "laptop"}));
    http.with_key(&secret).delete(&path).problem(404, "not_found");
    assert_eq!(http.get("/v1/keys/current").expect(200)["id"], current["id"], "it holds");
}

#[test]
fn a_key_can_do_what_its_scopes_say_and_no_more() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let (_, secret) = create(&http, &json!({"name": "reader", "scopes": ["packages:read"]}));
    let reader = http.with_key(&secret);
    reader.get("/v1/keys/current").expect(200);
    reader.get("/v1/keys").problem(403, "missing_scope");
    reader.post("/v1/keys", &json!({"name": "x"})).problem(403, "missing_scope");
    reader.delete("/v1/keys/key_none").problem(403, "missing_scope");
    reader.post("/v1/uploads", &Announced::plain("acme/plain", "1.0.0").document).problem(403, "missing_scope");
    reader.get("/v1/uploads/upl_none").problem(403, "missing_scope");
    reader.send("PATCH", "/v1/uploads/upl_none", &[("upload-offset", "0")], b"x").problem(403, "missing_scope");
    commit(&reader, "upl_none").problem(403, "missing_scope");
}

#[test]
fn a_key_creates_none_that_is_wider_or_lives_longer() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let limits = json!({"name": "admin", "scopes": ["keys:write", "packages:read"], "expires_in": 3600});
    let (_, secret) = create(&http, &limits);
    let admin = http.with_key(&secret);
    let wider = json!({"name": "wider", "scopes": ["packages:read", "packages:publish"], "expires_in": 60});
    let problem = admin.post("/v1/keys", &wider).problem(403, "missing_scope");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("packages:publish")), "{problem}");
    admin.post("/v1/keys", &json!({"name": "endless"})).problem(403, "missing_scope");
    admin.post("/v1/keys", &json!({"name": "longer", "expires_in": 7200})).problem(403, "missing_scope");
    let (child, secret) = create(&admin, &json!({"name": "child", "expires_in": 600}));
    assert_eq!(child["scopes"], json!(["packages:read", "keys:write"]));
    // A child of a key cannot do more by way of another generation.
    http.with_key(&secret)
        .post("/v1/keys", &json!({"name": "grandchild", "expires_in": 900}))
        .problem(403, "missing_scope");
}

#[test]
fn a_name_is_free_again_when_its_key_is_revoked() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let (first, _) = create(&http, &json!({"name": "laptop"}));
    http.post("/v1/keys", &json!({"name": " laptop "})).problem(409, "name_taken");
    let path = format!("/v1/keys/{}", first["id"].as_str().expect("id"));
    http.delete(&path).expect(204);
    http.delete(&path).expect(204);
    let (second, _) = create(&http, &json!({"name": "laptop"}));
    assert_ne!(first["id"], second["id"]);
}

#[test]
fn of_many_who_ask_for_one_name_one_gets_it() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let statuses = at_once(8, |_| http.post("/v1/keys", &json!({"name": "laptop"})).status);
    assert_eq!(statuses, [vec![201], vec![409; 7]].concat());
}

#[test]
fn keys_are_listed_page_by_page() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let names: BTreeSet<_> = (0..103).map(|number| format!("key {number:03}")).collect();
    thread::scope(|scope| {
        for half in names.iter().collect::<Vec<_>>().chunks(52) {
            let (http, half) = (&http, half.to_vec());
            scope.spawn(move || half.iter().for_each(|name| drop(create(http, &json!({"name": name})))));
        }
    });
    let first = http.get("/v1/keys").expect(200);
    let cursor = first["next_cursor"].as_str().expect("cursor");
    let second = http.get(&format!("/v1/keys?cursor={cursor}")).expect(200);
    assert_eq!(second.get("next_cursor"), None);
    let pages = [first["data"].as_array().expect("page").clone(), second["data"].as_array().expect("page").clone()];
    assert_eq!(pages.each_ref().map(Vec::len), [100, 3]);
    let keys = pages.concat();
    let listed: BTreeSet<_> = keys.iter().map(|key| key["name"].as_str().expect("name").to_owned()).collect();
    assert_eq!(listed, names);
    // Texts of times are not in their order: one on a full second has no fraction.
    let created =
        |key: &Value| key["created_at"].as_str().and_then(|text| text.parse::<Timestamp>().ok()).expect("time");
    assert!(keys.windows(2).all(|pair| created(&pair[0]) >= created(&pair[1])));
    let told = environment.run(&["keys", "list", "--json"]).expect(0).json();
    assert_eq!(told["keys"].as_array().map(Vec::len), Some(103));
}

#[test]
fn no_key_is_at_rest_in_the_marketplace() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let (key, secret) = create(&http, &json!({"name": "laptop"}));
    let mine = http.with_key(&secret);
    Announced::plain("acme/plain", "1.0.0").publish(&mine).expect(201);
    mine.delete("/v1/keys/current").expect(204);
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    drop(sandbox);
    let mut files = Vec::new();
    gather(&environment.path("state/sandbox/data"), &mut files);
    let holds = |file: &(String, Vec<u8>), text: &str| file.1.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(files.iter().any(|file| holds(file, key["id"].as_str().expect("id"))));
    for file in &files {
        // The random part alone must not be there either.
        assert!(!holds(file, &secret[13..41]) && !holds(file, &token[13..41]), "{}", file.0);
    }
    let log = fs::read_to_string(environment.path("state/sandbox/sandbox.log")).expect("log");
    assert!(!log.contains(&secret[13..41]) && !log.contains(&token[13..41]));
}

fn gather(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("folder").flatten() {
        if entry.path().is_dir() {
            gather(&entry.path(), files);
        } else {
            files.push((entry.path().display().to_string(), fs::read(entry.path()).expect("read")));
        }
    }
}

/// Every route, by method and path.
const ROUTES: [&str; 62] = [
    "DELETE /v1/clients/{id}",
    "DELETE /v1/consents/{id}",
    "DELETE /v1/installations/{id}",
    "DELETE /v1/keys/current",
    "DELETE /v1/keys/requests/{request}",
    "DELETE /v1/keys/{id}",
    "DELETE /v1/publishers/{publisher}/members/{account}",
    "DELETE /v1/publishers/{publisher}/signing-keys/{id}",
    "DELETE /v1/webhook-secret/rotations/{rotation}",
    "GET /.well-known/oauth-authorization-server",
    "GET /healthz",
    "GET /v1",
    "GET /v1/account",
    "GET /v1/advisories/{ecosystem}/all.zip",
    "GET /v1/audit/chains",
    "GET /v1/audit/chains/{id}",
    "GET /v1/clients",
    "GET /v1/consents",
    "GET /v1/events",
    "GET /v1/events/stream",
    "GET /v1/installations",
    "GET /v1/installations/{id}/ledger/events",
    "GET /v1/keys",
    "GET /v1/keys/current",
    "GET /v1/keys/{id}",
    "GET /v1/ledger/events",
    "GET /v1/packages",
    "GET /v1/packages/{publisher}/{name}",
    "GET /v1/packages/{publisher}/{name}/versions/{version}",
    "GET /v1/packages/{publisher}/{name}/versions/{version}/download",
    "GET /v1/packages/{publisher}/{name}/versions/{version}/manifest",
    "GET /v1/publishers/{publisher}/members",
    "GET /v1/publishers/{publisher}/signing-keys",
    "GET /v1/reviews",
    "GET /v1/uploads/{id}",
    "GET /v1/webhook-secret",
    "PATCH /v1/keys/{id}",
    "PATCH /v1/uploads/{id}",
    "PATCH /v1/webhook-secret",
    "POST /oauth/device_authorization",
    "POST /oauth/introspect",
    "POST /oauth/revoke",
    "POST /oauth/token",
    "POST /v1/clients",
    "POST /v1/clients/{id}/secret",
    "POST /v1/events",
    "POST /v1/installations",
    "POST /v1/installations/{id}/ledger/events",
    "POST /v1/keys",
    "POST /v1/keys/current/successor",
    "POST /v1/keys/{id}/successor",
    "POST /v1/leaks",
    "POST /v1/ledger/events",
    "POST /v1/packages/{publisher}/{name}/versions/{version}/review",
    "POST /v1/packages/{publisher}/{name}/versions/{version}/unyank",
    "POST /v1/packages/{publisher}/{name}/versions/{version}/yank",
    "POST /v1/publishers/{publisher}/signing-keys",
    "POST /v1/uploads",
    "POST /v1/uploads/{id}/commit",
    "POST /v1/webhook-secret/rotate",
    "PUT /v1/packages/{publisher}/{name}/versions/{version}/deprecation",
    "PUT /v1/publishers/{publisher}/members/{account}",
];

#[test]
fn the_openapi_document_is_served_and_names_every_route() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let served = http.get("/openapi.json");
    let printed = environment.run(&["openapi"]).expect(0);
    assert_eq!(String::from_utf8(served.body.clone()).expect("UTF-8"), printed.stdout);
    let document = served.expect(200);
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let paths = document["paths"].as_object().expect("paths");
    let mut routes = Vec::new();
    for (path, methods) in paths {
        let methods = methods.as_object().expect("methods").keys().filter(|name| *name != "parameters");
        routes.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    routes.sort();
    assert_eq!(routes, ROUTES);
    // Every documented route answers as one: nothing is documented that is not there. Nobody asks, so that nothing streams.
    let http = Http::new(&sandbox.url, None);
    for route in routes {
        let (method, path) = route.split_once(' ').expect("route");
        let place = path.replace(['{', '}'], "");
        let reply = http.send(method, &place, &[("content-type", "application/json")], b"{}");
        let detail = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(reply.status != 405 && !detail.contains("there is nothing at"), "{route}: {detail}");
    }
}

#[test]
fn a_damaged_database_is_told_at_once() {
    let environment = TestEnvironment::new();
    fs::create_dir_all(environment.path("state/sandbox/data")).expect("folder");
    fs::write(environment.path("state/sandbox/data/marketplace.db"), vec![b'x'; 8192]).expect("written");
    let started = Instant::now();
    let finished = environment.run(&["sandbox", "start", "--port", "0"]).expect(2);
    finished.says("the marketplace cannot use").says("not a database");
    assert!(started.elapsed().as_secs() < 5);
}
