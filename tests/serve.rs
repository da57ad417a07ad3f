//! `serve`: people of GitHub and of Google sign up, publishers have members, lifetimes are configured, it ends in order.

use serde_json::{Value, json};

use crate::support::wait_until;
use crate::support::{
    Application, DEVICE, Http, Person, Provider, Serving, TestEnvironment, publish_with_scopes, text,
};

pub fn ada() -> Value {
    json!({"id": 7, "login": "ada", "name": "Ada Lovelace"})
}

fn grace() -> Value {
    json!({"sub": "108", "email": "grace@example.test", "email_verified": true, "name": "Grace Hopper"})
}

/// A credential of a person who is signed in, with everything that the command line may ask for.
#[track_caller]
fn credential(serving: &Serving, person: &mut Person) -> Http {
    let app = Application::own(&serving.url);
    let tokens = app.redeem(&app.code(person, &[])).expect(200);
    Http::new(&serving.url, Some(&text(&tokens, "access_token")))
}

/// Signs somebody up; returns their credential and their account.
#[track_caller]
pub fn signed_up(serving: &Serving, provider: &Provider, who: &Value) -> (Http, Value) {
    provider.knows(who, None);
    let mut person = Person::stranger(&serving.url);
    assert_eq!(person.signs_in_at(provider).status, 303);
    let http = credential(serving, &mut person);
    let account = http.get("/v1/account").expect(200);
    (http, account)
}

#[test]
fn people_sign_up_with_github_and_with_google() {
    let mut environment = TestEnvironment::new();
    let (github, google) = (Provider::start("github"), Provider::start("google"));
    let serving = Serving::start(&mut environment, &format!("{}{}", github.table(), google.table()));
    assert_eq!(serving.document["identity"], json!(["github", "google"]));
    let page = Person::stranger(&serving.url).open("/oauth/device");
    let html = String::from_utf8_lossy(&page.body).into_owned();
    assert!(html.contains("Continue with GitHub") && html.contains("Continue with Google"), "{html}");
    let (_, first) = signed_up(&serving, &github, &ada());
    let (_, second) = signed_up(&serving, &google, &grace());
    assert_ne!(first["id"], second["id"]);
    assert_eq!((&first["name"], &second["name"]), (&json!("Ada Lovelace"), &json!("Grace Hopper")));
    assert_eq!(first["identities"], json!([{"provider": "github", "login": "ada"}]));
    assert_eq!(second["identities"], json!([{"provider": "google", "login": "grace@example.test"}]));
    // A login is what somebody is called today; the number stays.
    let renamed = json!({"id": 7, "login": "countess", "name": "\u{202e}Ada\nKing\u{0}"});
    let (_, again) = signed_up(&serving, &github, &renamed);
    assert_eq!((&again["id"], &again["name"]), (&first["id"], &json!("AdaKing")));
    assert_eq!(again["identities"], json!([{"provider": "github", "login": "countess"}]));
    // Somebody else may take the old login, and is somebody else.
    let (_, other) = signed_up(&serving, &github, &json!({"id": 8, "login": "ada", "name": null}));
    assert_ne!(other["id"], first["id"]);
    assert_eq!(other["name"], "ada");
    assert_eq!(serving.stop(), Some(0));
}

