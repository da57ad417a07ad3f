//! `install` and `uninstall`: consent, settings, and the end of an integration's access.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proveniq::event::{EventType, validate};
use serde_json::{Value, json};

use crate::support::{Application, Http, Sandbox, TestEnvironment, sign_in, text};

const SCOPES: &str = "ledger:events:read ledger:events:write";
const SETTINGS: &str = r#"
[oauth]
scopes = ["ledger:events:read", "ledger:events:write"]

[settings]
type = "object"
required = ["region"]
additionalProperties = false

[settings.properties.region]
enum = ["north", "south"]

[settings.properties.limit]
type = "integer"

[settings.properties.token]
type = "string"
maxLength = 8
"#;

const SETTINGS_DOCUMENTED: &str = "\n\nSettings: `region`, `limit` and `token`.\n";

/// Publishes the plain project with scopes and a schema of settings.
#[track_caller]
fn publish(environment: &TestEnvironment, more: &str) {
    let project = environment.plain_project();
    let manifest = project.join("proveniq.toml");
    fs::write(&manifest, fs::read_to_string(&manifest).expect("manifest") + more).expect("written");
    let api = project.join("docs/api.md");
    fs::write(&api, fs::read_to_string(&api).expect("page") + "\nScopes: " + SCOPES + SETTINGS_DOCUMENTED)
        .expect("written");
    environment.run_in(&project, &["publish"]).expect(0);
}

/// The payloads of the account's events about installations, each as its schema has it.
fn payloads(http: &Http) -> Vec<Value> {
    let page = http.get("/v1/events?limit=100").expect(200);
    let bodies = page["data"].as_array().expect("events").iter().map(|event| text(event, "body"));
    let documents = bodies.map(|body| STANDARD.decode(body).expect("base64"));
    let documents: Vec<Value> = documents.map(|bytes| serde_json::from_slice(&bytes).expect("JSON")).collect();
    let told = documents.into_iter().filter(|payload| text(payload, "type").starts_with("integration."));
    told.inspect(|payload| {
        let kind = EventType::parse(&text(payload, "type")).expect("type");
        assert_eq!(validate(kind, payload), [], "{payload}");
    })
    .collect()
}

#[test]
fn an_integration_is_installed_with_consent_and_ended_at_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    publish(&environment, SETTINGS);
    sign_in(&environment, &sandbox, &[]);
    let application = Application::register(&sandbox.url, &identity, &json!({"integration": "acme/plain"}));
    let installed = environment.run(&["install", "acme/plain", "--set", "region=north", "--yes", "--json"]).expect(0);
    let shown = installed.stderr.clone();
    assert!(shown.contains("acme/plain 1.0.0: Plain") && shown.contains(SCOPES), "what is agreed to is shown: {shown}");
    let document = installed.json();
    assert_eq!(document["schema"], "proveniq.install/1");
    assert_eq!(document["installation"]["settings"], json!({"region": "north"}));
    let id = text(&document["installation"], "id");

    let token = text(&application.exchange(&application.own_token(), &id, &[]).expect(200), "access_token");
    let ledger = format!("/v1/installations/{id}/ledger/events");
    identity.with_key(&token).get(&ledger).expect(200);

    environment
        .run(&["install", "acme/plain", "--set", "region=north", "--yes"])
        .expect(5)
        .says("installed already")
        .says("hint: end that installation first with `proveniq uninstall NAME`");
    environment.run(&["uninstall", "acme/plain"]).expect(2).says("needs a confirmation").says("--yes");
    identity.with_key(&token).get(&ledger).expect(200);
    let ended = environment.run(&["uninstall", "acme/plain", "--yes"]).expect(0);
    assert!(ended.stdout.contains("acme/plain is uninstalled"), "{}", ended.stdout);
    identity.with_key(&token).get(&ledger).problem(401, "token_revoked");
    application.exchange(&application.own_token(), &id, &[]).oauth_error(400, "invalid_grant");
    environment
        .run(&["uninstall", "acme/plain", "--yes"])
        .expect(1)
        .says("is not installed")
        .says("`proveniq install acme/plain`");

    let told = payloads(&identity);
    let names: Vec<_> = told.iter().map(|payload| text(payload, "type")).collect();
    assert_eq!(names, ["integration.installed", "integration.uninstalled"]);
    for payload in told {
        assert_eq!(payload["data"]["installation_id"], id.as_str());
    }
}

