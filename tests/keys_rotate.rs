//! `keys rotate`: a fresh key in the place of the old one, handed over, and the end of the old one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use crate::support::{Finished, Http, Sandbox, TestEnvironment, at_once, left_out};

impl TestEnvironment {
    /// Creates a key; returns its secret.
    pub fn create_key(&self, name: &str, flags: &[&str]) -> String {
        self.run(&[&["keys", "create", "--name", name], flags].concat()).expect(0);
        self.stored_key(name)
    }

    /// The secret that is stored under a name.
    pub fn stored_key(&self, name: &str) -> String {
        let accounts = self.stored_accounts();
        let found = accounts.iter().find(|(account, _)| account.ends_with(&format!("/{name}")));
        found.unwrap_or_else(|| panic!("{name} in {:?}", accounts.keys())).1.as_str().expect("text").to_owned()
    }

    /// All that the file store holds.
    pub fn stored_accounts(&self) -> serde_json::Map<String, Value> {
        let text = fs::read_to_string(self.path("config/credentials.json")).unwrap_or_else(|_| "{}".into());
        serde_json::from_str(&text).expect("JSON")
    }

    /// Names of the journals of what was begun and not finished.
    pub fn unfinished(&self) -> Vec<String> {
        let mut names = self.listing(&self.path("state/journals"));
        names.retain(|name| name.contains(".json"));
        names
    }
}

/// The account's keys that work, oldest first.
pub fn living(environment: &TestEnvironment, sandbox: &Sandbox<'_>) -> Vec<Value> {
    let now = jiff::Timestamp::now();
    let listed = Http::identity(environment, sandbox).get("/v1/keys").expect(200);
    let keys = listed["data"].as_array().expect("keys").iter().rev();
    let ended = |key: &Value| {
        let end = key["expires_at"].as_str().map(|text| text.parse::<jiff::Timestamp>().expect("time"));
        !key["revoked_at"].is_null() || end.is_some_and(|end| end <= now)
    };
    keys.filter(|key| !ended(key)).cloned().collect()
}

pub fn works(sandbox: &Sandbox<'_>, secret: &str) -> bool {
    Http::new(&sandbox.url, Some(secret)).get("/v1/keys/current").status == 200
}

/// Expects that nothing that was printed holds a key, or as much of one as would do harm.
#[track_caller]
pub fn keeps(finished: &Finished, secrets: &[&str]) {
    for secret in secrets {
        for text in [&finished.stdout, &finished.stderr] {
            assert!(!text.contains(&secret[13..]), "{}… is printed in {text}", &secret[..13]);
        }
    }
}

#[test]
fn a_stored_key_rotates_with_no_scope_for_it_and_both_work_until_the_grace_is_over() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &["--scope", "packages:read", "--expires", "30d"]);
    environment.create_key("other", &[]);
    let finished = environment.run(&["keys", "rotate", "ci", "--grace", "1h", "--json"]).expect(0);
    let document = finished.json();
    let new = environment.stored_key("ci");
    keeps(&finished, &[&old, &new]);
    assert_ne!(old, new);
    assert!(works(&sandbox, &old) && works(&sandbox, &new));
    assert_eq!(document["schema"], "proveniq.keys-rotate/1");
    assert_eq!((&document["name"], &document["stored"]), (&"ci".into(), &"file".into()));
    assert_eq!(document["key"]["scopes"], serde_json::json!(["packages:read"]));
    assert_eq!(document["key"]["predecessor"], document["rotated"]["id"]);
    let keys = living(&environment, &sandbox);
    let seconds = |key: &Value, field: &str| {
        key[field].as_str().expect("time").parse::<jiff::Timestamp>().expect("time").as_second()
    };
    let old_key = keys.iter().find(|key| key["id"] == document["rotated"]["id"]).expect("old");
    let now = jiff::Timestamp::now().as_second();
    assert!((3590..=3600).contains(&(seconds(old_key, "expires_at") - now)), "{old_key}");
    let new_key = keys.iter().find(|key| key["id"] == document["key"]["id"]).expect("new");
    assert_eq!(seconds(new_key, "expires_at") - seconds(new_key, "created_at"), 30 * 86_400);

    // The key in use stays the one in use; nothing is left beside the keys, and no journal.
    let listed = environment.run(&["keys", "list", "--json"]).expect(0).json();
    let in_use: Vec<_> = listed["keys"].as_array().expect("keys").iter().filter(|key| key["in_use"] == true).collect();
    assert_eq!((in_use.len(), &in_use[0]["name"]), (1, &"other".into()));
    assert_eq!(environment.stored_accounts().len(), 2);
    assert_eq!(environment.unfinished(), [""; 0]);

    environment.run(&["keys", "rotate", "ci", "--grace", "0s"]).expect(0);
    assert!(!works(&sandbox, &new) && works(&sandbox, &environment.stored_key("ci")));
    environment.run(&["keys", "rotate", "--grace", "1h"]).expect(0);
    assert_eq!(living(&environment, &sandbox).len(), 4, "the one in use rotated: other, and the grace of ci's first");
}

