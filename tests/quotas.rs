//! How many keys an account may have, and how many publishers it founds.

use serde_json::{Value, json};

use crate::support::{Http, Sandbox, TestEnvironment, at_once};

/// Gives the sandbox's account keys, behind the marketplace's back.
fn add_keys(environment: &TestEnvironment, count: u32, expires_at: &str) {
    environment.change_database(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         INSERT INTO api_keys (id, account, name, prefix, digest, scopes, created_at, expires_at) \
         SELECT 'key_' || {expires_at} || i, 'acc_sandbox', 'k' || {expires_at} || i, 'pvq_test_x', 'd' || {expires_at} || i, \
         'packages:read', 1, nullif({expires_at}, 0) FROM n"
    ));
}

#[test]
fn an_account_has_living_keys_up_to_a_bound_and_can_rotate_each() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    add_keys(&environment, 995, "0");
    add_keys(&environment, 50, "7");
    let create = |name: &str| identity.post("/v1/keys", &json!({"name": name}));
    // Of those who come at once no more than fit: expired keys do not count, nor does the built-in identity.
    let statuses = at_once(8, |number| create(&format!("n{number}")).status);
    assert_eq!(statuses, [201, 201, 201, 201, 409, 409, 409, 409]);
    let problem = create("more").problem(409, "quota_exceeded");
    assert_eq!(problem["detail"], "an account has 1000 living keys at most");
    let refused = environment.run(&["keys", "create", "--name", "more"]).expect(5);
    refused.says("an account has 1000 living keys at most").says("`proveniq keys revoke`");
    // A request that was refused has used nothing up.
    identity.post_once("/v1/keys", "r1", &json!({"name": "more"})).problem(409, "quota_exceeded");
    environment.run(&["keys", "rotate", "ci"]).expect(0);
    assert_eq!(identity.delete("/v1/keys/key_01").status, 204);
    identity.post_once("/v1/keys", "r1", &json!({"name": "more"})).problem(409, "quota_exceeded");
    assert_eq!(identity.delete("/v1/keys/key_02").status, 204);
    identity.post_once("/v1/keys", "r1", &json!({"name": "more"})).expect(201);
}

#[test]
fn successors_of_successors_are_no_way_around_the_bound() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let created = identity.post("/v1/keys", &json!({"name": "ci"})).expect(201);
    let key = |created: &Value| identity.with_key(created["secret"].as_str().expect("secret"));
    add_keys(&environment, 1_998, "0");
    let heir = key(&created).post("/v1/keys/current/successor", &json!({})).expect(201);
    let problem = key(&heir).post("/v1/keys/current/successor", &json!({})).problem(409, "rotation_under_way");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("beside too many others")), "{problem}");
    assert_eq!(key(&heir).get("/v1/keys/current").expect(200).get("successor"), None, "nothing was made");
}

#[test]
fn an_account_founds_publishers_up_to_a_bound() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let register = |integration: &str| {
        identity.post("/v1/clients", &json!({"name": "App", "scopes": [], "integration": integration}))
    };
    register("acme/first").expect(201);
    environment.change_database(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 98) \
         INSERT INTO publishers (name, account, created_at) SELECT 'p' || i, 'acc_sandbox', 1 FROM n",
    );
    register("zeta/first").expect(201);
    let problem = register("last/first").problem(409, "quota_exceeded");
    assert_eq!(problem["detail"], "an account founds 100 publishers at most");
    let founded = environment.number_in_database("SELECT count(*) FROM publishers WHERE name = 'last'");
    assert_eq!(founded, 0, "nothing is left of it");
    register("acme/second").expect(201);
    // A name of others counts for them.
    environment.change_database("INSERT INTO accounts (id, created_at) VALUES ('acc_other', 1)");
    environment.change_database("UPDATE publishers SET account = 'acc_other' WHERE name = 'p1'");
    register("last/first").expect(201);
}
