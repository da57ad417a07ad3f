//! `keys`: create, list, use, import and revoke, with keys in a file that only the user can read.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use proveniq::credential::Scope;
use serde_json::Value;

use crate::support::{Finished, Sandbox, TestEnvironment};

impl TestEnvironment {
    /// Creates a key and returns its secret, which only the credentials file holds.
    pub fn key(&self, name: &str, flags: &[&str]) -> String {
        self.run(&[&["keys", "create", "--name", name], flags].concat()).expect(0);
        self.secret_of(name)
    }

    pub fn secret_of(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path("config/credentials.json")).expect("credentials");
        let keys: serde_json::Map<String, Value> = serde_json::from_str(&text).expect("JSON");
        let (_, secret) = keys.iter().find(|(account, _)| account.ends_with(&format!("/{name}"))).expect("key");
        secret.as_str().expect("text").to_owned()
    }
}

/// Another machine: folders of its own, the same marketplace, and a key in the environment unless it is empty.
fn elsewhere(sandbox: &Sandbox<'_>, key: &str) -> TestEnvironment {
    let mut other = TestEnvironment::new();
    other.set("PROVENIQ_MARKETPLACE_URL", &sandbox.url);
    other.set("PROVENIQ_API_KEY", key);
    other
}

/// The listed key of that name.
pub fn listed(environment: &TestEnvironment, name: &str) -> Value {
    let document = environment.run(&["keys", "list", "--json"]).expect(0).json();
    let keys = document["keys"].as_array().expect("keys").clone();
    keys.into_iter().find(|key| key["name"] == name).unwrap_or_else(|| panic!("{name} in {document}"))
}

/// Expects that nothing that was printed holds `secret`, or as much of it as would do harm.
#[track_caller]
pub fn keeps_secret(finished: &Finished, secret: &str) {
    let shown = &secret[..13];
    let hidden = &secret[13..];
    for text in [&finished.stdout, &finished.stderr] {
        assert!(!text.contains(hidden), "{shown}… is printed in {text}");
    }
}

#[test]
fn a_key_is_created_stored_used_and_revoked() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let created = environment.run(&["keys", "create", "--name", "laptop", "--json"]).expect(0).json();
    assert_eq!(created["schema"], "proveniq.keys-create/1");
    assert_eq!(created["marketplace"], sandbox.url.as_str());
    assert_eq!(created["store"], "file");
    assert_eq!(created["key"]["expires_at"], Value::Null);
    assert_eq!(created["key"]["scopes"].as_array().expect("scopes").len(), Scope::ALL.len());
    let secret = environment.secret_of("laptop");
    assert!(secret.starts_with(created["key"]["prefix"].as_str().expect("prefix")), "{created}");

    let key = listed(&environment, "laptop");
    assert_eq!((key["stored"].as_str(), key["in_use"].as_bool()), (Some("file"), Some(true)));
    let human = environment.run(&["keys", "list"]).expect(0).stdout;
    assert!(human.lines().any(|line| line.starts_with("*  laptop  pvq_test_")), "{human}");

    let revoked = environment.run(&["keys", "revoke", "laptop", "--json"]).expect(0).json();
    assert_eq!((revoked["name"].as_str(), revoked["forgotten"].as_bool()), (Some("laptop"), Some(true)));
    assert_eq!(listed(&environment, "laptop")["status"], "revoked");
    assert!(!environment.path("config/credentials.json").exists(), "without keys there is no file");
    environment.run(&["keys", "use", "laptop"]).expect(2).says("proveniq keys create");
    environment.run(&["keys", "revoke", "nope"]).expect(2).says("there is no key \"nope\"").says("proveniq keys list");
}

#[test]
fn the_last_created_key_is_in_use_until_another_is_chosen() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.key("one", &[]);
    environment.key("two", &[]);
    assert_eq!(listed(&environment, "one")["in_use"], false);
    assert_eq!(listed(&environment, "two")["in_use"], true);
    let used = environment.run(&["keys", "use", "one", "--json"]).expect(0).json();
    assert_eq!((used["schema"].as_str(), used["name"].as_str()), (Some("proveniq.keys-use/1"), Some("one")));
    assert_eq!(listed(&environment, "one")["in_use"], true);
    assert_eq!(listed(&environment, "two")["in_use"], false);
    environment.run(&["keys", "use", "three"]).expect(2).says("stored are: one, two");
}

