//! `logs --audit`: the chains are verified here, so that whoever changes the log behind the marketplace's back is found out.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{Finished, Http, Sandbox, TestEnvironment, sign_in};

fn audit(environment: &TestEnvironment, code: i32) -> Finished {
    environment.run(&["logs", "--audit", "--limit", "1000", "--json"]).expect(code)
}

/// The identifier of a chain, in the order in which they began.
fn chain(environment: &TestEnvironment, number: usize) -> String {
    environment.texts_in_database("SELECT id FROM audit_chains ORDER BY opened_at")[number].clone()
}

fn open_log(environment: &TestEnvironment) {
    for trigger in
        environment.texts_in_database("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
    {
        environment.change_database(&format!("DROP TRIGGER {trigger}"));
    }
}

/// Does what leaves entries, and stops the sandbox: another start begins another chain.
fn one_run(environment: &TestEnvironment, name: &str) {
    let _sandbox = Sandbox::start(environment);
    environment.run(&["keys", "create", "--name", name]).expect(0);
}

/// Changes entries of a chain and computes everything anew that follows, as somebody who knows the format would.
fn rewrite(environment: &TestEnvironment, chain: &str, from: &str, to: &str) {
    let query = format!("SELECT content FROM audit_entries WHERE chain = '{chain}' ORDER BY sequence");
    let hex = |bytes: &[u8]| proveniq::package::hex(bytes);
    let mut head = "0".repeat(64);
    for (sequence, content) in (1..).zip(environment.texts_in_database(&query)) {
        let content = content.replace(from, to);
        let digest = hex(&Sha256::digest(&content));
        head = hex(&Sha256::digest(format!("{head}\n{digest}")));
        let content = content.replace('\'', "''");
        environment.change_database(&format!(
            "UPDATE audit_entries SET content = '{content}', hash = '{head}' \
             WHERE chain = '{chain}' AND sequence = {sequence}"
        ));
    }
    environment.change_database(&format!("UPDATE audit_chains SET head = '{head}' WHERE id = '{chain}'"));
}

#[track_caller]
fn found_out(told: &Finished, words: &str) {
    let document = told.json();
    assert_eq!(document["verified"], false);
    let broken = document["broken"].to_string();
    assert!(broken.contains(words), "{words} is not in {broken}");
}

#[test]
fn what_was_done_is_shown_and_verified() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    sign_in(&environment, &sandbox, &[]);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    environment.run(&["keys", "revoke", "ci", "--yes"]).expect(0);
    Http::new(&sandbox.url, None).get("/v1/keys").problem(401, "unauthenticated");
    environment.run(&["logout"]).expect(0);
    let log = audit(&environment, 0).json();
    assert_eq!(
        (&log["schema"], &log["verified"], &log["broken"]),
        (&json!("proveniq.logs-audit/1"), &json!(true), &json!([]))
    );
    let actions: Vec<_> = log["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["action"].as_str().expect("action"))
        .collect();
    for action in ["consent.give", "token.code", "key.create", "key.revoke", "token.revoke"] {
        assert!(actions.contains(&action), "{action} is not in {actions:?}");
    }
    let times: Vec<_> =
        log["entries"].as_array().expect("entries").iter().map(|entry| entry["at"].as_str().expect("time")).collect();
    assert!(times.is_sorted(), "{times:?}");

    let shown = environment.run(&["logs", "--audit"]).expect(0);
    for words in ["WHEN", "key.create", "refused: unauthenticated", " in 1 chain at ", "every hash holds"] {
        assert!(shown.stdout.contains(words), "{words} is not in {}", shown.stdout);
    }
    assert!(!shown.stdout.contains('\u{1b}'), "a pipe gets no colours");
    let one = environment.run(&["logs", "--audit", "--limit", "1", "--json"]).expect(0).json();
    assert_eq!(one["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(one["entries"][0], log["entries"].as_array().expect("entries").last().cloned().unwrap_or(Value::Null));
    let none = environment.run(&["logs", "--audit", "--limit", "0"]).expect(0);
    assert!(none.stdout.contains("every hash holds"), "{}", none.stdout);
    environment.run(&["logs"]).expect(2).says("which log?").says("--audit");
}

#[test]
fn a_change_of_one_byte_names_the_entry() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    environment.run(&["keys", "create", "--name", "cd"]).expect(0);
    open_log(&environment);
    let chain = chain(&environment, 0);
    environment.change_database(
        "UPDATE audit_entries SET content = replace(content, 'key.create', 'key.creatE') WHERE sequence = 3",
    );
    let told = audit(&environment, 1);
    found_out(&told, &format!("entry 3 of chain {chain} does not follow from the one before"));
    let shown = environment.run(&["logs", "--audit"]).expect(1);
    assert!(
        shown.stdout.contains("the log was changed") && shown.stdout.contains("entry 3 of chain"),
        "{}",
        shown.stdout
    );
}

#[test]
fn a_log_that_was_written_anew_is_found_out_by_what_was_seen_before() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    audit(&environment, 0);
    open_log(&environment);
    rewrite(&environment, &chain(&environment, 0), "key.create", "key.creatE");
    found_out(&audit(&environment, 1), "was rewritten: entry ");
    // Nothing that does not hold is taken for what was seen.
    found_out(&audit(&environment, 1), "was rewritten: entry ");
}

#[test]
fn a_log_that_was_written_anew_and_never_seen_here_cannot_be_told() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    open_log(&environment);
    rewrite(&environment, &chain(&environment, 0), "key.create", "key.creatE");
    audit(&environment, 0);
}

