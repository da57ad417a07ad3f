//! What goes wrong while somebody signs in: one clear message each, the right exit code, and nothing left behind, here or at
//! the marketplace.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rustix::process::Signal;
use serde_json::json;

use crate::support::{
    Device, Fake, Finished, Person, Request, Room, Sandbox, SigningIn, TestEnvironment, Then, asks_by, follow,
    in_front_of, losing_tokens, reply, sign_in, wait_until,
};

fn document(value: &serde_json::Value) -> Then {
    reply("200 OK", "application/json", &value.to_string())
}

/// Metadata of an authorization server at an address, with changes.
fn metadata(own: &str, changes: &serde_json::Value) -> Then {
    let mut document = json!({
        "issuer": own, "authorization_endpoint": format!("{own}/oauth/authorize"),
        "token_endpoint": format!("{own}/oauth/token"), "revocation_endpoint": format!("{own}/oauth/revoke"),
        "device_authorization_endpoint": format!("{own}/oauth/device_authorization"),
    });
    for (name, value) in changes.as_object().expect("changes") {
        document[name] = value.clone();
    }
    self::document(&document)
}

fn host_of(request: &Request) -> String {
    let host = request.head.lines().find_map(|line| line.strip_prefix("host: ")).expect("host");
    format!("http://{host}")
}

/// Runs `login --device` against a marketplace that misbehaves.
#[track_caller]
fn refused(answer: impl Fn(&Request) -> Then + Send + Sync + 'static, code: i32, words: &str) -> (Finished, usize) {
    let environment = TestEnvironment::new();
    let fake = Fake::start(answer);
    let told = environment.run(&["login", "--device", "--timeout", "5s", "--marketplace", &fake.url]);
    let told = told.expect(code).says(words).says("hint: ");
    assert_eq!(told.stderr.matches("error: ").count(), 1, "{}", told.stderr);
    assert_eq!((told.stdout.as_str(), environment.file_store().as_str()), ("", ""));
    (told, fake.requests().len())
}

