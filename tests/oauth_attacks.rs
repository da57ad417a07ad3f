//! Attacks on authorization codes, refresh tokens and redirects (RFC 9700 section 4), by hand over plain HTTP.

use serde_json::{Value, json};

use crate::support::{Application, Http, Person, REDIRECT, Sandbox, TestEnvironment, VERIFIER, at_once};
use crate::support::{challenge, parameter, text};

/// A sandbox with its identity signed in, and two applications.
macro_rules! place {
    ($environment:ident, $sandbox:ident, $person:ident, $good:ident, $other:ident) => {
        let $environment = TestEnvironment::new();
        let $sandbox = Sandbox::start(&$environment);
        let identity = Http::identity(&$environment, &$sandbox);
        let mut $person = Person::signed_in(&$environment, &$sandbox);
        let $good = Application::register(&$sandbox.url, &identity, &json!({}));
        let $other = Application::register(&$sandbox.url, &identity, &json!({"name": "Other"}));
    };
}

fn reads_ledger(url: &str, document: &Value) -> u16 {
    Http::new(url, Some(&text(document, "access_token"))).get("/v1/ledger/events").status
}

#[test]
fn a_code_is_redeemed_once_and_a_second_time_ends_what_it_gave() {
    place!(_environment, sandbox, person, app, other);
    let sent = person.allows(&app.asks(&[]));
    assert!(sent.starts_with(&format!("{REDIRECT}?")), "{sent}");
    assert_eq!(parameter(&sent, "state").as_deref(), Some("s&t=\u{e4}"));
    assert_eq!(parameter(&sent, "iss").as_deref(), Some(sandbox.url.as_str()));
    let code = parameter(&sent, "code").expect("code");
    let tokens = app.redeem(&code).expect(200);
    assert_eq!(reads_ledger(&sandbox.url, &tokens), 200);
    other.redeem(&code).oauth_error(400, "invalid_grant");
    assert_eq!(reads_ledger(&sandbox.url, &tokens), 200, "another client cannot end it");
    app.redeem(&code).oauth_error(400, "invalid_grant");
    assert_eq!(reads_ledger(&sandbox.url, &tokens), 401);
    app.refresh(&text(&tokens, "refresh_token")).oauth_error(400, "invalid_grant");
}

#[test]
fn a_stolen_code_is_of_no_use_to_another_client() {
    place!(_environment, _sandbox, person, app, thief);
    let code = app.code(&mut person, &[]);
    thief.redeem(&code).oauth_error(400, "invalid_grant");
    let public = app.without_secret();
    public.redeem(&code).oauth_error(401, "invalid_client");
    app.redeem(&code).expect(200);
}

#[test]
fn a_code_is_lost_with_the_first_wrong_verifier_or_redirect() {
    place!(_environment, _sandbox, person, app, _other);
    let right = [("redirect_uri", REDIRECT), ("code_verifier", VERIFIER)];
    let wrong: [&[(&str, &str)]; 4] = [
        &[("redirect_uri", REDIRECT), ("code_verifier", &"x".repeat(43))],
        // The challenge itself: what the plain method would take.
        &[("redirect_uri", REDIRECT), ("code_verifier", &challenge(VERIFIER))],
        &[("redirect_uri", "http://127.0.0.1:49153/callback"), ("code_verifier", VERIFIER)],
        &[("redirect_uri", "http://127.0.0.1/callback"), ("code_verifier", VERIFIER)],
    ];
    for attempt in wrong {
        let code = app.code(&mut person, &[]);
        let send =
            |fields: &[(&str, &str)]| app.token("authorization_code", &[fields, &[("code", code.as_str())]].concat());
        send(attempt).oauth_error(400, "invalid_grant");
        send(&right).oauth_error(400, "invalid_grant");
    }
    let code = app.code(&mut person, &[]);
    for missing in [&right[..1], &right[1..]] {
        let fields = [missing, &[("code", code.as_str())]].concat();
        app.token("authorization_code", &fields).oauth_error(400, "invalid_request");
    }
    for malformed in ["x".repeat(42), "x".repeat(129), "ä".repeat(43), format!("{VERIFIER} ")] {
        let fields = [("code", code.as_str()), ("redirect_uri", REDIRECT), ("code_verifier", &malformed)];
        app.token("authorization_code", &fields).oauth_error(400, "invalid_request");
    }
    app.redeem(&code).expect(200);
}

#[test]
fn of_two_who_come_at_once_one_is_served() {
    place!(_environment, sandbox, person, app, _other);
    let code = app.code(&mut person, &[]);
    let statuses = at_once(8, |_| app.redeem(&code).status);
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    let first = app.redeem(&app.code(&mut person, &[])).expect(200);
    let refresh = text(&first, "refresh_token");
    let statuses = at_once(8, |_| app.refresh(&refresh).status);
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(reads_ledger(&sandbox.url, &first), 401, "whoever came second has ended it");
}

#[test]
fn a_refresh_token_works_once_and_a_replay_ends_everything() {
    place!(_environment, sandbox, person, app, other);
    let first = app.redeem(&app.code(&mut person, &[])).expect(200);
    let refresh = text(&first, "refresh_token");
    other.refresh(&refresh).oauth_error(400, "invalid_grant");
    app.refresh(&text(&first, "access_token")).oauth_error(400, "invalid_grant");
    let wider = [("refresh_token", refresh.as_str()), ("scope", "ledger:events:read keys:write")];
    app.token("refresh_token", &wider).oauth_error(400, "invalid_scope");
    let narrow = [("refresh_token", refresh.as_str()), ("scope", "installations:read")];
    let second = app.token("refresh_token", &narrow).expect(200);
    assert_eq!(second["scope"], "installations:read");
    assert_eq!(reads_ledger(&sandbox.url, &second), 403, "it can do less");
    let third = app.refresh(&text(&second, "refresh_token")).expect(200);
    assert_eq!(reads_ledger(&sandbox.url, &third), 200, "the grant is as wide as it was (RFC 6749 section 6)");
    app.refresh(&refresh).oauth_error(400, "invalid_grant");
    assert_eq!(reads_ledger(&sandbox.url, &third), 401);
    app.refresh(&text(&third, "refresh_token")).oauth_error(400, "invalid_grant");
}

