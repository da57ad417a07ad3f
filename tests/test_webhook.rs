//! `test-webhook`.

use std::io::BufRead as _;

use serde_json::Value;

use crate::support::{Fake, TestEnvironment, reply, send_signal, wait_until};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// Verdicts of the cases, by what their ids begin with.
fn verdicts<'a>(report: &'a Value, prefix: &'a str) -> Vec<(&'a str, &'a str)> {
    let cases = report["cases"].as_array().expect("cases").iter();
    let pairs = cases.map(|case| (case["id"].as_str().expect("id"), case["verdict"].as_str().expect("verdict")));
    pairs.filter(|(id, _)| id.starts_with(prefix)).collect()
}

#[test]
fn a_correct_handler_passes_every_case_of_the_usual_suites() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let report = environment.run_in(&project, &["test-webhook", "--json"]).expect(0).json();
    assert_eq!(report["schema"], "proveniq.test-webhook/1");
    assert_eq!(verdicts(&report, "control"), [("control", "pass")]);
    for prefix in ["delivery.", "signature.", "robustness."] {
        let verdicts = verdicts(&report, prefix);
        assert!(verdicts.len() > 5, "{prefix}");
        assert!(verdicts.iter().all(|(_, verdict)| matches!(*verdict, "pass" | "warn")), "{verdicts:?}");
    }
}

#[test]
fn a_handler_without_a_check_fails_and_the_forged_cases_are_named() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "no-check");
    let project = environment.plain_project();
    let finished = environment.run_in(&project, &["test-webhook", "--suite", "signature"]).expect(1);
    for case in
        ["signature.missing", "signature.wrong-secret", "signature.changed-body", "signature.stale", "signature.future"]
    {
        assert!(finished.stdout.contains(&format!("fail     {case}")), "{case} in {}", finished.stdout);
    }
    assert!(finished.stdout.contains("  to mend: answer 401 when the signature header is absent"));
    assert!(finished.stdout.contains("    curl -sS -i -H 'content-type: application/json'"), "{}", finished.stdout);
}

#[test]
fn a_handler_that_verifies_a_serialised_copy_refuses_the_genuine_and_is_told_so() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "reserialises");
    let project = environment.plain_project();
    let finished = environment.run_in(&project, &["test-webhook", "--case", "signature.missing"]).expect(1);
    assert!(finished.stdout.contains("instead of the raw body"), "{}", finished.stdout);
    assert!(finished.stdout.contains("0 passed, 1 failed, 1 undecided"), "{}", finished.stdout);
}

#[test]
fn without_a_genuine_delivery_that_is_accepted_no_forgery_is_sent() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "refuses-all");
    let project = environment.plain_project();
    let report = environment.run_in(&project, &["test-webhook", "--suite", "signature", "--json"]).expect(1).json();
    let case =
        |id: &str| report["cases"].as_array().expect("cases").iter().find(|case| case["id"] == id).expect("case");
    assert_eq!(case("signature.missing")["verdict"], "inconclusive");
    assert!(case("signature.missing")["reason"].as_str().expect("reason").starts_with("not sent"));
    assert!(verdicts(&report, "signature.").iter().all(|(_, verdict)| *verdict != "pass"), "{report}");
}

#[test]
fn cases_are_listed_without_sending_and_one_can_be_run_alone() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let list = environment.run_in(&project, &["test-webhook", "--list-cases", "--json"]).expect(0).json();
    let ids: Vec<_> =
        list["cases"].as_array().expect("cases").iter().map(|case| case["id"].as_str().expect("id")).collect();
    for id in ["control", "signature.stale", "replay.concurrent", "robustness.slow-sender", "upstream.ledger.timeout"] {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
    assert!(
        list["cases"]
            .as_array()
            .expect("cases")
            .iter()
            .all(|case| case["help"].as_str().is_some_and(|help| help.len() > 20))
    );
    let report =
        environment.run_in(&project, &["test-webhook", "--case", "signature.stale", "--json"]).expect(0).json();
    assert_eq!(verdicts(&report, ""), [("control", "pass"), ("signature.stale", "pass")]);
    let refused = environment.run_in(&project, &["test-webhook", "--case", "signature.stail"]).expect(2);
    refused.says("the nearest one is signature.stale");
}

#[test]
fn a_named_event_is_sent_as_often_as_asked_and_nothing_else() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let arguments = ["test-webhook", "--event", "webhook.ping", "--count", "3", "--json"];
    let report = environment.run_in(&project, &arguments).expect(0).json();
    assert_eq!(verdicts(&report, ""), [("send.1", "pass"), ("send.2", "pass"), ("send.3", "pass")]);
}