#[test]
fn nothing_is_installed_without_consent() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    publish(&environment, SETTINGS);
    let refused = environment.run(&["install", "acme/plain", "--set", "region=north"]).expect(2);
    refused.says("needs a confirmation").says("hint: add --yes to confirm").says(SCOPES);
    let words = ["install", "acme/plain", "--set", "region=north"];
    let no = environment.run_on_terminal(&[("acme/plain have", "n\r")], &words);
    assert_eq!(no.code, 130, "{}", no.stdout);
    assert_eq!(identity.get("/v1/installations").expect(200)["data"], json!([]));
    let yes = environment.run_on_terminal(&[("acme/plain have", "y\r")], &words);
    assert_eq!(yes.code, 0, "{}", yes.stdout);
    assert_eq!(identity.get("/v1/installations").expect(200)["data"].as_array().map(Vec::len), Some(1));
}

#[test]
fn settings_come_from_files_and_flags_and_fit_the_schema() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    publish(&environment, SETTINGS);
    let install = |more: &[&str]| environment.run(&[&["install", "acme/plain", "--yes", "--json"], more].concat());
    let wrong =
        install(&["--set", "region=hunter2west", "--set", "limit=hunter2", "--set", "token=hunter2hunter2"]).expect(2);
    for place in ["/region", "/limit", "/token"] {
        assert!(wrong.stdout.contains(place), "{}", wrong.stdout);
    }
    assert!(!wrong.stdout.contains("hunter2") && !wrong.stderr.contains("hunter2"), "{}{}", wrong.stdout, wrong.stderr);
    install(&[]).expect(2);
    for bad in ["", "=hunter2", "hunter2"] {
        let told = install(&["--set", bad]).expect(2);
        assert!(told.stdout.contains("NAME=VALUE") && !told.stdout.contains("hunter2"), "{}", told.stdout);
    }
    let input = |text: &str| environment.run_with_input(&["install", "acme/plain", "--yes", "--settings", "-"], text);
    for text in ["\"hunter2\"", "[\"hunter2\"]", "{\"region\": hunter2}", "", "{", "null"] {
        let told = input(text).expect(2).says("the settings are no JSON object");
        assert!(!told.stderr.contains("hunter2"), "{}", told.stderr);
    }
    input(&" ".repeat((1 << 20) + 1)).expect(2).says("larger than");
    install(&["--settings", "settings.json"]).expect(2);
    install(&["--settings", "@missing.json"]).expect(2);
    fs::write(environment.work().join("settings.json"), r#"{"region": "south", "limit": 3}"#).expect("written");
    let installed =
        install(&["--settings", "@settings.json", "--set", "limit=4", "--set", "token=007x"]).expect(0).json();
    assert_eq!(installed["installation"]["settings"], json!({"region": "south", "limit": 4, "token": "007x"}));
    environment.run(&["uninstall", "acme/plain", "--yes"]).expect(0);
    input(r#"{"region": "north"}"#).expect(0);
}

#[test]
fn what_is_not_there_or_may_not_be_installed_is_told() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    environment.run(&["install", "acme/none", "--yes"]).expect(1).says("there is no acme/none").says("hint: ");
    environment.run(&["install", "acme", "--yes"]).expect(2);
    environment.run(&["uninstall", "acme/none", "--yes"]).expect(1);
    environment.run(&["uninstall", "../x", "--yes"]).expect(2);
    publish(&environment, "");
    let key =
        text(&identity.post("/v1/keys", &json!({"name": "r", "scopes": ["packages:read"]})).expect(201), "secret");
    let with_key = |words: &[&str]| environment.run_with_variable(("PROVENIQ_API_KEY", &key), words);
    with_key(&["install", "acme/plain", "--yes"]).expect(3).says("installations:write");
    let installed = environment.run(&["install", "acme/plain", "--yes"]).expect(0);
    assert!(installed.stderr.contains("nothing of your ledger"), "{}", installed.stderr);
    with_key(&["uninstall", "acme/plain", "--yes"]).expect(3).says("installations:");
    environment.run(&["uninstall", "acme/plain", "--yes"]).expect(0);
    assert_eq!(identity.get("/v1/installations").expect(200)["data"], json!([]));
}

#[test]
fn of_many_who_install_at_once_one_does() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    publish(&environment, "");
    let codes = crate::support::at_once(8, |_| environment.run(&["install", "acme/plain", "--yes"]).code);
    assert_eq!(codes, [0, 5, 5, 5, 5, 5, 5, 5]);
    let codes = crate::support::at_once(4, |_| environment.run(&["uninstall", "acme/plain", "--yes"]).code);
    assert_eq!(codes, [0, 1, 1, 1]);
}
