//! Where `keys rotate` hands a key over to: with the real programs of GitHub, GitLab, AWS and Kubernetes against servers that
//! speak their protocols, and with a stand-in for that of Vault.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::keys_rotate::{keeps, living, works};
use crate::support::{Sandbox, TargetServer, TestEnvironment, is_installed, left_out};

/// Rotates with a target; expects that it succeeds and prints no key. Returns the fresh key.
#[track_caller]
fn rotated(environment: &TestEnvironment, flags: &[&str]) -> String {
    let finished = environment.run(&[&["keys", "rotate", "ci"], flags].concat()).expect(0);
    let key = environment.stored_key("ci");
    keeps(&finished, &[&key]);
    key
}

fn file(environment: &TestEnvironment, name: &str) -> String {
    fs::read_to_string(environment.work().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

#[test]
fn gh_seals_the_key_for_github_actions() {
    if !is_installed("gh") {
        return left_out("gh is not installed");
    }
    let mut environment = TestEnvironment::new();
    let _github = TargetServer::github(&mut environment);
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &[]);
    let new = rotated(&environment, &["--to", "github-actions", "--to", "github-actions:OTHER"]);
    assert_eq!((file(&environment, "PROVENIQ_API_KEY"), file(&environment, "OTHER")), (new.clone(), new));
    environment.run(&["keys", "rotate", "--webhook", "--to", "github-actions"]).expect(0);
    let both = environment.run(&["listen", "secret"]).expect(0).stdout;
    assert_eq!(file(&environment, "PROVENIQ_WEBHOOK_SECRET"), both.trim());
    // Without the right to set it, the old key stays.
    let before = environment.stored_key("ci");
    let refused = environment
        .run_with_variable(("GH_ENTERPRISE_TOKEN", "wrong"), &["keys", "rotate", "ci", "--to", "github-actions"]);
    refused.expect(4).says("gh secret set PROVENIQ_API_KEY").says("Bad credentials").says("nothing was changed");
    assert_eq!(environment.stored_key("ci"), before);
    assert_eq!(file(&environment, "PROVENIQ_API_KEY"), before);
    assert!(works(&sandbox, &old) && works(&sandbox, &before));
    assert_eq!(living(&environment, &sandbox).len(), 2);
}

#[test]
fn glab_sets_a_variable_that_is_masked() {
    if !is_installed("glab") {
        return left_out("glab is not installed");
    }
    let mut environment = TestEnvironment::new();
    let _gitlab = TargetServer::gitlab(&mut environment);
    let sandbox = Sandbox::start(&environment);
    environment.create_key("ci", &[]);
    let masked = |name: &str| {
        let attributes: Value = serde_json::from_str(&file(&environment, &format!("{name}.attributes"))).expect("JSON");
        attributes["masked"].as_bool().expect("masked")
    };
    let first = rotated(&environment, &["--to", "gitlab", "--to", "gitlab:OTHER"]);
    assert_eq!(file(&environment, "PROVENIQ_API_KEY"), first, "a variable that is not there is made");
    let second = rotated(&environment, &["--to", "gitlab:OTHER"]);
    assert_eq!((file(&environment, "PROVENIQ_API_KEY"), file(&environment, "OTHER")), (first, second.clone()));
    assert!(masked("PROVENIQ_API_KEY") && masked("OTHER"), "made or changed, it is masked");
    // Two signing secrets are separated by a space, which GitLab does not mask.
    environment.run(&["keys", "rotate", "--webhook", "--to", "gitlab"]).expect(0);
    let both = environment.run(&["listen", "secret"]).expect(0).stdout;
    assert_eq!(file(&environment, "PROVENIQ_WEBHOOK_SECRET"), both.trim());
    assert!(both.contains(' ') && !masked("PROVENIQ_WEBHOOK_SECRET"));
    // Without the right to set it, the old key stays.
    let refused =
        environment.run_with_variable(("GITLAB_TOKEN", "wrong"), &["keys", "rotate", "ci", "--to", "gitlab:OTHER"]);
    let refused = refused.expect(4).says("glab variable").says("401").says("nothing was changed");
    keeps(&refused, &[&second]);
    assert_eq!((environment.stored_key("ci"), file(&environment, "OTHER")), (second.clone(), second.clone()));
    assert!(works(&sandbox, &second));
}

#[test]
fn aws_puts_the_key_into_the_secrets_manager() {
    let mut environment = TestEnvironment::new();
    let _aws = TargetServer::aws(&mut environment, "ci/proveniq");
    let _sandbox = Sandbox::start(&environment);
    environment.create_key("ci", &[]);
    let new = rotated(&environment, &["--to", "aws-secretsmanager:ci/proveniq"]);
    let get = ["secretsmanager", "get-secret-value", "--secret-id", "ci/proveniq"];
    let output = environment.prepared("aws", &environment.work(), &get).output().expect("aws");
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["SecretString"], new.as_str());
    let missing = environment.run(&["keys", "rotate", "ci", "--to", "aws-secretsmanager:nope"]).expect(4);
    missing.says("ResourceNotFoundException").says("nothing was changed");
    assert_eq!(environment.stored_key("ci"), new);
}

