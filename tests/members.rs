//! Who belongs to a publisher and what they may do, over plain HTTP. A sandbox has one person; `serve.rs` has more.

use serde_json::{Value, json};

use crate::serve::{ada, signed_up};
use crate::support::{
    Announced, Finished, Http, Provider, Sandbox, Serving, TestEnvironment, commit, publish_with_scopes, text,
};

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

#[test]
fn who_may_not_publish_any_more_does_not_finish_an_upload_either() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let upload = Announced::plain("acme/late", "1.0.0").send(&identity);
    environment.change_database("UPDATE members SET role = 'viewer' WHERE publisher = 'acme'");
    commit(&identity, &upload).problem(403, "not_your_publisher");
    identity.get("/v1/packages/acme/late").problem(404, "not_found");
    environment.change_database("UPDATE members SET role = 'publisher' WHERE publisher = 'acme'");
    commit(&identity, &upload).expect(201);
}

/// The example of the documentation, as it stands there.
#[test]
fn curl_as_the_documentation_tells() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    let (owner, _) = signed_up(&serving, &github, &ada());
    let (_, bob) = signed_up(&serving, &github, &json!({"id": 8, "login": "bob", "name": "Bob"}));
    publish_with_scopes(&owner, "acme/sync", &[]);
    let scopes = ["publishers:read", "publishers:write"];
    let key = owner.post("/v1/keys", &json!({"name": "members", "scopes": scopes})).expect(201);
    let mut command = environment.example(include_str!("../docs/identity.md"), "Publishers and their members");
    command.env("MARKETPLACE", &serving.url).env("PROVENIQ_API_KEY", text(&key, "secret"));
    command.env("PUBLISHER", "acme").env("ACCOUNT", text(&bob, "id"));
    let listed = Finished::of(command.spawn().expect("started")).expect(0).json();
    let members: Vec<_> = listed["data"].as_array().expect("members").iter().map(|one| text(one, "role")).collect();
    assert_eq!(members, ["owner", "publisher"]);
    assert_eq!(listed["data"][1]["account"], bob["id"]);
    let left: Value = owner.get("/v1/publishers/acme/members").expect(200);
    assert_eq!(left["data"].as_array().map(Vec::len), Some(1), "and is gone again: {left}");
}
