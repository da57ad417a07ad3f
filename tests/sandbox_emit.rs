//! `sandbox emit`: events that are made up, and what is wrong with those that are not.

use crate::listen::emit;
use crate::support::{Http, Sandbox, TestEnvironment};

#[test]
fn emit_checks_what_it_is_given_and_names_what_is_wrong() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let file = |name: &str, text: &str| std::fs::write(environment.work().join(name), text).expect("written");
    file("data.json", r#"{"endpoint": "/hook"}"#);
    file("wrong.json", r#"{"endpoint": 7}"#);
    file(
        "body.json",
        "{\"type\": \"webhook.ping\",  \"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"endpoint\":\"/\"}}\n\n",
    );
    assert_eq!(emit(&environment, &["webhook.ping", "--data", "@data.json"])["events"][0]["cursor"], 1);
    emit(&environment, &["webhook.ping", "--body", "@body.json"]);
    let input = r#"{"endpoint": "/in"}"#;
    environment.run_with_input(&["sandbox", "emit", "webhook.ping", "--data", "-"], input).expect(0);
    let refused = environment.run(&["sandbox", "emit", "webhook.ping", "--data", "@wrong.json"]).expect(2);
    refused.says("/data/endpoint").says("not what the schema of webhook.ping says");
    environment.run(&["sandbox", "emit", "webhook.pong"]).expect(2).says("known: ledger.event.created");
    environment.run(&["sandbox", "emit", "webhook.ping", "--data", "data.json"]).expect(2).says("@FILE");
    environment.run(&["sandbox", "emit", "webhook.ping", "--data", "@none.json"]).expect(2).says("none.json");
    environment.run(&["sandbox", "emit", "webhook.ping", "--count", "0"]).expect(2);
    let same = |seed: &str| {
        emit(&environment, &["ledger.event.created", "--seed", seed, "--count", "2"]);
        let page = Http::identity(&environment, &sandbox).get("/v1/events?limit=100").expect(200);
        let events = page["data"].as_array().expect("events");
        events[events.len() - 2..].iter().map(|event| event["body"].clone()).collect::<Vec<_>>()
    };
    let (first, again, other) = (same("7"), same("7"), same("9"));
    assert_eq!(first, again);
    assert_ne!(first[0], first[1]);
    assert_ne!(first, other);
}

#[test]
fn fields_of_emitted_events_are_changed_and_an_unknown_one_names_the_nearest() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let arguments = ["ledger.event.created", "--set", "data.subject.id=CLM-7", "--count", "2"];
    assert_eq!(emit(&environment, &arguments)["events"].as_array().map(Vec::len), Some(2));
    let run = |change: &str| environment.run(&["sandbox", "emit", "ledger.event.created", "--set", change]).expect(2);
    run("data.subjct.id=x").says("the nearest one is data.subject.id");
    run("data.sequence=many").says("/data/sequence: ");
    let listened = environment.run(&["listen", "--from-beginning", "--limit", "2", "--json"]).expect(0);
    assert_eq!(listened.stdout.matches("CLM-7").count(), 2, "{}", listened.stdout);
}
