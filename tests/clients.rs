//! OAuth clients over plain HTTP: what they may be called, and how many there may be.

use serde_json::json;

use crate::support::{Http, Sandbox, TestEnvironment, text};

#[test]
fn nobody_else_goes_by_the_name_of_the_marketplace() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let register = |name: &str| identity.post("/v1/clients", &json!({"name": name, "scopes": ["packages:read"]}));
    for name in [
        "proveniq",
        "The ProvenIQ command line",
        "pro-ven iq",
        "Pr\u{f3}veniq",
        "pr\u{43e}v\u{435}niq",
        "\u{ff50}\u{ff52}\u{ff4f}\u{ff56}\u{ff45}\u{ff4e}\u{ff49}\u{ff51}",
        "pr0venlq",
    ] {
        let problem = register(name).problem(400, "bad_request");
        assert_eq!(problem["detail"], "the marketplace's own name is not for others", "{name:?}");
    }
    for name in ["", "a\nb", "a\u{202e}b", "pro\u{200b}veniq", "pvq_test_x", &"x".repeat(65)] {
        register(name).problem(400, "bad_request");
    }
    assert_eq!(identity.get("/v1/clients").expect(200)["data"], json!([]), "nothing was registered");
    register("Provenance").expect(201);
}

#[test]
fn an_account_and_each_publisher_have_clients_up_to_a_bound() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let document = |integration: Option<&str>| json!({"name": "App", "scopes": [], "integration": integration});
    let register = |integration| identity.post("/v1/clients", &document(integration));
    let (mine, theirs) = (register(None).expect(201), register(Some("acme/sync")).expect(201));
    let more = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 498) \
                INSERT INTO oauth_clients (id, name, account, publisher, redirect_uris, scopes, created_at) ";
    environment.change_database(&format!("{more} SELECT 'a' || i, 'App', 'acc_sandbox', NULL, '', '', 1 FROM n"));
    environment.change_database(&format!("{more} SELECT 'b' || i, 'App', 'acc_sandbox', 'acme', '', '', 1 FROM n"));
    for (first, integration) in [(&mine, None), (&theirs, Some("acme/other"))] {
        let last = register(integration).expect(201);
        let one_more = if integration.is_some() { Some("acme/third") } else { None };
        let problem = register(one_more).problem(409, "quota_exceeded");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("500 clients at most")), "{problem}");
        // Another publisher has a bound of its own, and one that ended makes room.
        if integration.is_some() {
            register(Some("zeta/sync")).expect(201);
        }
        assert_eq!(identity.delete(&format!("/v1/clients/{}", text(&first["client"], "id"))).status, 204);
        register(one_more).expect(201);
        register(one_more.map(|_| "acme/fourth")).problem(409, "quota_exceeded");
        assert_ne!(last["client"]["id"], first["client"]["id"]);
    }
}
