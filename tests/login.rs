//! `login` and `whoami`: a person's identity, with a person who does what people do.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use rustix::process::Signal;

use crate::support::{
    Application, Device, Http, Person, Sandbox, SigningIn, TestEnvironment, follow, parameter, sign_in,
};

/// What a browser in the terminal does: it stays as long as what opened it.
const STAYS: &str = "while kill -0 $PPID 2>/dev/null; do sleep 0.05; done";

/// Sends a browser to the callback of a sign-in with parameters changed; an empty value leaves one out.
fn changed(location: &str, changes: &[(&str, &str)]) -> String {
    let mut url = url::Url::parse(location).expect("URL");
    let kept: Vec<_> =
        url.query_pairs().into_owned().filter(|(name, _)| changes.iter().all(|(other, _)| other != name)).collect();
    let added = changes.iter().filter(|(_, value)| !value.is_empty());
    url.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(added);
    url.into()
}

/// The status that a page under a name of its own gets, as after DNS rebinding.
fn status_as(host: &str, url: &url::Url) -> u16 {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", url.port().expect("port"))).expect("connected");
    let path = &url[url::Position::BeforePath..];
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("status")
}

/// Every file below a folder that holds a text.
pub(crate) fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if fs::read(&path).is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes())) {
            found.push(path.file_name().expect("name").to_string_lossy().into_owned());
        }
    }
    found
}

#[track_caller]
pub(crate) fn nobody_is_signed_in(environment: &TestEnvironment) {
    assert_eq!(environment.file_store(), "", "nothing is stored");
    assert_eq!(holding(&environment.path("config"), "acc_sandbox"), [""; 0], "and nothing is said to be");
    assert_eq!(environment.living_grants(), 0, "and nothing lives at the marketplace");
    let who = environment.run(&["whoami", "--json"]).expect(0).json();
    assert_eq!(who["credential"]["source"], "sandbox_identity");
}

