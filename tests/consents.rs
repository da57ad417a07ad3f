//! What people let clients do: what the page tells them before, and how they see and withdraw it afterwards.

use serde_json::{Value, json};

use crate::support::{
    Application, DEVICE, Finished, Http, Person, REDIRECT, Sandbox, TestEnvironment, publish_with_scopes, text,
};

/// What a page says.
fn page(person: &mut Person, path: &str) -> String {
    String::from_utf8(person.open(path).body).expect("UTF-8")
}

fn consents(http: &Http) -> Vec<Value> {
    http.get("/v1/consents").expect(200)["data"].as_array().expect("consents").clone()
}

#[test]
fn the_page_tells_whose_client_it_is_and_where_the_answer_goes() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let account = text(&identity.get("/v1/account").expect(200), "id");
    let elsewhere = "https://sync.example.com/callback";
    publish_with_scopes(&identity, "acme/sync", &["ledger:events:read"]);
    let integration = json!({"integration": "acme/sync", "redirect_uris": ["http://127.0.0.1/callback", elsewhere]});
    let integration = Application::register(&sandbox.url, &identity, &integration);
    // Anybody may call a client what they like: the page tells what nobody can choose.
    let free = Application::register(&sandbox.url, &identity, &json!({"name": "GitHub"}));
    let own = Application::own(&sandbox.url);
    let mut person = Person::signed_in(&environment, &sandbox);
    for (app, redirect, whose) in [
        (&integration, REDIRECT, "It is the integration acme/sync.".to_owned()),
        (&integration, elsewhere, "It is the integration acme/sync.".to_owned()),
        (&free, REDIRECT, format!("It was registered by the account {account}.")),
        (&own, REDIRECT, "It is part of this marketplace.".to_owned()),
    ] {
        let html = page(&mut person, &app.asks(&[("redirect_uri", redirect)]));
        assert!(html.contains(&format!("{whose} The answer goes to {redirect}.")), "{html}");
    }
    let begun = own.posts("/oauth/device_authorization", &[("scope", "keys:read")]).expect(200);
    let html = page(&mut person, &format!("/oauth/device?user_code={}", text(&begun, "user_code")));
    assert!(html.contains("The answer goes to the device that shows the code."), "{html}");
}

#[test]
fn a_title_of_an_integration_does_not_pass_for_the_marketplace() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let name = |integration: &str| {
        crate::support::install(&identity, integration, &[]);
        let clients = identity.get("/v1/clients").expect(200);
        let clients = clients["data"].as_array().expect("clients").clone();
        text(clients.iter().find(|client| client["integration"] == integration).expect("client"), "name")
    };
    publish_with_scopes(&identity, "acme/sync", &[]);
    assert_eq!(name("acme/sync"), "Plain", "the title, where the installation makes the client");
    let titled = |text: &str| text.replace("acme/plain", "acme/trap").replace("Plain", "ProvenIQ, the command line");
    let blob = crate::support::Files::plain("acme/trap", "1.0.0")
        .replacing("proveniq.toml", titled(include_str!("fixtures/plain/proveniq.toml")))
        .replacing("README.md", titled(include_str!("fixtures/plain/README.md")))
        .replacing("docs/setup.md", titled(include_str!("fixtures/plain/docs/setup.md")))
        .pack("trap-1.0.0");
    crate::support::Announced::truly("acme/trap", "1.0.0", blob).publish(&identity).expect(201);
    assert_eq!(name("acme/trap"), "acme/trap");
}

