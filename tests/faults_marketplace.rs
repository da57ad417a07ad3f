//! Marketplaces that misbehave: each fault is one clear message with a hint and the right exit code, and no key is shown.

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use proveniq::adapters::marketplace_client::MarketplaceClient;
use proveniq::credential::{ApiKey, KeyKind};
use proveniq::error::Kind;
use rustix::process::Signal;
use serde_json::json;

use crate::support::{
    Fake, Finished, Request, Running, Sandbox, TestEnvironment, Then, problem, reply, send_signal, wait_until,
};

/// The environment of a client of the marketplace at `url`, and the key that it sends.
fn client_of(url: &str) -> (TestEnvironment, ApiKey) {
    let key = ApiKey::generate(KeyKind::Test).expect("randomness");
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_MARKETPLACE_URL", url);
    environment.set("PROVENIQ_API_KEY", key.expose());
    (environment, key)
}

/// Runs a command against a marketplace, for people and for programs; expects the exit code, the words and a hint.
#[track_caller]
fn expect_at(url: &str, arguments: &[&str], code: i32, words: &str) {
    let (environment, key) = client_of(url);
    let told = environment.run(arguments).expect(code).says(words).says("hint: ");
    assert_eq!(told.stderr.matches("error: ").count(), 1, "{}", told.stderr);
    assert_eq!(told.stdout, "");
    let document = environment.run(&[arguments, &["--json"]].concat()).expect(code);
    let error = &document.json()["error"];
    assert_eq!(error["exit_code"], code);
    assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{error}");
    assert!(error["hints"][0].is_string(), "{error}");
    for text in [told.stderr, document.stdout, document.stderr] {
        assert!(!text.contains(key.expose()) && !text.contains("panicked"), "{text}");
    }
}

#[track_caller]
fn expect_fault(answer: impl Fn(&Request) -> Then + Send + Sync + 'static, code: i32, words: &str) {
    let fake = Fake::start(answer);
    expect_at(&fake.url, &["keys", "list"], code, words);
}

#[test]
fn what_is_no_marketplace_is_called_so() {
    thread::scope(|scope| {
        scope.spawn(|| expect_fault(|_| reply("500 Oops", "text/html", "<h1>Oops</h1>"), 4, "answered 500"));
        scope.spawn(|| expect_fault(|_| reply("404 Not Found", "text/html", "<h1>404</h1>"), 4, "answered 404"));
        scope.spawn(|| expect_fault(|_| reply("200 OK", "text/html", "<h1>Hello</h1>"), 4, "is no marketplace"));
        scope.spawn(|| expect_fault(|_| reply("200 OK", "application/json", "\u{0}\u{1b}[2J"), 4, "is no marketplace"));
        scope.spawn(|| expect_fault(|_| reply("200 OK", "application/json", "{\"data\": ["), 4, "is no marketplace"));
        scope.spawn(|| expect_fault(|_| reply("200 OK", "application/json", "{\"data\": 7}"), 4, "is no marketplace"));
        scope.spawn(|| expect_fault(|_| reply("200 OK", "application/json", ""), 4, "is no marketplace"));
        scope.spawn(|| expect_fault(|_| Then::WriteForEver(vec![b' '; 64 << 10]), 4, "its answer is too large"));
    });
}

#[test]
fn a_connection_that_breaks_is_told() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"data\":";
    thread::scope(|scope| {
        scope.spawn(|| expect_fault(|_| Then::Close, 4, "cannot be reached"));
        scope.spawn(|| expect_fault(|_| Then::Write(cut.to_vec()), 4, "cannot be reached"));
        scope.spawn(|| expect_fault(|_| Then::Write(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()), 4, "cannot be reached"));
        scope.spawn(|| {
            let refused = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address");
            expect_at(&format!("http://{refused}"), &["keys", "list"], 4, "cannot be reached");
        });
    });
}