#[test]
fn publishers_have_owners_publishers_and_viewers() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    let people = ["ada", "bob", "eve"].map(|login| {
        let id = login.len() + usize::from(login.as_bytes()[0]);
        signed_up(&serving, &github, &json!({"id": id, "login": login, "name": login}))
    });
    let [(ada, first), (bob, second), (eve, _)] = people;
    publish_with_scopes(&ada, "acme/sync", &[]);
    let member = |account: &Value| format!("/v1/publishers/acme/members/{}", text(account, "id"));
    let put = |http: &Http, account: &Value, role: &str| {
        let json = [("content-type", "application/json")];
        http.send("PUT", &member(account), &json, json!({"role": role}).to_string().as_bytes())
    };
    let open = |http: &Http| {
        let digest = "a".repeat(64);
        let document =
            json!({"name": "acme/sync", "version": "2.0.0", "digest": digest, "blob_digest": digest, "size": 9});
        http.post("/v1/uploads", &document)
    };
    open(&bob).problem(403, "not_your_publisher");
    bob.get("/v1/publishers/acme/members").problem(403, "not_your_publisher");
    put(&bob, &second, "owner").problem(403, "not_your_publisher");
    assert_eq!(put(&ada, &second, "viewer").status, 204);
    bob.get("/v1/publishers/acme/members").expect(200);
    open(&bob).problem(403, "not_your_publisher");
    put(&bob, &second, "owner").problem(403, "not_your_publisher");
    bob.delete(&member(&first)).problem(403, "not_your_publisher");
    assert_eq!(put(&ada, &second, "publisher").status, 204);
    open(&bob).expect(200);
    put(&bob, &second, "owner").problem(403, "not_your_publisher");
    assert_eq!(put(&ada, &second, "owner").status, 204);
    assert_eq!(put(&bob, &first, "viewer").status, 204, "owners are equals");
    put(&bob, &second, "viewer").problem(409, "last_owner");
    bob.delete(&member(&second)).problem(409, "last_owner");
    assert_eq!(ada.delete(&member(&first)).status, 204, "anybody may leave");
    ada.get("/v1/publishers/acme/members").problem(403, "not_your_publisher");
    // What is told of the integration is told to who owns it now.
    crate::support::install(&eve, "acme/sync", &[]);
    let told = |http: &Http| http.get("/v1/events").expect(200)["data"].as_array().expect("data").len();
    assert_eq!((told(&ada), told(&bob), told(&eve)), (0, 1, 0));
    eve.get("/v1/publishers/acme/members").problem(403, "not_your_publisher");
    // A client of the publisher's integration is looked after by whoever may publish, and not by others.
    let client = bob.get("/v1/clients").expect(200)["data"][0].clone();
    assert_eq!(client["integration"], "acme/sync", "the installation has made it");
    let client = text(&client, "id");
    bob.post(&format!("/v1/clients/{client}/secret"), &json!({})).expect(200);
    for stranger in [&ada, &eve] {
        stranger.post(&format!("/v1/clients/{client}/secret"), &json!({})).problem(404, "not_found");
        stranger.delete(&format!("/v1/clients/{client}")).problem(404, "not_found");
    }
}

/// Nobody publishes under a name that is taken for another's; whoever belongs to that one may.
#[test]
fn a_publisher_that_looks_like_another_is_not_founded() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    let (owner, _) = signed_up(&serving, &github, &ada());
    let (stranger, account) = signed_up(&serving, &github, &json!({"id": 8, "login": "bob", "name": "Bob"}));
    publish_with_scopes(&owner, "acme-labs/sync", &[]);
    let open = |http: &Http, publisher: &str| {
        let digest = "a".repeat(64);
        let name = format!("{publisher}/sync");
        let document = json!({"name": name, "version": "2.0.0", "digest": digest, "blob_digest": digest, "size": 9});
        http.post("/v1/uploads", &document)
    };
    for lookalike in ["acmelabs", "acme-1abs", "acrne-labs", "acme-lab", "acme-lasb"] {
        let refused = open(&stranger, lookalike).problem(409, "name_looks_alike");
        assert!(text(&refused, "detail").contains("easily taken for acme-labs"), "{refused}");
        stranger.get(&format!("/v1/publishers/{lookalike}/members")).problem(403, "not_your_publisher");
    }
    open(&stranger, "zeta-labs").expect(200);
    let json = [("content-type", "application/json")];
    let member = format!("/v1/publishers/acme-labs/members/{}", text(&account, "id"));
    assert_eq!(owner.send("PUT", &member, &json, br#"{"role": "viewer"}"#).status, 204);
    open(&stranger, "acme-lab").expect(200);
}

/// A name is given for ever: it takes a person, or a credential that a person has given that right.
#[test]
fn a_publisher_is_founded_by_who_may_and_not_by_an_integration_or_a_narrow_key() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    let (ada, _) = signed_up(&serving, &github, &ada());
    let narrow = ["clients:write", "packages:publish"];
    let registers = |http: &Http, integration: &str| {
        http.post("/v1/clients", &json!({"name": "App", "scopes": [], "integration": integration}))
    };
    let key = |name: &str, scopes: &[&str]| {
        let made = ada.post("/v1/keys", &json!({"name": name, "scopes": scopes, "expires_in": 300})).expect(201);
        ada.with_key(&text(&made, "secret"))
    };
    let mut person = Person::stranger(&serving.url);
    person.signs_in_at(&github);
    let every = [&narrow[..], &["publishers:write"]].concat();
    let app = Application::register(&serving.url, &ada, &json!({"scopes": every}));
    let let_in = app.redeem(&app.code(&mut person, &[("scope", &narrow.join(" "))])).expect(200);
    let (ci, let_in) = (key("ci", &narrow), ada.with_key(&text(&let_in, "access_token")));
    for http in [&ci, &let_in] {
        let problem = registers(http, "acme/sync").problem(403, "missing_scope");
        let detail = text(&problem, "detail");
        assert_eq!(detail, "nobody has used the publisher acme yet, and to found it takes the scope publishers:write");
        let upload = crate::support::Announced::plain("acme/sync", "1.0.0").document;
        http.post("/v1/uploads", &upload).problem(403, "missing_scope");
    }
    // An integration's own token has none of it, whatever its client may ask people for.
    let machine = ada.with_key(&app.own_token());
    registers(&machine, "acme/sync").problem(403, "missing_scope");
    let publishers = || ada.get("/v1/account").expect(200)["publishers"].clone();
    assert_eq!(publishers(), json!([]), "nothing was founded");

    registers(&key("founder", &every), "acme/sync").expect(201);
    assert_eq!(publishers(), json!([{"publisher": "acme", "role": "owner"}]));
    // What is founded needs no more than it did.
    registers(&ci, "acme/other").expect(201);
    publish_with_scopes(&let_in, "acme/third", &[]);
}

