//! A sign-in is renewed by itself: by one process at a time, stored before it is used, and never twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rustix::process::Signal;

use crate::support::{
    Answer, Fake, NO_CONTENT, Ndjson, Receiver, Room, Running, Sandbox, TestEnvironment, Then, asks_by, at_once,
    in_front_of, left_out, reply, sign_in, sign_in_by_code, wait_until,
};

/// Makes every access token end now, at the marketplace and, by its age, here.
fn tokens_end(environment: &TestEnvironment) {
    environment.change_database("UPDATE oauth_tokens SET expires_at = 1 WHERE kind = 'access'");
    environment.date_login("2026-01-01T00:00:00Z");
}

#[test]
fn twenty_processes_renew_a_sign_in_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    for round in 1..=2 {
        tokens_end(&environment);
        let codes = at_once(20, |_| environment.run(&["whoami", "--json"]).code);
        assert_eq!(codes, [0; 20]);
        assert_eq!(environment.audited("token.refresh"), round);
        assert_eq!(environment.living_grants(), 1);
    }
}

/// With the file store a lock is short; the encrypted store takes a second for each look.
#[test]
fn several_processes_renew_an_encrypted_sign_in_once() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_CREDENTIAL_STORE", "age");
    environment.set("PROVENIQ_STORE_PASSPHRASE", "correct horse");
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    environment.change_database("UPDATE oauth_tokens SET expires_at = 1 WHERE kind = 'access'");
    let codes = at_once(4, |_| environment.run(&["whoami", "--json"]).code);
    assert_eq!(codes, [0; 4]);
    assert_eq!(environment.audited("token.refresh"), 1);
}

/// No process knows by its clock that the token has ended: the marketplace says so.
#[test]
fn a_token_that_the_marketplace_calls_expired_is_renewed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    environment.change_database("UPDATE oauth_tokens SET expires_at = 1 WHERE kind = 'access'");
    assert_eq!(at_once(5, |_| environment.run(&["whoami"]).code), [0; 5]);
    assert_eq!(environment.audited("token.refresh"), 1);
}

#[test]
fn a_clock_that_is_off_keeps_nobody_out() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    for (count, shift) in (1..).zip(["+5h", "-5h", "+400d", "-400d"]) {
        let Some(command) = environment.with_clock(shift, &["whoami", "--json"]) else {
            return left_out("no faketime");
        };
        Running::start(command).finish_within(Duration::from_secs(20)).expect(0);
        assert_eq!(environment.audited("token.refresh"), count, "{shift}: its age is unknown, so it is renewed");
    }
    environment.run(&["whoami"]).expect(0);
    for obtained_at in ["2000-01-01T00:00:00Z", "2200-01-01T00:00:00Z"] {
        environment.date_login(obtained_at);
        environment.run(&["whoami"]).expect(0);
    }
}

#[test]
fn a_renewal_whose_answer_is_lost_ends_the_sign_in_and_says_so() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let lost = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&lost);
    let fake = in_front_of(&sandbox, move |request, address| {
        let loses = asks_by(request, "refresh_token") && count.fetch_add(1, Ordering::SeqCst) == 0;
        loses.then_some(Then::ForwardAndClose(address))
    });
    sign_in_by_code(&environment, &sandbox, &fake.url);
    tokens_end(&environment);
    let words = ["whoami", "--marketplace", &fake.url];
    let first = environment.run(&words).expect(3).says("hint: sign in again with `proveniq login`");
    assert!(first.stderr.contains("could not be renewed"), "{}", first.stderr);
    assert_eq!(first.stderr.matches("warning: ").count(), 1, "{}", first.stderr);
    assert_eq!(lost.load(Ordering::SeqCst), 1, "it is not sent twice by one request");
    let next = environment.run(&words).expect(3).says("hint: sign in again with `proveniq login`");
    for text in [first.stderr, next.stderr] {
        assert!(!text.contains(&environment.stored_token("refresh").expect("token")), "{text}");
    }
    sign_in_by_code(&environment, &sandbox, &fake.url);
    environment.run(&words).expect(0);
    assert_eq!(environment.living_grants(), 1);
}

#[test]
fn a_process_that_is_killed_while_it_renews_blocks_nobody() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let (hangs, arrived) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicBool::new(false)));
    let (hanging, seen) = (Arc::clone(&hangs), Arc::clone(&arrived));
    let fake = in_front_of(&sandbox, move |request, _| {
        if !asks_by(request, "refresh_token") || !hanging.load(Ordering::SeqCst) {
            return None;
        }
        seen.store(true, Ordering::SeqCst);
        Some(Then::Silence)
    });
    sign_in_by_code(&environment, &sandbox, &fake.url);
    tokens_end(&environment);
    let words = ["whoami", "--marketplace", &fake.url];
    let killed = Running::start(environment.command_in(&environment.work(), &words));
    wait_until("it asks for tokens", || arrived.load(Ordering::SeqCst));
    let waiting = Running::start(environment.command_in(&environment.work(), &words));
    hangs.store(false, Ordering::SeqCst);
    killed.signal(Signal::KILL);
    waiting.finish_within(Duration::from_secs(10)).expect(0);
    environment.run(&words).expect(0);
    assert_eq!(environment.audited("token.refresh"), 1);
}

