//! `test-webhook` under load: what is sent, what is measured, and what a gate makes of it.

use std::collections::BTreeSet;
use std::net::{Ipv6Addr, TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::support::{Answer, NO_CONTENT, Receiver, Running, TestEnvironment, wait_until};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn environment() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
    environment
}

fn keeps(_: usize) -> Answer {
    Answer::Keep(NO_CONTENT)
}

fn header(head: &str, name: &str) -> String {
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("{name} in {head}")).to_owned()
}

/// Starts a Python program that listens on the port in its environment; waits until it does.
fn python(environment: &TestEnvironment, program: &str, variables: &[(&str, &Path)]) -> (Running, u16) {
    let port = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(program);
    let mut command = environment.prepared("python3", &environment.work(), &[path.to_str().expect("UTF-8")]);
    command.env("PORT", port.to_string()).envs(variables.iter().copied());
    let running = Running::start(command);
    wait_until("the receiver listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
    (running, port)
}

#[test]
fn each_delivery_is_signed_on_its_own_and_an_independent_verifier_takes_it() {
    let environment = environment();
    let (_handler, port) = python(&environment, "plain/handler.py", &[]);
    let url = format!("http://127.0.0.1:{port}/");
    let arguments = [
        "test-webhook",
        &url,
        "--rate",
        "100",
        "--duration",
        "1s",
        "--connections",
        "4",
        "--body-size",
        "1000",
        "--json",
    ];
    let report = environment.run(&arguments).expect(0).json();
    assert_eq!(report["schema"], "proveniq.test-webhook.load/1");
    assert_eq!(
        (&report["due"], &report["delivered"], &report["failed"]),
        (&100.into(), &100.into(), &0.into()),
        "{report}"
    );
}

#[test]
fn no_two_deliveries_share_an_id_or_a_signature() {
    let receiver = Receiver::start(keeps);
    let arguments =
        ["test-webhook", &receiver.url, "--rate", "150", "--duration", "500ms", "--connections", "3", "--json"];
    let report = environment().run(&arguments).expect(0).json();
    let requests = receiver.requests();
    assert_eq!((report["due"].as_u64(), requests.len()), (Some(75), 75));
    for name in ["webhook-id", "webhook-signature"] {
        let values: BTreeSet<_> = requests.iter().map(|request| header(&request.head, name)).collect();
        assert_eq!(values.len(), 75, "{name}");
    }
    let head = &requests[0].head;
    assert!(head.starts_with("POST / HTTP/1.1\r\n"), "{head}");
    assert_eq!(header(head, "host"), receiver.url.trim_start_matches("http://"));
    assert_eq!(header(head, "content-type"), "application/json");
    assert!(header(head, "user-agent").starts_with("proveniq/"));
    assert!(serde_json::from_slice::<serde_json::Value>(&requests[0].body).is_ok());
}

/// No coordinated omission: of 100 deliveries in a second, some 30 fall due while one is held for 300 ms, and each has
/// waited. A sender that waits with them, and counts from when it sends, would show a single slow one.
#[test]
fn what_falls_due_while_the_receiver_stalls_has_waited() {
    let receiver = Receiver::start(|number| {
        if number == 40 {
            thread::sleep(Duration::from_millis(300));
        }
        Answer::Keep(NO_CONTENT)
    });
    let arguments =
        ["test-webhook", &receiver.url, "--rate", "100", "--duration", "1s", "--connections", "1", "--json"];
    let report = environment().run(&arguments).expect(0).json();
    let latency = |name: &str| report["latency"][name].as_f64().expect("latency");
    // A busy machine makes latencies longer, never shorter.
    assert_eq!(report["latency"]["count"], 100);
    assert!(latency("max_ms") >= 300.0, "{report}");
    assert!(latency("p90_ms") >= 150.0, "{report}");
    assert_eq!(report["delivered"], 100);
}

#[test]
fn a_gate_passes_fails_or_cannot_tell() {
    let receiver = Receiver::start(keeps);
    let run = |gate: &str, rate: &str, code: i32| {
        let arguments =
            ["test-webhook", &receiver.url, "--rate", rate, "--duration", "500ms", "--gate", gate, "--json"];
        environment().run(&arguments).expect(code).json()["gate"].clone()
    };
    // Half a minute is more than the slowest machine takes, a microsecond less than the fastest.
    let passed = run("p95<30s", "200", 0);
    assert_eq!((&passed["verdict"], &passed["gate"]), (&"pass".into(), &"p95<30s".into()));
    assert_eq!(run("p50<1us", "200", 1)["verdict"], "fail");
    let undecided = run("p95<30s", "100", 6);
    assert_eq!(undecided["verdict"], "inconclusive");
    assert_eq!(undecided["reason"], "50 deliveries are too few for p95, 72 are needed");
}

#[test]
fn a_report_for_people_says_it_in_lines() {
    let receiver = Receiver::start(keeps);
    let arguments = ["test-webhook", &receiver.url, "--rate", "200", "--duration", "500ms", "--gate", "p95<30s"];
    let finished = environment().run(&arguments).expect(0);
    for part in [
        "200 deliveries a second for 500ms over 16 connections",
        "p99.9",
        "95 % confidence",
        "100 due, 100 delivered",
        "p95<30s pass",
    ] {
        assert!(finished.stdout.contains(part), "{part} in {}", finished.stdout);
    }
}

#[test]
fn the_highest_rate_that_keeps_the_gate_is_found() {
    let receiver = Receiver::start(keeps);
    let run = |gate: &str, code: i32| {
        let arguments = [
            "test-webhook",
            &receiver.url,
            "--saturate",
            "--duration",
            "2s",
            "--connections",
            "2",
            "--gate",
            gate,
            "--json",
        ];
        environment().run(&arguments).expect(code).json()
    };
    let report = run("p95<30s", 0);
    assert_eq!((&report["mode"], &report["gate"]), (&"saturate".into(), &"p95<30s".into()));
    let (maximum, highest) = (&report["maximum"]["delivered_per_second"], &report["highest"]["rate"]);
    assert!(highest.as_f64().expect("held") > 0.0 && highest.as_f64() <= maximum.as_f64(), "{report}");
    let report = run("p50<1us", 1);
    assert!(report["highest"].is_null() && !report["steps"].as_array().expect("steps").is_empty(), "{report}");
}

#[test]
fn it_works_through_tls_and_a_certificate_that_nobody_vouches_for_is_refused() {
    let mut environment = environment();
    let path = |name: &str| environment.path(name).to_str().expect("UTF-8").to_owned();
    std::fs::write(environment.path("names"), "subjectAltName=IP:127.0.0.1").expect("written");
    let (root, key, request, leaf) = (path("root.pem"), path("key.pem"), path("request.pem"), path("leaf.pem"));
    let (root_key, names) = (path("root-key.pem"), path("names"));
    let elliptic = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let openssl = |arguments: &[&[&str]]| {
        let mut command = environment.prepared("openssl", &environment.work(), &arguments.concat());
        assert!(command.status().expect("openssl").success());
    };
    openssl(&[&["req", "-x509", "-subj", "/CN=root", "-days", "2", "-keyout", &root_key, "-out", &root], &elliptic]);
    openssl(&[&["req", "-subj", "/CN=leaf", "-keyout", &key, "-out", &request], &elliptic]);
    let signed_by = ["-CA", &root, "-CAkey", &root_key, "-CAcreateserial", "-days", "2", "-extfile", &names];
    openssl(&[&["x509", "-req", "-in", &request, "-out", &leaf], &signed_by]);
    let (_receiver, port) =
        python(&environment, "tls_receiver.py", &[("CERTIFICATE", Path::new(&leaf)), ("KEY", Path::new(&key))]);

    let url = format!("https://127.0.0.1:{port}/");
    let arguments = ["test-webhook", &url, "--rate", "50", "--duration", "1s", "--connections", "2", "--json"];
    environment.run(&arguments).expect(4);
    environment.set("SSL_CERT_FILE", &root);
    let report = environment.run(&arguments).expect(0).json();
    assert_eq!((&report["delivered"], &report["failed"]), (&50.into(), &0.into()), "{report}");
}

#[test]
fn an_ipv6_address_works() {
    // Some containers have no IPv6 at all.
    let Ok(listener) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else { return };
    let receiver = Receiver::on(listener, usize::MAX, keeps);
    let arguments = ["test-webhook", &receiver.url, "--rate", "50", "--duration", "200ms", "--json"];
    assert_eq!(environment().run(&arguments).expect(0).json()["delivered"], 10);
    assert!(header(&receiver.requests()[0].head, "host").starts_with("[::1]:"));
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_is_allowed() {
    let environment = environment();
    let url = "http://127.0.0.1:9/";
    for (arguments, says) in [
        (&["--rate", "0"][..], "0.01 to 1000000"),
        (&["--rate", "many"], "0.01 to 1000000"),
        (&["--rate", "5", "--duration", "5"], "us, ms, s, m, h"),
        (&["--rate", "5", "--gate", "p42<1s"], "p50, p90, p95, p99, p99.9, max"),
        (&["--rate", "5", "--connections", "0"], "1..=1024"),
        (&["--rate", "5", "--saturate"], "cannot be used with"),
        (&["--rate", "5", "--body-size", "3"], "3 bytes are too few"),
        (&["--gate", "p95<1s"], "required"),
    ] {
        environment.run(&[&["test-webhook", url], arguments].concat()).expect(2).says(says);
    }
}