#[test]
fn a_person_signs_in_through_the_browser_and_out_again() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let login = SigningIn::begin(&environment, &["--json"]);
    assert_eq!(parameter(&login.url, "code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(parameter(&login.url, "code_challenge").map(|text| text.len()), Some(43));
    let redirect = parameter(&login.url, "redirect_uri").expect("redirect");
    assert!(redirect.starts_with("http://127.0.0.1:") && redirect.ends_with("/callback"), "{redirect}");
    let page = follow(&login.allowed_by(&mut person));
    assert_eq!(page.status, 200);
    assert!(String::from_utf8_lossy(&page.body).contains("<h1>Signed in</h1>"));
    assert!(page.head.contains("default-src 'none'") && page.head.contains("no-store"), "{}", page.head);
    let signed_in = login.ends().expect(0);
    let told = signed_in.json();
    assert_eq!(
        (&told["schema"], &told["store"], &told["profile"]),
        (&"proveniq.login/1".into(), &"file".into(), &"default".into())
    );

    let (access, refresh) =
        (environment.stored_token("access").expect("token"), environment.stored_token("refresh").expect("token"));
    let who = environment.run(&["whoami", "--json"]).expect(0);
    let document = who.json();
    assert_eq!(document["account"]["id"], "acc_sandbox");
    assert_eq!(
        (&document["credential"]["source"], &document["credential"]["renewed"]),
        (&"login".into(), &true.into())
    );
    assert!(document["account"]["credential"]["scopes"].as_array().is_some_and(|scopes| scopes.len() > 5));
    assert!(document["account"]["credential"]["expires_at"].is_string());
    let shown = environment.run(&["whoami"]).expect(0);
    let said = shown.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in [
        "account",
        "publishers",
        "scopes",
        "expires",
        "renewed by itself",
        "the store: file",
        "marketplace",
        &sandbox.url,
        "profile",
    ] {
        assert!(said.contains(word), "{word} is not in {}", shown.stdout);
    }

    let out = environment.run(&["logout", "--json"]).expect(0);
    assert_eq!(out.json()["revoked"], true);
    nobody_is_signed_in(&environment);
    Http::new(&sandbox.url, Some(&access)).get("/v1/account").problem(401, "token_revoked");
    Application::own(&sandbox.url).refresh(&refresh).oauth_error(400, "invalid_grant");
    environment.run(&["logout"]).expect(2).says("nobody is signed in").says("hint: sign in with `proveniq login`");
    for text in
        [signed_in.stdout, signed_in.stderr, who.stdout, who.stderr, shown.stdout, shown.stderr, out.stdout, out.stderr]
    {
        assert!(!text.contains(&access) && !text.contains(&refresh), "{text}");
    }
}

/// What a sign-in consists of is in its store, and in no other file and no list of processes.
#[test]
fn the_secrets_of_a_sign_in_are_in_its_store_alone() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let command = environment.command_in(&environment.work(), &["login", "--verbose"]);
    let login = SigningIn::with_browser(
        &environment,
        command,
        "browser",
        "cat /proc/$$/cmdline /proc/$PPID/cmdline >\"$1.words\"",
    );
    let location = login.allowed_by(&mut person);
    let code = parameter(&location, "code").expect("code");
    let words = |pid: u32| fs::read_to_string(format!("/proc/{pid}/cmdline")).expect("words");
    let own = words(login.pid());
    assert!(!own.contains("pvq_") && !own.contains("state="), "{own}");
    follow(&location);
    login.ends().expect(0);
    environment.run(&["whoami", "--verbose"]).expect(0);
    for kind in ["access", "refresh"] {
        let token = environment.stored_token(kind).expect("token");
        assert_eq!(holding(&environment.path(""), &token), ["credentials.json"], "{kind}");
    }
    assert_eq!(holding(&environment.path(""), &code), [""; 0]);
    assert_eq!(holding(&environment.path(""), "code_verifier"), [""; 0]);
    let mode = fs::metadata(environment.path("config/credentials.json"))
        .map(|file| std::os::unix::fs::PermissionsExt::mode(&file.permissions()));
    assert_eq!(mode.expect("file") & 0o777, 0o600);
}

#[test]
fn what_is_no_answer_to_the_sign_in_does_not_end_the_wait() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let login = SigningIn::begin(&environment, &[]);
    let location = login.allowed_by(&mut person);
    let state = parameter(&location, "state").expect("state");
    let at = url::Url::parse(&location).expect("URL");
    let http = Http::new(&at.origin().ascii_serialization(), None);
    for strange in [
        changed(&location, &[("state", "x")]),
        changed(&location, &[("state", "")]),
        changed(&location, &[("state", &state[1..])]),
        changed(&location, &[("state", ""), ("code", ""), ("error", "access_denied")]),
        location.replace("/callback", "/callback/x"),
        location.replace("/callback", "/"),
        location.replace("/callback", "/callbackx"),
    ] {
        assert_eq!(follow(&strange).status, 404, "{strange}");
    }
    let path = &at[url::Position::BeforePath..];
    assert_eq!(http.get("/favicon.ico").status, 404);
    assert_eq!(http.send("POST", path, &[], b"").status, 404);
    assert_eq!(http.send("HEAD", path, &[], b"").status, 404);
    assert_eq!(status_as("evil.test", &at), 421, "another name for this machine");
    assert_eq!(follow(&location).status, 200);
    login.ends().expect(0);
}

#[test]
fn the_answer_counts_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let login = SigningIn::begin(&environment, &[]);
    let location = login.allowed_by(&mut person);
    let statuses = crate::support::at_once(4, |_| std::panic::catch_unwind(|| follow(&location).status).unwrap_or(0));
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    login.ends().expect(0);
    assert_eq!(environment.living_grants(), 1);
}

