//! `doctor`: what is installed, what is in use, what is wrong.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::support::{Finished, Sandbox, TestEnvironment};

/// An environment in which no tool is found, so that looking for them takes no time.
fn without_tools() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.set("PATH", environment.path("nothing"));
    environment
}

/// What a document says of `check`.
fn check<'d>(document: &'d Value, check: &str) -> &'d Value {
    let checks = document["checks"].as_array().expect("checks");
    checks.iter().find(|item| item["name"] == check).unwrap_or_else(|| panic!("{check} in {document}"))
}

/// Expects that `doctor` ends with 1 since `name` is wrong, and says `detail` and `hint`.
#[track_caller]
fn is_wrong(finished: Finished, name: &str, detail: &str, hint: &str) {
    let document = finished.expect(1).json();
    let item = check(&document, name);
    assert_eq!(item["state"], "wrong", "{item}");
    assert!(item["detail"].as_str().expect("detail").contains(detail), "{item}");
    let hints = item["hints"].as_array().expect("hints");
    assert!(hints.iter().any(|text| text.as_str().is_some_and(|text| text.contains(hint))), "{item}");
}

#[test]
fn it_names_marketplace_store_key_project_and_tools() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    let document = environment.run_in(&project, &["doctor", "--json"]).expect(0).json();
    assert_eq!(document["schema"], "proveniq.doctor/1");
    assert_eq!(document["version"], env!("CARGO_PKG_VERSION"));
    let detail = |name: &str| check(&document, name)["detail"].as_str().expect("detail").to_owned();
    assert!(detail("marketplace").starts_with(&format!("{} (named by the running sandbox)", sandbox.url)));
    assert_eq!(detail("credential store"), "file");
    assert!(detail("credential").ends_with("the sandbox's built-in identity; 0 stored"), "{document}");
    assert!(detail("project").starts_with("acme/plain 1.0.0 in "), "{document}");
    assert!(detail("configuration").starts_with("defaults, profile default"), "{document}");
    for tool in ["git", "node", "npm", "python3 with venv"] {
        check(&document, tool);
    }

    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let human = environment.run_in(&project, &["doctor"]).expect(0).stdout;
    assert!(human.contains("\"laptop\" from the store: file; 1 stored"), "{human}");
}

#[test]
fn without_a_marketplace_it_says_how_to_start_one_and_nothing_is_wrong() {
    let environment = without_tools();
    let document = environment.run(&["doctor", "--json"]).expect(0).json();
    assert_eq!(check(&document, "marketplace")["state"], "absent");
    assert_eq!(check(&document, "marketplace")["hints"][0], "start one with `proveniq sandbox start --detach`");
    assert_eq!(check(&document, "credential")["state"], "absent");
    assert_eq!(check(&document, "project")["detail"], "none in this folder");
    let human = environment.run(&["doctor"]).expect(0).stdout;
    assert!(human.contains("marketplace: start one with `proveniq sandbox start --detach`"), "{human}");
}

#[test]
fn a_tool_that_is_not_there_is_told_with_what_needs_it() {
    let environment = without_tools();
    let document = environment.run(&["doctor", "--json"]).expect(0).json();
    for (tool, need) in [("git", "git"), ("node", "Node 20"), ("npm", "npm"), ("python3 with venv", "Python 3.11")] {
        let item = check(&document, tool);
        assert_eq!((item["state"].as_str(), item["detail"].as_str()), (Some("absent"), Some("not found")));
        assert!(item["hints"][0].as_str().expect("hint").contains(need), "{item}");
    }
}

#[test]
fn a_tool_that_is_too_old_or_broken_is_told() {
    let mut environment = TestEnvironment::new();
    let tools = environment.path("tools");
    fs::create_dir(&tools).expect("folder");
    for (name, script) in [("node", "#!/bin/sh\necho v18.0.0\n"), ("npm", "#!/bin/sh\nexit 1\n")] {
        fs::write(tools.join(name), script).expect("written");
        fs::set_permissions(tools.join(name), fs::Permissions::from_mode(0o755)).expect("mode");
    }
    environment.set("PATH", &tools);
    let document = environment.run(&["doctor", "--json"]).expect(0).json();
    assert_eq!(check(&document, "node")["detail"], "18.0.0 is too old");
    assert_eq!(check(&document, "npm")["detail"], "not found");
}

#[test]
fn a_manifest_or_a_configuration_that_does_not_hold_is_wrong_with_its_place() {
    let environment = without_tools();
    fs::write(environment.work().join("proveniq.toml"), "[integration]\nnmae = 'a/b'\n").expect("written");
    is_wrong(environment.run(&["doctor", "--json"]), "project", "8 problems", "proveniq.toml:2:1: unknown key");
    fs::remove_file(environment.work().join("proveniq.toml")).expect("removed");
    fs::create_dir_all(environment.path("config")).expect("folder");
    fs::write(environment.path("config/config.toml"), "profil = 'a'\n").expect("written");
    is_wrong(environment.run(&["doctor", "--json"]), "configuration", "does not hold", "config.toml:1:1: unknown key");
}

#[test]
fn a_marketplace_that_does_not_answer_is_wrong() {
    let mut environment = without_tools();
    // Nobody is given this port by chance.
    let url = "http://127.0.0.1:1";
    environment.set("PROVENIQ_MARKETPLACE_URL", url);
    is_wrong(environment.run(&["doctor", "--json"]), "marketplace", url, "proveniq sandbox start --detach");
}

#[test]
fn a_key_that_was_revoked_and_a_file_that_others_can_read_are_wrong() {
    let environment = without_tools();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let credentials = environment.path("config/credentials.json");
    fs::set_permissions(&credentials, fs::Permissions::from_mode(0o644)).expect("mode");
    is_wrong(environment.run(&["doctor", "--json"]), "credential store", "can be read by others", "chmod 600");
    fs::set_permissions(&credentials, fs::Permissions::from_mode(0o600)).expect("mode");
    let kept = (fs::read(&credentials).expect("file"), fs::read(environment.path("config/keys.json")).expect("file"));
    environment.run(&["keys", "revoke", "laptop"]).expect(0);
    fs::write(&credentials, kept.0).expect("written");
    fs::set_permissions(&credentials, fs::Permissions::from_mode(0o600)).expect("mode");
    fs::write(environment.path("config/keys.json"), kept.1).expect("written");
    is_wrong(environment.run(&["doctor", "--json"]), "credential", "was revoked", "proveniq keys create");
    let human = environment.run(&["doctor"]).expect(1).stdout;
    assert!(human.contains("WRONG") && human.contains("credential: create another"), "{human}");
}
