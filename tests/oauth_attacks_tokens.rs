//! Attacks with tokens: of other clients, of other carriers, of another kind, with other credentials.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::{ACCESS_TOKEN, Application, EXCHANGE, EventStream, Http, Installed, Person, Sandbox};
use crate::support::{TestEnvironment, form, publish_with_scopes, text};

fn entry() -> Value {
    json!({"kind": "claim.opened", "subject": {"type": "claim", "id": "CLM-1"}, "payload": {}})
}

#[test]
fn a_token_tells_nothing_to_another_client() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mut person = Person::signed_in(&environment, &sandbox);
    let app = Application::register(&sandbox.url, &identity, &json!({}));
    let other = Application::register(&sandbox.url, &identity, &json!({}));
    let tokens = app.redeem(&app.code(&mut person, &[])).expect(200);
    for name in ["access_token", "refresh_token"] {
        let token = text(&tokens, name);
        assert_eq!(other.introspect(&token), json!({"active": false}));
        assert_eq!(app.introspect(&token)["active"], true);
        assert_eq!(other.posts("/oauth/revoke", &[("token", &token)]).status, 200);
        assert_eq!(app.introspect(&token)["active"], true, "nothing is told, and nothing is done");
    }
    let public = Application::own(&sandbox.url);
    public.posts("/oauth/introspect", &[("token", &text(&tokens, "access_token"))]).oauth_error(401, "invalid_client");
    for nonsense in ["x", "pvq_access_x", "pvq_test_x"] {
        assert_eq!(app.introspect(nonsense), json!({"active": false}));
        assert_eq!(app.posts("/oauth/revoke", &[("token", nonsense)]).status, 200);
    }
    assert_eq!(app.posts("/oauth/revoke", &[("token", &text(&tokens, "refresh_token"))]).status, 200);
    assert_eq!(app.introspect(&text(&tokens, "access_token")), json!({"active": false}), "the whole consent has ended");
}

#[test]
fn one_kind_of_secret_is_no_other() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mut person = Person::signed_in(&environment, &sandbox);
    let app = Application::register(&sandbox.url, &identity, &json!({}));
    let code = app.code(&mut person, &[]);
    let tokens = app.redeem(&app.code(&mut person, &[])).expect(200);
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    let session = person.cookie.clone().expect("cookie").split_once('=').expect("cookie").1.to_owned();
    for secret in [&refresh, &code, app.secret.as_ref().expect("secret"), &session] {
        Http::new(&sandbox.url, Some(secret)).get("/v1/ledger/events").problem(401, "unauthenticated");
    }
    app.refresh(&code).oauth_error(400, "invalid_grant");
    app.redeem(&refresh).oauth_error(400, "invalid_grant");
    let bearer = Http::new(&sandbox.url, Some(&access));
    let asked = bearer.send("POST", "/oauth/introspect", &[FORM], form(&[("token", &access)]).as_bytes());
    asked.oauth_error(401, "invalid_client");
    let by_query = Http::new(&sandbox.url, None).get(&format!("/v1/ledger/events?access_token={access}"));
    by_query.problem(401, "unauthenticated");
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[test]
fn a_client_proves_itself_in_one_way() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let app = Application::register(&sandbox.url, &identity, &json!({}));
    let other = Application::register(&sandbox.url, &identity, &json!({}));
    let secret = app.secret.clone().expect("secret");
    let plain = Http::new(&sandbox.url, None);
    let own = [("grant_type", "client_credentials")];
    let send = |header: Option<&str>, fields: &[(&str, &str)]| {
        let mut headers = vec![FORM];
        headers.extend(header.map(|header| ("authorization", header)));
        plain.send("POST", "/oauth/token", &headers, form(&[&own, fields].concat()).as_bytes())
    };
    let basic = |id: &str, secret: &str| format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let (right, id) = (basic(&app.id, &secret), ("client_id", app.id.as_str()));
    send(Some(&right), &[]).expect(200);
    send(Some(&right), &[id]).expect(200);
    send(None, &[id, ("client_secret", &secret)]).expect(200);
    send(None, &[id]).oauth_error(401, "invalid_client");
    send(None, &[]).oauth_error(400, "invalid_request");
    send(None, &[id, ("client_secret", other.secret.as_ref().expect("secret"))]).oauth_error(401, "invalid_client");
    send(Some(&right), &[("client_secret", &secret)]).oauth_error(400, "invalid_request");
    send(Some(&right), &[("client_id", &other.id)]).oauth_error(400, "invalid_request");
    let wrong = basic(&app.id, &secret.replace("pvq_client_", "pvq_client_0"));
    for header in [wrong.as_str(), "Basic", "Basic !", "Basic eA==", "Bearer x", &basic("", ""), &basic(&app.id, "")] {
        let reply = send(Some(header), &[]);
        reply.oauth_error(401, "invalid_client");
        assert!(reply.header("www-authenticate").is_some_and(|challenge| challenge.starts_with("Basic")), "{header}");
    }
    // A public client has no secret that could be right, and cannot act for itself.
    send(None, &[("client_id", "proveniq-cli"), ("client_secret", &secret)]).oauth_error(401, "invalid_client");
    send(None, &[("client_id", "proveniq-cli")]).oauth_error(400, "unauthorized_client");
    let replaced = identity.post(&format!("/v1/clients/{}/secret", app.id), &json!({})).expect(200);
    send(Some(&right), &[]).oauth_error(401, "invalid_client");
    send(Some(&basic(&app.id, &text(&replaced, "secret"))), &[]).expect(200);
}

