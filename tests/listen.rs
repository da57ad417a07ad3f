//! `listen` and `sandbox emit`: from the event log to an endpoint, and what happens when something on the way fails.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use proveniq::adapters::clock::{Clock, SystemClock};
use proveniq::adapters::forwarder::Forwarder;
use proveniq::adapters::marketplace_client::MarketplaceClient;
use proveniq::credential::{ApiKey, KeyKind};
use proveniq::stages::listen::{Feed, Handler, Listen, Update, receive};
use rustix::process::Signal;
use serde_json::Value;

use crate::support::{
    Fake, Finished, Http, Ndjson, PlainHandler, Sandbox, TestEnvironment, is_alive, reply, send_signal, wait_until,
};

const EXCHANGE: &str = "proveniq.listen.exchange";
const CONNECTED: &str = "proveniq.listen.connected";
const LOST: &str = "proveniq.listen.lost";
const ENDED: &str = "proveniq.listen.ended";
const ERROR: &str = "proveniq.error";

fn listen(environment: &TestEnvironment, arguments: &[&str]) -> Ndjson {
    let running = Ndjson::start(environment.command_in(&environment.work(), &[&["listen"], arguments].concat()));
    running.wait_for(CONNECTED, 1);
    running
}

pub fn emit(environment: &TestEnvironment, arguments: &[&str]) -> Value {
    environment.run(&[&["sandbox", "emit", "--json"], arguments].concat()).expect(0).json()
}

fn accepting() -> Fake {
    Fake::start(|_| reply("204 No Content", "text/plain", ""))
}

/// Identifiers of the messages that reached an endpoint.
fn ids(endpoint: &Fake) -> Vec<String> {
    let id =
        |head: &str| head.lines().find_map(|line| line.strip_prefix("webhook-id: ")).expect("a webhook-id").to_owned();
    endpoint.requests().iter().map(|request| id(&request.head)).collect()
}

/// Identifiers of the messages of the log.
fn logged(environment: &TestEnvironment, sandbox: &Sandbox<'_>) -> Vec<String> {
    let page = Http::identity(environment, sandbox).get("/v1/events?limit=100").expect(200);
    let events = page["data"].as_array().expect("events");
    events.iter().map(|event| event["id"].as_str().expect("id").to_owned()).collect()
}

#[test]
fn an_event_reaches_the_endpoint_which_verifies_it() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let secret = environment.run(&["listen", "secret"]).expect(0).stdout;
    let handler = PlainHandler::start(secret.trim());
    let mut listening = listen(&environment, &["--forward-to", &handler.url, "--limit", "6"]);
    for event in proveniq::event::EventType::ALL {
        emit(&environment, &[event.as_str()]);
    }
    let finished = listening.finish_within(Duration::from_secs(20)).expect(0);
    for exchange in listening.of(EXCHANGE) {
        assert_eq!((&exchange["outcome"], &exchange["forward"]["status"]), (&"accepted".into(), &204.into()));
    }
    let ended = &listening.of(ENDED)[0];
    assert_eq!((ended["accepted"].as_u64(), ended["cursor"].as_u64()), (Some(6), Some(6)));
    assert!(
        !finished.stdout.contains("whsec_") && !finished.stderr.contains("whsec_"),
        "the secret is nobody's business"
    );
}

#[test]
fn a_delivery_that_is_refused_is_told_as_such_and_in_the_exit_code() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let handler = PlainHandler::start("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let mut listening = listen(&environment, &["--forward-to", &handler.url, "--limit", "1"]);
    emit(&environment, &["webhook.ping"]);
    listening.finish_within(Duration::from_secs(20)).expect(1);
    let exchange = &listening.of(EXCHANGE)[0];
    assert_eq!((&exchange["outcome"], &exchange["forward"]["status"]), (&"refused".into(), &401.into()));
}