#[test]
fn what_an_application_asks_for_wrongly_it_is_told() {
    place!(_environment, sandbox, person, app, _other);
    let plain = challenge(VERIFIER);
    for (changed, error) in [
        (&[("response_type", "token")][..], "unsupported_response_type"),
        (&[("response_type", "code id_token")], "unsupported_response_type"),
        (&[("response_type", "")], "invalid_request"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge", "short")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("code_challenge_method", "plain"), ("code_challenge", VERIFIER)], "invalid_request"),
        (&[("request", "eyJhbGciOiJub25lIn0..")], "request_not_supported"),
        (&[("request_uri", "https://evil.test/request")], "request_uri_not_supported"),
        (&[("response_mode", "fragment")], "invalid_request"),
        (&[("scope", "keys:write")], "invalid_scope"),
        (&[("scope", "nonsense")], "invalid_scope"),
    ] {
        let reply = person.open(&app.asks(changed));
        assert_eq!(reply.status, 303, "{changed:?}: {}", reply.head);
        let location = reply.header("location").expect("location");
        assert!(location.starts_with(&format!("{REDIRECT}?")), "{location}");
        assert_eq!(parameter(&location, "error").as_deref(), Some(error), "{changed:?}: {location}");
        assert_eq!(parameter(&location, "iss").as_deref(), Some(sandbox.url.as_str()));
        assert_eq!(parameter(&location, "state").as_deref(), Some("s&t=\u{e4}"));
        assert_eq!(parameter(&location, "code"), None);
    }
    assert_eq!(person.open(&app.asks(&[("response_mode", "query"), ("code_challenge", &plain)])).status, 200);
}

#[test]
fn nothing_is_sent_where_an_application_has_not_registered() {
    place!(_environment, _sandbox, person, app, _other);
    for redirect in [
        "https://evil.test/callback",
        "http://127.0.0.1.evil.test/callback",
        "http://127.0.0.1:80@evil.test/callback",
        "http://127.0.0.1/callback/",
        "http://127.0.0.1/callback/../x",
        "http://127.0.0.1/callback%2f",
        "http://127.0.0.1/callback?x=1",
        "http://127.0.0.1/callback#x",
        "http://127.0.0.1:99999/callback",
        "http://127.0.0.1:-1/callback",
        "http://localhost:49152/callback",
        "http://[::1]:49152/callback",
        "http://0x7f.1/callback",
        "HTTP://127.0.0.1/callback",
        "//127.0.0.1/callback",
        "javascript:alert(1)//127.0.0.1/callback",
        "",
    ] {
        let reply = person.open(&app.asks(&[("redirect_uri", redirect)]));
        assert_eq!((reply.status, reply.header("location")), (400, None), "{redirect}");
    }
    for id in ["cli_none", "", "<script>alert(1)</script>"] {
        let reply = person.open(&app.asks(&[("client_id", id)]));
        assert_eq!((reply.status, reply.header("location")), (400, None), "{id}");
        assert!(!String::from_utf8_lossy(&reply.body).contains("<script>"), "{id}");
    }
}

#[test]
fn a_parameter_comes_once() {
    place!(_environment, _sandbox, person, app, other);
    for doubled in
        [("client_id", other.id.as_str()), ("redirect_uri", REDIRECT), ("scope", "packages:read"), ("x", "1")]
    {
        let path = format!(
            "{}&{}",
            app.asks(&[("scope", "ledger:events:read"), ("x", "2")]),
            crate::support::form(&[doubled])
        );
        let reply = person.open(&path);
        assert_eq!((reply.status, reply.header("location")), (400, None), "{doubled:?}");
    }
    let code = app.code(&mut person, &[]);
    let fields = [("code", code.as_str()), ("code", &code), ("redirect_uri", REDIRECT), ("code_verifier", VERIFIER)];
    app.token("authorization_code", &fields).oauth_error(400, "invalid_request");
    app.redeem(&code).expect(200);
}

#[test]
fn what_an_address_adds_does_not_decide_for_the_person() {
    place!(_environment, _sandbox, person, app, _other);
    let planted = [("decision", "allow"), ("form_token", "x"), ("user_code", "x")];
    let page = person.open(&app.asks(&planted));
    let sent = person.submit(&page, &[("decision", "deny")]);
    let location = sent.header("location").expect("location");
    assert_eq!(parameter(&location, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&location, "code"), None);
}

#[test]
fn an_application_that_was_ended_gets_nothing_more() {
    place!(environment, sandbox, person, app, _other);
    let tokens = app.redeem(&app.code(&mut person, &[])).expect(200);
    let code = app.code(&mut person, &[]);
    Http::identity(&environment, &sandbox).delete(&format!("/v1/clients/{}", app.id)).expect(204);
    app.redeem(&code).oauth_error(401, "invalid_client");
    app.refresh(&text(&tokens, "refresh_token")).oauth_error(401, "invalid_client");
    assert_eq!(reads_ledger(&sandbox.url, &tokens), 401);
    assert_eq!(person.open(&app.asks(&[])).status, 400);
}
