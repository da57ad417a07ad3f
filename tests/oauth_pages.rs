//! The pages that a person sees, in a real browser at a phone's width: what they show, and where they lead.

use serde_json::json;

use crate::support::{Application, Browser, DEVICE, Fake, Http, Provider, Sandbox, Serving, TestEnvironment};
use crate::support::{VERIFIER, challenge, form, parameter, reply, sign_in_code, text};

/// A phone.
const WIDTH: u32 = 360;

/// A page that fits its window, shows no more than it says, and breaks no policy.
#[track_caller]
fn fits(browser: &Browser) {
    let wide = browser.script("return document.documentElement.scrollWidth - window.innerWidth;");
    assert!(wide.as_i64().is_some_and(|wide| wide <= 0), "it is {wide} pixels too wide");
    let small = browser.script(
        "return [...document.querySelectorAll('button, input:not([type=hidden])')].filter(e => e.getBoundingClientRect().height < 40).length;",
    );
    assert_eq!(small, 0, "what is touched is large enough");
    let unnamed = browser.script(
        "return [...document.querySelectorAll('input:not([type=hidden])')].filter(e => !e.labels.length).length;",
    );
    assert_eq!(unnamed, 0, "fields have labels");
}

/// Writes what is seen to a folder, where one is named, for people who look at it.
fn pictured(browser: &Browser, name: &str) {
    if let Some(folder) = std::env::var_os("PAGE_PICTURES") {
        browser.picture(&std::path::Path::new(&folder).join(format!("{name}.png")));
    }
}

/// A program on loopback that waits for the browser to come back; it sends the browser on, as many do.
fn waiting_program() -> Fake {
    Fake::start(|request| {
        let came_back = request.path.starts_with("/callback");
        let status = if came_back { "303 See Other\r\nlocation: /done" } else { "200 OK" };
        reply(status, "text/plain", "You can close this page.")
    })
}

fn asks(app: &Application, redirect: &str) -> String {
    asks_for(app, redirect, "ledger:events:read ledger:events:write")
}

fn asks_for(app: &Application, redirect: &str, scope: &str) -> String {
    let fields = [
        ("response_type", "code"),
        ("client_id", &app.id),
        ("redirect_uri", redirect),
        ("state", "xyz"),
        ("code_challenge", &challenge(VERIFIER)),
        ("code_challenge_method", "S256"),
        ("scope", scope),
    ];
    format!("{}/oauth/authorize?{}", app.url, form(&fields))
}

#[test]
fn a_person_signs_in_consents_and_comes_back_to_the_program() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let app = Application::register(&sandbox.url, &identity, &json!({}));
    let program = waiting_program();
    let redirect = format!("{}/callback", program.url);
    let browser = Browser::start(WIDTH, 700);
    browser.open(&asks(&app, &redirect));
    browser.wait_for("h1", "Sign in");
    fits(&browser);
    pictured(&browser, "sign-in");
    browser.press("0000-0000-0000");
    browser.click("button.main");
    browser.wait_for("main", "That is not the code");
    fits(&browser);
    pictured(&browser, "sign-in-wrong");
    browser.press(&sign_in_code(&environment));
    browser.click("button.main");
    browser.wait_for("h1", "Claim Sync asks for access");
    browser.wait_for("ul", "read your ledger");
    fits(&browser);
    pictured(&browser, "consent");
    browser.prefer("dark");
    pictured(&browser, "consent-dark");
    browser.click("button[value=allow]");
    browser.wait_for("body", "You can close this page");
    assert!(!browser.console().contains("form-action"), "{}", browser.console());
    let came = program.requests().into_iter().find(|request| request.path.starts_with("/callback")).expect("callback");
    let back = format!("{}{}", program.url, came.path);
    assert_eq!(parameter(&back, "state").as_deref(), Some("xyz"));
    assert_eq!(parameter(&back, "iss").as_deref(), Some(sandbox.url.as_str()));
    assert!(!came.head.to_ascii_lowercase().contains("referer: "), "{}", came.head);
    let code = parameter(&back, "code").expect("code");
    let fields = [("code", code.as_str()), ("redirect_uri", &redirect), ("code_verifier", VERIFIER)];
    app.token("authorization_code", &fields).expect(200);
}