#[test]
fn an_answer_that_is_wrong_signs_nobody_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let somebodys = Application::own(&sandbox.url).code(&mut person, &[]);
    let cases: [(&[(&str, &str)], &str); 6] = [
        (&[("iss", "https://evil.test")], "came back from another marketplace"),
        (&[("iss", "")], "came back from another marketplace"),
        (&[("code", &somebodys)], "refused the sign-in"),
        (&[("code", "pvq_code_x")], "refused the sign-in"),
        (&[("code", ""), ("error", "server_error\u{1b}[2J")], "did not sign you in: server_error[2J"),
        (&[("code", "")], "it sent no code"),
    ];
    for (changes, words) in cases {
        let login = SigningIn::begin(&environment, &[]);
        let location = login.allowed_by(&mut person);
        let page = follow(&changed(&location, changes));
        let ended = login.ends().expect(3).says(words);
        assert_eq!(ended.stderr.matches("error: ").count(), 1, "{}", ended.stderr);
        assert!(!ended.stderr.contains('\u{1b}') && !ended.stderr.contains(&somebodys), "{}", ended.stderr);
        assert_eq!(page.status, if changes[0].1.starts_with("pvq_code_") { 200 } else { 400 });
        assert_eq!(environment.file_store(), "");
    }
}

#[test]
fn who_refuses_in_the_browser_is_not_signed_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let login = SigningIn::begin(&environment, &[]);
    let page = person.open(&login.path());
    let sent = person.submit(&page, &[("decision", "deny")]);
    assert_eq!(follow(&sent.header("location").expect("location")).status, 400);
    login.ends().expect(3).says("the sign-in was refused in the browser");
    let arguments = ["login", "--device"];
    let device = Device::begin(&environment, environment.command_in(&environment.work(), &arguments));
    device.decided(&mut person, "deny");
    device.ends().expect(3).says("the sign-in was refused in the browser");
    nobody_is_signed_in(&environment);
}

#[test]
fn without_a_display_a_code_is_shown() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let ssh: &[(&str, &str)] = &[("DISPLAY", ":0"), ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")];
    for surroundings in [&[][..], ssh] {
        let mut command = environment.command_in(&environment.work(), &["login", "--json"]);
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"] {
            command.env_remove(name);
        }
        command.envs(surroundings.iter().copied());
        let device = Device::begin(&environment, command);
        device.decided(&mut person, "allow");
        assert_eq!(device.ends().expect(0).json()["account"]["id"], "acc_sandbox");
    }
    assert_eq!(environment.living_grants(), 1, "the second sign-in took the place of the first");
}

#[test]
fn scopes_that_were_asked_for_are_all_there_is() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &["--scope", "keys:read,packages:read"]);
    let who = environment.run(&["whoami", "--json"]).expect(0).json();
    assert_eq!(who["account"]["credential"]["scopes"], serde_json::json!(["packages:read", "keys:read"]));
    environment.run(&["keys", "create", "--name", "k"]).expect(3).says("lacks the scope keys:write");
    environment.run(&["login", "--scope", "keys:none"]).expect(2).says("keys:none");
}

#[test]
fn nobody_who_comes_back_is_waited_for_no_longer_than_was_said() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let command = |arguments: &[&str]| environment.command_in(&environment.work(), arguments);
    let words = ["login", "--timeout", "1s"];
    let login = SigningIn::begin(&environment, &words[1..]);
    login.ends().expect(6).says("nobody signed in within 1 s").says("--device needs no browser here");
    // One that runs in the terminal, and never ends.
    let hanging = SigningIn::with_browser(&environment, command(&words), "lynx", STAYS);
    hanging.ends().expect(6).says("nobody signed in within 1 s");
    let device = Device::begin(&environment, command(&["login", "--device", "--timeout", "1s"]));
    device.ends().expect(6).says("nobody decided within 1 s");
    for bad in ["", "0s", "5", "m", "61m", "-1s", "1h", "9\u{e9}", "99999999999999999999s"] {
        environment.run(&["login", &format!("--timeout={bad}")]).expect(2).says("is no time to wait").says("hint: ");
    }
    nobody_is_signed_in(&environment);
}