#[test]
fn a_marketplace_that_sends_people_or_secrets_elsewhere_gets_nothing() {
    let endpoints =
        ["issuer", "authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "revocation_endpoint"];
    for endpoint in endpoints {
        for place in ["https://evil.test/x", "http://127.0.0.1:1/x", "https://127.0.0.1/x"] {
            let answer = move |request: &Request| metadata(&host_of(request), &json!({endpoint: place}));
            let (_, asked) = refused(answer, 3, "sends sign-ins elsewhere");
            assert_eq!(asked, 1, "{endpoint}: nothing more is asked");
        }
    }
    let (told, _) = refused(
        |request| match request.path.as_str() {
            "/oauth/device_authorization" => document(&json!({
                "device_code": "pvq_device_x", "user_code": "BCDF-GHJK", "verification_uri": "https://evil.test/device",
                "expires_in": 600, "interval": 0,
            })),
            _ => metadata(&host_of(request), &json!({})),
        },
        3,
        "sends people who sign in elsewhere",
    );
    assert!(!told.stderr.contains("evil.test"), "{}", told.stderr);
}

#[test]
fn what_is_no_authorization_server_is_called_so() {
    let cases: [(&str, &str, &str, &str); 7] = [
        ("302 Found\r\nlocation: https://evil.test/", "text/html", "", "it answered 302"),
        ("404 Not Found", "text/html", "<h1>404</h1>", "it answered 404"),
        ("500 Oops", "text/html", "", "it answered 500"),
        ("200 OK", "application/json", "[", "not what RFC 6749 says"),
        ("200 OK", "application/json", "{\"issuer\": \"\u{1b}[2J\"}", "not what RFC 6749 says"),
        ("200 OK", "application/json", "", "not what RFC 6749 says"),
        ("200 OK", "text/html", "<h1>Hello</h1>", "not what RFC 6749 says"),
    ];
    for (status, kind, body, words) in cases {
        let (told, asked) = refused(move |_| reply(status, kind, body), 4, words);
        assert!(!told.stderr.contains('\u{1b}'), "{}", told.stderr);
        assert_eq!(asked, 1);
    }
    refused(|_| Then::WriteForEver(vec![b' '; 64 << 10]), 4, "not what RFC 6749 says");
    refused(|_| Then::Close, 4, "gave no answer");
}

/// Answers of the token endpoint that a device gets.
#[track_caller]
fn token_answer(answer: impl Fn(&Request) -> Then + Send + Sync + 'static, code: i32, words: &str) -> Finished {
    let told = refused(
        move |request| match request.path.as_str() {
            "/oauth/device_authorization" => document(&json!({
                "device_code": "pvq_device_secret", "user_code": "BCDF\u{1b}[2J-GHJK",
                "verification_uri": format!("{}/device", host_of(request)), "expires_in": 3, "interval": 0,
            })),
            "/oauth/token" => answer(request),
            _ => metadata(&host_of(request), &json!({})),
        },
        code,
        words,
    );
    assert!(!told.0.stderr.contains('\u{1b}') && !told.0.stderr.contains("secret"), "{}", told.0.stderr);
    told.0
}

#[test]
fn tokens_that_are_none_are_refused_and_not_repeated() {
    let access = "pvq_access_secret";
    let tokens = |changes: serde_json::Value| {
        let mut tokens = json!({"access_token": access, "token_type": "Bearer", "expires_in": 900});
        tokens.as_object_mut().expect("object").extend(changes.as_object().expect("object").clone());
        move |_: &Request| document(&tokens)
    };
    token_answer(tokens(json!({})), 4, "gave no tokens");
    token_answer(tokens(json!({"token_type": "mac"})), 4, "they are of an unknown type");
    token_answer(tokens(json!({"expires_in": "soon"})), 4, "not what RFC 6749 says");
    token_answer(tokens(json!({"access_token": 7})), 4, "not what RFC 6749 says");
    token_answer(|_| document(&json!({"error": "secret"})), 4, "not what RFC 6749 says");
    let echo = |request: &Request| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        reply("400 Bad Request", "application/json", &json!({"error": "x", "error_description": body}).to_string())
    };
    token_answer(echo, 3, "refused the sign-in: grant_type=");
    let long = |_: &Request| {
        let text = format!("\u{1b}]0;x\u{7}{}", "y".repeat(10_000));
        reply("400 Bad Request", "application/json", &json!({"error": "x", "error_description": text}).to_string())
    };
    let told = token_answer(long, 3, "refused the sign-in");
    assert!(told.stderr.len() < 1_000, "{}", told.stderr.len());
}

#[test]
fn a_device_code_that_expires_is_told() {
    let pending = |_: &Request| reply("400 Bad Request", "application/json", "{\"error\":\"authorization_pending\"}");
    token_answer(pending, 6, "nobody decided within 3 s");
    let expired = |_: &Request| reply("400 Bad Request", "application/json", "{\"error\":\"expired_token\"}");
    token_answer(expired, 6, "nobody decided");

    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let device = Device::begin(&environment, environment.command_in(&environment.work(), &["login", "--device"]));
    environment.change_database("UPDATE device_codes SET expires_at = 1");
    device.ends().expect(6).says("run `proveniq login --device` again");
}

#[test]
fn a_device_asks_on_when_an_answer_is_lost() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let count = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&count);
    let device_grant = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
    let fake = in_front_of(&sandbox, move |request, _| {
        (asks_by(request, device_grant) && asked.fetch_add(1, Ordering::SeqCst) == 0).then_some(Then::Close)
    });
    crate::support::sign_in_by_code(&environment, &sandbox, &fake.url);
    assert!(count.load(Ordering::SeqCst) >= 2);
}

