//! `listen --capture`, `--local` and `replay`: bytes are kept and sent exactly.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustix::process::Signal;
use serde_json::Value;

use crate::support::{
    Fake, Ndjson, PlainHandler, Sandbox, TestEnvironment, Then, is_alive, reply, send_signal, wait_until,
};

const EXCHANGE: &str = "proveniq.listen.exchange";
const CONNECTED: &str = "proveniq.listen.connected";
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn local(environment: &TestEnvironment, arguments: &[&str]) -> (Ndjson, String) {
    let arguments = [&["listen", "--local"], arguments].concat();
    let running = Ndjson::start(environment.command_in(&environment.work(), &arguments));
    let url = running.wait_for(CONNECTED, 1)[0]["from"].as_str().expect("address").to_owned();
    (running, url)
}

/// Sends raw bytes; returns the answer.
fn raw(url: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).expect("connected");
    stream.write_all(bytes).expect("sent");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn post(url: &str, path: &str, headers: &str, body: &[u8]) -> String {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    raw(url, &[head.as_bytes(), body].concat())
}

#[test]
fn bytes_arrive_as_they_were_sent_also_those_that_are_no_text() {
    let environment = TestEnvironment::new();
    let endpoint = Fake::start(|_| reply("202 Accepted", "text/x-odd", "taken"));
    let (listening, url) =
        local(&environment, &["--forward-to", &format!("{}/hooks", endpoint.url), "--capture", "c.db"]);
    let body = b"\xff\xfe {\"a\" : 1.0}\r\n\t\0\xc3".to_vec();
    let head = b"PUT /a/b%20c?d=%FF HTTP/1.1\r\nHost: localhost:1\r\nX-Odd: caf\xe9\r\nX-Twice: 1\r\nX-Twice: 2\r\nConnection: close\r\n";
    let length = format!("Content-Length: {}\r\n\r\n", body.len());
    let answer = raw(&url, &[head, length.as_bytes(), &body].concat());
    assert!(answer.starts_with("HTTP/1.1 202 ") && answer.ends_with("taken"), "the endpoint's answer: {answer}");
    let arrived = &endpoint.requests()[0];
    assert_eq!((arrived.method.as_str(), arrived.path.as_str()), ("PUT", "/hooks/a/b%20c?d=%FF"));
    assert_eq!(arrived.body, body);
    assert!(arrived.head.contains("x-twice: 1\r\nx-twice: 2\r\n"), "{}", arrived.head);
    let exchange = &listening.wait_for(EXCHANGE, 1)[0];
    assert_eq!(exchange["request"]["body_base64"], STANDARD.encode(&body));
    let odd = exchange["request"]["headers"].as_array().expect("headers").iter().find(|one| one["name"] == "x-odd");
    assert_eq!(odd.expect("header")["value_base64"], STANDARD.encode(b"caf\xe9"));
    environment.run(&["listen", "replay", "1", "--capture", "c.db"]).expect(0);
    assert_eq!(endpoint.requests()[1].body, body);
    assert_eq!(endpoint.requests()[1].head, arrived.head, "the replay is the same request");
}

#[test]
fn the_local_endpoint_answers_and_bounds_what_it_takes() {
    let environment = TestEnvironment::new();
    let (listening, url) = local(&environment, &["--answer", "418", "--allow-host", "tunnel.test"]);
    assert!(post(&url, "/", "", b"{}").starts_with("HTTP/1.1 418 "));
    let by_name =
        |host: &str| raw(&url, format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes());
    assert!(by_name("tunnel.test:80").starts_with("HTTP/1.1 418 "));
    assert!(by_name("[::1]:80").starts_with("HTTP/1.1 418 "));
    for stranger in ["evil.test", "evil.test:80", "127.0.0.1.evil.test", ""] {
        assert!(by_name(stranger).starts_with("HTTP/1.1 421 "), "{stranger}");
    }
    let large =
        raw(&url, b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 40000000\r\nconnection: close\r\n\r\n");
    assert!(large.starts_with("HTTP/1.1 413 "), "{large}");
    listening.wait_for("proveniq.listen.refused", 5);
    assert_eq!(listening.of(EXCHANGE).len(), 3);
    let (_again, second) = local(&environment, &[]);
    let port = second.rsplit(':').next().expect("port").to_owned();
    environment.run(&["listen", "--local", "--port", &port]).expect(2).says("--port 0");
}

#[test]
fn an_authorization_header_is_passed_on_and_not_shown() {
    let environment = TestEnvironment::new();
    let endpoint = Fake::start(|_| reply("500 Broken", "text/plain", "my secret is whsec_AAECAwQFBgcICQoL!"));
    let (listening, url) = local(&environment, &["--forward-to", &endpoint.url]);
    post(&url, "/", "authorization: Bearer hunter2\r\n", b"{}");
    let exchange = &listening.wait_for(EXCHANGE, 1)[0];
    assert!(!exchange.to_string().contains("hunter2"), "{exchange}");
    assert_eq!(exchange["forward"]["body"], "my secret is whsec_…!");
    assert!(endpoint.requests()[0].head.contains("authorization: Bearer hunter2\r\n"));
}

/// Headers of a delivery that was signed long ago, by the program's own function, which the published vectors check.
fn old_delivery(body: &[u8]) -> String {
    let secret = proveniq::webhook::SigningSecret::parse(SECRET).expect("secret");
    let signature = proveniq::webhook::sign(&secret, "msg_old", 1_600_000_000, body);
    format!("webhook-id: msg_old\r\nwebhook-timestamp: 1600000000\r\nwebhook-signature: {signature}\r\n")
}

#[test]
fn an_old_delivery_is_refused_as_it_was_and_accepted_when_it_is_signed_afresh() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
    let handler = PlainHandler::start(SECRET);
    let (mut listening, url) = local(&environment, &["--capture", "c.db", "--limit", "1"]);
    post(&url, "/hook", &old_delivery(b"{\"n\": 1}"), b"{\"n\": 1}");
    listening.finish_within(Duration::from_secs(10)).expect(0);
    let replay = |arguments: &[&str]| {
        let common = ["listen", "replay", "msg_old", "--capture", "c.db"];
        environment.run(&[&common[..], arguments].concat())
    };
    replay(&[]).expect(2).says("--to URL");
    replay(&["--to", &handler.url]).expect(1).says("--resign");
    let document = replay(&["--to", &handler.url, "--resign", "--json"]).expect(0).json();
    assert_eq!(document["schema"], "proveniq.listen-replay/1");
    assert_eq!(document["message_id"], "msg_old", "the id is kept");
    assert_eq!(document["replay_of"], 1, "the one that came in, not a replay of it");
    std::fs::write(environment.work().join("other.json"), "{\"n\":  2}\n").expect("written");
    let edited = replay(&["--to", &handler.url, "--resign", "--body", "@other.json", "--json"]).expect(0).json();
    assert_eq!(edited["request"]["body"], "{\"n\":  2}\n");
    replay(&["--body", "@other.json", "--to", &handler.url]).expect(2);
    replay(&["--to", "http://127.0.0.1:9/"]).expect(4);
    environment.run(&["listen", "replay", "99", "--capture", "c.db"]).expect(2).says("no exchange \"99\"");
}