#[test]
fn a_sandbox_that_is_killed_and_started_again_loses_nothing_and_sends_nothing_twice() {
    let environment = TestEnvironment::new();
    let first = Sandbox::start(&environment);
    let endpoint = accepting();
    let listening = listen(&environment, &["--forward-to", &endpoint.url]);
    emit(&environment, &["webhook.ping", "--count", "3"]);
    listening.wait_for(EXCHANGE, 3);
    for round in 1..=3 {
        let running = environment.run(&["sandbox", "status", "--json"]).expect(0).json();
        let pid = running["pid"].as_u64().and_then(|pid| pid.try_into().ok()).expect("pid");
        send_signal(pid, Signal::KILL);
        wait_until("the sandbox has gone", || !is_alive(pid));
        listening.wait_for(LOST, round);
        environment.run(&["sandbox", "start", "--detach"]).expect(0);
        // Some of these come before the listener is back.
        emit(&environment, &["webhook.ping", "--count", "4"]);
        listening.wait_for(EXCHANGE, 3 + 4 * round);
    }
    let sent = logged(&environment, &first);
    assert_eq!(sent.len(), 15);
    assert_eq!(ids(&endpoint), sent, "each once, in order");
    let again = listening.of(CONNECTED).iter().filter(|connected| connected["again"] == true).count();
    assert_eq!(again, 3);
}

#[test]
fn a_sandbox_that_is_gone_for_good_ends_it_loudly() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let mut listening = listen(&environment, &["--give-up-after", "1"]);
    emit(&environment, &["webhook.ping", "--count", "2"]);
    listening.wait_for(EXCHANGE, 2);
    environment.run(&["sandbox", "stop"]).expect(0);
    let finished = listening.finish_within(Duration::from_secs(10)).expect(4);
    let finished = finished.says("listening has ended").says("could not be reached for 1 s");
    finished.says("proveniq listen --since 2");
    let error = &listening.of(ERROR)[0]["error"];
    assert_eq!((&error["exit_code"], &error["kind"]), (&4.into(), &"unreachable".into()));
}

#[test]
fn without_a_marketplace_it_does_not_begin() {
    let environment = TestEnvironment::new();
    environment.run(&["listen"]).expect(4).says("no sandbox runs").says("proveniq sandbox start");
    let mut other = TestEnvironment::new();
    other.set("PROVENIQ_API_KEY", ApiKey::generate(KeyKind::Test).expect("key").expose());
    other.run(&["listen", "--marketplace", "http://127.0.0.1:9"]).expect(4).says("127.0.0.1:9");
    let stranger = Fake::start(|_| reply("200 OK", "text/html", "<h1>hello</h1>"));
    other.run(&["listen", "--marketplace", &stranger.url]).expect(4).says("no deliveries can be received");
}

/// Accepts streams, says that they are ready, and then nothing any more.
fn marketplace_that_falls_silent() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let url = format!("http://{}", listener.local_addr().expect("address"));
    thread::spawn(move || {
        let mut open = Vec::new();
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let ready = "event: ready\ndata: {\"cursor\":7,\"heartbeat_seconds\":1}\n\n";
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
            let _ = stream.write_all(format!("{head}{ready}").as_bytes());
            open.push(stream);
        }
    });
    url
}

#[test]
fn a_marketplace_that_falls_silent_is_noticed_and_connected_to_again() {
    let mut environment = TestEnvironment::new();
    let key = ApiKey::generate(KeyKind::Test).expect("key");
    environment.set("PROVENIQ_API_KEY", key.expose());
    let url = marketplace_that_falls_silent();
    let started = Instant::now();
    let listening = listen(&environment, &["--marketplace", &url]);
    let lost = &listening.wait_for(LOST, 1)[0];
    assert_eq!((&lost["why"], &lost["cursor"]), (&"the marketplace has been silent for 3 s".into(), &7.into()));
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    assert_eq!(listening.wait_for(CONNECTED, 2)[1]["again"], true);
}

#[test]
fn a_marketplace_that_breaks_every_connection_off_is_given_up_and_not_hammered() {
    let mut environment = TestEnvironment::new();
    let key = ApiKey::generate(KeyKind::Test).expect("key");
    environment.set("PROVENIQ_API_KEY", key.expose());
    let ready = "event: ready\ndata: {\"cursor\":7,\"heartbeat_seconds\":1}\n\n";
    let broken = Fake::start(move |_| reply("200 OK", "text/event-stream", ready));
    let mut listening = listen(&environment, &["--marketplace", &broken.url, "--give-up-after", "2"]);
    listening.finish_within(Duration::from_secs(8)).expect(4).says("listening has ended").says("--since 7");
    assert!((4..=8).contains(&broken.requests().len()), "{}", broken.requests().len());
}