/// One carrier's tokens, entries and installations are nothing to another.
#[test]
fn tenants_do_not_see_each_other() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    let (ada, first) = signed_up(&serving, &github, &ada());
    let (bob, _) = signed_up(&serving, &github, &json!({"id": 8, "login": "bob", "name": "Bob"}));
    let installed = crate::support::Installed::new(&serving.url, &ada, "acme/sync");
    let bobs = crate::support::install(&bob, "acme/sync", &["ledger:events:read", "ledger:events:write"]);
    let at = |http: &Http, installation: &str| http.get(&format!("/v1/installations/{installation}/ledger/events"));
    at(&bob, &installed.installation).problem(404, "not_found");
    at(&ada, &bobs).problem(404, "not_found");
    bob.delete(&format!("/v1/installations/{}", installed.installation)).problem(404, "not_found");
    let token = ada.with_key(&installed.token());
    at(&token, &bobs).problem(404, "not_found");
    at(&token, &installed.installation).expect(200);
    let own = ada.with_key(&installed.app.own_token());
    assert_eq!(own.get("/v1/installations").expect(200)["data"].as_array().expect("data").len(), 2);
    assert_eq!(bob.get("/v1/installations").expect(200)["data"].as_array().expect("data").len(), 1);
    // Everybody can verify the log, and reads their own entries alone.
    let chains = bob.get("/v1/audit/chains").expect(200);
    let chain = text(chains["data"].as_array().expect("chains").last().expect("chain"), "id");
    let records = bob.get(&format!("/v1/audit/chains/{chain}")).expect(200);
    let records = records["data"].as_array().expect("records");
    let account = text(&first, "id");
    assert!(records.iter().any(|record| record.get("content").is_none()), "others' entries are there as digests");
    assert!(!json!(records).to_string().contains(&account), "and tell nothing");
    // What one lets clients do is nobody else's to see or to withdraw.
    let consents = |http: &Http| http.get("/v1/consents").expect(200)["data"].as_array().expect("data").clone();
    let (of_ada, of_bob) = (consents(&ada), consents(&bob));
    assert_eq!((of_ada.len(), of_bob.len()), (1, 1));
    assert_ne!(of_ada, of_bob);
    bob.delete(&format!("/v1/consents/{}", text(&of_ada[0], "id"))).problem(404, "not_found");
    ada.get("/v1/account").expect(200);
    // Keys are live ones.
    let key = bob.post("/v1/keys", &json!({"name": "ci", "scopes": ["packages:read"], "expires_in": 300})).expect(201);
    assert!(text(&key, "secret").starts_with("pvq_live_"));
}