#[test]
fn kubectl_sets_the_key_and_leaves_what_else_the_secret_holds() {
    if !is_installed("kubectl") {
        return left_out("kubectl is not installed");
    }
    let mut environment = TestEnvironment::new();
    let _kubernetes = TargetServer::kubernetes(&mut environment);
    let _sandbox = Sandbox::start(&environment);
    environment.create_key("ci", &[]);
    let held = |key: &str| {
        let secret: Value = serde_json::from_str(&file(&environment, "proveniq")).expect("JSON");
        let encoded = secret["data"][key].as_str().unwrap_or_default().to_owned();
        String::from_utf8(STANDARD.decode(encoded).expect("base64")).expect("UTF-8")
    };
    let first = rotated(&environment, &["--to", "kubernetes:prod/proveniq/api-key"]);
    assert_eq!(held("api-key"), first, "a Secret that is not there is made");
    let second = rotated(&environment, &["--to", "kubernetes:prod/proveniq/other"]);
    assert_eq!((held("api-key"), held("other")), (first, second), "and one that is there keeps the rest");
}

#[test]
fn glab_and_vault_read_the_key_from_standard_input() {
    let mut environment = TestEnvironment::new();
    environment.put_recorder("glab");
    environment.put_recorder("vault");
    let sandbox = Sandbox::start(&environment);
    environment.create_key("ci", &[]);
    let arguments = |name: &str| {
        let text = file(&environment, &format!("{name}.arguments"));
        fs::remove_file(environment.work().join(format!("{name}.arguments"))).expect("removed");
        text
    };
    let key = rotated(&environment, &["--to", "gitlab", "--to", "vault:secret/ci#api_key"]);
    assert_eq!(arguments("glab"), "variable update PROVENIQ_API_KEY --masked\n");
    assert_eq!(arguments("vault"), "kv patch secret/ci api_key=-\n");
    for name in ["glab", "vault"] {
        assert_eq!(file(&environment, &format!("{name}.input")), key, "{name}: the key, and nothing behind it");
        assert!(!file(&environment, &format!("{name}.variables")).contains("pvq_test_"), "{name}");
        fs::write(environment.work().join(format!("{name}.exit")), "1").expect("written");
    }
    // What is not there yet is made, in a way that never overwrites.
    let key = rotated(&environment, &["--to", "gitlab:KEY", "--to", "vault:secret/ci"]);
    assert_eq!(arguments("glab"), "variable update KEY --masked\nvariable set KEY --masked\n");
    let field = "PROVENIQ_API_KEY=-";
    assert_eq!(arguments("vault"), format!("kv patch secret/ci {field}\nkv put -cas=0 secret/ci {field}\n"));
    assert_eq!((file(&environment, "glab.input"), file(&environment, "vault.input")), (key.clone(), key.clone()));
    assert!(works(&sandbox, &key));
}