#[test]
fn a_log_that_was_cut_short_is_found_out_by_what_was_seen_before() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    environment.run(&["keys", "create", "--name", "cd"]).expect(0);
    audit(&environment, 0);
    open_log(&environment);
    let hash = &environment.texts_in_database("SELECT hash FROM audit_entries WHERE sequence = 1")[0];
    environment.change_database("DELETE FROM audit_entries WHERE sequence > 1");
    environment.change_database(&format!("UPDATE audit_chains SET sequence = 1, head = '{hash}'"));
    found_out(&audit(&environment, 1), "was rewritten: entry ");
}

#[test]
fn an_earlier_chain_is_anchored_in_a_later_one() {
    let environment = TestEnvironment::new();
    one_run(&environment, "a");
    one_run(&environment, "b");
    open_log(&environment);
    rewrite(&environment, &chain(&environment, 0), "key.create", "key.creatE");
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "c"]).expect(0);
    found_out(&audit(&environment, 1), "was rewritten: entry ");
}

#[test]
fn a_chain_that_was_deleted_is_missed() {
    let environment = TestEnvironment::new();
    one_run(&environment, "a");
    one_run(&environment, "b");
    let gone = chain(&environment, 0);
    let sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "c"]).expect(0);
    let shown = environment.run(&["logs", "--audit"]);
    assert!(shown.expect(0).stdout.contains(" entries in 3 chains at "));
    open_log(&environment);
    environment.change_database(&format!("DELETE FROM audit_entries WHERE chain = '{gone}'"));
    environment.change_database(&format!("DELETE FROM audit_chains WHERE id = '{gone}'"));
    found_out(&audit(&environment, 1), &format!("chain {gone} is gone"));
    // Also where nobody has looked before: the chain that follows names it.
    std::fs::remove_file(environment.path("state/audit-heads.json")).expect("removed");
    found_out(&audit(&environment, 1), &format!("chain {gone} is gone"));
    drop(sandbox);
}

