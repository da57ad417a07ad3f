//! Endpoints that misbehave under `test-webhook`: each run ends in time, in little memory, and with a plain word for what
//! happened.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream, ToSocketAddrs as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Fake, Finished, Running, SelfSigned, TestEnvironment, Then};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// Far above what any of these takes, and far below what an unbounded wait would.
const LIMIT: Duration = Duration::from_mins(1);
/// Most memory that a run may take, in KiB: bodies of 20 MiB are sent, nothing of that size is kept of an answer.
const MOST_MEMORY: u64 = 200 << 10;

/// Runs the usual suites against an endpoint, with a second for each answer.
fn test(url: &str, arguments: &[&str]) -> Finished {
    test_with_patience("1", url, arguments)
}

/// The same with so many seconds.
fn test_with_patience(seconds: &str, url: &str, arguments: &[&str]) -> Finished {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", Path::new(SECRET));
    let arguments = [&["test-webhook", url, "--timeout", seconds, "--json"], arguments].concat();
    let finished = Running::start(environment.command_in(&environment.work(), &arguments)).finish_within(LIMIT);
    assert!(!finished.stdout.contains(&SECRET["whsec_".len()..]), "{}", finished.stdout);
    finished
}

/// An endpoint that reads whole deliveries and takes as long as `work` does for each, several at once.
fn taking(work: Duration) -> Fake {
    Fake::start(move |_| {
        thread::sleep(work);
        Then::Write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec())
    })
}

/// An endpoint that does `work` with each connection once it has read a request.
fn endpoint(work: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> String {
    listening(TcpListener::bind("127.0.0.1:0").expect("port"), work)
}

fn listening(
    listener: TcpListener,
    work: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
) -> String {
    let url = format!("http://{}/hook", listener.local_addr().expect("address"));
    thread::spawn(move || {
        let work = std::sync::Arc::new(work);
        for mut stream in listener.incoming().flatten() {
            let work = std::sync::Arc::clone(&work);
            thread::spawn(move || {
                let _ = stream.read(&mut vec![0; 64 << 10]);
                // The sender hangs up when it has had enough.
                let _ = work(&mut stream);
            });
        }
    });
    url
}

#[track_caller]
fn control(report: &Value) -> &str {
    assert_eq!(report["cases"][0]["id"], "control");
    assert_eq!(report["cases"][0]["verdict"], "fail", "{report:#}");
    report["cases"][0]["reason"].as_str().expect("reason")
}

fn control_verdict(report: &Value) -> &str {
    report["cases"][0]["verdict"].as_str().expect("verdict")
}

fn count(report: &Value, verdict: &str) -> usize {
    report["cases"].as_array().expect("cases").iter().filter(|case| case["verdict"] == verdict).count()
}

#[test]
fn one_that_never_answers_is_given_up() {
    let report = test(&endpoint(|stream| stream.read_to_end(&mut Vec::new()).map(drop)), &[]).expect(1).json();
    assert_eq!(control(&report), "no answer within 1 s");
    assert_eq!(count(&report, "fail"), 3, "{report:#}");
    let last = report["cases"].as_array().and_then(|cases| cases.last()).expect("cases");
    assert_eq!(last["verdict"], "not_run");
    assert_eq!(last["reason"], "not sent: the last 3 deliveries were not answered in time");
}

#[test]
fn one_that_answers_byte_by_byte_is_given_up() {
    let drip = |stream: &mut TcpStream| {
        for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".iter().chain(&[b'x'; 1000]) {
            stream.write_all(&[*byte])?;
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    };
    let report = test(&endpoint(drip), &[]).expect(1).json();
    assert_eq!(control(&report), "no answer within 1 s");
    assert_eq!(count(&report, "fail"), 3, "{report:#}");
}

#[test]
fn one_that_never_takes_the_connection_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let address = listener.local_addr().expect("address");
    let finished = test(&format!("http://{address}/hook"), &["--case", "signature.missing"]);
    // The system takes connections into the queue; nothing reads from them.
    assert_eq!(control(&finished.expect(1).json()), "no answer within 1 s");
}

#[test]
fn one_that_redirects_is_not_followed() {
    let target = TcpListener::bind("127.0.0.1:0").expect("port");
    target.set_nonblocking(true).expect("set");
    let there = target.local_addr().expect("address");
    let url = endpoint(move |stream| {
        stream.write_all(
            format!("HTTP/1.1 307 There\r\nlocation: http://{there}/\r\ncontent-length: 0\r\n\r\n").as_bytes(),
        )
    });
    let report = test(&url, &[]).expect(1).json();
    assert_eq!(control(&report), "answered 307: deliveries do not follow redirects");
    assert!(target.accept().is_err(), "the redirect was followed");
}