#[test]
fn payloads_are_given_changed_and_checked_by_their_schema() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let run = |arguments: &[&str]| environment.run_in(&project, &[&["test-webhook"], arguments].concat());
    run(&["--event", "ledger.event.created", "--set", "data.subject.id=CLM-1"]).expect(0);
    let unknown = run(&["--event", "ledger.event.created", "--set", "data.subjekt.id=CLM-1"]).expect(2);
    unknown.says("the payload has no data.subjekt.id; the nearest one is data.subject.id");
    let wrong = run(&["--event", "ledger.event.created", "--set", "data.sequence=many"]).expect(2);
    wrong.says("the payload is no ledger.event.created by its schema").says("data.sequence: ");
    run(&["--event", "ledger.event.created", "--set", "data.sequence=many", "--no-validate"]).expect(0);
    std::fs::write(project.join("event.json"), "{\"type\": \"webhook.ping\"}").expect("written");
    run(&["--data", "@event.json"]).expect(2).says("is a required property");
    run(&["--data", "@absent.json"]).expect(2).says("cannot read absent.json");
    run(&["--data", "event.json"]).expect(2).says("@FILE");
}

#[test]
fn reports_are_written_in_every_form() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "no-tolerance");
    let project = environment.plain_project();
    let arguments = [
        "test-webhook",
        "--suite",
        "signature",
        "--json",
        "--report",
        "json=r.json",
        "--report",
        "ndjson=r.ndjson",
        "--report",
        "junit=r.xml",
    ];
    let printed = environment.run_in(&project, &arguments).expect(1).json();
    let read = |name: &str| std::fs::read_to_string(project.join(name)).expect("report");
    let json: Value = serde_json::from_str(&read("r.json")).expect("JSON");
    assert_eq!(json["cases"], printed["cases"]);
    let lines: Vec<Value> = read("r.ndjson").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), printed["cases"].as_array().expect("cases").len());
    assert!(lines.iter().all(|line| line["schema"] == "proveniq.test-webhook.case/1"));
    let xml = read("r.xml");
    assert!(xml.contains("<testcase classname=\"signature\" name=\"signature.missing\" time="), "{xml}");
    assert!(xml.contains("<failure message=\"answered 204: it was taken as genuine\""), "{xml}");
    for wrong in ["xml=r.xml", "json", "json="] {
        environment.run_in(&project, &["test-webhook", "--report", wrong]).expect(2).says("junit");
    }
}

#[test]
fn what_cannot_be_seen_at_a_running_endpoint_is_inconclusive() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
    let handler = PlainHandler::start(&environment, SECRET);
    let finished = environment.run(&["test-webhook", &handler.url, "--suite", "replay", "--json"]).expect(6);
    let report = finished.json();
    assert!(verdicts(&report, "replay.").iter().all(|(_, verdict)| *verdict == "inconclusive"), "{report}");
    assert!(report["cases"][1]["reason"].as_str().expect("reason").contains("leave the URL out"));
    environment.run(&["test-webhook", &handler.url]).expect(0);
}

/// What an endpoint that takes anything is sent: ids and bodies, in order.
fn sent(arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
    let fake = Fake::start(|_| reply("200 OK", "text/plain", ""));
    environment.run(&[&["test-webhook", &fake.url][..], arguments].concat());
    let id =
        |head: &str| head.lines().find_map(|line| line.strip_prefix("webhook-id: ")).unwrap_or_default().to_owned();
    let mut sent: Vec<_> = fake.requests().into_iter().map(|request| (id(&request.head), request.body)).collect();
    // Some are sent at once, and arrive as it comes.
    sent.sort();
    sent
}

#[test]
fn a_seed_repeats_every_id_and_byte() {
    let suites = ["--suite", "delivery", "--suite", "signature", "--seed"];
    let first = sent(&[&suites[..], &["7"]].concat());
    assert!(first.len() > 30, "{}", first.len());
    assert!(first == sent(&[&suites[..], &["7"]].concat()), "the same seed sends something else");
    assert!(first != sent(&[&suites[..], &["8"]].concat()), "another seed sends the same");
}

#[test]
fn the_curl_line_sends_the_case_again_byte_for_byte() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
    let fake = Fake::start(|_| reply("200 OK", "text/plain", ""));
    for case in ["signature.changed-body", "signature.not-text", "signature.empty"] {
        let arguments = ["test-webhook", &fake.url, "--case", case, "--json"];
        let report = environment.run(&arguments).expect(1).json();
        let line = report["cases"][1]["reproduce"].as_str().expect("line").to_owned();
        let before = fake.requests().pop().expect("request");
        let status = std::process::Command::new("bash").args(["-c", &line]).output().expect("bash").status;
        assert!(status.success(), "{line}");
        let again = fake.requests().pop().expect("request");
        assert_eq!((again.method, again.path, again.body), (before.method, before.path, before.body), "{case}");
        let headers = |head: &str| -> Vec<String> {
            let ours = |line: &&str| line.starts_with("webhook-") || line.starts_with("content-type");
            head.lines().filter(ours).map(|line| line.trim_end().to_owned()).collect()
        };
        assert_eq!(headers(&again.head), headers(&before.head), "{case}");
    }
}

