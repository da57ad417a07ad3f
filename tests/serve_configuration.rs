//! What `serve` refuses to start with, and says why.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use crate::support::{Finished, Http, PROVIDER_SECRET, Provider, Serving, TestEnvironment};

const HEAD: &str = "listen = \"127.0.0.1:0\"\ndata = \"data\"\n";
const GITHUB: &str = "[identity.github]\nclient_id = \"x\"\nclient_secret_env = \"NO_SUCH_SECRET\"\n";

fn serve(environment: &TestEnvironment, config: &str) -> Finished {
    fs::write(environment.path("work/serve.toml"), config).expect("written");
    environment.run(&["serve", "--config", "serve.toml"]).expect(2)
}

#[test]
fn it_needs_a_way_to_sign_in() {
    let environment = TestEnvironment::new();
    serve(&environment, HEAD).says("names no way to sign in").says("hint: add [identity.github] or [identity.google]");
    serve(&environment, &format!("{HEAD}[identity]\n")).says("names no way to sign in");
    environment.run(&["serve", "--config", "none.toml"]).expect(2).says("there is no file").says("hint:");
    environment.run(&["serve"]).expect(2).says("--config");
    assert_eq!(environment.listing(&environment.work()), ["serve.toml"], "nothing is left behind");
}

#[test]
fn every_problem_of_the_file_is_told_at_once() {
    let environment = TestEnvironment::new();
    let config = "listen = \"localhost:1\"\nurl = \"http://market.test\"\n[tokens]\naccess = \"2d\"\nrefesh = \"1d\"\n\
        [identity.github]\nclient_secret_env = \"X\"\nurl = \"http://github.test\"\n\
        [identity.google]\nclient_id = \"\"\nclient_secret_env = \"X\"\nclient_secret_file = \"y\"\n";
    serve(&environment, config)
        .says("\"localhost:1\" is no address with a port")
        .says("data is missing")
        .says("\"http://market.test\" must be https, or http on 127.0.0.1 or [::1]")
        .says("tokens.access \"2d\" is out of range")
        .says("unknown key tokens.refesh")
        .says("did you mean tokens.refresh?")
        .says("identity.github.client_id is missing")
        .says("\"http://github.test\" must be https")
        .says("identity.google.client_id is empty")
        .says("name either client_secret_env or client_secret_file");
}

#[test]
fn without_encryption_it_listens_on_loopback_alone() {
    let environment = TestEnvironment::new();
    let config = |listen: &str, more: &str| format!("listen = {listen:?}\ndata = \"data\"\n{more}\n{GITHUB}");
    for more in ["", "url = \"https://market.test\"", "trusted_proxies = [\"192.0.2.1\"]"] {
        let finished = serve(&environment, &config("0.0.0.0:0", more));
        finished.says("listen must be on loopback: serve speaks plain HTTP").says("put a proxy that speaks TLS");
    }
    // Behind one it goes on to the next thing that is missing here.
    let more = "url = \"https://market.test\"\ntrusted_proxies = [\"192.0.2.1\"]";
    serve(&environment, &config("0.0.0.0:0", more)).says("NO_SUCH_SECRET is not set").says("hint: set NO_SUCH_SECRET");
}

#[test]
fn a_secret_is_kept_out_of_the_file_and_closed_to_others() {
    let environment = TestEnvironment::new();
    let secret = "s3cret-of-the-provider";
    let with = |line: &str| format!("{HEAD}[identity.github]\nclient_id = \"x\"\n{line}\n");
    let finished = serve(&environment, &with(&format!("client_secret = {secret:?}")));
    let finished = finished.says("a secret does not belong into this file").says("move it to a variable");
    assert!(!finished.stderr.contains(secret), "{}", finished.stderr);
    serve(&environment, &with("client_secret_file = \"none\"")).says("cannot read");
    let file = environment.path("work/secret");
    fs::write(&file, secret).expect("written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("mode");
    let finished = serve(&environment, &with("client_secret_file = \"secret\""));
    let finished = finished.says("others may read the secret in").says("hint: close it: chmod 600");
    assert!(!finished.stderr.contains(secret), "{}", finished.stderr);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("mode");
    fs::write(&file, "\n").expect("written");
    serve(&environment, &with("client_secret_file = \"secret\"")).says("there is no secret in");
}

#[test]
fn it_serves_with_a_secret_from_a_file_and_one_process_for_each_folder() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let file = environment.path("work/secret");
    fs::write(&file, format!("{PROVIDER_SECRET}\n")).expect("written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("mode");
    let table = github.table().replace("client_secret_env = \"PROVIDER_SECRET\"", "client_secret_file = \"secret\"");
    let serving = Serving::start(&mut environment, &table);
    github.knows(&json!({"id": 7, "login": "ada", "name": "Ada"}), None);
    let mut person = crate::support::Person::stranger(&serving.url);
    assert_eq!(person.signs_in_at(&github).status, 303);
    let second = environment.run(&["serve", "--config", "serve.toml"]).expect(5);
    second.says("another process serves from").says("hint:");
    let service = Http::new(&serving.url, None).get("/v1").expect(200);
    assert_eq!(service["sandbox"], false);
    assert_eq!(serving.stop(), Some(0));
    assert!(!environment.listing(&environment.path("work/data")).is_empty(), "its data stays");
}

#[test]
fn behind_a_proxy_the_address_is_the_one_that_the_proxy_saw() {
    let mut environment = TestEnvironment::new();
    let github = Provider::start("github");
    let rest = format!("url = \"https://market.test\"\ntrusted_proxies = [\"127.0.0.1\"]\n{}", github.table());
    let serving = Serving::start(&mut environment, &rest);
    let listens = serving.document["listen"].as_str().expect("address").to_owned();
    let plain = Http::new(&format!("http://{listens}"), None);
    let metadata = plain.get("/.well-known/oauth-authorization-server").expect(200);
    assert_eq!(metadata["issuer"], "https://market.test");
    assert_eq!(metadata["token_endpoint"], "https://market.test/oauth/token");
    // Each address behind the proxy has an allowance of its own; what it says of itself counts for nothing.
    let guess = |forwarded: &str| {
        let headers = [("x-forwarded-for", forwarded), ("content-type", "application/x-www-form-urlencoded")];
        let body = b"grant_type=client_credentials&client_id=x&client_secret=y";
        plain.send("POST", "/oauth/token", &headers, body).status
    };
    let statuses: Vec<_> = (0..300).map(|number| guess(&format!("203.0.113.{number}, 198.51.100.1"))).collect();
    assert!(statuses.contains(&429), "one address is slowed down, whatever it claims");
    assert_eq!(guess("198.51.100.2"), 401, "and another is not");
}
