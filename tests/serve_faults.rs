//! Providers that lie, break or are impersonated: nobody is signed in, and what is told says why.

use serde_json::{Value, json};

use crate::support::{Person, Provider, Serving, TestEnvironment};

fn google_person() -> Value {
    json!({"sub": "108", "email": "grace@example.test", "email_verified": true, "name": "Grace Hopper"})
}

fn is_signed_in(person: &mut Person) -> bool {
    String::from_utf8_lossy(&person.open("/oauth/device").body).contains("Sign in a device")
}

/// Each fault is told apart, and none signs anybody in; without one it goes through.
#[track_caller]
fn refused(kind: &'static str, who: &Value, faults: &[(&str, &str)]) {
    let mut environment = TestEnvironment::new();
    let provider = Provider::start(kind);
    let serving = Serving::start(&mut environment, &provider.table());
    for (fault, said) in faults {
        provider.knows(who, None);
        let mut person = Person::stranger(&serving.url);
        let back = person.goes_to(&provider, "/oauth/device");
        provider.knows(who, Some(fault));
        let reply = person.follow(&back);
        let page = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!(reply.status, 502, "{fault}: {page}");
        assert!(page.contains(said), "{fault}: {said:?} is not in {page}");
        assert_eq!((reply.header("location"), reply.header("set-cookie")), (None, None), "{fault}");
        assert!(!is_signed_in(&mut person), "{fault}");
    }
    provider.knows(who, None);
    let mut person = Person::stranger(&serving.url);
    assert_eq!(person.signs_in_at(&provider).status, 303);
    assert!(is_signed_in(&mut person), "the same without a fault");
}

#[test]
fn an_id_token_that_does_not_hold_signs_nobody_in() {
    refused(
        "google",
        &google_person(),
        &[
            ("nonce", "another sign-in"),
            ("no-nonce", "another sign-in"),
            ("audience", "somebody else"),
            ("party", "somebody else"),
            ("expired", "expired"),
            ("future", "expired"),
            ("issuer", "another issuer"),
            ("nobody", "does not say who"),
            ("none", "not signed with RS256"),
            ("hs256", "not signed with RS256"),
            ("crit", "not signed with RS256"),
            ("kid", "signature"),
            ("signature", "signature"),
            ("own-key", "signature"),
            ("changed", "signature"),
            ("discovery", "another name"),
        ],
    );
}

#[test]
fn google_that_breaks_signs_nobody_in() {
    let faults = [
        ("500", "500"),
        ("huge", "too large"),
        ("html", "not what its protocol says"),
        ("redirect", "302"),
        ("cut", "cut off"),
    ];
    refused("google", &google_person(), &faults);
}

#[test]
fn github_that_breaks_signs_nobody_in() {
    let faults = [
        ("500", "500"),
        ("huge", "too large"),
        ("html", "not what its protocol says"),
        ("redirect", "302"),
        ("refused", "refused the code"),
        ("unknown", "401"),
        ("nameless", "not what its protocol says"),
        ("hang", "did not answer in time"),
    ];
    refused("github", &json!({"id": 7, "login": "ada", "name": "Ada"}), &faults);
}

#[test]
fn a_way_back_belongs_to_the_browser_that_went() {
    let mut environment = TestEnvironment::new();
    let (github, google) = (Provider::start("github"), Provider::start("google"));
    let serving = Serving::start(&mut environment, &format!("{}{}", github.table(), google.table()));
    github.knows(&json!({"id": 7, "login": "ada", "name": "Ada"}), None);
    let mut person = Person::stranger(&serving.url);
    // Another browser takes the address: an attacker's account would be slipped to somebody (login CSRF).
    let back = person.goes_to(&github, "/oauth/device");
    let mut victim = Person::stranger(&serving.url);
    assert_eq!(victim.follow(&back).status, 400);
    assert!(!is_signed_in(&mut victim));
    // And it was used up by that.
    assert_eq!(person.follow(&back).status, 400);
    // Replayed by the same browser.
    let back = person.goes_to(&github, "/oauth/device");
    assert_eq!(person.follow(&back).status, 303);
    assert!(is_signed_in(&mut person));
    assert_eq!(person.follow(&back).status, 400);
    // Mixed up: what one provider answered is brought to the other's address.
    let mut mixed = Person::stranger(&serving.url);
    let back = mixed.goes_to(&github, "/oauth/device").replace("/callback/github", "/callback/google");
    assert_eq!(mixed.follow(&back).status, 400);
    assert!(!is_signed_in(&mut mixed));
    for query in ["", "?state=x&code=y", "?code=y", "?state=pvq_signin_x&code=y", "?error=access_denied"] {
        assert_eq!(mixed.open(&format!("/oauth/callback/github{query}")).status, 400, "{query}");
    }
    assert_eq!(mixed.open("/oauth/callback/gitlab?state=x").status, 400);
    assert_eq!(mixed.post("/oauth/sign-in/gitlab", &[("return_to", "/oauth/device")]).status, 400);
    assert_eq!(mixed.post("/oauth/sign-in", &[("return_to", "/oauth/device"), ("code", "x")]).status, 400);
}

#[test]
fn a_person_who_says_no_is_told_so() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    github.knows(&json!({"id": 7, "login": "ada", "name": "Ada"}), Some("denied"));
    let mut person = Person::stranger(&serving.url);
    let reply = person.signs_in_at(&github);
    let page = String::from_utf8_lossy(&reply.body).into_owned();
    assert_eq!(reply.status, 400);
    assert!(page.contains("GitHub did not sign you in") && page.contains("access_denied"), "{page}");
    assert!(!is_signed_in(&mut person));
}

#[test]
fn a_provider_that_is_away_is_told_of() {
    let mut environment = TestEnvironment::new();
    let google = Provider::start("google");
    let serving = Serving::start(&mut environment, &google.table());
    drop(google);
    let mut person = Person::stranger(&serving.url);
    let reply = person.post("/oauth/sign-in/google", &[("return_to", "/oauth/device")]);
    assert_eq!(reply.status, 502);
    assert!(String::from_utf8_lossy(&reply.body).contains("cannot be reached"));
}
