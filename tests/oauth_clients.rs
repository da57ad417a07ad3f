//! The authorization server and libraries that others wrote: each goes through every grant that it knows.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;

use crate::support::{Finished, Http, Installed, Person, REDIRECT, Sandbox, TestEnvironment};
use crate::support::{install_node, install_once, install_python};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/oauth").join(name)
}

fn node() -> Command {
    let (fixture, inputs) = (fixture("node"), ["package.json", "package-lock.json", "client.mjs"]);
    let place = install_once("oauth/node", &fixture, &inputs, |place| install_node(&fixture, &inputs, place));
    let mut command = Command::new("node");
    command.arg(place.join("client.mjs"));
    command
}

fn python() -> Command {
    let fixture = fixture("python");
    let install = |place: &Path| install_python(&fixture, place);
    let place = install_once("oauth/python", &fixture, &["requirements.lock"], install);
    let mut command = Command::new(place.join("venv/bin/python"));
    command.arg(fixture.join("client.py"));
    command
}

/// Lets a program ask a sandbox for tokens, and plays the person whenever it names an address.
#[track_caller]
fn goes_through(library: &str, mut command: Command) {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let mut person = Person::signed_in(&environment, &sandbox);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; `scripts/test tools` installs it"));
    let mut stdin = child.stdin.take().expect("pipe");
    let config = json!({
        "client": library, "issuer": sandbox.url, "redirect": REDIRECT, "id": installed.app.id,
        "secret": installed.app.secret, "installation": installed.installation,
    });
    // One that has failed reads nothing more: what it said tells why.
    let _ = writeln!(stdin, "{config}");
    let mut said = Vec::new();
    for line in BufReader::new(child.stdout.take().expect("pipe")).lines() {
        let line = line.expect("UTF-8");
        let Some((kind, address)) = line.split_once(' ') else {
            said.push(line);
            continue;
        };
        let path = address.strip_prefix(&sandbox.url).expect("an address of the marketplace");
        let page = if path.starts_with("/device") { person.open(&format!("/oauth{path}")) } else { person.open(path) };
        let sent = person.submit(&page, &[("decision", if kind == "deny" { "deny" } else { "allow" })]);
        let answer = if kind == "device" { "done".to_owned() } else { sent.header("location").expect("location") };
        let _ = writeln!(stdin, "{answer}");
    }
    let output = child.wait_with_output().expect("ended");
    assert_eq!(said, ["passed"], "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn openid_client_of_npm() {
    goes_through("openid-client", node());
}

#[test]
fn oauth4webapi_of_npm() {
    goes_through("oauth4webapi", node());
}

#[test]
fn authlib_of_pypi() {
    goes_through("authlib", python());
}

/// The example of the documentation, as it stands there.
#[test]
fn curl_as_the_documentation_tells() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let installed = Installed::new(&sandbox.url, &identity, "acme/sync");
    let mut command = environment.example(include_str!("../docs/identity.md"), "An integration at a carrier");
    command.env("MARKETPLACE", &sandbox.url).env("INSTALLATION", &installed.installation);
    command.env("CLIENT_ID", &installed.app.id).env("CLIENT_SECRET", installed.app.secret.as_ref().expect("secret"));
    let appended = Finished::of(command.spawn().expect("started")).expect(0).json();
    assert_eq!((&appended["actor"], &appended["sequence"]), (&json!("acme/sync"), &json!(1)));
}