#[test]
fn a_revoked_key_ends_it_at_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let http = Http::identity(&environment, &sandbox);
    let created = http.post("/v1/keys", &serde_json::json!({"name": "ears", "scopes": ["events:read"]})).expect(201);
    let mut command = environment.command_in(&environment.work(), &["listen"]);
    command.env("PROVENIQ_API_KEY", created["secret"].as_str().expect("secret"));
    let mut listening = Ndjson::start(command);
    listening.wait_for(CONNECTED, 1);
    let started = Instant::now();
    assert_eq!(http.delete(&format!("/v1/keys/{}", created["key"]["id"].as_str().expect("id"))).status, 204);
    listening.finish_within(Duration::from_secs(5)).expect(3).says("was revoked");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    let narrow = http.post("/v1/keys", &serde_json::json!({"name": "narrow", "scopes": ["keys:read"]})).expect(201);
    let key = ("PROVENIQ_API_KEY", narrow["secret"].as_str().expect("secret"));
    environment.run_with_variable(key, &["listen"]).expect(3).says("lacks the scope events:read");
}

#[test]
fn a_long_log_goes_through_a_slow_endpoint_whole_and_in_order() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    emit(&environment, &["webhook.ping", "--count", "80"]);
    let slow = Fake::start(|_| {
        thread::sleep(Duration::from_millis(15));
        reply("200 OK", "text/plain", "ok")
    });
    let arguments = ["--forward-to", &slow.url, "--from-beginning", "--limit", "80"];
    listen(&environment, &arguments).finish_within(Duration::from_secs(20)).expect(0);
    assert_eq!(ids(&slow), logged(&environment, &sandbox));
}

/// Age of a delivery's timestamp in seconds.
fn age(head: &str) -> i64 {
    let header = head.lines().find_map(|line| line.strip_prefix("webhook-timestamp: ")).expect("a timestamp");
    jiff::Timestamp::now().as_second() - header.parse::<i64>().expect("seconds")
}

/// Runs the stage itself, where deliveries grow old within a second.
#[test]
fn deliveries_that_have_waited_too_long_are_asked_for_again_and_come_signed_afresh() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    emit(&environment, &["webhook.ping", "--count", "16"]);
    let ages = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&ages);
    let slow = Fake::start(move |request| {
        seen.lock().expect("ages").push(age(&request.head));
        thread::sleep(Duration::from_millis(400));
        reply("200 OK", "text/plain", "ok")
    });
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let key = ApiKey::parse(token.trim()).expect("key");
    let feed = Feed::default();
    let mut updates = feed.subscribe();
    let to = Forwarder::new(Forwarder::address(&slow.url).expect("URL"), Duration::from_secs(5)).expect("forwarder");
    let listen = Listen {
        client: MarketplaceClient::new(&sandbox.url, Some(key)).expect("client"),
        after: Some(0),
        types: BTreeSet::new(),
        stale_after: Duration::from_millis(700),
        give_up_after: Duration::from_secs(5),
        limit: Some(16),
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let told = async {
        let mut told = Vec::new();
        while let Some(update) = updates.recv().await {
            told.push(matches!(*update, Update::Exchange(_)));
        }
        told
    };
    let received = async move { receive(&listen, &Handler::new(Some(to), None, feed), &clock).await };
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let (summary, told) = runtime.block_on(async { tokio::join!(received, told) });
    let summary = summary.expect("received");
    assert_eq!((summary.received, summary.accepted, summary.cursor), (16, 16, Some(16)));
    assert_eq!(ids(&slow), logged(&environment, &sandbox), "each once, in order");
    let oldest = ages.lock().expect("ages").iter().max().copied();
    assert!(oldest.is_some_and(|age| age <= 3), "a whole round takes over 6 s, and the oldest was {oldest:?} s old");
    assert_eq!(told, [&[false][..], &[true; 16]].concat(), "one connection as far as anybody can see");
}

