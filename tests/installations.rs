//! Installations and the ledger as an integration reaches it, over plain HTTP.

use serde_json::{Value, json};

use crate::support::{
    Application, Http, Installed, Reply, Sandbox, TestEnvironment, at_once, install, publish_version,
    publish_with_scopes, text,
};

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
fn an_integration_acts_in_its_own_name_whatever_it_claims() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let http = identity.with_key(&installed.token());
    for (number, path) in [installed.ledger(), "/v1/ledger/events".to_owned()].iter().enumerate() {
        for claimed in ["other/integration", "the carrier"] {
            let mut claim = entry(&format!("{claimed} {number}"));
            claim["actor"] = json!(claimed);
            assert_eq!(http.post(path, &claim).expect(201)["actor"], "acme/sync", "{path}");
        }
    }
    let own = identity.get("/v1/ledger/events").expect(200);
    assert!(own["data"].as_array().expect("data").iter().all(|entry| entry["actor"] == "acme/sync"), "{own}");
    // The carrier itself says who acted.
    let mut claim = entry("mine");
    claim["actor"] = json!("a clerk");
    assert_eq!(identity.post("/v1/ledger/events", &claim).expect(201)["actor"], "a clerk");
    let by_tokens = "SELECT count(*) FROM audit_entries WHERE content LIKE '%\"action\":\"ledger.append\"%' \
                     AND content LIKE '%\"credential\":\"tok_%'";
    assert_eq!(environment.number_in_database(by_tokens), 4, "the audit log names the token");
}

#[test]
fn an_idempotency_key_belongs_to_whoever_sent_it() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (one, two) =
        (Installed::new(&sandbox.url, &identity, "acme/one"), Installed::new(&sandbox.url, &identity, "acme/two"));
    let (first, second) = (identity.with_key(&one.token()), identity.with_key(&two.token()));
    let append = |http: &Http, path: &str, key: &str, id: &str| http.post_once(path, key, &entry(id));
    let mine = append(&first, &one.ledger(), "k", "a").expect(201);
    // The same key of another integration, and of the carrier, is another request: neither is refused, none is shown.
    let others = [
        append(&second, &two.ledger(), "k", "b").expect(201),
        append(&identity, "/v1/ledger/events", "k", "c").expect(201),
    ];
    assert!(others.iter().all(|other| other["id"] != mine["id"]), "{others:?}");
    // By either path, and with another token of the installation, it is the same request.
    let again = identity.with_key(&one.token());
    assert_eq!(append(&again, "/v1/ledger/events", "k", "a").expect(201)["id"], mine["id"]);
    append(&again, &one.ledger(), "k", "z").problem(422, "idempotency_key_reused");
    // What an installation's keys begin with cannot be sent.
    let grant = environment.texts_in_database("SELECT grant_id FROM installations ORDER BY integration").remove(0);
    append(&identity, "/v1/ledger/events", &format!("{grant} k"), "a").problem(400, "bad_request");
}

#[test]
fn a_later_version_lets_its_client_ask_for_more_and_installations_end_with_their_client() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (read, write) = ("ledger:events:read", "ledger:events:write");
    publish_with_scopes(&identity, "acme/sync", &[read]);
    let app = Application::register(
        &sandbox.url,
        &identity,
        &json!({"integration": "acme/sync", "scopes": [read, "installations:read"]}),
    );
    let first = install(&identity, "acme/sync", &[read]);
    let scopes = |installation: &str| text(&app.exchange(&app.own_token(), installation, &[]).expect(200), "scope");
    assert_eq!(scopes(&first), read);
    assert_eq!(identity.delete(&format!("/v1/installations/{first}")).status, 204);

    publish_version(&identity, ("acme/sync", "2.0.0"), &[read, write]);
    let installation = install(&identity, "acme/sync", &[read, write]);
    let client = identity.get("/v1/clients").expect(200)["data"][0].clone();
    assert_eq!(client["scopes"], json!([read, write, "installations:read"]), "what it had before stays");
    assert_eq!(scopes(&installation), format!("{read} {write}"));

    let token = text(&app.exchange(&app.own_token(), &installation, &[]).expect(200), "access_token");
    let path = format!("/v1/installations/{installation}/ledger/events");
    identity.with_key(&token).post(&path, &entry("a")).expect(201);
    assert_eq!(identity.delete(&format!("/v1/clients/{}", app.id)).status, 204);
    identity.with_key(&token).post(&path, &entry("b")).problem(401, "token_revoked");
    assert_eq!(identity.get("/v1/installations").expect(200)["data"], json!([]));
    identity.get(&path).problem(404, "not_found");
    assert_ne!(install(&identity, "acme/sync", &[read, write]), installation, "and can be made again");
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