#[test]
fn silence_is_given_up_when_the_time_is_over() {
    let fake = Fake::start(|_| Then::Silence);
    let started = Instant::now();
    let client = MarketplaceClient::within(&fake.url, None, Duration::from_millis(300)).expect("client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
    let error = runtime.block_on(client.keys()).expect_err("silence");
    assert_eq!(error.kind(), Kind::Unreachable);
    assert!(error.message().contains("did not answer in time"), "{error}");
    assert!(!error.hints().is_empty());
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_credential_never_follows_a_redirect() {
    let other = Fake::start(|_| reply("200 OK", "application/json", "{\"data\": []}"));
    let place = other.url.replace("127.0.0.1", "localhost");
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let place = place.clone();
        let redirect = move |request: &Request| {
            let head = format!("HTTP/1.1 {status}\r\nlocation: {place}{}\r\n", request.path);
            Then::Write(format!("{head}content-length: 0\r\nconnection: close\r\n\r\n").into_bytes())
        };
        expect_fault(redirect, 4, "redirects are not followed");
    }
    assert_eq!(other.requests().len(), 0, "{:?}", other.requests());
}

#[test]
fn problems_have_the_exit_code_of_their_kind() {
    let cases: [(u16, &str, i32); 10] = [
        (401, "unauthenticated", 3),
        (401, "key_revoked", 3),
        (401, "key_expired", 3),
        (403, "missing_scope", 3),
        (403, "not_your_publisher", 3),
        (404, "not_found", 1),
        (409, "name_taken", 5),
        (409, "version_exists", 5),
        (413, "too_large", 2),
        (422, "rejected", 1),
    ];
    thread::scope(|scope| {
        for (status, code, exit) in cases {
            scope.spawn(move || {
                let fake = Fake::start(move |_| problem(status, code, "these are the details", ""));
                expect_at(&fake.url, &["keys", "create", "--name", "x"], exit, "these are the details");
                assert_eq!(fake.requests().len(), 2, "what changes something is sent once");
            });
        }
        for (status, code) in [(500, "internal"), (507, "storage_full"), (408, "timeout")] {
            scope.spawn(move || {
                expect_fault(move |_| problem(status, code, "these are the details", ""), 4, "these are the details");
            });
        }
    });
}

#[test]
fn a_problem_of_a_later_marketplace_is_told_all_the_same() {
    expect_fault(|_| problem(418, "kettle_only", "this is a kettle", ""), 4, "this is a kettle");
    expect_fault(|_| problem(403, "not_today", "come back tomorrow", ""), 3, "come back tomorrow");
}

#[test]
fn a_failure_of_the_marketplace_names_the_request() {
    let fake = Fake::start(|_| problem(500, "internal", "the database failed", ""));
    let (environment, _) = client_of(&fake.url);
    environment.run(&["keys", "list"]).expect(4).says("(500, request req_0123456789abcdef)");
}

#[test]
fn a_busy_marketplace_is_asked_again() {
    let limited = |_: &Request| problem(429, "rate_limited", "slow down", "retry-after: 0\r\n");
    let fake = Fake::start(limited);
    expect_at(&fake.url, &["keys", "list"], 4, "slow down");
    assert_eq!(fake.requests().len(), 2 * 3);
    let asked = AtomicUsize::new(0);
    let recovering = Fake::start(move |request| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => problem(503, "internal", "restarting", "retry-after: 0\r\n"),
        1 => limited(request),
        _ => reply("200 OK", "application/json", "{\"data\": []}"),
    });
    let (environment, _) = client_of(&recovering.url);
    environment.run(&["keys", "list"]).expect(0);
}

#[test]
fn pages_without_end_are_given_up() {
    let page = "{\"data\": [], \"next_cursor\": \"again\"}";
    expect_fault(|_| reply("200 OK", "application/json", page), 4, "is no marketplace");
}

#[test]
fn a_key_that_comes_back_in_an_answer_is_not_shown() {
    expect_fault(
        |request| {
            let echoed = request.head.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization"));
            problem(403, "missing_scope", &format!("not with {}", echoed.unwrap_or_default()), "")
        },
        3,
        "not with",
    );
}

#[test]
fn reasons_of_a_refusal_are_shown() {
    let document = json!({
        "type": "urn:proveniq:problem:rejected", "title": "Refused", "status": 422, "code": "rejected",
        "detail": "it was refused", "reasons": [{"check": "SEC-SECRET", "message": "a.txt:1: a key"}],
    });
    let body = document.to_string();
    let fake = Fake::start(move |_| reply("422 Refused", "application/problem+json", &body));
    let (environment, _) = client_of(&fake.url);
    environment.run(&["keys", "list"]).expect(1).says("SEC-SECRET: a.txt:1: a key");
}

