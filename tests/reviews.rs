//! Versions that claim more than listed: who sees them, the queue, the decision, and what it comes to.

use std::time::Duration;

use proveniq::certification::Tier;
use proveniq::credential::SigningKey;
use serde_json::{Value, json};

use crate::serve::{ada, signed_up};
use crate::support::{
    Announced, Finished, Http, Provider, Reply, Running, Sandbox, Serving, TestEnvironment, registered_key, signed,
    statement, text,
};

const PLAIN: &str = "acme/plain@1.0.0";
const AT: &str = "/v1/packages/acme/plain/versions/1.0.0";

/// Publishes a package with an attestation of `verified`.
#[track_caller]
fn claimed(http: &Http, key: &SigningKey, package: &Announced) -> Value {
    let commit = format!("/v1/uploads/{}/commit", package.send(http));
    http.post(&commit, &signed(&statement(package, Tier::Verified), key)).expect(201)
}

/// A sandbox in which acme/plain 1.0.0 awaits its review.
struct Awaiting<'a> {
    environment: &'a TestEnvironment,
    _sandbox: Sandbox<'a>,
    http: Http,
    stranger: Http,
    key: SigningKey,
    package: Announced,
}

impl<'a> Awaiting<'a> {
    fn start(environment: &'a TestEnvironment) -> Self {
        let sandbox = Sandbox::start(environment);
        let http = Http::identity(environment, &sandbox);
        let key = registered_key(&http, "acme", "laptop");
        let package = Announced::plain("acme/plain", "1.0.0");
        let receipt = claimed(&http, &key, &package);
        assert_eq!(receipt["version"]["status"], "in_review");
        let stranger = Http::new(&sandbox.url, None);
        Awaiting { environment, _sandbox: sandbox, http, stranger, key, package }
    }

    fn run(&self, arguments: &[&str]) -> Finished {
        self.environment.run(arguments)
    }

    fn decide(&self, decision: &Value) -> Reply {
        let mut decision = decision.clone();
        decision["digest"] = self.package.document["digest"].clone();
        self.http.post(&format!("{AT}/review"), &decision)
    }

    /// What everybody finds by searching.
    fn found(&self) -> Vec<String> {
        let found = self.run(&["search", "--json"]).expect(0).json();
        found["results"].as_array().expect("results").iter().map(|one| text(one, "latest")).collect()
    }
}

fn wish() -> Value {
    json!({"integration": "acme/plain", "version": "1.0.0", "scopes": [], "settings": {}})
}

#[test]
fn what_awaits_a_review_is_seen_by_its_publisher_and_by_reviewers() {
    let environment = TestEnvironment::new();
    let awaiting = Awaiting::start(&environment);
    for path in ["/v1/packages/acme/plain", AT, &format!("{AT}/manifest"), &format!("{AT}/download")] {
        awaiting.stranger.get(path).problem(404, "not_found");
        assert_eq!(awaiting.http.get(path).status, 200, "{path}");
    }
    assert_eq!(awaiting.found(), Vec::<String>::new());
    awaiting.http.post("/v1/installations", &wish()).problem(404, "not_found");
    awaiting.run(&["info", "acme/plain"]).expect(1);
    awaiting.run(&["install", "acme/plain", "--yes"]).expect(1);
    // A key that may not read packages sees what everybody does.
    let key = awaiting.http.post("/v1/keys", &json!({"name": "keys", "scopes": ["keys:read"]})).expect(201);
    awaiting.http.with_key(&text(&key, "secret")).get(AT).problem(404, "not_found");

    let stands = awaiting.run(&["status", PLAIN]).expect(6).says("proveniq status acme/plain@1.0.0 --wait");
    for said in ["in_review", "claimed", "verified", "place 1", "less than an hour ago", "nobody else sees it"] {
        assert!(stands.stdout.contains(said), "{said:?} is not in {}", stands.stdout);
    }
    let listed = awaiting.run(&["review", "list"]).expect(0);
    assert!(listed.stdout.contains("acme/plain@1.0.0") && listed.stdout.contains("verified"), "{}", listed.stdout);
    let shown = awaiting.run(&["review", "show", PLAIN]).expect(0).says("proveniq review approve");
    assert!(shown.stdout.contains("the publisher's word"), "{}", shown.stdout);
    assert!(shown.stdout.contains("the marketplace repeated it"), "{}", shown.stdout);
}