/// Runs it, and watches how much memory the process takes at most, in KiB.
fn peak_of(url: &str, arguments: &[&str]) -> (Finished, u64) {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", Path::new(SECRET));
    let arguments = [&["test-webhook", url, "--timeout", "5", "--json"], arguments].concat();
    let running = Running::start(environment.command_in(&environment.work(), &arguments));
    let pid = running.pid();
    let peak = thread::spawn(move || {
        let mut peak = 0;
        while let Ok(status) = fs::read_to_string(format!("/proc/{pid}/status")) {
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let Some(line) = line else { break };
            peak = line.trim().trim_end_matches(" kB").parse().unwrap_or(peak);
            thread::sleep(Duration::from_millis(5));
        }
        peak
    });
    let finished = running.finish_within(LIMIT);
    (finished, peak.join().expect("peak"))
}

#[test]
fn one_that_sends_a_gibibyte_is_not_read_to_its_end() {
    let flood = |stream: &mut TcpStream| {
        stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 1u64 << 30).as_bytes())?;
        let piece = vec![b'x'; 1 << 20];
        (0..1024).try_for_each(|_| stream.write_all(&piece))
    };
    let (finished, peak) = peak_of(&endpoint(flood), &["--suite", "delivery", "--suite", "signature"]);
    let report = finished.expect(1).json();
    assert!(control(&report).starts_with("the answer has more than "), "{report:#}");
    assert!((1..MOST_MEMORY).contains(&peak), "{peak} KiB");
}

#[test]
fn one_whose_head_has_no_end_breaks() {
    let flood = |stream: &mut TcpStream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        let line = format!("x-long: {}\r\n", "x".repeat(8000));
        (0..100_000).try_for_each(|_| stream.write_all(line.as_bytes()))
    };
    let (finished, peak) = peak_of(&endpoint(flood), &[]);
    let report = finished.expect(1).json();
    assert!(control(&report).starts_with("the connection broke: "), "{report:#}");
    assert!((1..MOST_MEMORY).contains(&peak), "{peak} KiB");
}

#[test]
fn one_that_only_ever_says_continue_is_given_up() {
    let continues = |stream: &mut TcpStream| loop {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        thread::sleep(Duration::from_millis(5));
    };
    let report = test(&endpoint(continues), &[]).expect(1).json();
    assert_eq!(control(&report), "no answer within 1 s");
}

#[test]
fn one_that_closes_within_its_head_breaks() {
    let report = test(&endpoint(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-le")), &[]).expect(1).json();
    assert!(control(&report).starts_with("the connection broke: "), "{report:#}");
}

#[test]
fn one_that_is_no_http_breaks() {
    let report = test(&endpoint(|stream| stream.write_all(b"220 mail.test ESMTP\r\n")), &[]).expect(1).json();
    assert!(control(&report).starts_with("the connection broke: "), "{report:#}");
}

#[test]
fn one_whose_certificate_nobody_vouches_for_is_unreachable() {
    let server = SelfSigned::start();
    let finished = test(&format!("https://localhost:{}/hook", server.port), &[]).expect(4);
    assert!(finished.stdout.contains("certificate"), "{}", finished.stdout);
}

#[test]
fn one_that_speaks_no_tls_is_unreachable() {
    let plain = endpoint(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
    test(&plain.replace("http://", "https://"), &[]).expect(4);
}

#[test]
fn one_that_is_there_by_ipv6_alone_is_found() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else { return };
    let port = listener.local_addr().expect("address").port();
    listening(listener, |stream| stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"));
    // Where the name means both, the address that answers is found.
    let by_name = ("localhost", port).to_socket_addrs().expect("addresses").any(|address| address.is_ipv6());
    for host in [Some("[::1]"), by_name.then_some("localhost")].into_iter().flatten() {
        let url = format!("http://{host}:{port}/hook");
        let report = test(&url, &["--case", "robustness.pipelined"]).expect(0).json();
        assert_eq!(count(&report, "pass"), 2, "{host}: {report:#}");
    }
}

#[test]
fn one_that_takes_its_time_for_each_delivery_has_not_held_up_others() {
    let endpoint = taking(Duration::from_millis(1200));
    let report = test_with_patience("10", &endpoint.url, &["--case", "robustness.slow-sender"]).expect(0).json();
    assert_eq!(count(&report, "pass"), 2, "{report:#}");
}

#[test]
fn a_large_payload_is_held_once_for_all_cases() {
    let endpoint = taking(Duration::ZERO);
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("large.json");
    fs::write(&file, format!("{{\"text\": \"{}\"}}", "x".repeat(8 << 20))).expect("written");
    let data = format!("@{}", file.display());
    let (finished, peak) = peak_of(&endpoint.url, &["--data", &data, "--case", "signature.missing"]);
    assert_eq!(control_verdict(&finished.expect(1).json()), "pass");
    assert!((1..MOST_MEMORY).contains(&peak), "{peak} KiB");
}

#[test]
fn an_endpoint_that_limits_rates_is_asked_again_when_it_says() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let fake = Fake::start(move |_| {
        let limited = turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst).is_multiple_of(2);
        let head: &[u8] = if limited {
            b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        } else {
            b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"
        };
        Then::Write(head.to_vec())
    });
    let report = test(&fake.url, &["--event", "webhook.ping", "--count", "2"]).expect(0).json();
    assert_eq!(report["summary"]["passed"], 2);
    assert_eq!(fake.requests().len(), 4);
}
