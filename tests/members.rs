//! Who belongs to a publisher and what they may do, over plain HTTP. A sandbox has one person; `serve.rs` has more.

use serde_json::json;

use crate::support::{Http, Sandbox, TestEnvironment, publish_with_scopes, text};

#[test]
fn a_publisher_keeps_an_owner() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    identity.get("/v1/publishers/acme/members").problem(403, "not_your_publisher");
    publish_with_scopes(&identity, "acme/sync", &[]);
    let account = text(&identity.get("/v1/account").expect(200), "id");
    let members = identity.get("/v1/publishers/acme/members").expect(200);
    let listed: Vec<_> = members["data"].as_array().expect("data").iter().map(|member| text(member, "role")).collect();
    assert_eq!(listed, ["owner"]);
    let path = format!("/v1/publishers/acme/members/{account}");
    let put = |path: &str, role: &str| {
        let json = [("content-type", "application/json")];
        identity.send("PUT", path, &json, json!({"role": role}).to_string().as_bytes())
    };
    put(&path, "viewer").problem(409, "last_owner");
    put(&path, "publisher").problem(409, "last_owner");
    identity.delete(&path).problem(409, "last_owner");
    assert_eq!(put(&path, "owner").status, 204);
    put(&path, "king").problem(400, "bad_request");
    put("/v1/publishers/acme/members/acc_none", "owner").problem(404, "not_found");
    identity.delete("/v1/publishers/acme/members/acc_none").problem(404, "not_found");
    assert_eq!(identity.get("/v1/publishers/acme/members").expect(200), members, "nothing has changed");
}

#[test]
fn looking_and_changing_need_their_scopes() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    publish_with_scopes(&identity, "acme/sync", &[]);
    let key = identity.post("/v1/keys", &json!({"name": "look", "scopes": ["publishers:read"]})).expect(201);
    let looker = identity.with_key(&text(&key, "secret"));
    looker.get("/v1/publishers/acme/members").expect(200);
    looker.delete("/v1/publishers/acme/members/acc_sandbox").problem(403, "missing_scope");
    let key = identity.post("/v1/keys", &json!({"name": "other", "scopes": ["packages:read"]})).expect(201);
    let other = identity.with_key(&text(&key, "secret"));
    other.get("/v1/publishers/acme/members").problem(403, "missing_scope");
}