#[test]
fn the_key_is_handed_over_on_standard_input_alone() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &[]);
    let seen = environment.work().join("seen");
    let script =
        "cat > seen; tr '\\0' ' ' < /proc/$$/cmdline > arguments; tr '\\0' '\\n' < /proc/$$/environ > variables";
    let command = format!("command:sh -c \"{script}\"").replace("$$", "\\$\\$");
    let target = environment.work().join("keys.env");
    fs::write(&target, "A=1\nMY_KEY=old\n").expect("written");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o644)).expect("mode");
    let finished = environment.run_with_variable(
        ("PROVENIQ_API_KEY", &old),
        &["keys", "rotate", "ci", "--to", &command, "--to", "env-file:keys.env#MY_KEY", "--to", "stdout"],
    );
    let finished = finished.expect(0);
    let new = environment.stored_key("ci");
    assert_eq!(finished.stdout, format!("{new}\n"), "the key alone");
    assert!(!finished.stderr.contains(&new[13..]), "{}", finished.stderr);
    assert_eq!(fs::read_to_string(seen).expect("seen"), format!("{new}\n"));
    assert_eq!(fs::read_to_string(&target).expect("file"), format!("A=1\nMY_KEY={new}\n"));
    assert_eq!(fs::metadata(&target).expect("file").permissions().mode() & 0o777, 0o600);
    for place in ["arguments", "variables"] {
        let text = fs::read_to_string(environment.work().join(place)).expect(place);
        assert!(!text.is_empty() && !text.contains("pvq_test_"), "{place}: {text}");
    }
    assert!(works(&sandbox, &old));
}

#[test]
fn a_key_of_the_environment_passes_through_and_needs_somewhere_to_go() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &["--scope", "packages:read"]);
    let ci = {
        let mut ci = TestEnvironment::new();
        ci.set("PROVENIQ_MARKETPLACE_URL", &sandbox.url);
        ci.set("PROVENIQ_API_KEY", &old);
        ci
    };
    let refused = ci.run(&["keys", "rotate"]).expect(2);
    refused.says("say where the fresh one goes").says("hint: hand it over with --to");
    assert_eq!(living(&environment, &sandbox).len(), 1, "nothing was made");
    ci.run(&["keys", "rotate", "--to", "env-file:ci.env"]).expect(0);
    let text = fs::read_to_string(ci.work().join("ci.env")).expect("file");
    let new = text.trim().strip_prefix("PROVENIQ_API_KEY=").expect("variable").to_owned();
    assert!(works(&sandbox, &new) && works(&sandbox, &old));
    assert_eq!(ci.stored_accounts().len(), 0, "it is written nowhere else");
    let again = ci.run(&["keys", "rotate", "--to", "stdout"]).expect(5);
    again.says("has a successor already").says("hint:");
    let again = ci.run(&["keys", "rotate", "--to", "stdout", "--replace"]).expect(5);
    again.says("has a successor already");
    assert!(works(&sandbox, &new), "a finished rotation is not given up");
    ci.run_with_variable(("PROVENIQ_API_KEY", &new), &["keys", "rotate", "--store", "file"]).expect(0);
    assert!(works(&sandbox, &ci.stored_key("ci")));
    // Neither stored nor in the environment: whoever may administer keys rotates it.
    let elsewhere = environment.run(&["keys", "create", "--name", "far", "--json"]).expect(0).json();
    environment
        .run_with_variable(
            ("PROVENIQ_CONFIG_DIR", environment.path("another").to_str().expect("UTF-8")),
            &["keys", "rotate", "far", "--to", "env-file:far.env", "--grace", "0s"],
        )
        .expect(0);
    let far = Http::identity(&environment, &sandbox)
        .get(&format!("/v1/keys/{}", elsewhere["key"]["id"].as_str().expect("id")));
    assert!(far.expect(200)["successor"].is_string());
    environment
        .run(&["keys", "rotate", "nobody", "--to", "stdout"])
        .expect(2)
        .says("there is no living key \"nobody\"");
}