/// Whoever may register a client cannot make of it more than what they may do themselves.
#[test]
fn a_clients_own_token_reaches_nothing_but_what_integrations_need() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let key = identity.post("/v1/keys", &json!({"name": "ci", "scopes": ["clients:write"]})).expect(201);
    let registrar = identity.with_key(&text(&key, "secret"));
    let everything = json!({"scopes": ["keys:write", "keys:read", "packages:publish", "clients:write", "events:read",
        "installations:write", "installations:read", "ledger:events:read", "publishers:write", "audit:read"]});
    let app = Application::register(&sandbox.url, &registrar, &everything);
    let own = identity.with_key(&app.own_token());
    own.post("/v1/keys", &json!({"name": "more", "scopes": ["keys:read"]})).problem(403, "missing_scope");
    for path in ["/v1/account", "/v1/keys", "/v1/clients", "/v1/events", "/v1/ledger/events", "/v1/audit/chains"] {
        own.get(path).problem(403, "missing_scope");
    }
    own.get("/v1/installations").expect(200);
}

#[test]
fn an_installation_gives_what_was_agreed_to_and_no_more() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let Installed { app, installation } = Installed::new(&sandbox.url, &identity, "acme/sync");
    let own = app.own_token();
    let narrow = app.exchange(&own, &installation, &[("scope", "ledger:events:read")]).expect(200);
    assert_eq!((&narrow["scope"], &narrow["issued_token_type"]), (&json!("ledger:events:read"), &json!(ACCESS_TOKEN)));
    assert!(narrow["expires_in"].as_u64().is_some_and(|seconds| seconds <= 900), "{narrow}");
    assert_eq!(narrow.get("refresh_token"), None);
    let ledger = format!("/v1/installations/{installation}/ledger/events");
    let reader = identity.with_key(&text(&narrow, "access_token"));
    reader.get(&ledger).expect(200);
    reader.post(&ledger, &entry()).problem(403, "missing_scope");
    reader.get("/v1/account").problem(403, "missing_scope");
    reader.get("/v1/installations").problem(403, "missing_scope");
    // A token that was exchanged is no subject: scopes cannot grow again.
    let derived = text(&narrow, "access_token");
    app.exchange(&derived, &installation, &[]).oauth_error(400, "invalid_request");
    for scope in ["ledger:proofs:write", "installations:read", "keys:write"] {
        app.exchange(&own, &installation, &[("scope", scope)]).oauth_error(400, "invalid_scope");
    }
    let little = text(&app.token("client_credentials", &[("scope", "installations:read")]).expect(200), "access_token");
    app.exchange(&little, &installation, &[]).oauth_error(400, "invalid_grant");
    let writer = text(&app.exchange(&own, &installation, &[]).expect(200), "access_token");
    let appended = identity.with_key(&writer).post(&ledger, &entry()).expect(201);
    assert_eq!(appended["actor"], "acme/sync");
    let carrier = &app.introspect(&writer)["sub"];
    assert_eq!(*carrier, appended["carrier_id"], "an integration knows a carrier by the carrier's name");
}

