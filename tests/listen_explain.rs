//! `listen explain`: each diagnosis is that of a signature which was made with that very mistake, by other code.

use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use proveniq::webhook::exchange::{CapturedRequest, Header};
use proveniq::webhook::explain::{Explanation, Question, Verdict, explain};
use proveniq::webhook::{SigningSecret, request_from_document, sign};
use serde_json::{Value, json};

use crate::support::{Sandbox, TestEnvironment};

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER: &str = "whsec_ZZZZAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn secrets(texts: &[&str]) -> Vec<SigningSecret> {
    texts.iter().map(|text| SigningSecret::parse(text).expect("secret")).collect()
}

/// Deliveries with one mistake each.
fn mistakes() -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/signing_mistakes.py");
    let output = Command::new("python3").arg(script).arg(SECRET).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Identifiers of the diagnoses; an unexplained one is called so.
fn ids(explanation: &Explanation) -> Vec<&str> {
    match explanation.verdict {
        Verdict::Unexplained => vec!["unexplained"],
        _ => explanation.diagnoses.iter().map(|diagnosis| diagnosis.id).collect(),
    }
}

#[test]
fn every_mistake_is_told_as_what_it_is_and_nothing_else() {
    let secrets = secrets(&[OTHER, SECRET]);
    let mistakes = mistakes();
    assert!(mistakes.len() > 90, "{}", mistakes.len());
    let mut wrong = Vec::new();
    for mistake in &mistakes {
        let (request, _) = request_from_document(&mistake["document"]).expect("request");
        let received_at = mistake["received"].as_i64();
        let question = Question { request: &request, secrets: &secrets, received_at, window: 4000 };
        let explanation = explain(&question);
        let mut told = ids(&explanation);
        let mut expected: Vec<_> =
            mistake["expect"].as_array().expect("list").iter().filter_map(Value::as_str).collect();
        told.sort_unstable();
        expected.sort_unstable();
        let proved = matches!(explanation.verdict, Verdict::Proved | Verdict::Verifies);
        let is_proved = explanation.proof.is_some();
        if told != expected || proved != is_proved || (explanation.verdict == Verdict::Verifies) != expected.is_empty()
        {
            wrong.push(format!("{}: expected {expected:?}, told {told:?} ({explanation:?})", mistake["name"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), mistakes.len(), wrong.join("\n"));
}

#[test]
fn the_words_say_what_and_by_how_much() {
    let told = |name: &str, part: &str| {
        let mistakes = mistakes();
        let mistake = mistakes.iter().find(|mistake| mistake["name"] == name).expect("a mistake of that name");
        let (request, _) = request_from_document(&mistake["document"]).expect("request");
        let received_at = mistake["received"].as_i64();
        let secrets = secrets(&[SECRET]);
        let explanation = explain(&Question { request: &request, secrets: &secrets, received_at, window: 4000 });
        let what = &explanation.diagnoses[0].what;
        assert!(what.contains(part), "{name}: {what}");
    };
    told("time: header an hour late", "3600 s later");
    told("time: header 42 s early", "42 s earlier");
    told("time: received late", "301 s old");
    told("time: from the future", "301 s in the future");
    told("body: serialised, php", "JSON without white space, what is not ASCII escaped, slashes escaped");
    told("body: serialised, python", "as Python writes it");
    told("body: line feed taken off", "with a line feed at its end");
    told("scheme: Stripe", "as Stripe does");
    told("header: other label", "\"V1,\"");
    told("body: something appended", "only the first 1");
}

fn request(id: &str, timestamp: i64, signature: &str, body: &[u8]) -> CapturedRequest {
    let headers = vec![
        Header::text("webhook-id", id),
        Header::text("webhook-timestamp", &timestamp.to_string()),
        Header::text("webhook-signature", signature),
    ];
    CapturedRequest { method: "POST".into(), path: "/".into(), headers, body: body.to_vec() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_right_signature_is_never_said_to_be_wrong(body in proptest::collection::vec(any::<u8>(), 0..200), json in any::<bool>(), id in "[!-~]{1,40}", timestamp in 0i64..2_000_000_000, off in -300i64..=300) {
        let body = if json { json!({"b": String::from_utf8_lossy(&body)}).to_string().into_bytes() } else { body };
        let secrets = secrets(&[OTHER, SECRET]);
        let request = request(&id, timestamp, &sign(&secrets[1], &id, timestamp, &body), &body);
        let question = Question { request: &request, secrets: &secrets, received_at: Some(timestamp + off), window: 5 };
        let explanation = explain(&question);
        prop_assert_eq!(explanation.verdict, Verdict::Verifies, "{:?}", explanation);
    }

    #[test]
    fn a_signature_of_another_secret_is_never_said_to_be_explained(body in proptest::collection::vec(any::<u8>(), 0..60), id in "[!-~]{1,40}") {
        let request = request(&id, 1_700_000_000, &sign(&secrets(&[OTHER])[0], &id, 1_700_000_000, &body), &body);
        let own = secrets(&[SECRET]);
        let explanation = explain(&Question { request: &request, secrets: &own, received_at: None, window: 5 });
        prop_assert_eq!(explanation.verdict, Verdict::Unexplained);
        prop_assert_eq!(explanation.proof, None);
    }

    #[test]
    fn no_request_makes_it_panic(signature in ".{0,80}", timestamp in ".{0,20}", body in proptest::collection::vec(any::<u8>(), 0..80)) {
        let mut request = request("msg_1", 0, &signature, &body);
        request.set_header("webhook-timestamp", &timestamp);
        let own = secrets(&[SECRET]);
        let _ = explain(&Question { request: &request, secrets: &own, received_at: Some(0), window: 2 });
    }
}

#[test]
fn a_large_body_costs_little_time_and_it_is_said_what_was_left_out() {
    let body = vec![b'x'; 6 << 20];
    let own = secrets(&[SECRET]);
    let request = request("msg_1", 1, "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &body);
    let started = std::time::Instant::now();
    let explanation = explain(&Question { request: &request, secrets: &own, received_at: None, window: 86_400 });
    assert_eq!((explanation.verdict, explanation.cut_short), (Verdict::Unexplained, true));
    assert!(started.elapsed() < std::time::Duration::from_secs(30), "{:?}", started.elapsed());
}

#[test]
fn the_command_reads_a_file_standard_input_and_a_capture() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
    let body = "{\"n\": 1}";
    let signature = sign(&secrets(&[SECRET])[0], "msg_1", 1_700_000_000, format!("{body}\n").as_bytes());
    let dump = format!(
        "POST /hook HTTP/1.1\r\nWebhook-Id: msg_1\r\nWebhook-Timestamp: 1700000000\r\nWebhook-Signature: {signature}\r\n\r\n{body}"
    );
    std::fs::write(environment.work().join("dump.txt"), &dump).expect("written");
    let finished = environment.run(&["listen", "explain", "dump.txt"]).expect(1);
    assert!(
        finished.stdout.contains("body.white-space: the body that was signed is this one with a line feed at its end"),
        "{}",
        finished.stdout
    );
    assert!(finished.stdout.contains("to mend: verify the raw bytes"), "{}", finished.stdout);
    assert!(!finished.stdout.contains("AAECAwQF"), "the secret is not shown");
    let document =
        environment.run_with_input(&["listen", "explain", "-", "--json"], &format!("{dump}\n")).expect(0).json();
    assert_eq!((&document["schema"], &document["verdict"]), (&"proveniq.listen-explain/1".into(), &"verifies".into()));
    let late = ["listen", "explain", "-", "--received-at", "2023-11-14T23:13:20Z", "--json"];
    let document = environment.run_with_input(&late, &format!("{dump}\n")).expect(1).json();
    assert_eq!(document["diagnoses"][0]["id"], "timestamp.late");
    let other = ("OTHER_SECRET", OTHER);
    let wrong = environment
        .run_with_variable(other, &["listen", "explain", "dump.txt", "--secret-env", "OTHER_SECRET", "--window", "10"]);
    assert!(wrong.expect(1).stdout.contains("most likely it was made with another secret, which cannot be proved"));
    environment.run(&["listen", "explain", "7"]).expect(2).says("--capture FILE");
    environment.run_with_input(&["listen", "explain", "-"], "hello").expect(2).says("holds no request");
    environment.run(&["listen", "explain", "dump.txt", "--received-at", "noon"]).expect(2).says("2026-01-31T12:00:00Z");
    environment.run_with_variable(("PROVENIQ_WEBHOOK_SECRET", "hunter2"), &["listen", "explain", "dump.txt"]).expect(2);
}

#[test]
fn a_delivery_of_the_sandbox_verifies_with_the_marketplaces_secret() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["sandbox", "emit", "ledger.event.created"]).expect(0);
    let finished = environment.run(&["listen", "--from-beginning", "--limit", "1", "--capture", "c.db"]).expect(0);
    let document = environment.run(&["listen", "explain", "1", "--capture", "c.db", "--json"]).expect(0).json();
    assert_eq!(document["verdict"], "verifies");
    assert!(document["secret_from"].as_str().expect("source").starts_with("the marketplace at http://127.0.0.1:"));
    let line = finished.stdout.lines().find(|line| line.contains("listen.exchange")).expect("an exchange").to_owned();
    environment.run_with_input(&["listen", "explain", "-"], &line).expect(0);
}