#[test]
fn of_rotations_that_begin_at_once_one_wins_and_the_others_have_exit_code_5() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let key = environment.create_key("ci", &[]);
    // On one machine a lock decides.
    let codes = at_once(6, |_| environment.run(&["keys", "rotate", "ci", "--to", "command:sh -c 'sleep 1; cat'"]).code);
    assert_eq!(codes, [0, 5, 5, 5, 5, 5]);
    assert_eq!(living(&environment, &sandbox).len(), 2);
    assert!(works(&sandbox, &key) && works(&sandbox, &environment.stored_key("ci")));
    // Between machines the marketplace does.
    let shared = environment.stored_key("ci");
    let machines: Vec<_> = (0..4)
        .map(|_| {
            let mut machine = TestEnvironment::new();
            machine.set("PROVENIQ_MARKETPLACE_URL", &sandbox.url);
            machine.run_with_input(&["keys", "import", "--name", "ci"], &shared).expect(0);
            machine
        })
        .collect();
    let codes = at_once(4, |number| machines[number].run(&["keys", "rotate", "ci"]).code);
    assert_eq!(codes, [0, 5, 5, 5]);
    assert_eq!(living(&environment, &sandbox).len(), 3);
    for machine in &machines {
        assert!(works(&sandbox, &machine.stored_key("ci")), "each machine has a key that works");
        assert_eq!(machine.unfinished(), [""; 0]);
        assert_eq!(machine.stored_accounts().len(), 1);
    }
}

#[test]
fn a_rotation_is_due_by_age_and_near_the_end() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.create_key("ci", &["--expires", "60m"]);
    let check = |flags: &[&str]| environment.run(&[&["keys", "rotate", "--check", "--json"], flags].concat());
    let fresh = check(&["ci"]).expect(0).json();
    assert_eq!((&fresh["schema"], &fresh["due"]), (&"proveniq.keys-rotate-check/1".into(), &Value::Null));
    let old = check(&["--max-age", "0s"]).expect(1).json();
    assert_eq!(old["due"], "age");
    environment.run(&["keys", "rotate", "--check", "--max-age", "0s"]).expect(1).says("hint: rotate it");
    environment.run(&["keys", "rotate", "ci", "--grace", "5m"]).expect(0);
    check(&["ci"]).expect(0);
    check(&["nope"]).expect(3);
    for bad in [&["--check", "--max-age", "soon"][..], &["--max-age", "1d"], &["--check", "--to", "stdout"]] {
        environment.run(&[&["keys", "rotate"], bad].concat()).expect(2);
    }
}

#[test]
fn the_signing_secret_is_looked_at_as_the_person_whatever_the_key_in_use_may_do() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.create_key("ci", &["--scope", "packages:read"]);
    let check = |flags: &[&str]| environment.run(&[&["keys", "rotate", "--webhook", "--check"], flags].concat());
    let fresh = check(&["--json"]).expect(0).json();
    assert_eq!((&fresh["due"], &fresh["max_age"]), (&Value::Null, &"60d".into()));
    let old = check(&["--max-age", "0s", "--json"]).expect(1).json();
    assert_eq!((&old["due"], &old["name"]), (&"age".into(), &fresh["name"]));
    check(&["--max-age", "0s"]).expect(1).says("hint: rotate it with `proveniq keys rotate --webhook`");
    // A key of the environment is the credential that was asked for, and may not.
    let narrow = environment.stored_key("ci");
    let refused = environment
        .run_with_variable(("PROVENIQ_API_KEY", &narrow), &["keys", "rotate", "--webhook", "--check"])
        .expect(3);
    refused.says("lacks the scope events:read");
}

