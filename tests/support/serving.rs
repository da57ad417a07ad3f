//! `serve`, with providers of sign-in that others' code makes up.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::Signal;
use serde_json::{Value, json};

use super::{Http, Person, Reply, TestEnvironment, install_once, install_python, parameter, send_signal, wait_until};

/// The secret that the providers gave the marketplace.
pub const PROVIDER_SECRET: &str = "a-secret-of-the-provider";

/// A provider that runs as a program of its own; ended when it is dropped.
pub struct Provider {
    child: Child,
    pub url: String,
    pub kind: &'static str,
}

impl Provider {
    /// Starts `github` or `google`.
    pub fn start(kind: &'static str) -> Self {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/oauth/python");
        let install = |place: &Path| install_python(&fixture, place);
        let place = install_once("oauth/python", &fixture, &["requirements.lock"], install);
        let mut command = Command::new(place.join("venv/bin/python"));
        command.arg("-B").arg(fixture.join(format!("{kind}.py")));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("pipe")).read_line(&mut port).expect("port");
        assert!(!port.is_empty(), "{kind}.py has ended");
        Provider { child, url: format!("http://127.0.0.1:{}", port.trim()), kind }
    }

    /// Says who is signed in there, and what goes wrong.
    pub fn knows(&self, person: &Value, fault: Option<&str>) {
        let wanted = json!({"person": person, "fault": fault});
        assert_eq!(Http::new(&self.url, None).post("/control", &wanted).status, 204);
    }

    /// Its table in the configuration of `serve`.
    pub fn table(&self) -> String {
        let (url, kind) = (&self.url, self.kind);
        let address = match kind {
            "github" => format!("url = {url:?}\napi_url = \"{url}/api\""),
            _ => format!("issuer = {url:?}"),
        };
        format!("[identity.{kind}]\nclient_id = \"marketplace\"\nclient_secret_env = \"PROVIDER_SECRET\"\n{address}\n")
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A marketplace that serves; ended when it is dropped.
pub struct Serving {
    child: Child,
    pub url: String,
    pub document: Value,
}

impl Serving {
    /// Serves on a free port with what follows `listen` and `data` in the configuration.
    pub fn start(environment: &mut TestEnvironment, rest: &str) -> Self {
        environment.set("PROVIDER_SECRET", PROVIDER_SECRET);
        let config = environment.path("work/serve.toml");
        std::fs::write(&config, format!("listen = \"127.0.0.1:0\"\ndata = \"data\"\n{rest}")).expect("written");
        let mut command = environment.command_in(&environment.work(), &["serve", "--config", "serve.toml", "--json"]);
        let mut child = command.stderr(Stdio::inherit()).spawn().expect("started");
        let mut documents = serde_json::Deserializer::from_reader(child.stdout.take().expect("pipe")).into_iter();
        let document: Value = documents.next().expect("a document").expect("JSON");
        let url = document["url"].as_str().unwrap_or_else(|| panic!("{document}")).to_owned();
        Serving { child, url, document }
    }

    /// Asks it to end, and waits; returns the exit code.
    pub fn stop(mut self) -> Option<i32> {
        send_signal(self.child.id(), Signal::TERM);
        let mut code = None;
        wait_until("serve ends", || {
            code = self.child.try_wait().expect("status").map(|status| status.code());
            code.is_some()
        });
        code.flatten()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Person {
    /// Begins a sign-in at a provider; returns where the provider sends the browser back to.
    #[track_caller]
    pub fn goes_to(&mut self, provider: &Provider, return_to: &str) -> String {
        let sent = self.post(&format!("/oauth/sign-in/{}", provider.kind), &[("return_to", return_to)]);
        assert_eq!(sent.status, 303, "{}{}", sent.head, String::from_utf8_lossy(&sent.body));
        let address = sent.header("location").expect("location");
        let path = address.strip_prefix(&provider.url).expect("the provider's address");
        let back = Http::new(&provider.url, None).get(path).header("location").expect("back");
        assert!(parameter(&back, "state").is_some(), "{back}");
        back
    }

    /// Signs in at a provider; returns the last answer.
    #[track_caller]
    pub fn signs_in_at(&mut self, provider: &Provider) -> Reply {
        let back = self.goes_to(provider, "/oauth/device");
        self.follow(&back)
    }

    /// Opens an address of the marketplace that somebody sent the browser to.
    pub fn follow(&mut self, address: &str) -> Reply {
        let url = url::Url::parse(address).expect("URL");
        self.open(&format!("{}?{}", url.path(), url.query().unwrap_or_default()))
    }
}