/// Publishes through a go-between that fails once at what `fault` names, then publishes at the sandbox itself.
#[track_caller]
fn publish_through(fault: impl Fn(&Request, SocketAddr) -> Option<Then> + Send + Sync + 'static, then: &str) {
    let mut environment = TestEnvironment::new();
    let project = environment.plain_project();
    let temporary = environment.path("temporary");
    std::fs::create_dir(&temporary).expect("folder");
    environment.set("TMPDIR", &temporary);
    let sandbox = Sandbox::start(&environment);
    let real: SocketAddr = sandbox.url["http://".len()..].parse().expect("address");
    let failed = AtomicBool::new(false);
    let between = Fake::start(move |request| match fault(request, real) {
        Some(fault) if !failed.swap(true, Ordering::SeqCst) => fault,
        _ => Then::Forward(real),
    });
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let mut command = environment.command_in(&project, &["publish"]);
    command.env("PROVENIQ_MARKETPLACE_URL", &between.url).env("PROVENIQ_API_KEY", &token);
    let finished = Finished::of(command.spawn().expect("started")).expect(4).says("hint:");
    assert!(!finished.stderr.contains(&token));
    let again = environment.run_in(&project, &["publish"]).expect(0);
    assert!(again.stdout.contains(then), "{}", again.stdout);
    let info = environment.run(&["info", "acme/plain", "--json"]).expect(0).json();
    assert_eq!(info["versions"].as_array().map(Vec::len), Some(1));
    assert_eq!(environment.listing(&temporary), [""; 0]);
}

#[test]
fn an_upload_that_breaks_is_taken_up_again() {
    publish_through(|request, _| (request.method == "PATCH").then_some(Then::Close), "published as listed");
    let lost = |request: &Request, real| (request.method == "PATCH").then_some(Then::ForwardAndClose(real));
    publish_through(lost, "published as listed");
    let garbage = |request: &Request, _: SocketAddr| {
        (request.method == "PATCH").then(|| reply("200 OK", "text/html", "<h1>Hello</h1>"))
    };
    publish_through(garbage, "published as listed");
}

#[test]
fn a_commit_that_breaks_is_made_or_not_and_never_half() {
    publish_through(|request, _| request.path.ends_with("/commit").then_some(Then::Close), "published as listed");
    let lost = |request: &Request, real| request.path.ends_with("/commit").then_some(Then::ForwardAndClose(real));
    publish_through(lost, "unchanged");
}

#[test]
fn an_interrupt_in_the_middle_of_an_upload_ends_at_once_and_leaves_nothing() {
    let mut environment = TestEnvironment::new();
    let project = environment.plain_project();
    let temporary = environment.path("temporary");
    std::fs::create_dir(&temporary).expect("folder");
    environment.set("TMPDIR", &temporary);
    let sandbox = Sandbox::start(&environment);
    let real: SocketAddr = sandbox.url["http://".len()..].parse().expect("address");
    for silent in ["PATCH", "/commit"] {
        let between = Fake::start(move |request| {
            if request.head.lines().next().is_some_and(|line| line.contains(silent)) {
                Then::Silence
            } else {
                Then::Forward(real)
            }
        });
        let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
        let mut command = environment.command_in(&project, &["publish"]);
        command.env("PROVENIQ_MARKETPLACE_URL", &between.url).env("PROVENIQ_API_KEY", &token);
        let command = Running::start(command);
        wait_until("the upload is under way", || {
            between.requests().last().is_some_and(|last| last.head.lines().any(|line| line.contains(silent)))
        });
        command.signal(Signal::INT);
        command.finish_within(Duration::from_secs(5)).expect(130);
        assert_eq!(environment.listing(&temporary), [""; 0]);
        environment.run(&["info", "acme/plain"]).expect(1);
    }
    environment.run_in(&project, &["publish"]).expect(0);
}

#[test]
fn a_silent_sandbox_is_told_soon() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    send_signal(sandbox.pid, Signal::STOP);
    let started = Instant::now();
    let status = environment.run(&["sandbox", "status", "--json"]);
    let took = started.elapsed();
    send_signal(sandbox.pid, Signal::CONT);
    assert_eq!(status.expect(4).json()["answers"], false);
    assert!(took < Duration::from_secs(8), "{took:?}");
}
