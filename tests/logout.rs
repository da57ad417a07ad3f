//! `logout`, and sign-ins that take each other's place: what ends, what stays, and what is left behind.

use std::fs;

use crate::login::{holding, nobody_is_signed_in};
use crate::support::{Application, Http, Person, Sandbox, SigningIn, TestEnvironment, follow, sign_in};

#[test]
fn a_second_sign_in_takes_the_place_of_the_first_which_ends() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    let first = environment.stored_token("access").expect("token");
    sign_in(&environment, &sandbox, &[]);
    let second = environment.stored_token("access").expect("token");
    Http::new(&sandbox.url, Some(&first)).get("/v1/account").problem(401, "token_revoked");
    Http::new(&sandbox.url, Some(&second)).get("/v1/account").expect(200);

    // Another profile is another person.
    sign_in(&environment, &sandbox, &["--profile", "work"]);
    Http::new(&sandbox.url, Some(&second)).get("/v1/account").expect(200);
    assert_eq!(environment.living_grants(), 2);
    environment.run(&["logout"]).expect(0);
    let who = environment.run(&["whoami", "--profile", "work", "--json"]).expect(0).json();
    assert_eq!((&who["credential"]["source"], &who["profile"]), (&"login".into(), &"work".into()));
    assert_eq!(environment.living_grants(), 1);
}

#[test]
fn of_two_who_sign_in_at_once_one_stays() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let logins: Vec<_> = (0..4).map(|_| SigningIn::begin(&environment, &[])).collect();
    let locations: Vec<_> = logins.iter().map(|login| login.allowed_by(&mut person)).collect();
    crate::support::at_once(locations.len(), |number| follow(&locations[number]).status);
    for login in logins {
        login.ends().expect(0);
    }
    assert_eq!(environment.living_grants(), 1, "what was replaced was revoked");
    environment.run(&["whoami"]).expect(0);
}

#[test]
fn a_sign_in_moves_to_another_store_and_leaves_nothing_in_the_first() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_STORE_PASSPHRASE", "correct horse");
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    let first = environment.stored_token("access").expect("token");
    sign_in(&environment, &sandbox, &["--store", "age"]);
    assert_eq!(environment.file_store(), "");
    assert_eq!(holding(&environment.path("config"), "pvq_"), [""; 0], "it is encrypted");
    Http::new(&sandbox.url, Some(&first)).get("/v1/account").problem(401, "token_revoked");
    let who = environment.run(&["whoami", "--json"]).expect(0).json();
    assert_eq!(who["credential"]["store"], "age");
    environment.run_with_variable(("PROVENIQ_STORE_PASSPHRASE", "wrong"), &["whoami"]).expect(3);
    environment.run(&["logout"]).expect(0);
    assert_eq!(environment.living_grants(), 0);
}

#[test]
fn without_the_marketplace_nobody_is_signed_out_unless_it_is_to_be_here_alone() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    let (url, stored) = (sandbox.url.clone(), environment.file_store());
    drop(sandbox);
    let gone = environment.run(&["logout", "--marketplace", &url]).expect(4);
    gone.says("cannot be reached").says("hint: forget it here alone with `proveniq logout --local`");
    assert_eq!(environment.file_store(), stored, "still signed in");
    environment.run(&["logout"]).expect(4).says("no sandbox runs");
    let out = environment.run(&["logout", "--local"]).expect(0);
    assert!(out.stdout.contains("forgotten here; it was not revoked"), "{}", out.stdout);
    assert_eq!(environment.file_store(), "");
}

#[test]
fn a_sign_in_that_is_gone_already_is_signed_out_of() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    let refresh = environment.stored_token("refresh").expect("token");
    Application::own(&sandbox.url).posts("/oauth/revoke", &[("token", &refresh)]).expect(200);
    environment.run(&["whoami"]).expect(3).says("revoked").says("hint: sign in again with `proveniq login`");
    environment.run(&["logout"]).expect(0);
    nobody_is_signed_in(&environment);

    // One whose secret somebody took away.
    sign_in(&environment, &sandbox, &[]);
    fs::remove_file(environment.path("config/credentials.json")).expect("removed");
    environment.run(&["whoami"]).expect(3).says("is no longer in its store").says("`proveniq login`");
    environment.run(&["logout"]).expect(0);
    environment.run(&["whoami"]).expect(0);
}

#[test]
fn a_key_in_the_environment_is_told_to_come_first() {
    let mut environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    drop(sandbox);
    environment.set("PROVENIQ_API_KEY", token.trim());
    let sandbox = Sandbox::start(&environment);
    let ended = sign_in(&environment, &sandbox, &[]);
    assert!(ended.stderr.contains("PROVENIQ_API_KEY is set"), "{}", ended.stderr);
    let who = environment.run(&["whoami", "--json"]).expect(0).json();
    assert_eq!(who["credential"]["source"], "environment");
}
