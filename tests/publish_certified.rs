//! `publish --tier verified` and `premier` from the command line: a working integration is certified for real, the
//! marketplace takes it and says what it rests on, and `verify` says so too.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{
    Announced, Finished, Http, Running, Sandbox, TestEnvironment, attested_statement, certifiable_project, signed,
    stored_signing_key,
};

fn set_verdict(statement: &mut Value, id: &str, verdict: &str) {
    let checks = statement["predicate"]["checks"].as_array_mut().expect("checks");
    checks.iter_mut().find(|check| check["id"] == id).expect(id)["verdict"] = json!(verdict);
}

/// What a countersignature says a check rests on.
fn ground(document: &Value, id: &str) -> Value {
    let checks = document["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["id"] == id).expect(id)["rests_on"].clone()
}

#[test]
fn what_was_attested_is_published_and_a_lie_about_it_is_not() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let project = certifiable_project(&environment);
    let run = |arguments: &[&str]| -> Finished { environment.run_in(&project, arguments) };
    run(&["keys", "create", "--signing", "--name", "laptop"]).expect(0);
    let certified = run(&["certify", "--tier", "verified", "--attest", "../a.json", "--json"]).expect(0).json();
    assert_eq!(certified["reached"], true, "{certified:#}");
    run(&["pack", "--out", "../connector.tar.zst"]).expect(0);

    // A client that lies: signed with the right key, and refused by this program and by the marketplace alike.
    let (key, honest) = (stored_signing_key(&environment), attested_statement(&environment.work().join("a.json")));
    let http = Http::identity(&environment, &sandbox);
    let blob = fs::read(environment.work().join("connector.tar.zst")).expect("package");
    let package = Announced::truly("acme/connector", "1.0.0", blob);
    let lie = |change: &dyn Fn(&mut Value), why: &str| {
        let mut said = honest.clone();
        change(&mut said);
        let commit = signed(&said, &key);
        fs::write(environment.work().join("lie.json"), commit["attestation"].to_string()).expect("written");
        let refused = run(&["publish", "--attestation", "../lie.json", "--json"]).expect(1).json();
        assert!(refused["verification"]["steps"].to_string().contains(why), "{refused:#}");
        let refused = http.post(&format!("/v1/uploads/{}/commit", package.send(&http)), &commit);
        let reasons = refused.problem(422, "rejected")["reasons"].to_string();
        assert!(reasons.contains(why), "{why:?} is not in {reasons}");
    };
    lie(&|said| set_verdict(said, "SUP-CONTACT", "fail"), "its verdicts show that it is not reached");
    lie(
        &|said| {
            set_verdict(said, "SUP-CONTACT", "fail");
            said["predicate"]["reached"] = json!(false);
        },
        "claimed fail, and verified needs a pass",
    );
    lie(&|said| said["predicate"]["tier"] = json!("premier"), "the claim does not speak of it");
    lie(&|said| said["subject"][0]["digest"] = json!({"sha512": "0"}), "it gives no sha256 of its package");
    assert_eq!(environment.run(&["search", "connector", "--json"]).expect(0).json()["results"], json!([]));

    // The truth is taken, and nothing is run for it again.
    run(&["publish", "--tier", "premier", "--attestation", "../a.json"])
        .expect(2)
        .says("is for tier verified, not for");
    let dry = run(&["publish", "--attestation", "../a.json", "--dry-run", "--json"]).expect(0).json();
    assert_eq!((&dry["plan"]["step"], dry.get("receipt")), (&json!("send"), None), "{dry:#}");
    let published = run(&["publish", "--tier", "verified", "--attestation", "../a.json", "--json"]).expect(0).json();
    let version = &published["receipt"]["version"];
    assert_eq!((&version["tier"], &version["tier_claimed"]), (&json!("listed"), &json!("verified")));
    let said = &published["countersigned"];
    assert_eq!((&said["tier"], &said["tier_claimed"]), (&json!("listed"), &json!("verified")));
    assert_eq!(said["attested_by"], key.public_key().fingerprint().as_str());
    assert_eq!((ground(said, "SEC-SECRET"), ground(said, "SEC-SIG")), (json!("package"), json!("publisher")));

    // Whoever has the package can verify the attestation, and the receipt.
    let verify = |file: &str| environment.run(&["verify", "connector.tar.zst", "--attestation", file]);
    let attested = verify("a.json").expect(0).stdout;
    assert!(attested.contains("verified: verified; on its publisher's word alone: SEC-SIG"), "{attested}");
    let receipt = published["receipt_path"].as_str().expect("path");
    let granted = verify(receipt).expect(0).stdout;
    assert!(granted.contains("listed; verified is claimed and awaits a reviewer's approval"), "{granted}");

    // A reviewer is waited for, and the receipt says what was granted then.
    let again = ["publish", "--attestation", "../a.json", "--wait"];
    let over = run(&[&again, &["--timeout", "50ms"][..]].concat()).expect(6);
    over.says("In review acme/connector@1.0.0, place 1 in the queue");
    run(&[&again[..], &["--dry-run"]].concat()).expect(2).says("--wait");
    let waiting = Running::start(environment.command_in(&project, &[&again[..], &["--json"]].concat()));
    environment.run(&["review", "approve", "acme/connector@1.0.0", "--yes"]).expect(0);
    let decided = waiting.finish_within(Duration::from_mins(1)).expect(0).json();
    let version = &decided["receipt"]["version"];
    assert_eq!(
        (&version["status"], &version["tier"], version.get("tier_claimed")),
        (&json!("active"), &json!("verified"), None)
    );
    assert_eq!(decided["countersigned"]["tier"], "verified");
    let granted = environment.run(&["verify", "connector.tar.zst"]).expect(0).stdout;
    assert!(
        granted.contains("receipt") && granted.contains("verified: verified; on its publisher's word"),
        "{granted}"
    );

    // What changed since it was attested is another package.
    fs::write(project.join("CHANGELOG.md"), "# Changes\n").expect("written");
    let stale = run(&["publish", "--attestation", "../a.json"]).expect(1);
    assert!(stale.stdout.contains("not published: the attestation does not hold"), "{}", stale.stdout);
    stale.says("attest what is there now");
}

