//! `test-webhook` under load against receivers that fail: each kind is counted, memory and time stay bounded.

use std::net::TcpListener;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{Answer, Fake, NO_CONTENT, Receiver, Running, TestEnvironment, Then, wait_until};

fn environment() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    environment
}

/// Sends 20 deliveries in 200 ms over two connections; returns the report.
fn report(url: &str, code: i32) -> Value {
    let arguments = [
        "test-webhook",
        url,
        "--rate",
        "100",
        "--duration",
        "200ms",
        "--connections",
        "2",
        "--timeout",
        "20",
        "--json",
    ];
    let report = environment().run(&arguments).expect(code).json();
    let count = |name: &str| report[name].as_u64().expect("count");
    assert_eq!((count("due"), count("delivered") + count("failed")), (20, 20), "{report}");
    report
}

#[test]
fn nobody_listening_is_an_error_and_not_a_measurement() {
    let address = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address");
    let url = format!("http://{address}/");
    let finished = environment().run(&["test-webhook", &url, "--rate", "5", "--duration", "1s"]).expect(4);
    finished.says("cannot be reached").says("hint: ");
}

#[test]
fn connections_that_are_refused_on_the_way_are_counted() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let receiver = Receiver::on(listener, 5, |_| Answer::Close(NO_CONTENT));
    let errors = &report(&receiver.url, 1)["errors"];
    // A connection that lay in the queue of the listener when it closed was reset instead.
    let lost = errors["connect"].as_u64().unwrap_or(0) + errors["broken"].as_u64().unwrap_or(0);
    assert!(errors["connect"].as_u64() >= Some(10) && lost == 15, "{errors}");
}

#[test]
fn connections_that_end_without_an_answer_are_counted() {
    let fake = Fake::start(|_| Then::Close);
    assert_eq!(report(&fake.url, 1)["errors"], json!({"broken": 20}));
}

#[test]
fn answers_that_do_not_come_are_counted() {
    let fake = Fake::start(|_| Then::Silence);
    let arguments = ["test-webhook", &fake.url, "--rate", "10", "--duration", "300ms", "--timeout", "1", "--json"];
    let report = environment().run(&arguments).expect(1).json();
    assert_eq!(report["errors"], json!({"timeout": 3}));
    assert!(report["latency"].is_null());
}

#[test]
fn statuses_are_counted_each_and_no_redirect_is_followed() {
    let receiver = Receiver::start(|number| match number % 4 {
        0 => Answer::Keep("HTTP/1.1 500 No\r\ncontent-length: 2\r\n\r\nno"),
        1 => Answer::Keep("HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n"),
        2 => Answer::Keep("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"),
        _ => Answer::Keep(NO_CONTENT),
    });
    let report = report(&receiver.url, 1);
    assert_eq!(report["errors"], json!({"status_302": 5, "status_404": 5, "status_500": 5}));
    assert_eq!((receiver.requests().len(), report["latency"]["count"].as_u64()), (20, Some(5)));
}

#[test]
fn a_lost_delivery_fails_the_gate() {
    let receiver = Receiver::start(|number| if number == 7 { Answer::Close("") } else { Answer::Keep(NO_CONTENT) });
    // The one on a kept connection that is closed without a byte is sent once more, as after a connection's idle end.
    assert_eq!(report(&receiver.url, 0)["resent"], 1);
    let receiver = Receiver::start(|number| if number == 7 { Answer::Close("HTTP") } else { Answer::Keep(NO_CONTENT) });
    let arguments =
        ["test-webhook", &receiver.url, "--rate", "400", "--duration", "500ms", "--gate", "p95<30s", "--json"];
    let gate = environment().run(&arguments).expect(1).json()["gate"].clone();
    assert_eq!(gate["reason"], "1 deliveries failed, and a lost delivery has no latency");
}

