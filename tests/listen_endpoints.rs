//! Endpoints that misbehave: each ends in time, in little memory, and with a plain word for what happened.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream, ToSocketAddrs as _};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Ndjson, SelfSigned, TestEnvironment};

/// What became of one delivery, and the most memory that the listener has used, in KiB.
struct Shown {
    exchange: Value,
    answer: String,
    peak: u64,
    took: Duration,
}

/// Sends one delivery through `listen` to an endpoint, with a second for the answer.
fn deliver(endpoint: &str) -> Shown {
    let environment = TestEnvironment::new();
    let arguments = ["listen", "--local", "--forward-to", endpoint, "--timeout", "1"];
    let listening = Ndjson::start(environment.command_in(&environment.work(), &arguments));
    let from = listening.wait_for("proveniq.listen.connected", 1)[0]["from"].as_str().expect("address").to_owned();
    let started = Instant::now();
    let mut stream = TcpStream::connect(from.trim_start_matches("http://")).expect("connected");
    let head = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    stream.write_all(head.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let exchange = listening.wait_for("proveniq.listen.exchange", 1)[0].clone();
    let took = started.elapsed();
    let status = std::fs::read_to_string(format!("/proc/{}/status", listening.pid())).expect("status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("peak").replace("kB", "");
    Shown {
        exchange,
        answer: String::from_utf8_lossy(&answer).into_owned(),
        peak: peak.trim().parse().expect("number"),
        took,
    }
}

/// An endpoint that does `work` with each connection once it has read a request.
fn endpoint(work: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let url = format!("http://{}/hook", listener.local_addr().expect("address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            // The listener hangs up when it has had enough.
            let _ = work(&mut stream);
        }
    });
    url
}

fn outcome(shown: &Shown) -> &str {
    shown.exchange["outcome"].as_str().expect("outcome")
}

#[track_caller]
fn within_a_second(shown: &Shown) {
    assert!(shown.took < Duration::from_millis(2500), "{:?}", shown.took);
}

#[test]
fn one_that_never_answers() {
    let shown = deliver(&endpoint(|stream| stream.read(&mut [0; 1]).map(drop)));
    assert_eq!(outcome(&shown), "timed_out");
    assert_eq!(shown.exchange["forward"]["failure"], "no whole answer within 1 s");
    assert!(shown.answer.starts_with("HTTP/1.1 502 "), "{}", shown.answer);
    within_a_second(&shown);
}

#[test]
fn one_that_never_takes_the_connection() {
    // A listener whose queue is full: nothing accepts, and the system answers no further connection.
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let address = listener.local_addr().expect("address");
    let shown = deliver(&format!("http://{address}"));
    assert_eq!(outcome(&shown), "timed_out");
    within_a_second(&shown);
}

#[test]
fn one_that_answers_byte_by_byte() {
    let drip = |stream: &mut TcpStream| {
        for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".iter().chain(&[b'x'; 1000]) {
            stream.write_all(&[*byte])?;
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    };
    let shown = deliver(&endpoint(drip));
    assert_eq!(outcome(&shown), "timed_out");
    within_a_second(&shown);
}

#[test]
fn one_that_redirects() {
    let target = endpoint(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
    let shown = deliver(&endpoint(move |stream| {
        stream.write_all(format!("HTTP/1.1 307 There\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n").as_bytes())
    }));
    assert_eq!((outcome(&shown), &shown.exchange["forward"]["status"]), ("redirected", &307.into()));
}

#[test]
fn one_that_sends_a_gibibyte() {
    let flood = |stream: &mut TcpStream| {
        stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 1u64 << 30).as_bytes())?;
        let piece = vec![b'x'; 1 << 20];
        (0..1024).try_for_each(|_| stream.write_all(&piece))
    };
    let shown = deliver(&endpoint(flood));
    assert_eq!(outcome(&shown), "accepted");
    let forward = &shown.exchange["forward"];
    assert_eq!((forward["body"].as_str().map(str::len), &forward["truncated"]), (Some(64 << 10), &true.into()));
    assert!(shown.peak < 100 << 10, "{} KiB", shown.peak);
    within_a_second(&shown);
}

#[test]
fn one_whose_head_has_no_end() {
    let flood = |stream: &mut TcpStream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        let line = format!("x-long: {}\r\n", "x".repeat(8000));
        (0..100_000).try_for_each(|_| stream.write_all(line.as_bytes()))
    };
    let shown = deliver(&endpoint(flood));
    assert_eq!(outcome(&shown), "broken");
    assert!(shown.peak < 100 << 10, "{} KiB", shown.peak);
    within_a_second(&shown);
}

#[test]
fn one_that_closes_within_its_head() {
    let shown = deliver(&endpoint(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-le")));
    assert_eq!(outcome(&shown), "broken");
    let failure = shown.exchange["forward"]["failure"].as_str().expect("failure");
    assert!(failure.starts_with("the connection broke: "), "{failure}");
}

#[test]
fn one_that_closes_within_its_body() {
    let shown = deliver(&endpoint(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")));
    assert_eq!(outcome(&shown), "broken");
}

#[test]
fn one_that_is_no_http() {
    let shown = deliver(&endpoint(|stream| stream.write_all(b"220 mail.test ESMTP\r\n")));
    assert_eq!(outcome(&shown), "broken");
}

#[test]
fn one_that_is_not_there() {
    let port = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
    let shown = deliver(&format!("http://127.0.0.1:{port}"));
    assert_eq!(outcome(&shown), "unreachable");
    assert!(shown.exchange["forward"]["failure"].as_str().expect("failure").contains("refused"));
}

#[test]
fn one_that_is_there_by_ipv6_alone() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else { return };
    let port = listener.local_addr().expect("address").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
        }
    });
    // Where the name means both, the address that answers is found.
    let by_name = ("localhost", port).to_socket_addrs().expect("addresses").any(|address| address.is_ipv6());
    for host in [Some("[::1]"), by_name.then_some("localhost")].into_iter().flatten() {
        let shown = deliver(&format!("http://{host}:{port}/hook"));
        assert_eq!(outcome(&shown), "accepted", "{host}: {}", shown.exchange);
    }
}

#[test]
fn one_whose_certificate_nobody_vouches_for() {
    let server = SelfSigned::start();
    let shown = deliver(&format!("https://localhost:{}/hook", server.port));
    assert_eq!(outcome(&shown), "unreachable");
    let failure = shown.exchange["forward"]["failure"].as_str().expect("failure");
    assert!(failure.contains("certificate"), "{failure}");
}

#[test]
fn one_that_speaks_no_tls() {
    let plain = endpoint(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
    let shown = deliver(&plain.replace("http://", "https://"));
    assert_eq!(outcome(&shown), "unreachable");
}