#[test]
fn what_was_seen_is_forgotten_with_the_sandbox_and_told_where_it_is_damaged() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let port = sandbox.url.rsplit(':').next().expect("port").to_owned();
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    audit(&environment, 0);
    std::fs::write(environment.path("state/audit-heads.json"), "{").expect("written");
    environment.run(&["logs", "--audit"]).expect(2).says("audit-heads.json is damaged").says("hint: move it away");
    std::fs::remove_file(environment.path("state/audit-heads.json")).expect("removed");
    audit(&environment, 0);
    environment.run(&["sandbox", "reset", "--yes"]).expect(0);
    drop(sandbox);
    let started = environment.run(&["sandbox", "start", "--detach", "--port", &port, "--json"]);
    let _again = Sandbox::started(&environment, started);
    environment.run(&["keys", "create", "--name", "ci"]).expect(0);
    audit(&environment, 0);
}

#[test]
fn only_who_may_read_the_log_reads_it() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let made = identity.post("/v1/keys", &json!({"name": "k", "scopes": ["keys:read"]})).expect(201);
    let key = made["secret"].as_str().expect("secret");
    environment
        .run_with_variable(("PROVENIQ_API_KEY", key), &["logs", "--audit"])
        .expect(3)
        .says("lacks the scope audit:read");
    assert!(!environment.path("state/audit-heads.json").exists());
}

/// What was verified is shown, what follows is not, whatever the break is.
#[test]
fn a_log_is_shown_up_to_where_it_breaks() {
    for broken in [
        "UPDATE audit_entries SET content = replace(content, 'key.create', 'key.creatE') WHERE sequence = 5",
        "UPDATE audit_entries SET content = 'no entry' WHERE sequence = 5",
        "UPDATE audit_entries SET hash = 'none' WHERE sequence = 5",
        "DELETE FROM audit_entries WHERE sequence = 5",
        "DELETE FROM audit_entries WHERE sequence >= 5",
    ] {
        let environment = TestEnvironment::new();
        let _sandbox = Sandbox::start(&environment);
        for name in ["a", "b", "c"] {
            environment.run(&["keys", "create", "--name", name]).expect(0);
        }
        open_log(&environment);
        environment.change_database(broken);
        shows_four(&environment, broken);
    }
}

/// Whoever writes the log anew can make its hashes hold over what is no entry.
#[test]
fn a_log_whose_hashes_hold_over_what_is_no_entry_is_shown_up_to_there() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    for name in ["a", "b"] {
        environment.run(&["keys", "create", "--name", name]).expect(0);
    }
    open_log(&environment);
    environment.change_database("UPDATE audit_entries SET content = 'no entry' WHERE sequence = 5");
    rewrite(&environment, &chain(&environment, 0), "", "");
    shows_four(&environment, "no entry");
}

#[track_caller]
fn shows_four(environment: &TestEnvironment, broken: &str) {
    let told = audit(environment, 1).json();
    let shown: Vec<_> = told["entries"].as_array().expect("entries").iter().map(|entry| &entry["action"]).collect();
    assert_eq!(shown, ["chain.open", "client.create", "key.create", "key.create"], "{broken}");
    assert_eq!((&told["verified"], &told["entries_in_all"]), (&json!(false), &json!(4)), "{broken}");
    assert_eq!(told["broken"].as_array().map(Vec::len), Some(1), "{broken}: {told}");
    let shown = environment.run(&["logs", "--audit"]).expect(1);
    let words = ["key.create", "4 entries in 1 chain", "the log was changed", "what follows it is not shown"];
    for words in words {
        assert!(shown.stdout.contains(words), "{broken}: {}", shown.stdout);
    }
}

/// The reader's own credential is taken out of what is shown, not out of what is verified.
#[test]
fn an_entry_that_repeats_the_readers_credential_holds_and_does_not_show_it() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let token = std::fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    open_log(&environment);
    rewrite(&environment, &chain(&environment, 0), "proveniq-cli", token.trim());
    let told = audit(&environment, 0);
    let shown = environment.run(&["logs", "--audit"]).expect(0);
    for text in [told.stdout, told.stderr, shown.stdout, shown.stderr] {
        assert!(!text.contains(token.trim()), "{text}");
    }
}
