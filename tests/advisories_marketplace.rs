//! Advisories at the marketplace: those that it passes on, and what it makes of them itself.

use std::fs;

use proveniq::certification::Tier;
use serde_json::json;

use crate::advisories::{NPM, certify, documents, findings, project, serve_fixtures, update, zip};
use crate::support::{
    Announced, Files, Http, Provider, Sandbox, Serving, TestEnvironment, registered_key, signed, statement,
};

/// A marketplace that keeps the archive of npm.
fn with_archive(environment: &mut TestEnvironment, bytes: &[u8]) -> (Provider, Serving) {
    let archive = environment.path("work/osv/npm");
    fs::create_dir_all(&archive).expect("folder");
    fs::write(archive.join("all.zip"), bytes).expect("written");
    let github = Provider::start("github");
    let configuration = format!("{}[advisories]\narchives = \"osv\"\n", github.table());
    let serving = Serving::start(environment, &configuration);
    (github, serving)
}

#[test]
fn a_marketplace_passes_its_archives_on() {
    let mut environment = TestEnvironment::new();
    let bytes = zip(&documents("npm", "npm"));
    let (_github, serving) = with_archive(&mut environment, &bytes);
    let http = Http::new(&serving.url, None);
    assert_eq!(http.get("/v1").expect(200)["advisories"], json!(["npm"]));
    let given = http.get("/v1/advisories/npm/all.zip");
    assert!(given.status == 200 && given.body == bytes);
    let tag = given.header("etag").expect("a tag");
    let again = http.send("GET", "/v1/advisories/npm/all.zip", &[("if-none-match", &tag)], b"");
    assert!(again.status == 304 && again.body.is_empty());
    for absent in ["PyPI", "NPM", "..", "%2e%2e%2fnpm"] {
        http.get(&format!("/v1/advisories/{absent}/all.zip")).problem(404, "not_found");
    }

    // It is taken where this machine has none of its own, and kept.
    let project = project(&environment, &[("package-lock.json", NPM)]);
    environment.set("PROVENIQ_MARKETPLACE_URL", &serving.url);
    let check = certify(&environment, &project, &[]);
    assert!(findings(&check).contains(&"GHSA-35jh-r3h4-6jhm package-lock.json:4".to_owned()), "{check}");
    let kept = environment.listing(&environment.path("state/advisories"));
    assert_eq!(kept, ["npm.db"]);
    drop(serving);
    environment.set("PROVENIQ_MARKETPLACE_URL", "http://127.0.0.1:9");
    assert_eq!(certify(&environment, &project, &[])["verdict"], "fail");
}

#[test]
fn an_archive_that_cannot_be_read_is_no_answer_and_stops_nothing() {
    let mut environment = TestEnvironment::new();
    let (_github, serving) = with_archive(&mut environment, b"no zip");
    let project = project(&environment, &[("package-lock.json", NPM)]);
    environment.set("PROVENIQ_MARKETPLACE_URL", &serving.url);
    assert_eq!(certify(&environment, &project, &[])["verdict"], "not_run");
    assert_eq!(environment.listing(&environment.path("state/advisories")), Vec::<String>::new());
}

#[test]
fn a_configuration_that_names_no_archive_is_refused() {
    let environment = TestEnvironment::new();
    let config = "listen = \"127.0.0.1:0\"\ndata = \"data\"\n[identity.github]\nclient_id = \"x\"\nclient_secret_env = \"S\"\n[advisories]\narchives = \"osv\"\n";
    fs::write(environment.path("work/serve.toml"), config).expect("written");
    let mut command = environment.command_in(&environment.work(), &["serve", "--config", "serve.toml"]);
    let finished = command.env("S", "secret").output().expect("run");
    let told = String::from_utf8_lossy(&finished.stderr).into_owned();
    assert!(finished.status.code() == Some(2) && told.contains("holds no archive of advisories"), "{told}");
}

#[test]
fn a_marketplace_looks_dependencies_up_itself() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let key = registered_key(&http, "acme", "laptop");
    let files = |version: &str| {
        let lock = NPM.replace("4.17.20", version);
        let files = Files::plain("acme/plain", "1.0.0").with("package-lock.json", lock);
        Announced::truly("acme/plain", "1.0.0", files.pack("plain-1.0.0"))
    };
    let publish = |package: &Announced| {
        let commit = format!("/v1/uploads/{}/commit", package.send(&http));
        http.post(&commit, &signed(&statement(package, Tier::Verified), &key))
    };
    update(&environment, &serve_fixtures(), &["--ecosystem", "npm"]).expect(0);
    let reasons = publish(&files("4.17.20")).problem(422, "rejected")["reasons"].to_string();
    assert!(reasons.contains("GHSA-35jh-r3h4-6jhm") && reasons.contains("claimed pass, found fail"), "{reasons}");
    http.get("/v1/packages/acme/plain").problem(404, "not_found");

    // Of what it has no advisories it says nothing itself.
    let mended = publish(&files("4.17.21")).expect(201);
    let seen = |receipt: &serde_json::Value| {
        let checks = receipt["checks"].as_array().expect("checks");
        checks.iter().find(|check| check["id"] == "SEC-DEPS").expect("the check")["verdict"].clone()
    };
    assert_eq!(seen(&mended), "pass");
}