#[test]
fn a_clock_that_is_off_by_days_changes_nothing() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &["--expires", "30d"]);
    for shift in ["+200d", "-200d"] {
        let run = |arguments: &[&str]| {
            let command = environment.with_clock(shift, &[&["keys", "rotate"], arguments].concat());
            command.map(|mut command| Finished::of(command.spawn().expect("started")))
        };
        let Some(checked) = run(&["ci", "--check", "--json"]) else {
            return left_out("faketime is not installed");
        };
        let checked = checked.expect(0).json();
        assert_eq!(checked["due"], Value::Null, "{shift}: {checked}");
        run(&["ci", "--grace", "1h"]).expect("installed").expect(0);
        let new = environment.stored_key("ci");
        assert!(works(&sandbox, &new) && works(&sandbox, &old), "{shift}");
    }
    for key in living(&environment, &sandbox) {
        let end: jiff::Timestamp = key["expires_at"].as_str().expect("end").parse().expect("time");
        let left = end.as_second() - jiff::Timestamp::now().as_second();
        assert!((3500..=3600).contains(&left) || left > 29 * 86_400, "{key}");
    }
}

#[test]
fn a_key_is_shown_and_revealed_only_when_that_is_confirmed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let secret = environment.create_key("ci", &["--scope", "packages:read"]);
    let shown = environment.run(&["keys", "show", "ci", "--json"]).expect(0);
    keeps(&shown, &[&secret]);
    let document = shown.json();
    assert_eq!((&document["schema"], &document["stored"]), (&"proveniq.keys-show/1".into(), &"file".into()));
    assert_eq!(document.get("secret"), None);
    keeps(&environment.run(&["keys", "show", "ci"]).expect(0), &[&secret]);
    let refused = environment.run(&["keys", "show", "ci", "--reveal"]).expect(2).says("hint: add --yes");
    keeps(&refused, &[&secret]);
    let revealed = environment.run(&["keys", "show", "ci", "--reveal", "--yes"]).expect(0).says("packages:read");
    assert_eq!(revealed.stdout, format!("{secret}\n"), "the secret alone");
    let revealed = environment.run(&["keys", "show", "ci", "--reveal", "--yes", "--json"]).expect(0).json();
    assert_eq!(revealed["secret"], secret.as_str());
    Http::identity(&environment, &sandbox).post("/v1/keys", &serde_json::json!({"name": "far"})).expect(201);
    environment.run(&["keys", "show", "far"]).expect(0);
    environment.run(&["keys", "show", "far", "--reveal", "--yes"]).expect(2).says("is not on this machine");
    environment.run(&["keys", "show", "nope"]).expect(2).says("there is no key \"nope\"");
}