#[test]
fn one_command_certifies_signs_and_publishes() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    let project = certifiable_project(&environment);
    let run = |arguments: &[&str]| -> Finished { environment.run_in(&project, arguments) };
    run(&["keys", "create", "--signing", "--name", "laptop"]).expect(0);
    let published = run(&["publish", "--tier", "premier"]).expect(0);
    for said in [
        "in review: premier awaits a reviewer's approval",
        "until then nobody else sees it; receipt ",
        "the marketplace repeated",
        "on your word alone: SEC-SIG",
        "REL-RECOVERY",
    ] {
        let told = published.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(said), "{said:?} is not in {}", published.stdout);
    }
    run(&["pack", "--out", "../connector.tar.zst"]).expect(0);
    let receipt = published.stdout.lines().find_map(|line| line.trim().strip_prefix("receipt")).expect("receipt");
    let verified = environment.run(&["verify", "connector.tar.zst", "--attestation", receipt.trim(), "--json"]);
    let verified = verified.expect(0).json();
    assert_eq!((&verified["tier"], &verified["tier_claimed"]), (&json!("listed"), &json!("premier")));
    assert_eq!(ground(&verified, "REL-RECOVERY"), "publisher");
    // Checks that were left out reach nothing, however well they are signed.
    run(&["certify", "--tier", "premier", "--static", "--attest", "../a.json"]).expect(6);
    let refused = run(&["publish", "--attestation", "../a.json"]).expect(1);
    assert!(refused.stdout.contains("SEC-SIG: claimed not_run, and premier needs a pass"), "{}", refused.stdout);
}
