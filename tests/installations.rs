//! Installations and the ledger as an integration reaches it, over plain HTTP.

use serde_json::{Value, json};

use crate::support::{Http, Installed, Reply, Sandbox, TestEnvironment, at_once, install, publish_with_scopes, text};

fn entry(id: &str) -> Value {
    json!({"kind": "claim.opened", "subject": {"type": "claim", "id": id}, "payload": {"amount": 1}})
}

fn remaining(reply: &Reply) -> u64 {
    let header = reply.header("ratelimit").expect("RateLimit");
    let part = header.split(';').find_map(|part| part.strip_prefix("r=")).expect("r");
    part.parse().expect("number")
}

#[test]
fn an_integration_appends_to_and_reads_the_ledger_of_its_carrier() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let http = identity.with_key(&installed.token());
    for id in ["a", "b", "c"] {
        http.post(&installed.ledger(), &entry(id)).expect(201);
    }
    let first = http.get(&format!("{}?limit=2", installed.ledger())).expect(200);
    let cursor = text(&first, "next_cursor");
    let second = http.get(&format!("{}?after={cursor}", installed.ledger())).expect(200);
    let subjects = |page: &Value| -> Vec<String> {
        page["data"].as_array().expect("data").iter().map(|entry| text(&entry["subject"], "id")).collect()
    };
    assert_eq!((subjects(&first), subjects(&second)), (vec!["a".into(), "b".into()], vec!["c".into()]));
    assert_eq!(second.get("next_cursor"), None);
    let again = [("idempotency-key", "one"), ("content-type", "application/json")];
    let send = || http.send("POST", &installed.ledger(), &again, entry("d").to_string().as_bytes()).expect(201);
    assert_eq!(send()["id"], send()["id"]);
    // The carrier sees what was written in its name, and who wrote it.
    let own = identity.get("/v1/ledger/events").expect(200);
    assert_eq!(own["data"].as_array().expect("data").len(), 4);
    assert_eq!(own["data"][0]["actor"], "acme/sync");
    let listed = identity.with_key(&installed.app.own_token()).get("/v1/installations").expect(200);
    assert_eq!(listed["data"][0]["id"], installed.installation.as_str());
    assert_eq!(listed["data"].as_array().expect("data").len(), 1);
}

#[test]
fn an_integration_is_installed_once_however_many_ask() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let scopes = ["ledger:events:read"];
    publish_with_scopes(&identity, "acme/sync", &scopes);
    let request = json!({"integration": "acme/sync", "scopes": scopes});
    let statuses = at_once(6, |_| identity.post("/v1/installations", &request).status);
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
    let id = text(&identity.get("/v1/installations").expect(200)["data"][0], "id");
    let statuses = at_once(4, |_| identity.delete(&format!("/v1/installations/{id}")).status);
    assert_eq!(statuses, [204, 404, 404, 404]);
    assert_ne!(install(&identity, "acme/sync", &scopes), id, "another consent is another installation");
    let told = identity.get("/v1/events?limit=100").expect(200);
    let kinds: Vec<_> = told["data"].as_array().expect("data").iter().map(|event| text(event, "type")).collect();
    assert_eq!(kinds, ["integration.installed", "integration.uninstalled", "integration.installed"]);
}

#[test]
fn requests_to_the_ledger_are_limited_by_key_and_by_consent() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let http = identity.with_key(&installed.token());
    let first = http.get(&installed.ledger());
    assert_eq!(first.header("ratelimit-policy").as_deref(), Some("\"default\";q=1000;w=60"), "{}", first.head);
    assert_eq!(remaining(&first), 999);
    let replies = at_once(8, |_| {
        let asked = (0..200).map(|_| http.get(&installed.ledger()));
        asked.filter(|reply| reply.status == 429).map(|reply| (reply.head, reply.body)).collect::<Vec<_>>()
    });
    let refused: Vec<_> = replies.into_iter().flatten().collect();
    let (head, body) = refused.first().expect("a bound").clone();
    let refused = Reply { status: 429, head, body };
    refused.problem(429, "rate_limited");
    assert!(refused.header("retry-after").is_some_and(|wait| wait != "0"), "{}", refused.head);
    assert_eq!(remaining(&refused), 0);
    // Another token of the same installation is no other allowance; another credential has its own.
    let fresh = identity.with_key(&installed.token());
    assert!(remaining(&fresh.get(&installed.ledger())) < 100);
    assert_eq!(remaining(&identity.get("/v1/ledger/events")), 999);
    // Credentials that do not hold take nothing from anybody.
    Http::new(&sandbox.url, Some("pvq_test_x")).get("/v1/ledger/events").problem(401, "unauthenticated");
}