#[test]
fn an_approval_grants_what_was_claimed_and_is_signed() {
    let environment = TestEnvironment::new();
    let awaiting = Awaiting::start(&environment);
    awaiting.run(&["review", "approve", PLAIN]).expect(2).says("add --yes to confirm");
    let other = "0".repeat(64);
    awaiting.run(&["review", "approve", PLAIN, "--yes", "--digest", &other]).expect(5).says("was reviewed");
    let approved = awaiting.run(&["review", "approve", PLAIN, "--yes"]).expect(0);
    assert!(approved.stdout.contains("active: published as verified"), "{}", approved.stdout);

    awaiting.run(&["status", PLAIN]).expect(0);
    assert_eq!(awaiting.found(), ["1.0.0"]);
    let told = awaiting.stranger.get(AT).expect(200);
    // A key that is revoked after the marketplace saw it to be good takes nothing back.
    let keys = awaiting.http.get("/v1/publishers/acme/signing-keys").expect(200);
    let id = text(&keys["data"][0], "id");
    assert_eq!(awaiting.http.delete(&format!("/v1/publishers/acme/signing-keys/{id}")).status, 204);
    environment.run(&["verify", PLAIN]).expect(0);
    assert_eq!((&told["tier"], told.get("tier_claimed"), told.get("queue_position")), (&json!("verified"), None, None));
    awaiting.http.post("/v1/installations", &wish()).expect(201);
    // What the marketplace signed says so, to whoever has the package.
    std::fs::write(environment.work().join("plain.tar.zst"), &awaiting.package.blob).expect("written");
    std::fs::write(environment.work().join("said.json"), told["countersignature"].to_string()).expect("written");
    let verified = environment.run(&["verify", "plain.tar.zst", "--attestation", "said.json", "--json"]).expect(0);
    assert_eq!((&verified.json()["tier"], verified.json().get("tier_claimed")), (&json!("verified"), None));

    // It is decided once.
    awaiting.decide(&json!({"decision": "approve"})).problem(409, "wrong_status");
    let late = awaiting.run(&["review", "reject", PLAIN, "--reason", "too late", "--yes"]).expect(5);
    late.says("is active, and awaits no review").says("proveniq status");
    assert_eq!(awaiting.run(&["review", "list", "--json"]).expect(0).json()["waiting"], json!([]));
    let query =
        "SELECT json_extract(content, '$.action') FROM audit_entries WHERE content LIKE '%version.%' ORDER BY rowid";
    let actions = environment.texts_in_database(query);
    assert_eq!(actions, ["version.publish", "version.approve"]);
}

#[test]
fn a_rejection_has_reasons_that_its_publisher_reads() {
    let environment = TestEnvironment::new();
    let awaiting = Awaiting::start(&environment);
    for bad in [
        json!({"decision": "reject"}),
        json!({"decision": "reject", "reasons": [" "]}),
        json!({"decision": "reject", "reasons": ["a\nb"]}),
        json!({"decision": "reject", "reasons": ["x".repeat(1001)]}),
        json!({"decision": "reject", "reasons": vec!["x"; 51]}),
        json!({"decision": "approve", "reasons": ["fine"]}),
        json!({"decision": "maybe"}),
    ] {
        awaiting.decide(&bad).problem(400, "bad_request");
    }
    let other = json!({"decision": "approve", "digest": "0".repeat(64)});
    awaiting.http.post(&format!("{AT}/review"), &other).problem(409, "wrong_status");
    let missing = json!({"decision": "approve", "digest": "0".repeat(64)});
    awaiting.http.post("/v1/packages/acme/plain/versions/2.0.0/review", &missing).problem(404, "not_found");
    awaiting.run(&["review", "reject", PLAIN, "--yes"]).expect(2).says("--reason");

    let reasons = ["--reason", "the setup guide names no region", "--reason", "the icon is another company's"];
    awaiting.run(&[&["review", "reject", PLAIN, "--yes"], &reasons[..]].concat()).expect(0);
    let stands = awaiting.run(&["status", PLAIN]).expect(1).says("raise integration.version");
    for said in ["rejected by a reviewer", "the setup guide names no region", "the icon is another company's"] {
        assert!(stands.stdout.contains(said), "{said:?} is not in {}", stands.stdout);
    }
    awaiting.stranger.get(AT).problem(404, "not_found");
    awaiting.decide(&json!({"decision": "approve"})).problem(409, "wrong_status");
    // The number stays taken, and publishing the same again publishes nothing.
    let again = awaiting.http.post(
        &format!("/v1/uploads/{}/commit", awaiting.package.send(&awaiting.http)),
        &signed(&statement(&awaiting.package, Tier::Verified), &awaiting.key),
    );
    let again = again.expect(200);
    assert_eq!((&again["unchanged"], &again["version"]["status"]), (&json!(true), &json!("rejected")));
}