#[test]
fn a_person_says_no_or_is_somebody_else() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let app = Application::register(&sandbox.url, &identity, &json!({"name": "x".repeat(64)}));
    let program = waiting_program();
    let browser = Browser::start(WIDTH, 700);
    browser.open(&asks(&app, &format!("{}/callback", program.url)));
    browser.wait_for("h1", "Sign in");
    browser.press(&sign_in_code(&environment));
    browser.click("button.main");
    browser.wait_for("h1", "asks for access");
    fits(&browser);
    browser.click("form[action='/oauth/sign-out'] button");
    browser.wait_for("h1", "Sign in");
    browser.press(&sign_in_code(&environment));
    browser.click("button.main");
    browser.wait_for("h1", "asks for access");
    browser.click("button[value=deny]");
    browser.wait_for("body", "You can close this page");
    let came = program.requests().into_iter().find(|request| request.path.starts_with("/callback")).expect("callback");
    assert_eq!(parameter(&format!("{}{}", program.url, came.path), "error").as_deref(), Some("access_denied"));
}

#[test]
fn a_person_lets_a_device_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let app = Application::own(&sandbox.url);
    let begun = app.posts("/oauth/device_authorization", &[("scope", "keys:read")]).expect(200);
    let browser = Browser::start(WIDTH, 700);
    browser.open(&text(&begun, "verification_uri"));
    browser.wait_for("h1", "Sign in");
    browser.press(&sign_in_code(&environment));
    browser.click("button.main");
    browser.wait_for("h1", "Sign in a device");
    fits(&browser);
    pictured(&browser, "device");
    browser.press("bcdf ghjk");
    browser.click("button.main");
    browser.wait_for("main", "No device waits under that code");
    fits(&browser);
    browser.press(&text(&begun, "user_code").to_lowercase());
    browser.click("button.main");
    browser.wait_for("h1", "proveniq, the command line asks for access");
    browser.wait_for("main", &format!("shows {}", text(&begun, "user_code")));
    fits(&browser);
    pictured(&browser, "device-consent");
    browser.click("button[value=allow]");
    browser.wait_for("h1", "Done");
    fits(&browser);
    app.token(DEVICE, &[("device_code", &text(&begun, "device_code"))]).expect(200);
}

/// A browser keeps one set of cookies for all ports of 127.0.0.1.
#[test]
fn marketplaces_side_by_side_keep_a_session_each() {
    let environments = [TestEnvironment::new(), TestEnvironment::new()];
    let sandboxes = environments.each_ref().map(Sandbox::start);
    let browser = Browser::start(WIDTH, 700);
    let device = |sandbox: &Sandbox<'_>| browser.open(&format!("{}/oauth/device", sandbox.url));
    for (environment, sandbox) in environments.iter().zip(&sandboxes) {
        device(sandbox);
        browser.wait_for("h1", "Sign in");
        browser.press(&sign_in_code(environment));
        browser.click("button.main");
        browser.wait_for("h1", "Sign in a device");
    }
    for sandbox in &sandboxes {
        device(sandbox);
        browser.wait_for("h1", "Sign in a device");
    }
    // Signing out of one leaves the other; what it shows is a form of its own session.
    let app = Application::own(&sandboxes[0].url);
    browser.open(&asks_for(&app, "http://127.0.0.1:9/callback", "keys:read"));
    browser.wait_for("h1", "asks for access");
    browser.click("form[action='/oauth/sign-out'] button");
    browser.wait_for("h1", "Sign in");
    device(&sandboxes[1]);
    browser.wait_for("h1", "Sign in a device");
}

/// Both providers at once: the page's policy must let each of them through, and what follows.
#[test]
fn a_person_goes_to_a_provider_and_comes_back() {
    let mut environment = TestEnvironment::new();
    let (github, google) = (Provider::start("github"), Provider::start("google"));
    let serving = Serving::start(&mut environment, &format!("{}{}", github.table(), google.table()));
    github.knows(&json!({"id": 7, "login": "ada", "name": "Ada Lovelace"}), None);
    google
        .knows(&json!({"sub": "108", "email": "g@example.test", "email_verified": true, "name": "Grace Hopper"}), None);
    let app = Application::own(&serving.url);
    let browser = Browser::start(WIDTH, 700);
    let program = waiting_program();
    for (kind, name) in [("github", "Ada Lovelace"), ("google", "Grace Hopper")] {
        browser.open(&asks(&app, &format!("{}/callback", program.url)));
        browser.wait_for("h1", "Sign in");
        fits(&browser);
        pictured(&browser, "providers");
        browser.click(&format!("form[action='/oauth/sign-in/{kind}'] button"));
        browser.wait_for("main", &format!("You are signed in as {name}"));
        fits(&browser);
        browser.click("form[action='/oauth/sign-out'] button");
        browser.wait_for("h1", "Sign in");
    }
    // No other page puts this one into a frame.
    let framed = Fake::start({
        let url = serving.url.clone();
        move |_| reply("200 OK", "text/html", &format!("<h1>x</h1><iframe src=\"{url}/oauth/device\"></iframe>"))
    });
    browser.open(&framed.url);
    browser.wait_for("h1", "x");
    crate::support::wait_until("the frame is refused", || browser.console().contains("frame-ancestors"));
}
