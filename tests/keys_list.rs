//! `keys list` and `keys audit`: what is shown of keys, and which of them want attention.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::keys::{keeps_secret, listed};
use crate::support::{Sandbox, TestEnvironment};

#[test]
fn keys_that_end_soon_or_that_nothing_uses_are_warned_of() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    for (name, lifetime) in [("soon", "13d"), ("hour", "61m"), ("later", "15d"), ("gone", "13d"), ("expired", "1h")] {
        environment.key(name, &["--expires", lifetime]);
    }
    for name in ["idle", "never", "fresh"] {
        environment.key(name, &[]);
    }
    environment.run(&["keys", "revoke", "gone"]).expect(0);
    let day: i64 = 86_400_000_000;
    let change = |column: &str, days: i64, name: &str| {
        let set = format!("UPDATE api_keys SET {column} = (SELECT max(created_at) FROM api_keys) - {days} * {day}");
        environment.change_database(&format!("{set} WHERE name = '{name}'"));
    };
    change("created_at", 300, "idle");
    change("last_used_at", 91, "idle");
    change("created_at", 91, "never");
    change("created_at", 300, "fresh");
    change("last_used_at", 89, "fresh");
    change("created_at", 300, "gone");
    change("expires_at", 1, "expired");
    let told = environment.run(&["keys", "list"]).expect(0);
    let warnings: Vec<_> = told.stderr.lines().map(|line| line.split(", on 20").next().expect("line")).collect();
    let mut sorted = warnings.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "warning: the key \"hour\" expires in 1 hour",
            "warning: the key \"idle\" was last used 91 days ago: revoke it where nothing needs it",
            "warning: the key \"never\" was never used since it was created, 91 days ago: revoke it where nothing needs it",
            "warning: the key \"soon\" expires in 12 days",
        ]
    );
    let json = environment.run(&["keys", "list", "--json"]).expect(0);
    assert_eq!(json.stderr, "", "programs read the fields");
    let with = |field: &str| {
        let keys = json.json()["keys"].as_array().expect("keys").clone();
        let mut names: Vec<_> =
            keys.into_iter().filter(|key| key[field] == true).map(|key| key["name"].clone()).collect();
        names.sort_by_key(ToString::to_string);
        names
    };
    assert_eq!(with("expires_soon"), ["hour", "soon"]);
    assert_eq!(with("unused"), ["idle", "never"]);
    assert_eq!(environment.run(&["keys", "list", "--quiet"]).expect(0).stderr, "");
}

#[test]
fn a_key_that_has_a_successor_is_meant_to_end() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.key("ci", &["--expires", "60d"]);
    environment.run(&["keys", "rotate", "ci", "--grace", "1d"]).expect(0);
    let listed = || environment.run(&["keys", "list", "--json"]).expect(0).json()["keys"].clone();
    assert_eq!(environment.run(&["keys", "list"]).expect(0).stderr, "");
    let keys = listed();
    assert_eq!(keys.as_array().expect("keys").len(), 2, "both work: {keys}");
    assert!(keys.as_array().expect("keys").iter().all(|key| key["expires_soon"] == false), "{keys}");
    // One whose successor is gone is missed when it ends.
    environment.change_database("UPDATE api_keys SET revoked_at = 1 WHERE predecessor IS NOT NULL");
    environment.run(&["keys", "list"]).expect(0).says("warning: the key \"ci\" expires in 23 hours");
    assert_eq!(listed().as_array().expect("keys").iter().filter(|key| key["expires_soon"] == true).count(), 1);
}

#[test]
fn the_list_fits_80_columns_and_tells_scopes_and_times() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.key(
        "claim-sync-on-ci",
        &[
            "--expires",
            "90d",
            "--scope",
            "packages:read,packages:publish,events:read,\
        ledger:events:read,ledger:events:write",
        ],
    );
    environment.key("laptop", &[]);
    let list = environment.run(&["keys", "list"]).expect(0).stdout;
    let days = regex::Regex::new(r"\d{4}-\d\d-\d\d").expect("pattern");
    let keys = regex::Regex::new(r"pvq_test_[0-9A-Za-z]{4}").expect("pattern");
    let list = keys.replace_all(&days.replace_all(&list, "YYYY-MM-DD"), "pvq_test_xxxx").into_owned();
    assert!(list.lines().skip(1).all(|line| line.chars().count() <= 80), "{list}");
    let (_, table) = list.split_once('\n').expect("heading");
    insta::assert_snapshot!(table, @r"
       NAME              KEY             STATUS  STORED IN  EXPIRES     LAST USED
    *  laptop            pvq_test_xxxx…  active  file       never       never
       created YYYY-MM-DD, may: everything
       claim-sync-on-ci  pvq_test_xxxx…  active  file       YYYY-MM-DD  never
       created YYYY-MM-DD, may: packages:read packages:publish events:read
         ledger:events:read ledger:events:write
    ");
}