#[test]
fn a_change_of_the_project_runs_it_again() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let arguments = ["test-webhook", "--watch", "--event", "webhook.ping"];
    let mut child = environment.command_in(&project, &arguments).spawn().expect("started");
    let mut lines = std::io::BufReader::new(child.stdout.take().expect("stdout")).lines();
    let mut next = || -> Value {
        let line = lines.next().expect("a report").expect("line");
        serde_json::from_str(&line).expect("JSON")
    };
    assert_eq!(next()["summary"]["passed"], 1);
    let handler = project.join("handler.py");
    let text = std::fs::read_to_string(&handler).expect("handler");
    std::fs::write(&handler, text.replace("self.answer(204 if known", "self.answer(500 if known")).expect("written");
    assert_eq!(next()["summary"]["failed"], 1);
    std::fs::write(project.join("proveniq.toml"), "nonsense").expect("written");
    assert_eq!(next()["schema"], "proveniq.error/1");
    send_signal(child.id(), rustix::process::Signal::INT);
    assert_eq!(child.wait().expect("ended").code(), Some(130));
}

/// The plain handler, started by hand.
struct PlainHandler {
    url: String,
    child: std::process::Child,
}

impl PlainHandler {
    fn start(environment: &TestEnvironment, secret: &str) -> Self {
        let project = environment.plain_project();
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("port").port();
        let mut command = std::process::Command::new("python3");
        command
            .arg("handler.py")
            .current_dir(&project)
            .env("PORT", port.to_string())
            .env("PROVENIQ_WEBHOOK_SECRET", secret);
        let child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().expect("python3");
        wait_until("the handler listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        PlainHandler { url: format!("http://127.0.0.1:{port}/webhooks/proveniq"), child }
    }
}

impl Drop for PlainHandler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_run_has_payloads_of_its_own_and_a_seed_repeats_them() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    let seed = |arguments: &[&str]| {
        let arguments = [&["test-webhook", "--json", "--event", "webhook.ping"], arguments].concat();
        environment.run_in(&project, &arguments).expect(0).json()["seed"].clone()
    };
    assert_ne!(seed(&[]), seed(&[]));
    assert_eq!(seed(&["--seed", "7"]), 7);
}

#[test]
fn an_endpoint_that_repeats_its_secret_does_not_bring_it_into_the_report() {
    let mut environment = TestEnvironment::new();
    environment.set("FAULT", "echoes-secret");
    let project = environment.plain_project();
    for arguments in [&["test-webhook", "--suite", "delivery"][..], &["test-webhook", "--suite", "delivery", "--json"]]
    {
        let finished = environment.run_in(&project, arguments).expect(1);
        assert!(finished.stdout.contains("whsec_…"), "{}", finished.stdout);
        let shown = finished.stdout.split("whsec_").skip(1).all(|rest| rest.starts_with('…'));
        assert!(shown, "{}", finished.stdout);
    }
}

#[test]
fn an_endpoint_with_a_password_in_its_url_is_refused_and_not_repeated() {
    let environment = TestEnvironment::new();
    let finished = environment.run(&["test-webhook", "http://me:hunter2@127.0.0.1:9/hook"]).expect(2);
    assert!(!finished.stderr.contains("hunter2") && !finished.stdout.contains("hunter2"));
    finished.says("must not hold a user name or a password").says("hint: ");
}

#[test]
fn a_run_without_verdicts_leaves_no_report() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
    let arguments = ["test-webhook", "http://127.0.0.1:9/", "--report", "json=r.json", "--report", "junit=r.xml"];
    environment.run(&arguments).expect(4).says("cannot be reached");
    assert_eq!(environment.listing(&environment.work()), [""; 0]);
}

#[test]
fn what_would_be_ignored_is_refused() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    for arguments in [
        &["--suite", "all", "--count", "3"][..],
        &["--retry-schedule", "svix", "--suite", "all"],
        &["--rate", "5", "--body-size", "4096", "--data", "@x"],
        &["--watch", "--data", "-"],
    ] {
        environment.run_in(&project, &[&["test-webhook"], arguments].concat()).expect(2);
    }
}