/// The marketplace makes tokens, and their answer is lost: the code is shown once more, which ends what it gave.
#[test]
fn tokens_that_never_arrive_sign_nobody_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let device_grant = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
    let mut person = Person::signed_in(&environment, &sandbox);
    let mut by_device = |fake: &Fake, patience: &str| {
        let words = ["login", "--device", "--timeout", patience, "--marketplace", &fake.url];
        let device = Device::begin(&environment, environment.command_in(&environment.work(), &words));
        device.decided(&mut person, "allow");
        let told = device.ends().expect(4);
        assert_eq!((environment.file_store().as_str(), environment.living_grants()), ("", 0), "{}", told.stderr);
        assert_eq!(told.stderr.matches("error: ").count(), 1, "{}", told.stderr);
        told
    };
    // The answers before and after arrive.
    let told = by_device(&losing_tokens(&sandbox), "30s");
    told.says("the tokens were lost on the way; what the marketplace gave is revoked").says("hint: sign in again");
    // No answer about the code arrives at all.
    let deaf = in_front_of(&sandbox, move |request, address| {
        asks_by(request, device_grant).then_some(Then::ForwardAndClose(address))
    });
    by_device(&deaf, "8s").says("the marketplace gave no answer");
    assert_eq!(environment.audited("token.device"), 4, "each was given once and ended once");

    for (fake, words) in [
        (losing_tokens(&sandbox), "the tokens were lost on the way; what the marketplace gave is revoked"),
        (
            in_front_of(&sandbox, |request, address| {
                asks_by(request, "authorization_code").then_some(Then::ForwardAndClose(address))
            }),
            "the marketplace gave no answer",
        ),
    ] {
        let login = SigningIn::begin(&environment, &["--marketplace", &fake.url]);
        let back = login.allowed_by(&mut person);
        follow(&said_by(&back, &sandbox.url, &fake.url));
        login.ends().expect(4).says(words).says("hint: sign in again");
        assert_eq!((environment.file_store().as_str(), environment.living_grants()), ("", 0), "{words}");
    }
}

/// A code that never arrived is shown once more, and signs in.
#[test]
fn a_code_that_is_lost_on_the_way_is_sent_again() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let count = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&count);
    let fake = in_front_of(&sandbox, move |request, _| {
        (asks_by(request, "authorization_code") && asked.fetch_add(1, Ordering::SeqCst) == 0).then_some(Then::Close)
    });
    let mut person = Person::signed_in(&environment, &sandbox);
    let login = SigningIn::begin(&environment, &["--marketplace", &fake.url]);
    let back = login.allowed_by(&mut person);
    follow(&said_by(&back, &sandbox.url, &fake.url));
    login.ends().expect(0);
    assert_eq!((count.load(Ordering::SeqCst), environment.living_grants()), (2, 1));
}

/// Where a browser is sent, as if by a marketplace of another address (RFC 9207).
fn said_by(location: &str, from: &str, to: &str) -> String {
    let mut url = url::Url::parse(location).expect("URL");
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    let changed = pairs.iter().map(|(name, value)| (name, if value == from { to } else { value.as_str() }));
    url.query_pairs_mut().clear().extend_pairs(changed);
    url.into()
}

#[test]
fn a_sign_in_whose_account_cannot_be_asked_for_is_revoked_again() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let fake = in_front_of(&sandbox, |request, _| {
        (request.path == "/v1/account").then(|| reply("200 OK", "application/json", "{}"))
    });
    let mut person = Person::signed_in(&environment, &sandbox);
    let words = ["login", "--device", "--marketplace", &fake.url];
    let device = Device::begin(&environment, environment.command_in(&environment.work(), &words));
    device.decided(&mut person, "allow");
    device.ends().expect(4).says("is no marketplace");
    assert_eq!((environment.file_store().as_str(), environment.living_grants()), ("", 0));
}

/// Interrupted after the marketplace has given tokens, and before they are stored.
#[test]
fn an_interruption_between_tokens_and_store_revokes_them() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let (arrived, go) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (seen, gone) = (Arc::clone(&arrived), Arc::clone(&go));
    let fake = in_front_of(&sandbox, move |request, _| {
        if request.path == "/v1/account" {
            seen.store(true, Ordering::SeqCst);
            wait_until("the signal is sent", || gone.load(Ordering::SeqCst));
        }
        None
    });
    let mut person = Person::signed_in(&environment, &sandbox);
    let words = ["login", "--device", "--marketplace", &fake.url];
    let device = Device::begin(&environment, environment.command_in(&environment.work(), &words));
    device.decided(&mut person, "allow");
    wait_until("the account is asked for", || arrived.load(Ordering::SeqCst));
    assert_eq!(environment.living_grants(), 1);
    device.running.signal(Signal::INT);
    device.shows("Stopping");
    go.store(true, Ordering::SeqCst);
    device.ends().expect(130);
    assert_eq!((environment.file_store().as_str(), environment.living_grants()), ("", 0));
}