#[test]
fn a_person_sees_and_withdraws_what_clients_were_let_do() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let scopes = ["ledger:events:read", "keys:read", "keys:write"];
    let app = Application::register(&sandbox.url, &identity, &json!({"name": "Claims", "scopes": scopes}));
    let mut person = Person::signed_in(&environment, &sandbox);
    assert_eq!(consents(&identity), [Value::Null; 0]);
    let reads = app.redeem(&app.code(&mut person, &[("scope", scopes[0])])).expect(200);
    let looks = app.redeem(&app.code(&mut person, &[("scope", scopes[1])])).expect(200);
    let own = Application::own(&sandbox.url);
    let begun = own.posts("/oauth/device_authorization", &[("scope", "packages:read")]).expect(200);
    let asks = person.open(&format!("/oauth/device?user_code={}", text(&begun, "user_code")));
    assert_eq!(person.submit(&asks, &[("decision", "allow")]).status, 200);
    let device = own.token(DEVICE, &[("device_code", &text(&begun, "device_code"))]).expect(200);

    let told = consents(&identity);
    let seen: Vec<_> = told.iter().map(|one| (text(one, "client_name"), one["scopes"].clone())).collect();
    let expected = [("proveniq, the command line", "packages:read"), ("Claims", scopes[1]), ("Claims", scopes[0])];
    assert_eq!(seen, expected.map(|(name, scope)| (name.to_owned(), json!([scope]))), "newest first");
    assert_eq!((&told[2]["client"], told[2].get("integration")), (&json!(app.id), None));

    let path = |consent: &Value| format!("/v1/consents/{}", text(consent, "id"));
    let token = |tokens: &Value| identity.with_key(&text(tokens, "access_token"));
    // A client sees no more than it was let see, and withdraws nothing without the right.
    token(&reads).get("/v1/consents").problem(403, "missing_scope");
    assert_eq!(consents(&token(&looks)), told);
    token(&looks).delete(&path(&told[0])).problem(403, "missing_scope");
    identity.with_key(&app.own_token()).get("/v1/consents").problem(403, "missing_scope");

    assert_eq!(identity.delete(&path(&told[2])).status, 204);
    token(&reads).get("/v1/ledger/events").problem(401, "token_revoked");
    app.refresh(&text(&reads, "refresh_token")).oauth_error(400, "invalid_grant");
    token(&looks).get("/v1/consents").expect(200);
    token(&device).get("/v1/packages").expect(200);
    assert_eq!(consents(&identity), told[..2]);
    identity.delete(&path(&told[2])).problem(404, "not_found");
    assert_eq!((environment.audited("consent.give"), environment.audited("consent.withdraw")), (3, 1));
    let entry = environment
        .texts_in_database("SELECT content FROM audit_entries WHERE content LIKE '%\"action\":\"consent.withdraw\"%'");
    assert!(entry[0].contains(&format!("{} {}", app.id, text(&told[2], "id"))), "{entry:?}");

    // Of one that was used up nothing is left to withdraw; an installation is ended as such.
    environment.change_database("UPDATE oauth_tokens SET expires_at = 1, created_at = 0");
    assert_eq!(consents(&identity), [Value::Null; 0]);
    publish_with_scopes(&identity, "acme/sync", &["ledger:events:read"]);
    crate::support::install(&identity, "acme/sync", &["ledger:events:read"]);
    assert_eq!(consents(&identity), [Value::Null; 0]);
    let grant = environment.texts_in_database("SELECT grant_id FROM installations").remove(0);
    identity.delete(&format!("/v1/consents/{grant}")).problem(404, "not_found");
}

#[test]
fn consents_are_listed_page_by_page() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mut person = Person::signed_in(&environment, &sandbox);
    let app = Application::own(&sandbox.url);
    app.redeem(&app.code(&mut person, &[("scope", "keys:read")])).expect(200);
    let more = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 103) ";
    environment.change_database(&format!(
        "{more} INSERT INTO oauth_grants (id, kind, client, account, scopes, created_at) \
         SELECT 'grt_' || i, 'consent', 'proveniq-cli', 'acc_sandbox', 'keys:read', i / 10 FROM n"
    ));
    environment.change_database(
        "INSERT INTO oauth_tokens (digest, id, kind, grant_id, scopes, created_at, expires_at) \
         SELECT 'd' || id, 't' || id, 'access', id, scopes, 1, 9000000000000000 FROM oauth_grants WHERE created_at < 99",
    );
    let first = identity.get("/v1/consents").expect(200);
    let second = identity.get(&format!("/v1/consents?cursor={}", text(&first, "next_cursor"))).expect(200);
    assert_eq!(second.get("next_cursor"), None);
    let ids =
        |page: &Value| page["data"].as_array().expect("page").iter().map(|one| text(one, "id")).collect::<Vec<_>>();
    let all: std::collections::BTreeSet<_> = ids(&first).into_iter().chain(ids(&second)).collect();
    assert_eq!((ids(&first).len(), all.len()), (100, 104));
    identity.get("/v1/consents?cursor=x").problem(400, "bad_request");
}

/// The example of the documentation, as it stands there.
#[test]
fn curl_as_the_documentation_tells() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mut person = Person::signed_in(&environment, &sandbox);
    let app = Application::own(&sandbox.url);
    app.redeem(&app.code(&mut person, &[("scope", "packages:read")])).expect(200);
    let consent = consents(&identity).remove(0);
    let key = identity.post("/v1/keys", &json!({"name": "c", "scopes": ["keys:read", "keys:write"]})).expect(201);
    let mut command = environment.example(include_str!("../docs/identity.md"), "What clients were let do");
    command.env("MARKETPLACE", &sandbox.url).env("PROVENIQ_API_KEY", text(&key, "secret"));
    command.env("CONSENT", text(&consent, "id"));
    let listed = Finished::of(command.spawn().expect("started")).expect(0).json();
    assert_eq!(listed["data"], json!([consent]));
    assert_eq!(consents(&identity), [Value::Null; 0]);
}