#[test]
fn the_files_are_closed_to_others_and_a_wider_mode_is_refused() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let secret = environment.key("laptop", &[]);
    let mode = |path: &str| fs::metadata(environment.path(path)).expect("file").permissions().mode() & 0o777;
    assert_eq!((mode("config"), mode("config/credentials.json"), mode("config/keys.json")), (0o700, 0o600, 0o600));
    let index = fs::read_to_string(environment.path("config/keys.json")).expect("index");
    assert!(!index.contains(&secret), "the index holds no secret");

    let credentials = environment.path("config/credentials.json");
    for wide in [0o640, 0o604, 0o620, 0o666] {
        fs::set_permissions(&credentials, fs::Permissions::from_mode(wide)).expect("mode");
        for words in [&["keys", "create", "--name", "other"][..], &["publish"]] {
            let project = environment.plain_project();
            let refused = environment.run_in(&project, words).expect(3).says("can be read by others").says("chmod 600");
            keeps_secret(&refused, &secret);
        }
    }
    fs::set_permissions(&credentials, fs::Permissions::from_mode(0o600)).expect("mode");
    environment.key("other", &[]);
}

#[test]
fn a_damaged_credentials_file_is_told_without_its_content() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let secret = environment.key("laptop", &[]);
    let credentials = environment.path("config/credentials.json");
    let project = environment.plain_project();
    for damaged in [format!("{{\"a\": \"{secret}"), format!("\"{secret}\""), format!("{secret}\u{0}")] {
        fs::write(&credentials, damaged).expect("written");
        let refused = environment.run_in(&project, &["publish", "--verbose"]).expect(3).says("is damaged");
        keeps_secret(&refused.says("hint: move it away"), &secret);
    }
    fs::write(environment.path("config/keys.json"), "{").expect("written");
    environment.run_in(&project, &["publish"]).expect(2).says("keys.json is damaged");
}

#[test]
fn a_name_that_is_taken_is_a_conflict() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let first = environment.key("laptop", &[]);
    let refused = environment.run(&["keys", "create", "--name", "laptop"]).expect(5);
    refused.says("there is a living key of the name \"laptop\"").says("take another name");
    assert_eq!(environment.secret_of("laptop"), first, "the stored key is left alone");
    environment.run(&["keys", "revoke", "laptop"]).expect(0);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
}

#[test]
fn a_name_scope_or_lifetime_that_does_not_hold_is_refused() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let long = "x".repeat(65);
    let cases: [(&[&str], &str); 9] = [
        (&["--name", ""], "1 to 64 characters"),
        (&["--name", &long], "1 to 64 characters"),
        (&["--name", "a\u{1b}b"], "none of them a control character"),
        (&["--name", "a", "--scope", "packages:all"], "\"packages:all\" is no scope; known: packages:read"),
        (&["--name", "a", "--expires", "soon"], "\"soon\" is no lifetime"),
        (&["--name", "a", "--expires", "10"], "such as 90d"),
        (&["--name", "a", "--expires", "366d"], "longer than 365 days"),
        (&["--name", "a", "--expires", "0m"], "not between 1 minute and 365 days"),
        (&["--name", "a", "--expires", "-1d"], "-1"),
    ];
    for (words, reason) in cases {
        environment.run(&[&["keys", "create"], words].concat()).expect(2).says(reason);
    }
    let none = environment.run(&["keys", "list", "--json"]).expect(0).json();
    assert_eq!(none["keys"], Value::Array(vec![]), "nothing was made");
}

#[test]
fn a_key_has_the_scopes_and_the_lifetime_that_were_asked_for() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    for (name, lifetime, seconds) in [("m", "30m", 1_800), ("h", "12h", 43_200), ("d", "90d", 7_776_000)] {
        environment
            .key(name, &["--expires", lifetime, "--scope", "keys:read", "--scope", "packages:read,packages:publish"]);
        let key = listed(&environment, name);
        let second = |field: &str| {
            let time: jiff::Timestamp = key[field].as_str().expect("time").parse().expect("time");
            time.as_second()
        };
        assert_eq!(second("expires_at") - second("created_at"), seconds);
        assert_eq!(key["scopes"], serde_json::json!(["packages:read", "packages:publish", "keys:read"]));
    }
}