#[test]
fn what_has_expired_is_of_no_use() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let tokens = "[tokens]\naccess = \"1s\"\nrefresh = \"2s\"\ncode = \"1s\"\ndevice = \"1s\"\npoll = \"1s\"\n";
    let serving = Serving::start(&mut environment, &format!("{}{tokens}", github.table()));
    github.knows(&ada(), None);
    let mut person = Person::stranger(&serving.url);
    person.signs_in_at(&github);
    let app = Application::own(&serving.url);
    let late = app.code(&mut person, &[]);
    let given = app.redeem(&app.code(&mut person, &[])).expect(200);
    assert_eq!(given["expires_in"], 1);
    let begun = app.posts("/oauth/device_authorization", &[]).expect(200);
    let device = [("device_code", text(&begun, "device_code"))];
    let http = Http::new(&serving.url, Some(&text(&given, "access_token")));
    wait_until("the access token has expired", || http.get("/v1/account").status == 401);
    http.get("/v1/account").problem(401, "token_expired");
    wait_until("the device code has expired", || {
        let fields: Vec<_> = device.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.token(DEVICE, &fields).json()["error"] == "expired_token"
    });
    app.redeem(&late).oauth_error(400, "invalid_grant");
    let code = text(&begun, "user_code");
    assert_eq!(person.open(&format!("/oauth/device?user_code={code}")).status, 404);
    let refreshed = app.refresh(&text(&given, "refresh_token")).expect(200);
    let begun = std::time::Instant::now();
    wait_until("two seconds are over", || begun.elapsed() > std::time::Duration::from_secs(2));
    app.refresh(&text(&refreshed, "refresh_token")).oauth_error(400, "invalid_grant");
}

#[test]
fn a_session_outlives_a_start() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    github.knows(&ada(), None);
    let mut person = Person::stranger(&serving.url);
    person.signs_in_at(&github);
    assert_eq!(serving.stop(), Some(0));
    let serving = Serving::start(&mut environment, &github.table());
    let mut again = Person::stranger(&serving.url);
    // On a port that it is given each time, its cookie has another name.
    let (_, session) = person.cookie.as_deref().and_then(|cookie| cookie.split_once('=')).expect("cookie");
    again.cookie = Some(format!("proveniq-{}={session}", serving.url.rsplit(':').next().expect("port")));
    assert!(String::from_utf8_lossy(&again.open("/oauth/device").body).contains("Sign in a device"));
}

#[test]
fn what_has_expired_is_forgotten_and_what_lives_is_kept() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let serving = Serving::start(&mut environment, &github.table());
    github.knows(&ada(), None);
    let mut person = Person::stranger(&serving.url);
    person.goes_to(&github, "/oauth/device");
    person.signs_in_at(&github);
    let app = Application::own(&serving.url);
    app.code(&mut person, &[]);
    app.posts("/oauth/device_authorization", &[]).expect(200);
    app.redeem(&app.code(&mut person, &[])).expect(200);
    assert_eq!(serving.stop(), Some(0));
    let database = environment.path("work/data/marketplace.db");
    let sql = |statement: &str| {
        let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.isolation_level = None\n\
            print([row[0] for row in c.execute(sys.argv[2])])";
        let output = std::process::Command::new("python3").args(["-c", script]).arg(&database).arg(statement).output();
        String::from_utf8(output.expect("python3").stdout).expect("UTF-8").trim().to_owned()
    };
    let tables = ["sign_ins", "browser_sessions", "oauth_tokens", "oauth_codes", "device_codes", "oauth_grants"];
    let counts = || tables.map(|table| sql(&format!("SELECT count(*) FROM {table}")));
    Serving::start(&mut environment, &github.table()).stop();
    assert_eq!(counts(), ["[1]", "[1]", "[2]", "[2]", "[1]", "[2]"], "nothing is forgotten too early");
    for table in &tables[..5] {
        sql(&format!("UPDATE {table} SET expires_at = expires_at - 100 * 86400000000"));
    }
    sql("UPDATE oauth_grants SET created_at = created_at - 100 * 86400000000");
    Serving::start(&mut environment, &github.table()).stop();
    assert_eq!(counts(), ["[0]"; 6]);
}