#[test]
fn a_browser_in_the_terminal_gets_its_page_while_it_is_waited_for() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let command = environment.command_in(&environment.work(), &["login"]);
    let login = SigningIn::with_browser(&environment, command, "lynx", STAYS);
    let location = login.allowed_by(&mut person);
    assert_eq!(follow(&location).status, 200);
    login.ends().expect(0);
}

#[test]
fn without_a_browser_that_opens_the_address_is_still_told() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let mut command = environment.command_in(&environment.work(), &["login", "--browser", "--timeout", "1s"]);
    command.env("BROWSER", "/nowhere/browser").env("PATH", "/nowhere");
    let ended = crate::support::Finished::of(command.spawn().expect("started")).expect(6);
    ended.says("no browser could be opened").says("/oauth/authorize?").says("--device");
}

#[test]
fn an_interrupted_sign_in_leaves_nothing() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    for signal in [Signal::INT, Signal::TERM] {
        let login = SigningIn::begin(&environment, &[]);
        login.signal(signal);
        login.ends().expect(130);
        let device = Device::begin(&environment, environment.command_in(&environment.work(), &["login", "--device"]));
        device.running.signal(signal);
        device.ends().expect(130);
    }
    nobody_is_signed_in(&environment);
}

#[test]
fn a_credential_from_standard_input_is_a_sign_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let made = identity.post("/v1/keys", &serde_json::json!({"name": "ci", "scopes": ["keys:read"]})).expect(201);
    let key = made["secret"].as_str().expect("secret");
    let told = environment.run_with_input(&["login", "--with-token"], &format!("  {key}\r\n")).expect(0);
    assert!(!told.stdout.contains(key) && !told.stderr.contains(key));
    let who = environment.run(&["whoami", "--json"]).expect(0).json();
    assert_eq!((&who["credential"]["renewed"], &who["account"]["credential"]["name"]), (&false.into(), &"ci".into()));

    let mut person = Person::signed_in(&environment, &sandbox);
    let application = Application::own(&sandbox.url);
    let code = application.code(&mut person, &[]);
    let tokens = application.redeem(&code).expect(200);
    let access = tokens["access_token"].as_str().expect("token");
    environment.run_with_input(&["login", "--with-token"], access).expect(0);
    let who = environment.run(&["whoami", "--json"]).expect(0).json();
    assert_eq!(who["account"]["credential"]["kind"], "access_token");
    Http::new(&sandbox.url, Some(key)).get("/v1/account").expect(200);

    let out = environment.run(&["logout", "--json"]).expect(0).json();
    assert_eq!(out["revoked"], false, "whoever gave it has it still");
    Http::new(&sandbox.url, Some(access)).get("/v1/account").expect(200);
}

#[test]
fn what_is_no_credential_is_refused_and_not_repeated() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let made = identity.post("/v1/keys", &serde_json::json!({"name": "ci"})).expect(201);
    let key = made["secret"].as_str().expect("secret").to_owned();
    identity.with_key(&key).delete("/v1/keys/current").expect(204);
    let refresh = "pvq_refresh_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let large = "hunter2".repeat(1 << 16);
    for (input, code, words) in [
        ("", 2, "neither a key nor an access token"),
        ("hunter2", 2, "neither a key nor an access token"),
        ("hunter2\nhunter2", 2, "neither a key nor an access token"),
        (refresh, 2, "neither a key nor an access token"),
        (large.as_str(), 2, "larger than 1024 bytes"),
        (key.as_str(), 3, "was revoked"),
    ] {
        let refused = environment.run_with_input(&["login", "--with-token"], input).expect(code).says(words);
        assert!(
            input.is_empty() || !refused.stderr.contains(input.lines().next().expect("line")),
            "{}",
            refused.stderr
        );
        assert!(!refused.stderr.contains("hunter2"), "{}", refused.stderr);
    }
    for flag in ["--device", "--browser", "--scope=keys:read", "--timeout=1m"] {
        environment.run(&["login", "--with-token", flag]).expect(2);
    }
    nobody_is_signed_in(&environment);
}