#[test]
fn the_signing_secret_rotates_and_the_integration_is_given_both() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let told = || environment.run(&["listen", "secret"]).expect(0).stdout.trim().to_owned();
    let first = told();
    environment.run(&["keys", "rotate", "--webhook"]).expect(2).says("say where the fresh one goes");
    let finished =
        environment.run(&["keys", "rotate", "--webhook", "--to", "env-file:.env", "--grace", "1h"]).expect(0);
    let both = told();
    let (second, previous) = both.split_once(' ').expect("two secrets");
    assert_eq!(previous, first);
    assert!(!finished.stdout.contains(second) && !finished.stderr.contains(second));
    let file = fs::read_to_string(environment.work().join(".env")).expect("file");
    assert_eq!(file, format!("PROVENIQ_WEBHOOK_SECRET=\"{both}\"\n"));
    let sourced =
        environment.prepared("sh", &environment.work(), &["-c", ". ./.env; printf %s \"$PROVENIQ_WEBHOOK_SECRET\""]);
    assert_eq!(Finished::of({ sourced }.spawn().expect("sh")).stdout, both, "a shell reads the same");
    let rotate = ["keys", "rotate", "--webhook", "--to", "env-file:.env"];
    environment.run(&rotate).expect(0);
    let three = told();
    let (third, before) = three.split_once(' ').expect("secrets");
    assert_eq!(before, both, "those of the rotation before sign until their ends");
    let failing = ["keys", "rotate", "--webhook", "--to", "command:false", "--grace", "0s"];
    environment.run(&failing).expect(4).says("nothing was changed");
    assert_eq!(told(), three);
    http.patch("/v1/webhook-secret", &json!({"previous_expires_in": 0})).expect(200);
    assert_eq!(told(), third);
    // A hand-over that fails leaves the old one the only one.
    environment.run(&failing).expect(4).says("nothing was changed");
    assert_eq!(told(), third);
    // One that was cut off goes on.
    let hanging = ["keys", "rotate", "--webhook", "--timeout", "1", "--to", "command:sh -c 'test -e go || sleep 60'"];
    environment.run(&hanging).expect(4).says("--resume");
    assert_eq!(told().split(' ').count(), 2);
    fs::write(environment.work().join("go"), "").expect("written");
    environment.run(&["keys", "rotate", "--resume"]).expect(0);
    let document = http.get("/v1/webhook-secret").expect(200);
    assert!(document["previous"]["expires_at"].is_string(), "{document}");
    assert_eq!(environment.unfinished(), [""; 0]);
}

#[test]
fn revoking_by_name_leaves_no_key_of_that_name_alive() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    environment.run(&["keys", "rotate", "ci"]).expect(0);
    let living = || {
        let listed = environment.run(&["keys", "list", "--json"]).expect(0).json();
        listed["keys"].as_array().expect("keys").iter().filter(|key| key["status"] == "active").count()
    };
    assert_eq!(living(), 2, "both work until the grace period is over");
    let revoked = environment.run(&["keys", "revoke", "ci", "--json"]).expect(0).json();
    assert_eq!(revoked["also_revoked"].as_array().expect("keys").len(), 1, "{revoked}");
    assert_eq!(living(), 0);
}

#[test]
fn a_link_to_an_env_file_stays_one_and_a_folder_that_is_not_there_is_no_target() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    let work = environment.work();
    std::fs::write(work.join("real.env"), "A=1\n").expect("written");
    std::os::unix::fs::symlink("real.env", work.join("link.env")).expect("link");
    environment.run(&["keys", "rotate", "ci", "--to", "env-file:link.env"]).expect(0);
    assert!(work.join("link.env").is_symlink());
    let text = std::fs::read_to_string(work.join("real.env")).expect("file");
    assert!(text.starts_with("A=1\nPROVENIQ_API_KEY=pvq_test_"), "the target of the link has the key");
    environment.run(&["keys", "rotate", "ci", "--to", "env-file:nowhere/x.env"]).says("there is no folder");
    assert!(!work.join("nowhere").exists());
}

/// The secret that leaked is the present one, and the one before it still signs.
#[test]
fn a_signing_secret_that_leaks_during_a_grace_period_ends_at_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let rotate = |grace: &str| {
        let words = ["keys", "rotate", "--webhook", "--to", "env-file:.env", "--grace", grace];
        environment.run(&words).expect(0);
        http.get("/v1/webhook-secret").expect(200)
    };
    let leaked = rotate("24h");
    assert!(leaked["previous"]["expires_at"].is_string(), "{leaked}");
    let fresh = rotate("0s");
    assert_ne!(fresh["secret"], leaked["secret"]);
    assert_eq!((fresh.get("previous"), fresh.get("older")), (None, None), "{fresh}");

    // One that somebody else began is another matter, and the hint is true.
    http.post_once("/v1/webhook-secret/rotate", "elsewhere", &json!({})).expect(200);
    let words = ["keys", "rotate", "--webhook", "--to", "env-file:.env"];
    environment.run(&words).expect(5).says("makes room with --replace").says("nothing was changed");
    environment.run(&[&words[..], &["--replace"]].concat()).expect(0);
}