#[test]
fn every_framing_of_an_answer_is_read() {
    let receiver = Receiver::start(|number| match number % 5 {
        0 => Answer::Keep("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        1 => Answer::Close("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok"),
        2 => Answer::Keep("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n"),
        3 => Answer::Close("HTTP/1.0 200 OK\r\n\r\nuntil the end"),
        // Closed without a word of it.
        _ => Answer::Close(NO_CONTENT),
    });
    let report = report(&receiver.url, 0);
    assert_eq!((report["delivered"].as_u64(), receiver.requests().len()), (Some(20), 20));
}

#[test]
fn bodies_without_end_are_cut_and_counted_as_broken() {
    let endless = Fake::start(|_| Then::WriteForEver(vec![b'x'; 64 << 10]));
    assert_eq!(report(&endless.url, 1)["errors"], json!({"broken": 20}));
    let gigabyte = Fake::start(|_| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 1 << 30);
        Then::Write([head.as_bytes(), &vec![b'x'; 2 << 20]].concat())
    });
    assert_eq!(report(&gigabyte.url, 1)["errors"], json!({"broken": 20}));
}

#[test]
fn heads_without_end_and_what_is_not_http_are_counted_as_broken() {
    let endless = Fake::start(|_| Then::Write(format!("HTTP/1.1 200 OK\r\n{}", "x-more: 1\r\n".repeat(10_000)).into()));
    assert_eq!(report(&endless.url, 1)["errors"], json!({"broken": 20}));
    let other = Fake::start(|_| Then::Write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()));
    assert_eq!(report(&other.url, 1)["errors"], json!({"broken": 20}));
}

/// A million deliveries fall due in a second, and not one is answered: what is due is computed, never queued.
#[test]
#[cfg(target_os = "linux")]
fn a_backlog_takes_no_memory() {
    let fake = Fake::start(|_| Then::Silence);
    let environment = environment();
    let arguments = [
        "test-webhook",
        &fake.url,
        "--rate",
        "1000000",
        "--duration",
        "1s",
        "--connections",
        "2",
        "--timeout",
        "1",
        "--json",
    ];
    let running = Running::start(environment.command_in(&environment.work(), &arguments));
    let mut highest = 0;
    wait_until("it has ended", || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", running.pid())).unwrap_or_default();
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        highest = peak.unwrap_or(0).max(highest);
        peak.is_none()
    });
    let report = running.finish_within(Duration::from_secs(5)).expect(1).json();
    assert_eq!(report["due"], 1_000_000);
    assert!(report["errors"]["unsent"].as_u64() >= Some(999_000), "{report}");
    assert!((1..64 << 10).contains(&highest), "{highest} KiB");
}

#[test]
fn an_interrupt_ends_it_at_once() {
    let receiver = Receiver::start(|_| Answer::Keep(NO_CONTENT));
    let environment = environment();
    let arguments = ["test-webhook", &receiver.url, "--rate", "100", "--duration", "1h", "--json"];
    let running = Running::start(environment.command_in(&environment.work(), &arguments));
    wait_until("a delivery arrives", || !receiver.requests().is_empty());
    running.signal(Signal::INT);
    let finished = running.finish_within(Duration::from_secs(5)).expect(130);
    assert_eq!(finished.json()["error"]["kind"], "interrupted");
}

#[test]
#[cfg(target_os = "linux")]
fn more_connections_than_files_are_allowed_at_first() {
    let receiver = Receiver::start(|_| Answer::Keep(NO_CONTENT));
    let environment = environment();
    let script = format!(
        "ulimit -S -n 64; exec {} test-webhook {} --rate 200 --duration 500ms --connections 100 --json",
        env!("CARGO_BIN_EXE_proveniq"),
        receiver.url
    );
    let command = environment.prepared("sh", &environment.work(), &["-c", &script]);
    let report = Running::start(command).finish_within(Duration::from_secs(30)).expect(0).json();
    assert_eq!((&report["delivered"], &report["connections"]), (&100.into(), &100.into()), "{report}");
}