#[test]
fn a_key_cannot_create_one_that_can_do_more_or_lives_longer() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let narrow = environment.key("narrow", &["--scope", "keys:write", "--scope", "keys:read", "--expires", "1h"]);
    let reader = environment.key("reader", &["--scope", "packages:read"]);
    let other = elsewhere(&sandbox, &narrow);
    let wider = other.run(&["keys", "create", "--name", "w", "--scope", "packages:publish", "--expires", "30m"]);
    wider.expect(3).says("can do more than itself: packages:publish");
    other.run(&["keys", "create", "--name", "w", "--expires", "2h"]).expect(3).says("outlives it");
    other.run(&["keys", "create", "--name", "w"]).expect(3).says("outlives it");
    let same = other.run(&["keys", "create", "--name", "same", "--expires", "30m", "--json"]).expect(0).json();
    assert_eq!(same["key"]["scopes"], serde_json::json!(["keys:read", "keys:write"]));

    let other = elsewhere(&sandbox, &reader);
    other
        .run(&["keys", "create", "--name", "w"])
        .expect(3)
        .says("lacks the scope keys:write")
        .says("hint: use a credential with that scope");
    other.run(&["keys", "list"]).expect(3).says("lacks the scope keys:read");
    let project = other.plain_project();
    other.run_in(&project, &["publish"]).expect(3).says("lacks the scope packages:publish");
}

#[test]
fn a_key_in_the_environment_is_used_before_a_stored_one_and_revoked_ones_are_refused() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let stored = environment.key("stored", &[]);
    let ci = environment.key("ci", &[]);
    environment.run(&["keys", "use", "stored"]).expect(0);
    let list = environment.run_with_variable(("PROVENIQ_API_KEY", &ci), &["keys", "list"]).expect(0).stdout;
    let line = |name: &str| list.lines().find(|line| line.contains(name)).expect("line").to_owned();
    assert!(line("ci  ").starts_with("* ") && line("ci  ").contains("PROVENIQ_API_KEY"), "{list}");
    assert!(line("stored").starts_with("  ") && line("stored").contains(" file "), "{list}");

    let other = elsewhere(&sandbox, &stored);
    assert_eq!(listed(&other, "ci")["stored"], "elsewhere");
    environment.run(&["keys", "revoke", "stored"]).expect(0);
    let project = other.plain_project();
    for words in [&["publish"][..], &["publish", "--dry-run"], &["keys", "list"], &["keys", "create", "--name", "x"]] {
        let refused = other.run_in(&project, words).expect(3).says("the key \"stored\" was revoked");
        keeps_secret(&refused.says("hint: create another with `proveniq keys create`"), &stored);
    }
    assert_eq!(other.listing(&other.path("state/receipts")), [""; 0]);
}

#[test]
fn a_key_that_is_malformed_is_refused_and_never_repeated() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let key = environment.key("laptop", &[]);
    let swapped = format!("{}{}", &key[..46], if key.ends_with('0') { '1' } else { '0' });
    let cases = [
        ("hunter2-hunter2-hunter2".to_owned(), "does not begin with pvq_live_ or pvq_test_"),
        (key[..40].to_owned(), "wrong length"),
        (format!("{key} {key}"), "wrong length"),
        (format!("{}é{}", &key[..20], &key[22..]), "character that no key has"),
        (swapped, "checksum is wrong"),
    ];
    for (text, why) in cases {
        let other = elsewhere(&sandbox, &text);
        let project = other.plain_project();
        for words in [&["publish", "--verbose"][..], &["keys", "list"], &["keys", "list", "--json"]] {
            let refused = other.run_in(&project, words).expect(3);
            let printed = format!("{}{}", refused.stdout, refused.stderr);
            assert!(printed.contains(why), "{printed}");
            assert!(!printed.contains(&text[13..]), "{printed}");
        }
        let imported = environment.run_with_input(&["keys", "import", "--name", "x"], &text).expect(2);
        assert!(imported.stderr.contains(why), "{}", imported.stderr);
        assert!(!imported.stderr.contains(&text[13..]), "{}", imported.stderr);
    }
}