#[test]
fn the_queue_is_in_the_order_of_arrival() {
    let environment = TestEnvironment::new();
    let awaiting = Awaiting::start(&environment);
    for (name, version) in [("acme/second", "1.0.0"), ("acme/plain", "1.1.0")] {
        claimed(&awaiting.http, &awaiting.key, &Announced::plain(name, version));
    }
    let queue = |limit: &str| awaiting.run(&["review", "list", "--limit", limit, "--json"]).expect(0).json();
    let names = |queue: &Value| -> Vec<String> {
        let waiting = queue["waiting"].as_array().expect("waiting").iter();
        waiting
            .map(|one| {
                format!("{} {} {}", one["position"], text(&one["version"], "name"), text(&one["version"], "version"))
            })
            .collect()
    };
    let whole = queue("1000");
    assert_eq!(names(&whole), ["1 acme/plain 1.0.0", "2 acme/second 1.0.0", "3 acme/plain 1.1.0"]);
    assert_eq!(whole["more"], false);
    let first = queue("2");
    assert_eq!((names(&first).len(), &first["more"]), (2, &json!(true)));
    let place =
        |name: &str| awaiting.run(&["status", name, "--json"]).expect(6).json()["version"]["queue_position"].clone();
    assert_eq!(place("acme/plain@1.1.0"), 3);
    awaiting.run(&["review", "reject", "acme/second@1.0.0", "--reason", "no", "--yes"]).expect(0);
    assert_eq!(place("acme/plain@1.1.0"), 2);
    // An active version gives the catalogue its text; the one that waits does not.
    awaiting.run(&["review", "approve", PLAIN, "--yes"]).expect(0);
    assert_eq!(awaiting.found(), ["1.0.0"]);
    let own = awaiting.http.get("/v1/packages/acme/plain").expect(200);
    let all = awaiting.stranger.get("/v1/packages/acme/plain").expect(200);
    assert_eq!(
        (own["versions"].as_array().map(Vec::len), all["versions"].as_array().map(Vec::len)),
        (Some(2), Some(1))
    );
    awaiting.http.get("/v1/reviews?cursor=x").problem(400, "bad_request");
}

#[test]
fn a_decision_is_waited_for() {
    let environment = TestEnvironment::new();
    let awaiting = Awaiting::start(&environment);
    let over = awaiting.run(&["status", PLAIN, "--wait", "--timeout", "50ms"]).expect(6);
    over.says("In review acme/plain@1.0.0, place 1 in the queue");
    awaiting.run(&["status", PLAIN, "--timeout", "5s"]).expect(2).says("--wait");
    let waits = |name: &str| {
        let arguments = ["status", name, "--wait", "--timeout", "1m"];
        Running::start(environment.command_in(&environment.work(), &arguments))
    };
    let running = waits(PLAIN);
    awaiting.run(&["review", "approve", PLAIN, "--yes"]).expect(0);
    let finished = running.finish_within(Duration::from_secs(30)).expect(0);
    assert!(finished.stdout.contains("active: published as verified"), "{}", finished.stdout);

    claimed(&awaiting.http, &awaiting.key, &Announced::plain("acme/plain", "1.1.0"));
    let running = waits("acme/plain@1.1.0");
    awaiting.run(&["review", "reject", "acme/plain@1.1.0", "--reason", "it has no logo", "--yes"]).expect(0);
    let finished = running.finish_within(Duration::from_secs(30)).expect(1);
    assert!(finished.stdout.contains("it has no logo"), "{}", finished.stdout);
    awaiting.run(&["status", "acme/none@1.0.0", "--wait"]).expect(1).says("is not published");
}

/// On a marketplace for many, reviewers are those that its operator names, and nobody reviews what is their own.
#[test]
fn reviewers_are_named_by_the_operator_and_review_what_is_not_theirs() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    let (publisher, owner) = signed_up(&serving, &github, &ada());
    let (reviewer, bob) = signed_up(&serving, &github, &json!({"id": 8, "login": "bob", "name": "Bob"}));
    let key_of = |http: &Http| {
        let scopes = ["packages:read", "packages:publish", "packages:review", "publishers:read"];
        text(&http.post("/v1/keys", &json!({"name": "ci", "scopes": scopes})).expect(201), "secret")
    };
    let (publishing, reviewing) = (key_of(&publisher), key_of(&reviewer));
    let signing = registered_key(&publisher, "acme", "laptop");
    let package = Announced::plain("acme/plain", "1.0.0");
    claimed(&publisher, &signing, &package);
    let approval = json!({"decision": "approve", "digest": package.document["digest"]});
    // Nobody is named: nobody reviews, and a stranger does not even see it.
    for http in [&publisher, &reviewer] {
        http.get("/v1/reviews").problem(403, "missing_scope");
    }
    publisher.post(&format!("{AT}/review"), &approval).problem(403, "missing_scope");
    reviewer.get(AT).problem(404, "not_found");
    assert_eq!(serving.stop(), Some(0));

    let named = format!("{}[reviews]\nreviewers = [{}, {}]\n", github.table(), owner["id"], bob["id"]);
    let serving = Serving::start(&mut environment, &named);
    let (publisher, reviewer) = (Http::new(&serving.url, Some(&publishing)), Http::new(&serving.url, Some(&reviewing)));
    publisher.post(&format!("{AT}/review"), &approval).problem(403, "not_your_publisher");
    assert_eq!(reviewer.get("/v1/reviews").expect(200)["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(reviewer.get(&format!("{AT}/download")).status, 200);
    let approved = reviewer.post(&format!("{AT}/review"), &approval).expect(200);
    assert_eq!((&approved["status"], &approved["tier"]), (&json!("active"), &json!("verified")));
    assert_eq!(serving.stop(), Some(0));
}