#[test]
fn a_sign_in_that_cannot_be_stored_is_revoked_again() {
    for left in [0, 4096] {
        let environment = TestEnvironment::new();
        let sandbox = Sandbox::start(&environment);
        let Some(room) = Room::over(&environment.path("config"), 64) else { return };
        let mut person = Person::signed_in(&environment, &sandbox);
        let in_room = |words: &[&str]| room.command(&environment, &environment.work(), words);
        let begin = || SigningIn::with_browser(&environment, in_room(&["login"]), "browser", "");
        let login = begin();
        let location = login.allowed_by(&mut person);
        room.fill(left);
        follow(&location);
        let refused = login.ends().expect(2).says("No space left on device").says("hint: the disk is full");
        assert!(!refused.stderr.contains("pvq_"), "{}", refused.stderr);
        assert_eq!(environment.living_grants(), 0, "{left}");
        room.empty();
        let who = Finished::of(in_room(&["whoami", "--json"]).spawn().expect("started")).expect(0);
        assert_eq!(who.json()["credential"]["source"], "sandbox_identity", "{left}");

        // The one who was signed in stays so.
        let login = begin();
        follow(&login.allowed_by(&mut person));
        login.ends().expect(0);
        let login = begin();
        let location = login.allowed_by(&mut person);
        room.fill(left);
        follow(&location);
        let ended = login.ends();
        assert!([0, 2].contains(&ended.code), "{}", ended.stderr);
        assert_eq!(environment.living_grants(), 1, "{left}");
        let who = Finished::of(in_room(&["whoami", "--json"]).spawn().expect("started")).expect(0);
        assert_eq!(who.json()["credential"]["source"], "login");
    }
}

#[test]
fn a_read_only_home_is_told_before_anybody_is_asked() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    let stored = environment.file_store();
    let words = ["login", "--device", "--timeout", "1s"];
    let Some(refused) = environment.run_read_only(&environment.path("config"), &words) else { return };
    let refused = refused.expect(2).says("Read-only file system").says("PROVENIQ_CONFIG_DIR");
    assert!(!refused.stderr.contains("Code "), "{}", refused.stderr);
    let kept = environment.run_read_only(&environment.path("config"), &["logout"]).expect("mounted");
    kept.expect(2).says("Read-only file system");
    assert_eq!(environment.file_store(), stored);
}

#[test]
fn an_index_that_is_damaged_is_told_and_signs_nobody_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    std::fs::create_dir_all(environment.path("config")).expect("folder");
    std::fs::write(environment.path("config/logins.json"), "{").expect("written");
    let mut person = Person::signed_in(&environment, &sandbox);
    let login = SigningIn::begin(&environment, &[]);
    follow(&login.allowed_by(&mut person));
    login.ends().expect(2).says("logins.json is damaged").says("hint: move it away");
    assert_eq!((environment.file_store().as_str(), environment.living_grants()), ("", 0));
    std::fs::remove_file(environment.path("config/logins.json")).expect("removed");
    sign_in(&environment, &sandbox, &[]);
    std::fs::write(environment.path("config/credentials.json"), "{").expect("written");
    environment.run(&["whoami"]).expect(3).says("credentials.json is damaged");
}

#[test]
fn the_marketplace_that_stops_meanwhile_is_told() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let login = SigningIn::begin(&environment, &["--marketplace", &sandbox.url]);
    let location = login.allowed_by(&mut person);
    let url = sandbox.url.clone();
    drop(sandbox);
    follow(&location);
    login.ends().expect(4).says("the marketplace cannot be reached");
    assert_eq!(environment.file_store(), "");
    environment.run(&["login", "--device", "--marketplace", &url]).expect(4).says("cannot be reached");
    environment.run(&["login"]).expect(4).says("no marketplace is named");
}