#[test]
fn a_well_formed_key_that_the_marketplace_does_not_know_is_refused() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let strange = proveniq::credential::ApiKey::generate(proveniq::credential::KeyKind::Test).expect("key");
    let other = elsewhere(&sandbox, strange.expose());
    keeps_secret(&other.run(&["keys", "list"]).expect(3).says("the key is unknown here"), strange.expose());
    let imported = environment.run_with_input(&["keys", "import", "--name", "x"], strange.expose()).expect(3);
    keeps_secret(&imported, strange.expose());
    assert!(!environment.path("config/credentials.json").exists(), "nothing is stored");
}

#[test]
fn a_key_is_imported_from_standard_input() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let key = environment.key("ci", &["--scope", "packages:read"]);
    let other = elsewhere(&sandbox, "");
    let imported = other.run_with_input(&["keys", "import", "--name", "mine", "--json"], &format!("  {key}\r\n"));
    keeps_secret(&imported, &key);
    let imported = imported.expect(0).json();
    assert_eq!(
        (imported["schema"].as_str(), imported["key"]["name"].as_str()),
        (Some("proveniq.keys-import/1"), Some("mine"))
    );
    assert_eq!(other.secret_of("mine"), key);
    other.run_with_input(&["keys", "import", "--name", "mine"], &key).expect(0);
}

#[test]
fn an_import_that_cannot_be_is_refused_and_stores_nothing() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let one = environment.key("one", &[]);
    let two = environment.key("two", &[]);
    let taken = environment.run_with_input(&["keys", "import", "--name", "one"], &two).expect(5);
    taken.says("another key is stored as \"one\"");
    assert_eq!(environment.secret_of("one"), one, "the stored key is left alone");
    environment.run_with_input(&["keys", "import", "--name", "a\nb"], &two).expect(2).says("control character");
    environment
        .run_with_input(&["keys", "import", "--name", "empty"], "")
        .expect(2)
        .says("standard input holds no key");
    environment.run_with_input(&["keys", "import", "--name", "long"], &"x".repeat(100_000)).expect(2);
}

#[test]
fn profiles_have_keys_of_their_own() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.key("work", &[]);
    environment.key("home", &["--profile", "private"]);
    assert_eq!(listed(&environment, "work")["stored"], "file");
    assert_eq!(listed(&environment, "home")["stored"], "elsewhere");
    environment.run(&["keys", "use", "work", "--profile", "private"]).expect(2).says("stored are: home");
    environment.run(&["keys", "use", "home", "--profile", "private"]).expect(0);
    assert_eq!(listed(&environment, "work")["in_use"], true, "the other profile is left as it was");
}

#[test]
fn a_key_is_sent_only_to_the_marketplace_that_it_belongs_to() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    environment.key("laptop", &[]);
    let project = environment.plain_project();
    let same_server_by_another_name = sandbox.url.replace("127.0.0.1", "localhost");
    let refused = environment.run_in(&project, &["publish", "--marketplace", &same_server_by_another_name]).expect(3);
    refused
        .says("there is no credential for the marketplace at http://localhost:")
        .says("proveniq keys import --name NAME");
}

#[test]
fn no_command_prints_a_secret() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let created = environment.run(&["keys", "create", "--name", "laptop", "--verbose"]).expect(0);
    let secret = environment.secret_of("laptop");
    keeps_secret(&created, &secret);
    for words in [
        &["keys", "list"][..],
        &["keys", "use", "laptop"],
        &["keys", "create", "--name", "laptop"],
        &["doctor"],
        &["sandbox", "status"],
        &["search", "plain"],
        &["certify", "--static"],
        &["pack", "--out", "../plain.tar.zst"],
        &["publish", "--dry-run"],
        &["publish"],
        &["info", "acme/plain"],
        &["keys", "revoke", "laptop"],
    ] {
        for form in [&["--verbose"][..], &["--verbose", "--json"]] {
            let finished = environment.run_in(&project, &[words, form].concat());
            keeps_secret(&finished, &secret);
            keeps_secret(&finished, token.trim());
        }
    }
    let log = fs::read_to_string(environment.path("state/sandbox/sandbox.log")).expect("log");
    assert!(!log.contains(&secret[13..]) && !log.contains(&token[13..]), "{log}");
}
