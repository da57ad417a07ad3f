//! Versions that are taken back, and given again.

use serde_json::{Value, json};

use crate::support::{Announced, Files, Http, Sandbox, TestEnvironment, text};

fn wish(version: Option<&str>) -> Value {
    json!({"integration": "acme/plain", "version": version, "scopes": [], "settings": {}})
}

#[test]
fn a_yanked_version_is_kept_by_who_has_it_and_installed_by_nobody() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    for version in ["1.0.0", "1.1.0"] {
        Announced::plain("acme/plain", version).publish(&http).expect(201);
    }
    let latest = || {
        let found = environment.run(&["search", "plain", "--json"]).expect(0).json();
        found["results"].as_array().expect("results").iter().map(|one| text(one, "latest")).collect::<Vec<_>>()
    };
    assert_eq!(latest(), ["1.1.0"]);
    let installed = http.post("/v1/installations", &wish(Some("1.1.0"))).expect(201);
    let yanked = environment.run(&["yank", "acme/plain@1.1.0", "--reason", "it loses events"]).expect(0);
    assert!(yanked.stdout.contains("it loses events") && yanked.stdout.contains("yanked"), "{}", yanked.stdout);
    assert_eq!(latest(), ["1.0.0"]);
    environment.run(&["status", "acme/plain@1.1.0"]).expect(1);
    let told = Http::new(&sandbox.url, None).get("/v1/packages/acme/plain/versions/1.1.0").expect(200);
    assert_eq!((&told["status"], &told["reasons"]), (&json!("yanked"), &json!(["it loses events"])));
    assert_eq!(http.get("/v1/packages/acme/plain/versions/1.1.0/download").status, 200);
    assert!(environment.run(&["info", "acme/plain"]).expect(0).stdout.contains("yanked"));
    http.post("/v1/installations", &wish(Some("1.1.0"))).problem(409, "wrong_status");
    let left = http.get("/v1/installations").expect(200);
    assert_eq!(left["data"][0]["id"], installed["id"], "who has it keeps it");

    // Again is no error, and the first reason stays.
    environment.run(&["yank", "acme/plain@1.1.0", "--reason", "another"]).expect(0);
    let path = "/v1/packages/acme/plain/versions/1.1.0";
    assert_eq!(http.get(path).expect(200)["reasons"], json!(["it loses events"]));
    environment.run(&["unyank", "acme/plain@1.1.0"]).expect(0);
    assert_eq!((latest(), http.get(path).expect(200).get("reasons")), (vec!["1.1.0".to_owned()], None));
    environment.run(&["unyank", "acme/plain@1.1.0"]).expect(0);

    // Where all are taken back, nothing is found, and what there was can be looked up.
    for version in ["1.0.0", "1.1.0"] {
        environment.run(&["yank", &format!("acme/plain@{version}"), "--reason", "no longer kept"]).expect(0);
    }
    assert_eq!(latest(), Vec::<String>::new());
    environment.run(&["info", "acme/plain"]).expect(0);
    http.post("/v1/installations", &wish(None)).problem(409, "wrong_status");
    // A number is never used again.
    let other = Files::plain("acme/plain", "1.1.0").with("more.txt", "more\n");
    let other = Announced::truly("acme/plain", "1.1.0", other.pack("plain-1.1.0"));
    http.post("/v1/uploads", &other.document).problem(409, "version_exists");
}

#[test]
fn what_is_wrong_with_a_yank_is_told() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    Announced::plain("acme/plain", "1.0.0").publish(&http).expect(201);
    let path = "/v1/packages/acme/plain/versions/1.0.0/yank";
    for reason in [String::new(), "  ".to_owned(), "a\nb".to_owned(), "x".repeat(1001)] {
        http.post(path, &json!({"reason": reason})).problem(400, "bad_request");
    }
    http.post(path, &json!({})).problem(400, "bad_request");
    http.post(path, &json!({"reason": "why", "more": 1})).problem(400, "bad_request");
    http.post("/v1/packages/acme/plain/versions/2.0.0/yank", &json!({"reason": "why"})).problem(404, "not_found");
    let key = http.post("/v1/keys", &json!({"name": "look", "scopes": ["packages:read"]})).expect(201);
    let looker = http.with_key(&text(&key, "secret"));
    looker.post(path, &json!({"reason": "why"})).problem(403, "missing_scope");
    Http::new(&sandbox.url, None).post(path, &json!({"reason": "why"})).problem(401, "unauthenticated");
    environment.run(&["yank", "acme/plain@1.0.0"]).expect(2).says("--reason");
    environment.run(&["yank", "acme/plain", "--reason", "x"]).expect(2).says("names no version");
    environment.run(&["yank", "acme/none@1.0.0", "--reason", "x"]).expect(1).says("there is no acme/none 1.0.0");
    environment.change_database("UPDATE members SET role = 'viewer' WHERE publisher = 'acme'");
    environment.run(&["yank", "acme/plain@1.0.0", "--reason", "x"]).expect(3);
    assert_eq!(http.get("/v1/packages/acme/plain/versions/1.0.0").expect(200)["status"], "active");
}

#[test]
fn a_deprecated_version_is_installed_with_a_warning() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    Announced::plain("acme/plain", "1.0.0").publish(&http).expect(201);
    let said = environment.run(&["deprecate", "acme/plain@1.0.0", "--message", "take acme/better"]).expect(0);
    assert!(said.stdout.contains("deprecated") && said.stdout.contains("take acme/better"), "{}", said.stdout);
    let info = environment.run(&["info", "acme/plain"]).expect(0).stdout;
    assert!(info.contains("1.0.0 is deprecated: take acme/better"), "{info}");
    environment.run(&["verify", "acme/plain@1.0.0"]).expect(0);
    let installed = environment.run(&["install", "acme/plain", "--yes"]).expect(0);
    installed.says("warning: acme/plain 1.0.0 is deprecated: take acme/better");
    environment.run(&["deprecate", "acme/plain@1.0.0", "--undo"]).expect(0);
    let told = http.get("/v1/packages/acme/plain/versions/1.0.0").expect(200);
    assert_eq!(told.get("deprecation"), None);
    let put = |message: &Value| {
        let json = [("content-type", "application/json")];
        let path = "/v1/packages/acme/plain/versions/1.0.0/deprecation";
        http.send("PUT", path, &json, json!({"message": message}).to_string().as_bytes())
    };
    for bad in [json!(""), json!("a\nb"), json!(1), json!("x".repeat(1001))] {
        put(&bad).problem(400, "bad_request");
    }
    environment.run(&["deprecate", "acme/plain@1.0.0"]).expect(2).says("--message");
    environment.run(&["deprecate", "acme/none@1.0.0", "--undo"]).expect(1);
}