#[test]
fn what_is_stored_here_is_listed_without_a_marketplace_and_without_the_store() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let secret = environment.key("one", &["--expires", "13d"]);
    environment.key("two", &[]);
    environment.key("other", &["--profile", "private"]);
    environment.run(&["keys", "create", "--signing", "--publisher", "acme", "--name", "signer"]).expect(0);
    let url = sandbox.url.clone();
    drop(sandbox);
    // The store is not opened: it could not be.
    fs::set_permissions(environment.path("config/credentials.json"), fs::Permissions::from_mode(0o644)).expect("mode");
    let listed = environment.run(&["keys", "list", "--local", "--json"]).expect(0);
    keeps_secret(&listed, &secret);
    let document = listed.json();
    assert_eq!(
        (document["schema"].as_str(), document["profile"].as_str()),
        (Some("proveniq.keys-list-local/1"), Some("default"))
    );
    let keys = document["keys"].as_array().expect("keys");
    let field = |field: &str| keys.iter().map(|key| key[field].clone()).collect::<Vec<_>>();
    assert_eq!(field("name"), ["one", "two"]);
    assert_eq!(field("marketplace"), [url.as_str(), url.as_str()]);
    assert_eq!(field("in_use"), [false, true]);
    assert_eq!(field("expires_soon"), [true, false]);
    assert_eq!(field("stored"), ["file", "file"]);
    let signing = &document["signing_keys"][0];
    assert_eq!((&signing["name"], &signing["publisher"]), (&"signer".into(), &"acme".into()));
    assert_eq!((&signing["marketplace"], &signing["stored"]), (&url.as_str().into(), &"file".into()));
    let human = environment.run(&["keys", "list", "--local"]).expect(0).stdout;
    assert!(human.lines().any(|line| line.starts_with("signer  acme ") && line.ends_with(&url)), "{human}");
    assert!(human.lines().any(|line| line.starts_with("*  two   pvq_test_") && line.ends_with(&url)), "{human}");
    assert!(
        environment.run(&["keys", "list", "--local", "--profile", "none"]).expect(0).stdout.contains("there are none")
    );
    let elsewhere = environment.run(&["keys", "list", "--local", "--marketplace", "https://market.test"]).expect(0);
    assert!(
        elsewhere.stdout.contains("there are none") && !elsewhere.stdout.contains("signer"),
        "{}",
        elsewhere.stdout
    );
    let here = environment.run(&["keys", "list", "--local", "--marketplace", &url]).expect(0);
    assert!(here.stdout.contains("two"), "{}", here.stdout);
    environment.run(&["keys", "list", "--marketplace", &url]).expect(3);
    let unreachable =
        environment.run_with_variable(("PROVENIQ_API_KEY", &secret), &["keys", "list", "--marketplace", &url]);
    unreachable.expect(4).says("`proveniq keys list --local`");
}

#[test]
fn an_expired_key_is_told_to_be_so() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let secret = environment.key("short", &["--expires", "1h"]);
    environment.change_database("UPDATE api_keys SET expires_at = 1 WHERE name = 'short'");
    let project = environment.plain_project();
    let refused = environment.run_in(&project, &["publish"]).expect(3).says("the key \"short\" has expired");
    keeps_secret(&refused.says("hint: create another with `proveniq keys create`"), &secret);
    assert_eq!(listed(&environment, "short")["status"], "expired");
    assert!(environment.run(&["doctor"]).expect(1).stdout.contains("the key \"short\" has expired"));
}

#[test]
fn the_audit_names_what_is_wrong_and_ends_with_1_where_something_is_to_be_done() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.key("sound", &["--scope", "keys:read", "--expires", "90d"]);
    let remarks = |code: i32| {
        let document = environment.run(&["keys", "audit", "--json"]).expect(code).json();
        let findings = document["findings"].as_array().expect("findings").clone();
        let told =
            findings.iter().map(|one| format!("{} {}", one["name"].as_str().unwrap(), one["remark"].as_str().unwrap()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(remarks(0), ["sound plain_text"], "a remark is no problem");

    environment.key("wide", &[]);
    assert_eq!(remarks(0), ["wide never_ends", "wide does_everything", "sound plain_text", "wide plain_text"]);
    environment.change_database("UPDATE api_keys SET created_at = created_at - 8640000000000 WHERE name = 'wide'");
    assert_eq!(remarks(1)[0], "wide unused");
    environment.change_database("UPDATE api_keys SET revoked_at = created_at WHERE name = 'sound'");
    let told = environment.run(&["keys", "audit"]).expect(1).stdout;
    assert!(told.starts_with("sound works no more, and is stored here still"), "{told}");
    assert!(told.ends_with(": 2 problems, 3 remarks\n"), "{told}");
}
