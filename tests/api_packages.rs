//! The catalogue over plain HTTP: searching, metadata, downloads.

use serde_json::json;

use crate::support::{Announced, Http, Sandbox, TestEnvironment};

#[test]
fn words_of_a_search_are_never_operators() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::new(&sandbox.url, None);
    for words in ["%22", "*", "a%22*", "NEAR(", "a%20OR%20b", "-", "%27%3B--", "col%3Ax", "%00", "%F0%9F%A6%80"] {
        assert_eq!(http.get(&format!("/v1/packages?q={words}")).expect(200)["data"], json!([]));
    }
}

#[test]
fn packages_are_searched_page_by_page() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    for name in ["acme/one", "acme/two", "zeta/three"] {
        Announced::plain(name, "1.0.0").publish(&http).expect(201);
    }
    for query in ["", "&q=plain", "&category=claims-management"] {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = http.get(&format!("/v1/packages?limit=1{query}{cursor}")).expect(200);
            assert_eq!(page["data"].as_array().map(Vec::len), Some(1), "{page}");
            found.push(page["data"][0]["name"].as_str().expect("name").to_owned());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        found.sort();
        assert_eq!(found, ["acme/one", "acme/two", "zeta/three"], "{query}");
    }
    assert_eq!(http.get("/v1/packages?category=compliance").expect(200)["data"], json!([]));
}

#[test]
fn package_metadata_is_asked_for_conditionally() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    Announced::plain("acme/plain", "1.0.0").publish(&http).expect(201);
    for path in ["/v1/packages/acme/plain", "/v1/packages/acme/plain/versions/1.0.0"] {
        let reply = http.get(path);
        reply.expect(200);
        let tag = reply.header("etag").expect("tag");
        let known = |value: &str| http.send("GET", path, &[("if-none-match", value)], b"");
        for value in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let reply = known(&value);
            assert_eq!((reply.status, reply.body.len()), (304, 0), "{value}");
            assert_eq!(reply.header("etag").as_ref(), Some(&tag));
        }
        assert_eq!(known("\"other\"").status, 200);
    }
    let tag = http.get("/v1/packages/acme/plain").header("etag");
    Announced::plain("acme/plain", "1.1.0").publish(&http).expect(201);
    let package = http.get("/v1/packages/acme/plain");
    assert_ne!(package.header("etag"), tag);
    let versions = package.expect(200)["versions"].as_array().expect("versions").clone();
    assert_eq!(versions.iter().map(|version| &version["version"]).collect::<Vec<_>>(), ["1.1.0", "1.0.0"]);
}

#[test]
fn what_is_downloaded_is_what_was_sent() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let package = Announced::plain("acme/plain", "1.0.0");
    let receipt = package.publish(&http).expect(201);
    assert_eq!((&receipt["unchanged"], &receipt["version"]["status"]), (&json!(false), &json!("active")));
    let reply = Http::new(&sandbox.url, None).get("/v1/packages/acme/plain/versions/1.0.0/download");
    assert_eq!((reply.status, &reply.body), (200, &package.blob));
    assert_eq!(reply.header("content-type").as_deref(), Some("application/zstd"));
}

#[test]
fn a_credential_that_is_sent_with_a_search_must_hold() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let nobody = Http::new(&sandbox.url, None);
    nobody.get("/v1/packages").expect(200);
    Http::identity(&environment, &sandbox).get("/v1/packages").expect(200);
    nobody.with_key("pvq_test_x").get("/v1/packages").problem(401, "unauthenticated");
}