#[test]
fn the_marketplace_lets_go_of_listeners_that_have_gone() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let sockets = || {
        let open = std::fs::read_dir(format!("/proc/{}/fd", sandbox.pid)).expect("descriptors").flatten();
        let target = open.filter_map(|entry| std::fs::read_link(entry.path()).ok());
        target.filter(|target| target.to_string_lossy().starts_with("socket:")).count()
    };
    let before = sockets();
    let listening: Vec<_> = (0..4).map(|_| listen(&environment, &[])).collect();
    assert!(sockets() >= before + 4);
    for one in &listening {
        send_signal(one.pid(), Signal::KILL);
    }
    wait_until("the connections are closed", || sockets() <= before);
}

#[test]
fn it_begins_where_it_is_told_and_takes_the_types_it_is_told() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    for event in ["webhook.ping", "integration.installed", "webhook.ping"] {
        emit(&environment, &[event]);
    }
    let all = logged(&environment, &sandbox);
    let received = |arguments: &[&str]| {
        let mut listening = listen(&environment, arguments);
        listening.finish_within(Duration::from_secs(10)).expect(0);
        listening.of(EXCHANGE).iter().map(|one| one["message_id"].as_str().expect("id").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(received(&["--from-beginning", "--limit", "3"]), all);
    assert_eq!(received(&["--since", "2", "--limit", "1"]), all[2..]);
    let pings = received(&["--from-beginning", "--event", "webhook.ping", "--limit", "2"]);
    assert_eq!(pings, [all[0].clone(), all[2].clone()]);
    environment.run(&["listen", "--since", "4"]).expect(5).says("the log ends at 3");
    environment.run(&["listen", "--event", "webhook.pong"]).expect(2).says("webhook.ping");
    environment.run(&["listen", "--since", "1", "--local"]).expect(2);
    environment.run(&["listen", "--forward-to", "http://x", "secret"]).expect(2);
}

#[test]
fn it_ends_when_nobody_reads_any_more() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let mut command = environment.command_in(&environment.work(), &["listen"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("started");
    let mut stdout = child.stdout.take().expect("pipe");
    let read = stdout.read(&mut [0; 1000]).expect("the first record");
    assert!(read > 10);
    drop(stdout);
    emit(&environment, &["webhook.ping"]);
    wait_until("it has ended", || child.try_wait().expect("status").is_some());
    Finished::of(child).expect(0);
}

#[test]
fn on_a_terminal_each_delivery_is_a_line_for_people() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    emit(&environment, &["webhook.ping"]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/terminal.py");
    let program = env!("CARGO_BIN_EXE_proveniq");
    let terminal =
        [script.to_str().expect("UTF-8"), "[]", program, "listen", "--plain", "--from-beginning", "--limit", "1"];
    let shown = Finished::of(environment.prepared("python3", &environment.work(), &terminal).spawn().expect("started"));
    let shown = shown.expect(0).stdout;
    assert!(shown.contains("listening: http://127.0.0.1:"), "{shown}");
    assert!(shown.contains("webhook.ping  msg_") && shown.contains(" bytes"), "{shown}");
    assert!(shown.contains("1 received, 0 accepted, 0 failed") && !shown.contains("schema"), "{shown}");
}

#[test]
fn an_interrupt_ends_the_stream_with_one_last_record() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let mut listening = listen(&environment, &["--json"]);
    send_signal(listening.pid(), Signal::INT);
    let finished = listening.finish_within(Duration::from_secs(5)).expect(130);
    assert_eq!(listening.of(ERROR)[0]["error"]["exit_code"], 130);
    assert_eq!(finished.stderr, "", "with --json everything is on stdout");
}

#[test]
fn the_secret_goes_into_an_env_file_that_only_its_owner_can_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let file = environment.work().join(".env");
    std::fs::write(&file, "A=1\nPROVENIQ_WEBHOOK_SECRET=old\n").expect("written");
    let written = environment.run(&["listen", "secret", "--env-file", ".env"]).expect(0);
    assert!(!written.stdout.contains("whsec_"), "{}", written.stdout);
    let secret = environment.run(&["listen", "secret"]).expect(0).stdout;
    let text = std::fs::read_to_string(&file).expect("read");
    assert_eq!(text, format!("A=1\nPROVENIQ_WEBHOOK_SECRET={secret}"));
    assert_eq!(std::fs::metadata(&file).expect("metadata").permissions().mode() & 0o777, 0o600);
}
