//! A sign-in is renewed by itself: by one process at a time, stored before it is used, and never twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rustix::process::Signal;

use crate::support::{
    Answer, Fake, NO_CONTENT, Ndjson, Receiver, Room, Running, Sandbox, TestEnvironment, Then, asks_by, at_once,
    in_front_of, left_out, reply, sign_in, sign_in_by_code, wait_until,
};

/// What happens to the requests that renew a sign-in.
const NOTHING: usize = 0;
const BEFORE_IT_ARRIVES: usize = 1;
const AFTER_IT_ARRIVED: usize = 2;

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

/// Nobody knows whether the marketplace has seen the refresh token: it stays, and asking once more tells. One that was used
/// ends everything that came of it, so that the tokens that were lost are of no use to anybody.
#[test]
fn a_renewal_whose_answer_is_lost_is_told_and_the_next_command_knows_whether_the_sign_in_has_ended() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let (asked, cut) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(NOTHING)));
    let (count, kind) = (Arc::clone(&asked), Arc::clone(&cut));
    let fake = in_front_of(&sandbox, move |request, address| {
        if !asks_by(request, "refresh_token") {
            return None;
        }
        count.fetch_add(1, Ordering::SeqCst);
        match kind.load(Ordering::SeqCst) {
            BEFORE_IT_ARRIVES => Some(Then::Close),
            AFTER_IT_ARRIVED => Some(Then::ForwardAndClose(address)),
            _ => None,
        }
    });
    sign_in_by_code(&environment, &sandbox, &fake.url);
    tokens_end(&environment);
    let words = ["whoami", "--marketplace", &fake.url];
    let lost = |kind| {
        cut.store(kind, Ordering::SeqCst);
        asked.store(0, Ordering::SeqCst);
        let told = environment.run(&words).expect(4).says("error: the sign-in could not be renewed").says("no answer");
        let told = told.says("hint: run the command again: it tells whether the sign-in has ended");
        assert_eq!(asked.load(Ordering::SeqCst), 1, "it is not sent twice by one command");
        assert_eq!((told.stderr.matches("warning: ").count(), told.stderr.matches("error: ").count()), (0, 1));
        cut.store(NOTHING, Ordering::SeqCst);
        told.stderr
    };
    let mut said = vec![lost(BEFORE_IT_ARRIVES)];
    environment.run(&words).expect(0);
    assert_eq!(environment.audited("token.refresh"), 1);

    tokens_end(&environment);
    said.push(lost(AFTER_IT_ARRIVED));
    assert_eq!(environment.living_grants(), 1);
    for _ in 0..2 {
        asked.store(0, Ordering::SeqCst);
        let ended = environment.run(&words).expect(3).says("hint: sign in again with `proveniq login`");
        assert_eq!((environment.living_grants(), asked.load(Ordering::SeqCst)), (0, 1));
        assert_eq!((ended.stderr.matches("warning: ").count(), ended.stderr.matches("error: ").count()), (0, 1));
        said.push(ended.stderr);
    }
    for text in said {
        assert!(!text.contains(&environment.stored_token("refresh").expect("token")), "{text}");
    }
    sign_in_by_code(&environment, &sandbox, &fake.url);
    environment.run(&words).expect(0);
    assert_eq!(environment.living_grants(), 1);
}

/// What is renewed ahead of time goes on being sent as long as it works.
#[test]
fn a_renewal_that_fails_while_the_token_still_works_is_a_warning() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let fake = in_front_of(&sandbox, |request, _| {
        asks_by(request, "refresh_token").then(|| reply("503 Service Unavailable", "text/html", "<h1>later</h1>"))
    });
    sign_in_by_code(&environment, &sandbox, &fake.url);
    environment.date_login("2026-01-01T00:00:00Z");
    let told = environment.run(&["whoami", "--marketplace", &fake.url]).expect(0);
    let told = told.says("warning: the sign-in could not be renewed").says("503");
    assert_eq!(told.stderr.matches("warning: ").count(), 1, "{}", told.stderr);
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
    refused.expect(2).says("error: the sign-in could not be renewed").says("Read-only file system");
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
    let full = run().expect(2).says("error: the sign-in could not be renewed").says("No space left on device");
    full.says("hint: the disk is full");
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
        let slow_down = "{\"error\":\"slow_down\",\"error_description\":\"too often\"}";
        let blocked = "{\"error\":\"blocked\",\"error_description\":\"by a firewall\"}";
        let kind = state.load(Ordering::SeqCst);
        if kind == 6 && request.path.starts_with("/.well-known/") {
            return Some(reply("503 Service Unavailable", "text/html", "<h1>later</h1>"));
        }
        match kind {
            _ if !asks_by(request, "refresh_token") => None,
            1 => Some(reply("503 Service Unavailable", "text/html", "<h1>later</h1>")),
            2 => Some(reply("429 Too Many Requests", "application/json", slow_down)),
            3 => Some(reply("302 Found\r\nlocation: https://evil.test/", "text/html", "")),
            4 => Some(reply("403 Forbidden", "application/json", blocked)),
            5 => Some(reply("200 OK", "application/json", "{}")),
            _ => None,
        }
    });
    sign_in_by_code(&environment, &sandbox, &fake.url);
    tokens_end(&environment);
    let words = ["whoami", "--marketplace", &fake.url];
    let stored = environment.file_store();
    for kind in 1..=6 {
        trouble.store(kind, Ordering::SeqCst);
        let told = environment.run(&words).expect(4).says("error: the sign-in could not be renewed").says("hint: ");
        assert!(!told.stderr.contains("sign in again"), "{kind}: {}", told.stderr);
        assert_eq!((told.stderr.matches("warning: ").count(), told.stderr.matches("error: ").count()), (0, 1));
        assert_eq!(environment.file_store(), stored, "{kind}");
    }
    trouble.store(0, Ordering::SeqCst);
    environment.run(&words).expect(0);
    assert_eq!(environment.audited("token.refresh"), 1);

    tokens_end(&environment);
    let stored = environment.file_store();
    let url = fake.url.clone();
    drop(fake);
    let told = environment.run(&["whoami", "--marketplace", &url]).expect(4).says("cannot be reached");
    assert!(!told.stderr.contains("sign in again") && !told.stderr.contains("warning: "), "{}", told.stderr);
    assert_eq!(environment.file_store(), stored);
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
