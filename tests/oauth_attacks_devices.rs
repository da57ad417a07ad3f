//! Attacks on the device flow (RFC 8628 section 5), by hand over plain HTTP.

use serde_json::{Value, json};

use crate::support::{
    Application, DEVICE, Http, Person, Sandbox, TestEnvironment, at_once, page_form, text, wait_until,
};

fn begin(app: &Application) -> Value {
    app.posts("/oauth/device_authorization", &[("scope", "ledger:events:read")]).expect(200)
}

fn poll(app: &Application, begun: &Value) -> crate::support::Reply {
    app.token(DEVICE, &[("device_code", &text(begun, "device_code"))])
}

/// Polls until the interval lets it through; each hasty question makes the interval longer, so it asks no faster.
fn poll_in_time(app: &Application, begun: &Value) -> crate::support::Reply {
    let pause = std::time::Duration::from_secs(begun["interval"].as_u64().expect("interval"));
    std::thread::sleep(pause);
    poll(app, begun)
}

fn decide(person: &mut Person, begun: &Value, decision: &str) -> u16 {
    let page = person.open(&format!("/oauth/device?user_code={}", text(begun, "user_code")));
    person.submit(&page, &[("decision", decision)]).status
}

#[test]
fn a_device_that_asks_too_often_is_slowed_down() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let begun = begin(&app);
    assert_eq!(begun["interval"], 1);
    poll(&app, &begun).oauth_error(400, "authorization_pending");
    poll(&app, &begun).oauth_error(400, "slow_down");
    // Approved in between: who asks too often gets nothing all the same.
    let mut person = Person::signed_in(&environment, &sandbox);
    assert_eq!(decide(&mut person, &begun, "allow"), 200);
    poll(&app, &begun).oauth_error(400, "slow_down");
}

#[test]
fn a_device_code_serves_its_own_client_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let app = Application::own(&sandbox.url);
    let thief = Application::register(&sandbox.url, &identity, &json!({}));
    let mut person = Person::signed_in(&environment, &sandbox);
    let begun = begin(&app);
    assert_eq!(decide(&mut person, &begun, "allow"), 200);
    poll(&thief, &begun).oauth_error(400, "invalid_grant");
    let statuses = at_once(6, |_| poll(&app, &begun).status);
    assert_eq!(statuses, [200, 400, 400, 400, 400, 400]);
    poll(&app, &begun).oauth_error(400, "invalid_grant");
    assert_eq!(decide(&mut person, &begun, "allow"), 400, "a code decides once");
}

#[test]
fn a_device_that_was_refused_gets_nothing() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let mut person = Person::signed_in(&environment, &sandbox);
    let begun = begin(&app);
    assert_eq!(decide(&mut person, &begun, "deny"), 200);
    poll(&app, &begun).oauth_error(400, "access_denied");
    poll_in_time(&app, &begun).oauth_error(400, "access_denied");
    let wrong = [("device_code", "pvq_device_x")];
    app.token(DEVICE, &wrong).oauth_error(400, "invalid_grant");
    app.token(DEVICE, &[]).oauth_error(400, "invalid_request");
    let wide = [("scope", "everything")];
    app.posts("/oauth/device_authorization", &wide).oauth_error(400, "invalid_scope");
}

#[test]
fn a_device_is_approved_by_who_is_signed_in_with_a_form_of_the_page() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let begun = begin(&app);
    let code = text(&begun, "user_code");
    let mut stranger = Person::stranger(&sandbox.url);
    let decision = [("user_code", code.as_str()), ("decision", "allow")];
    assert_eq!(stranger.post("/oauth/device", &decision).status, 403);
    let mut person = Person::signed_in(&environment, &sandbox);
    assert_eq!(person.post("/oauth/device", &decision).status, 403, "without the form's token");
    let page = person.open(&format!("/oauth/device?user_code={code}"));
    let form = page_form(&page);
    let token = form.fields.iter().find(|(name, _)| name == "form_token").expect("token").1.clone();
    let mut other = Person::signed_in(&environment, &sandbox);
    let with_token = [&decision[..], &[("form_token", token.as_str())]].concat();
    assert_eq!(other.post("/oauth/device", &with_token).status, 403, "with the token of another session");
    poll(&app, &begun).oauth_error(400, "authorization_pending");
    assert_eq!(person.post("/oauth/device", &with_token).status, 200);
    wait_until("the device has its tokens", || poll_in_time(&app, &begun).status == 200);
}

/// The allowance is ten; each way of guessing counts to it, and codes that are right do not.
#[test]
fn guessing_user_codes_is_slowed_down() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let mut person = Person::signed_in(&environment, &sandbox);
    let begun = begin(&app);
    let right = format!("/oauth/device?user_code={}", text(&begun, "user_code"));
    for _ in 0..20 {
        assert_eq!(person.open(&right).status, 200, "what is right costs nothing");
    }
    let page = person.open(&right);
    let token = page_form(&page).fields.iter().find(|(name, _)| name == "form_token").expect("token").1.clone();
    for _ in 0..3 {
        assert_eq!(person.open("/oauth/device?user_code=BCDF-GHJK").status, 404);
        let typed = [("form_token", token.as_str()), ("user_code", "BCDF-GHJK")];
        assert_eq!(person.post("/oauth/device", &typed).status, 404);
        let decided = [&typed[..], &[("decision", "allow")]].concat();
        assert_eq!(person.post("/oauth/device", &decided).status, 400, "deciding on a guess is guessing");
    }
    assert_eq!(person.open("/oauth/device?user_code=BCDF-GHJK").status, 404);
    for decision in ["allow", "deny"] {
        let guess = [("form_token", token.as_str()), ("user_code", "BCDF-GHJK"), ("decision", decision)];
        assert_eq!(person.post("/oauth/device", &guess).status, 429);
    }
    let slowed = person.open(&right);
    assert_eq!(slowed.status, 429, "also for what would be right");
    assert!(slowed.header("retry-after").is_some(), "{}", slowed.head);
}

#[test]
fn guessing_the_sandboxs_sign_in_code_is_slowed_down() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::stranger(&sandbox.url);
    let page = person.open("/oauth/device");
    for _ in 0..10 {
        let wrong = person.submit(&page, &[("code", "0000-0000-0000")]);
        assert_eq!((wrong.status, wrong.header("set-cookie")), (403, None));
    }
    let code = crate::support::sign_in_code(&environment);
    assert_eq!(person.submit(&page, &[("code", &code)]).status, 429);
}

#[test]
fn device_authorizations_are_begun_in_bounds() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let mut statuses = (0..200).map(|_| app.posts("/oauth/device_authorization", &[]));
    let refused = statuses.find(|reply| reply.status != 200).expect("a bound");
    refused.oauth_error(429, "slow_down");
    assert!(refused.header("retry-after").is_some(), "{}", refused.head);
}
