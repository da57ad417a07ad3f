//! What README.md prints works as printed.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::keys_rotate::{keeps, living, works};
use crate::support::{Finished, Http, Sandbox, TargetServer, TestEnvironment, is_installed, left_out};

/// The first YAML block of README.md that holds `words`.
fn workflow(words: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let blocks = text.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().expect("end").to_owned());
    blocks.into_iter().find(|block| block.contains(words)).expect("the workflow")
}

/// The lines below `key`, as far as they are indented more; without that indentation.
fn below<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let mut lines = text.lines().skip_while(|line| !line.trim_start().trim_start_matches("- ").starts_with(key));
    let head = lines.next().expect("the key");
    let indent = |line: &str| line.len() - line.trim_start().len();
    let block: Vec<_> = lines.take_while(|line| line.trim().is_empty() || indent(line) > indent(head)).collect();
    let least = block.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min().unwrap_or(0);
    block.into_iter().map(|line| line.get(least..).unwrap_or_default()).collect()
}

/// Runs the job as a runner does: `env` with its expressions replaced, `run` by `bash -e`.
fn run_job(environment: &TestEnvironment, job: &str, value: &dyn Fn(&str) -> String) -> Finished {
    let script = environment.work().join("step.sh");
    fs::write(&script, below(job, "run:").join("\n")).expect("written");
    let mut command = environment.prepared("bash", &environment.work(), &["-e", script.to_str().expect("UTF-8")]);
    for line in below(job, "env:") {
        let (name, text) = line.split_once(": ").expect("variable");
        let expression = text.split("${{").nth(1).and_then(|rest| rest.split("}}").next()).expect("expression").trim();
        command.env(name, value(expression));
        if name == "GH_TOKEN" {
            // What `gh` calls it for hosts other than github.com.
            command.env("GH_ENTERPRISE_TOKEN", value(expression));
        }
    }
    Finished::of(command.stdin(Stdio::null()).spawn().expect("bash"))
}

#[test]
fn the_nightly_rotation_job_works_as_printed() {
    if !is_installed("gh") {
        return left_out("gh is not installed");
    }
    let job = workflow("keys rotate");
    let mut environment = TestEnvironment::new();
    // A key that is 40 days old: the sandbox lived then.
    let start = ["sandbox", "start", "--detach", "--port", "0", "--json"];
    let Some(mut command) = environment.with_clock("-40d", &start) else {
        return left_out("faketime is not installed");
    };
    let past = Finished::of(command.spawn().expect("started")).expect(0);
    let identity = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let url = past.json()["url"].as_str().expect("url").to_owned();
    let request = serde_json::json!({"name": "ci", "scopes": ["packages:publish"]});
    let created: Value = Http::new(&url, Some(identity.trim())).post("/v1/keys", &request).expect(201);
    environment.run(&["sandbox", "stop"]).expect(0);
    let github = TargetServer::github(&mut environment);
    environment.set("GH_HOST", format!("localhost:{}", github.port));
    environment.unset("GH_REPO");
    environment.put_on_path(Path::new(env!("CARGO_BIN_EXE_proveniq")).parent().expect("folder"));
    let first = created["secret"].as_str().expect("secret").to_owned();
    fs::write(environment.work().join("PROVENIQ_API_KEY"), &first).expect("the repository's secret");
    let sandbox = Sandbox::start(&environment);
    let secret = || fs::read_to_string(environment.work().join("PROVENIQ_API_KEY")).expect("secret");
    let night = |token: &str| {
        let value = |expression: &str| match expression {
            "secrets.PROVENIQ_API_KEY" => secret(),
            "vars.PROVENIQ_MARKETPLACE_URL" => sandbox.url.clone(),
            "github.repository" => "acme/claim-sync".to_owned(),
            "secrets.SECRETS_TOKEN" => token.to_owned(),
            other => panic!("{other} is not known to the test"),
        };
        run_job(&environment, &job, &value)
    };

    // A night on which the secret cannot be written changes nothing, and the job fails.
    let failed = night("wrong");
    assert_eq!(failed.code, 4, "{}", failed.stderr);
    keeps(&failed, &[&first]);
    assert_eq!((secret(), living(&environment, &sandbox).len()), (first.clone(), 1));
    // The next one rotates.
    let rotated = night("github-token").expect(0);
    let second = secret();
    keeps(&rotated, &[&first, &second]);
    assert_ne!(first, second);
    assert!(works(&sandbox, &first) && works(&sandbox, &second));
    let keys = living(&environment, &sandbox);
    let old = keys.iter().find(|key| key["successor"].is_string()).expect("the old one");
    let end: jiff::Timestamp = old["expires_at"].as_str().expect("end").parse().expect("time");
    let left = end.as_second() - jiff::Timestamp::now().as_second();
    assert!((86_000..=86_400).contains(&left), "it works for another day: {left}");
    // From then on there is nothing to do.
    night("github-token").expect(0);
    assert_eq!((secret(), living(&environment, &sandbox).len()), (second.clone(), 2));
    assert_eq!(environment.stored_accounts().len(), 0, "nothing is written to the runner's disk");
    // A key that works no more fails the job.
    Http::new(&sandbox.url, Some(&second)).delete("/v1/keys/current");
    assert_eq!(night("github-token").code, 3);
}