#[test]
fn an_exchange_is_of_its_own_token_for_its_own_installation() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mine = Installed::new(&sandbox.url, &identity, "acme/mine");
    let theirs = Installed::new(&sandbox.url, &identity, "acme/theirs");
    let own = mine.app.own_token();
    for audience in [theirs.installation.as_str(), "ins_none", "*"] {
        mine.app.exchange(&own, audience, &[]).oauth_error(400, "invalid_grant");
    }
    mine.app.exchange(&theirs.app.own_token(), &mine.installation, &[]).oauth_error(400, "invalid_request");
    let mut person = Person::signed_in(&environment, &sandbox);
    let consented = mine.app.redeem(&mine.app.code(&mut person, &[])).expect(200);
    for name in ["access_token", "refresh_token"] {
        mine.app.exchange(&text(&consented, name), &mine.installation, &[]).oauth_error(400, "invalid_request");
    }
    let public = Application::own(&sandbox.url);
    public.exchange(&own, &mine.installation, &[]).oauth_error(400, "unauthorized_client");
    let fields = [("subject_token", own.as_str()), ("subject_token_type", ACCESS_TOKEN)];
    mine.app.token(EXCHANGE, &fields).oauth_error(400, "invalid_target");
    for (name, value) in [("requested_token_type", "urn:ietf:params:oauth:token-type:jwt"), ("actor_token", "x")] {
        mine.app.exchange(&own, &mine.installation, &[(name, value)]).oauth_error(400, "invalid_request");
    }
    mine.app.exchange(&own, &mine.installation, &[("resource", "https://x.test")]).oauth_error(400, "invalid_target");
    // A token for one installation is none for another, although the carrier is the same.
    let token = text(&mine.app.exchange(&own, &mine.installation, &[]).expect(200), "access_token");
    let other = format!("/v1/installations/{}/ledger/events", theirs.installation);
    identity.with_key(&token).get(&other).problem(404, "not_found");
    identity.with_key(&token).post(&other, &entry()).problem(404, "not_found");
}

#[test]
fn what_no_installation_can_give_is_not_installed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    publish_with_scopes(&identity, "acme/greedy", &["ledger:events:read", "keys:write"]);
    let install =
        |scopes: Value| identity.post("/v1/installations", &json!({"integration": "acme/greedy", "scopes": scopes}));
    install(json!(["ledger:events:read", "keys:write"])).problem(422, "invalid_payload");
    publish_with_scopes(&identity, "acme/modest", &["ledger:events:read"]);
    for scopes in [json!([]), json!(["ledger:events:read", "ledger:events:write"])] {
        let request = json!({"integration": "acme/modest", "scopes": scopes});
        identity.post("/v1/installations", &request).problem(409, "consent_mismatch");
    }
}

#[test]
fn ending_an_installation_ends_its_tokens_and_streams_at_once() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let Installed { app, installation } = Installed::new(&sandbox.url, &identity, "acme/sync");
    let own = app.own_token();
    let token = text(&app.exchange(&own, &installation, &[]).expect(200), "access_token");
    let path = format!("/v1/installations/{installation}/ledger/events");
    identity.with_key(&token).get(&path).expect(200);
    identity.delete(&format!("/v1/installations/{installation}")).expect(204);
    identity.with_key(&token).get(&path).problem(401, "token_revoked");
    identity.with_key(&token).get("/v1/ledger/events").problem(401, "token_revoked");
    app.exchange(&own, &installation, &[]).oauth_error(400, "invalid_grant");
    assert_eq!(app.introspect(&token), json!({"active": false}));
}

#[test]
fn a_stream_ends_with_the_consent_that_opened_it() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let mut person = Person::signed_in(&environment, &sandbox);
    let app = Application::own(&sandbox.url);
    let tokens = app.redeem(&app.code(&mut person, &[("scope", "events:read")])).expect(200);
    let token = text(&tokens, "access_token");
    let mut stream = EventStream::open(&sandbox.url, &token, "/v1/events/stream", "");
    stream.expect("ready");
    assert_eq!(app.posts("/oauth/revoke", &[("token", &text(&tokens, "refresh_token"))]).status, 200);
    stream.expect("end");
    assert_eq!(stream.next(), None);
}
