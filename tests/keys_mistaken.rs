//! A secret where a name is due, and keys that a thief may have made: what is said, and what is not repeated.

use serde_json::json;

use crate::support::{Http, Sandbox, TestEnvironment, text};

#[test]
fn a_secret_that_is_given_as_a_name_is_refused_and_not_repeated() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let key = text(&identity.post("/v1/keys", &json!({"name": "ci"})).expect(201), "secret");
    let signing = text(&identity.get("/v1/webhook-secret").expect(200), "secret");
    let cut = key[..key.len() - 1].to_owned();
    for (secret, words) in [
        (&key, "that is a key, not a name"),
        (&cut, "that is a key, not a name"),
        (&format!("PROVENIQ_API_KEY={key}"), "that is a key, not a name"),
        (&signing, "that is a signing secret, not a name"),
    ] {
        for command in [
            &["show"][..],
            &["show", "--reveal"],
            &["use"],
            &["revoke"],
            &["rotate"],
            &["rotate", "--resume"],
            &["rotate", "--abort"],
            &["rotate", "--check"],
        ] {
            for form in [&[][..], &["--json"]] {
                let told = environment.run(&[&["keys"], command, &[secret.as_str()], form].concat()).expect(2);
                let said = format!("{}{}", told.stdout, told.stderr);
                assert!(said.contains(words) && said.contains("keys list"), "{command:?}: {said}");
                assert!(!said.contains(&secret[20..40]), "{command:?}: {said}");
            }
        }
        // Words that the parser itself refuses.
        for command in [&["keys", "list"][..], &["keys", "show", "ci"], &["keys", "rotate", "--to=stdout", "ci"]] {
            for form in [&[][..], &["--json"]] {
                let told = environment.run(&[command, &[secret.as_str()], form].concat()).expect(2);
                let said = format!("{}{}", told.stdout, told.stderr);
                assert!(said.contains("unexpected argument") && !said.contains(&secret[20..40]), "{said}");
            }
        }
    }
    // Other words that errors repeat.
    for command in [
        &["info", &key][..],
        &["install", &key],
        &["uninstall", &key],
        &["template", "show", &key],
        &["sandbox", "emit", &key],
        &["whoami", "--marketplace", &key],
        &["keys", "create", "--name", "x", "--scope", &key],
        &["keys", "create", "--name", "x", "--expires", &key],
    ] {
        for form in [&[][..], &["--json"]] {
            let told = environment.run(&[command, form].concat()).expect(2);
            let said = format!("{}{}", told.stdout, told.stderr);
            assert!(said.contains("pvq_…") && !said.contains(&key[20..40]), "{command:?}: {said}");
        }
    }
    assert_eq!(environment.file_store(), "");
}

#[test]
fn who_revokes_a_key_is_told_of_what_succeeds_it() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let made = identity.post("/v1/keys", &json!({"name": "ci"})).expect(201);
    let (stolen, thief) = (text(&made["key"], "id"), identity.with_key(&text(&made, "secret")));
    let second = thief.post("/v1/keys/current/successor", &json!({})).expect(201);
    let heir = identity.with_key(&text(&second, "secret"));
    let third = heir.post("/v1/keys/current/successor", &json!({})).expect(201);
    let last = identity.with_key(&text(&third, "secret"));
    let (second, third) = (text(&second["key"], "id"), text(&third["key"], "id"));

    let told = environment.run(&["keys", "revoke", &stolen]).expect(0);
    let told = told.says(&format!("hint: a key that was made with it still works: {second}, {third}"));
    told.says(&format!("`proveniq keys revoke {second}`")).says(&format!("`proveniq keys revoke {third}`"));
    thief.get("/v1/keys/current").problem(401, "key_revoked");
    last.get("/v1/keys/current").expect(200);

    let told = environment.run(&["keys", "revoke", &second, "--json"]).expect(0).json();
    assert_eq!(told["living_successors"], json!([third]), "{told}");
    let told = environment.run(&["keys", "revoke", &third]).expect(0);
    assert!(!told.stderr.contains("still work"), "{}", told.stderr);
    last.get("/v1/keys/current").problem(401, "key_revoked");

    // Whoever names a key ends all of that name.
    let made = identity.post("/v1/keys", &json!({"name": "cd"})).expect(201);
    identity.with_key(&text(&made, "secret")).post("/v1/keys/current/successor", &json!({})).expect(201);
    let told = environment.run(&["keys", "revoke", "cd"]).expect(0);
    assert!(!told.stderr.contains("still work"), "{}", told.stderr);
}

/// What people read fits a terminal of 80 columns; a document is as it was.
#[test]
fn what_tells_scopes_fits_80_columns() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    for command in [&["keys", "create", "--name", "ci"][..], &["keys", "show", "ci"], &["whoami"], &["doctor"]] {
        let told = environment.run(command).expect(0).stdout;
        let own_paths = environment.path("").display().to_string();
        let long = told.lines().find(|line| line.chars().count() > 80 && !line.contains(&own_paths));
        assert_eq!(long, None, "{command:?}: {told}");
        assert!(
            command == ["doctor"] || told.contains("\n             events:read events:write"),
            "{command:?}: {told}"
        );
    }
    let shown = environment.run(&["keys", "show", "ci", "--json"]).expect(0).json();
    assert!(shown["key"]["scopes"].as_array().is_some_and(|scopes| scopes.len() > 10), "{shown}");
    // Nothing is there: this is when `doctor` has most to say.
    let bare = TestEnvironment::new();
    let told = bare.run(&["doctor"]).stdout;
    let own_paths = bare.path("").display().to_string();
    let long = told.lines().find(|line| line.chars().count() > 80 && !line.contains(&own_paths));
    assert_eq!(long, None, "{told}");
}