#[test]
fn a_store_that_takes_nothing_uses_up_no_refresh_token() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    tokens_end(&environment);
    let stored = environment.file_store();
    let Some(refused) = environment.run_read_only(&environment.path("config"), &["whoami"]) else { return };
    refused.expect(3).says("the sign-in could not be renewed").says("Read-only file system");
    assert_eq!(environment.audited("token.refresh"), 0);
    assert_eq!(environment.file_store(), stored);
    environment.run(&["whoami"]).expect(0);
    assert_eq!(environment.audited("token.refresh"), 1);
}

#[test]
fn a_full_disk_uses_up_no_refresh_token() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    tokens_end(&environment);
    let files = ["credentials.json", "logins.json"].map(|name| (name, environment.path("config").join(name)));
    let kept = files.map(|(name, path)| (name, std::fs::read(path).expect("file")));
    let Some(room) = Room::over(&environment.path("config"), 64) else { return };
    for (name, bytes) in &kept {
        let path = room.folder().join(name);
        std::fs::write(&path, bytes).expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(path, mode).expect("mode");
    }
    let run = || {
        let command = room.command(&environment, &environment.work(), &["whoami"]);
        Running::start(command).finish_within(Duration::from_secs(20))
    };
    room.fill(0);
    run().expect(3).says("the sign-in could not be renewed").says("No space left on device");
    assert_eq!(environment.audited("token.refresh"), 0);
    room.empty();
    run().expect(0);
}

#[test]
fn a_marketplace_in_trouble_ends_no_sign_in() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let trouble = Arc::new(AtomicUsize::new(0));
    let state = Arc::clone(&trouble);
    let fake: Fake = in_front_of(&sandbox, move |request, _| {
        let document = "{\"error\":\"slow_down\",\"error_description\":\"too often\"}";
        match state.load(Ordering::SeqCst) {
            _ if !asks_by(request, "refresh_token") => None,
            1 => Some(reply("503 Service Unavailable", "text/html", "<h1>later</h1>")),
            2 => Some(reply("429 Too Many Requests", "application/json", document)),
            3 => Some(reply("302 Found\r\nlocation: https://evil.test/", "text/html", "")),
            _ => None,
        }
    });
    sign_in_by_code(&environment, &sandbox, &fake.url);
    tokens_end(&environment);
    let words = ["whoami", "--marketplace", &fake.url];
    for kind in 1..=3 {
        trouble.store(kind, Ordering::SeqCst);
        environment.run(&words).expect(3).says("could not be renewed");
    }
    trouble.store(0, Ordering::SeqCst);
    environment.run(&words).expect(0);
    assert_eq!(environment.audited("token.refresh"), 1);
}

/// Tokens live two seconds; the connection is made again whenever it was lost.
#[test]
fn listening_goes_on_over_several_lifetimes() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start_with(&environment, &["--access-token-lifetime", "2s"]);
    sign_in(&environment, &sandbox, &[]);
    let receiver = Receiver::start(|_| Answer::Keep(NO_CONTENT));
    let words = ["listen", "--forward-to", &receiver.url, "--json"];
    let listening = Ndjson::start(environment.command_in(&environment.work(), &words));
    listening.wait_for("proveniq.listen.connected", 1);
    for round in 1..=3 {
        let refreshed = environment.audited("token.refresh");
        wait_until("the token is renewed", || {
            environment.run(&["sandbox", "emit", "webhook.ping"]).expect(0);
            environment.audited("token.refresh") > refreshed
        });
        wait_until("a delivery arrives", || listening.of("proveniq.listen.exchange").len() >= round);
    }
    assert_eq!(environment.living_grants(), 1);
}

#[test]
fn the_life_of_access_tokens_can_be_chosen_within_bounds() {
    let environment = TestEnvironment::new();
    for bad in ["0s", "25h", "", "5", "-1s", "1w"] {
        let refused = environment.run(&["sandbox", "start", "--port", "0", &format!("--access-token-lifetime={bad}")]);
        refused.expect(2).says("hint: write a number and s, m or h");
    }
    let sandbox = Sandbox::start_with(&environment, &["--access-token-lifetime", "1h"]);
    let again = environment.run(&["sandbox", "start", "--detach", "--access-token-lifetime", "2h"]).expect(0);
    again.says("--access-token-lifetime counts when it is started the next time");
    let mut person = crate::support::Person::signed_in(&environment, &sandbox);
    let application = crate::support::Application::own(&sandbox.url);
    let code = application.code(&mut person, &[]);
    assert_eq!(application.redeem(&code).expect(200)["expires_in"], 3_600);
}