#[test]
fn what_was_received_survives_the_sudden_end_of_the_listener() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let hanging = Fake::start(|_| Then::Silence);
    let arguments = ["listen", "--forward-to", &hanging.url, "--capture", "c.db"];
    let listening = Ndjson::start(environment.command_in(&environment.work(), &arguments));
    listening.wait_for(CONNECTED, 1);
    environment.run(&["sandbox", "emit", "webhook.ping", "--count", "2"]).expect(0);
    wait_until("the endpoint hangs", || hanging.requests().len() == 1);
    send_signal(listening.pid(), Signal::KILL);
    wait_until("it has gone", || !is_alive(listening.pid()));
    let endpoint = Fake::start(|_| reply("200 OK", "text/plain", ""));
    environment.run(&["listen", "replay", "1", "--capture", "c.db", "--to", &endpoint.url]).expect(0);
    assert_eq!(endpoint.requests()[0].body, hanging.requests()[0].body);
    // The one whose end is unknown comes again, and then the one after it.
    let resumed = ["listen", "--forward-to", &endpoint.url, "--capture", "c.db", "--resume", "--limit", "2"];
    let mut resumed = Ndjson::start(environment.command_in(&environment.work(), &resumed));
    resumed.finish_within(Duration::from_secs(10)).expect(0);
    let cursors: Vec<Value> = resumed.of(EXCHANGE).iter().map(|exchange| exchange["cursor"].clone()).collect();
    assert_eq!(cursors, [1, 2]);
    environment.run(&["sandbox", "emit", "webhook.ping"]).expect(0);
    let more = ["listen", "--forward-to", &endpoint.url, "--capture", "c.db", "--resume", "--limit", "1"];
    let mut more = Ndjson::start(environment.command_in(&environment.work(), &more));
    more.finish_within(Duration::from_secs(10)).expect(0);
    assert_eq!(more.of(EXCHANGE)[0]["cursor"], 3);
}

#[test]
fn a_file_that_is_no_capture_is_refused_and_left_as_it_is() {
    let environment = TestEnvironment::new();
    let file = environment.work().join("notes.txt");
    let text = "these are my notes\n".repeat(100);
    std::fs::write(&file, &text).expect("written");
    for arguments in
        [&["listen", "--local", "--capture", "notes.txt"][..], &["listen", "replay", "1", "--capture", "notes.txt"]]
    {
        environment.run(arguments).expect(2).says("notes.txt");
    }
    assert_eq!(std::fs::read_to_string(&file).expect("read"), text);
    let _sandbox = Sandbox::start(&environment);
    let database = environment.path("state/sandbox/data/marketplace.db");
    let database = database.to_str().expect("UTF-8");
    environment.run(&["listen", "--local", "--capture", database]).expect(2).says("is no capture of proveniq");
    environment.run(&["listen", "replay", "1", "--capture", "none.db"]).expect(2).says("there is no capture");
    assert!(!environment.work().join("none.db").exists());
}

#[test]
fn a_capture_is_for_its_owner_alone_and_grows_from_run_to_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let environment = TestEnvironment::new();
    for run in 1..=2 {
        let (mut listening, url) = local(&environment, &["--capture", "c.db", "--limit", "1"]);
        post(&url, "/", "", b"{}");
        listening.finish_within(Duration::from_secs(10)).expect(0);
        assert_eq!(listening.of(EXCHANGE)[0]["id"], run);
    }
    let file = environment.work().join("c.db");
    assert_eq!(std::fs::metadata(&file).expect("metadata").permissions().mode() & 0o777, 0o600);
    assert_eq!(environment.listing(&environment.work()), ["c.db"], "its journal is merged");
}
