//! A key never shows: every command is run with a known key, told to be verbose, against a working marketplace and against
//! ones that repeat what they were sent, redirect, close or talk nonsense. Then the key is looked for everywhere.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use proveniq::credential::{ApiKey, KeyKind};
use rustix::process::Signal;
use serde_json::json;

use crate::command_line::leaves;
use crate::support::{Fake, Finished, Http, Request, Sandbox, TestEnvironment, Then, problem, reply, send_signal};

/// How every command is tried, in this order. A command that is missing here fails a test.
const ATTEMPTS: &[(&str, &[&str])] = &[
    ("init", &["made", "--template", "webhook-python", "--name", "acme/made", "--category", "compliance"]),
    ("template list", &[]),
    ("template show", &["webhook-python"]),
    ("keys use", &["known"]),
    ("keys import", &["--name", "again"]),
    ("keys list", &[]),
    ("keys list", &["--local"]),
    ("keys create", &["--name", "other"]),
    ("keys scan-hook", &["-C", "../leaking"]),
    ("keys scan-hook", &["-C", "../leaking", "--install"]),
    ("scan", &["../leaking"]),
    ("scan", &["../leaking", "--staged"]),
    ("scan", &["../leaking", "--history"]),
    ("certify", &["--static"]),
    ("advisories update", &["--from", "http://127.0.0.1:1/{ecosystem}.zip"]),
    ("pack", &["--out", "../plain.tar.zst"]),
    ("keys create", &["--signing", "--name", "signer"]),
    ("certify", &["--static", "--attest", "../a.json"]),
    ("verify", &["../plain.tar.zst", "--attestation", "../a.json"]),
    ("publish", &["--dry-run"]),
    ("publish", &[]),
    ("search", &["plain"]),
    ("info", &["acme/plain"]),
    ("sandbox emit", &["webhook.ping"]),
    ("listen", &["--from-beginning", "--limit", "1"]),
    ("listen", &["--local", "--capture", "../capture.db"]),
    ("listen secret", &[]),
    ("listen replay", &["1", "--capture", "../capture.db"]),
    ("listen explain", &["none.json"]),
    ("test-webhook", &["--suite", "signature"]),
    ("test-webhook", &["http://127.0.0.1:1/webhooks", "--secret-env", "WEBHOOK_SECRET"]),
    ("dev", &[]),
    ("demo", &["--template", "none"]),
    ("doctor", &[]),
    ("completions", &["bash"]),
    ("man", &["--out", "../man"]),
    ("openapi", &[]),
    ("status", &["acme/plain@1.0.0"]),
    ("verify", &["acme/plain@1.0.0"]),
    ("deprecate", &["acme/plain@1.0.0", "--message", "take another"]),
    ("review list", &[]),
    ("review show", &["acme/plain@1.0.0"]),
    ("review approve", &["acme/plain@1.0.0", "--yes"]),
    ("review reject", &["acme/plain@1.0.0", "--reason", "why", "--yes"]),
    ("install", &["acme/plain", "--yes"]),
    ("uninstall", &["acme/plain", "--yes"]),
    ("yank", &["acme/plain@1.0.0", "--reason", "why"]),
    ("unyank", &["acme/plain@1.0.0"]),
    ("logs", &["--audit"]),
    ("keys show", &["known"]),
    ("keys audit", &[]),
    ("keys rotate", &["--check"]),
    ("keys rotate", &["--to", "command:sh -c 'cat > /dev/null'"]),
    ("keys revoke", &["other"]),
    ("keys revoke", &["signer", "--signing"]),
    ("login", &["--with-token"]),
    ("whoami", &[]),
    ("logout", &[]),
    ("serve", &["--config", "none.toml"]),
    ("keys revoke", &["known"]),
    ("sandbox start", &["--detach", "--port", "0"]),
    ("sandbox status", &[]),
    ("sandbox stop", &[]),
    ("sandbox reset", &["--yes"]),
];

/// Time after which a command that goes on for ever is asked to end.
const LONG_ENOUGH: Duration = Duration::from_millis(1500);
/// Time in which every command must have ended.
const LIMIT: Duration = Duration::from_secs(40);

/// Where a command finds the key.
#[derive(Debug, Clone, Copy)]
enum From {
    Environment,
    Store,
}

/// A user who has a key, in the environment and in the file store.
struct User {
    environment: TestEnvironment,
    key: ApiKey,
}

impl User {
    /// A user of the marketplace at `url`, whose key it gave.
    fn new(mut environment: TestEnvironment, url: &str, key: ApiKey) -> Self {
        let temporary = environment.path("temporary");
        fs::create_dir_all(&temporary).expect("folder");
        environment.set("TMPDIR", temporary);
        environment.set("PROVENIQ_MARKETPLACE_URL", url);
        environment.set("WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        environment.plain_project();
        let user = User { environment, key };
        user.stage_the_key();
        user.store_the_key(url);
        user
    }

    fn store_the_key(&self, url: &str) {
        let config = self.environment.path("config");
        fs::create_dir_all(&config).expect("folder");
        let entry = json!({
            "profile": "default", "origin": url, "name": "known", "id": "key_known", "prefix": self.key.prefix(),
            "store": "file", "expires_at": null,
        });
        let index = json!({"keys": [entry], "active": {format!("default@{url}"): "known"}});
        fs::write(config.join("keys.json"), index.to_string()).expect("written");
        let secrets = json!({format!("default@{url}/known"): self.key.expose()});
        let file = config.join("credentials.json");
        fs::write(&file, secrets.to_string()).expect("written");
        fs::set_permissions(file, fs::Permissions::from_mode(0o600)).expect("mode");
    }

    /// A repository in which the key is about to be committed.
    fn stage_the_key(&self) {
        let folder = self.environment.work().join("leaking");
        fs::create_dir(&folder).expect("folder");
        fs::write(folder.join("config.py"), format!("KEY = '{}'\n", self.key.expose())).expect("written");
        for words in [&["init", "--quiet"][..], &["add", "."]] {
            Finished::of(self.environment.prepared("git", &folder, words).spawn().expect("git")).expect(0);
        }
    }

    /// Tries a command, for people and for programs, with the key from the environment and from the store.
    /// Returns the exit codes.
    fn tries(&self, command: &str, arguments: &[&str]) -> Vec<i32> {
        let mut codes = Vec::new();
        for (form, from) in [("--verbose", From::Environment), ("--json", From::Store)] {
            let words: Vec<_> =
                command.split(' ').chain(arguments.iter().copied()).chain([form, "--verbose"]).collect();
            let words = if form == "--verbose" { &words[..words.len() - 1] } else { &words[..] };
            let mut started = self.environment.command_in(&self.environment.work().join("plain"), words);
            if matches!(from, From::Environment) {
                started.env("PROVENIQ_API_KEY", self.key.expose());
            }
            codes.push(self.shows_nothing(&format!("{words:?} with the key from {from:?}"), started));
        }
        codes
    }

    /// Runs a command to its end and looks for the key in what it prints and in the arguments of its processes.
    /// Returns the exit code.
    fn shows_nothing(&self, what: &str, mut command: Command) -> i32 {
        use std::io::Write as _;
        let mut child = command.stdin(Stdio::piped()).spawn().expect("started");
        // `keys import` reads it; nobody else minds.
        let _ = child.stdin.take().expect("pipe").write_all(self.key.expose().as_bytes());
        let started = Instant::now();
        let outputs = [read_all(child.stdout.take()), read_all(child.stderr.take())];
        let mut asked_to_end = false;
        let code = loop {
            if let Some(status) = child.try_wait().expect("status") {
                break status.code().unwrap_or(-1);
            }
            for arguments in arguments_of(&child) {
                self.is_not_in(&format!("an argument of {what}"), &arguments);
            }
            if started.elapsed() > LONG_ENOUGH && !asked_to_end && goes_on_for_ever(what) {
                send_signal(child.id(), Signal::INT);
                asked_to_end = true;
            }
            assert!(started.elapsed() < LIMIT, "{what} has not ended");
            std::thread::sleep(Duration::from_millis(2));
        };
        for output in outputs {
            self.is_not_in(&format!("the output of {what}"), &output.join().expect("read"));
        }
        code
    }

    /// Neither the key nor its random part is there.
    #[track_caller]
    fn is_not_in(&self, place: &str, bytes: &[u8]) {
        let random = &self.key.expose().as_bytes()[9..41];
        let at = bytes.windows(random.len()).position(|part| part == random);
        if let Some(at) = at {
            let around = &bytes[at.saturating_sub(300)..(at + 60).min(bytes.len())];
            panic!("the key is in {place}: {}", String::from_utf8_lossy(around));
        }
    }

    /// No file holds the key but the store, and what the test itself wrote.
    fn no_file_holds_it(&self) {
        let mut folders = vec![self.environment.path("")];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("folder") {
                let path = entry.expect("entry").path();
                if path.ends_with("work/leaking") || path.ends_with("config/credentials.json") || path.is_symlink() {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else if path.is_file() {
                    self.is_not_in(&path.display().to_string(), &fs::read(&path).expect("read"));
                    seen += 1;
                }
            }
        }
        assert!(seen > 10, "the files were looked at");
    }

    /// Tries every command, then looks into every file. Returns each command with its exit codes.
    fn tries_everything(&self) -> Vec<(&'static str, Vec<i32>)> {
        let tried = ATTEMPTS.iter().map(|(command, arguments)| (*command, self.tries(command, arguments))).collect();
        self.no_file_holds_it();
        tried
    }
}

fn goes_on_for_ever(what: &str) -> bool {
    what.starts_with("[\"dev\"") || what.starts_with("[\"listen\"")
}

fn read_all(stream: Option<impl std::io::Read + Send + 'static>) -> std::thread::JoinHandle<Vec<u8>> {
    let mut stream = stream.expect("pipe");
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before a broken stream counts.
        let _ = stream.read_to_end(&mut bytes);
        bytes
    })
}

/// Arguments of a process and of all that it started, as they are at this moment.
fn arguments_of(child: &Child) -> Vec<Vec<u8>> {
    let mut processes = vec![child.id().to_string()];
    let mut arguments = Vec::new();
    while let Some(process) = processes.pop() {
        let folder = Path::new("/proc").join(&process);
        // A process may end while it is looked at.
        arguments.extend(fs::read(folder.join("cmdline")));
        for thread in fs::read_dir(folder.join("task")).into_iter().flatten().flatten() {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            processes.extend(children.split_whitespace().map(str::to_owned));
        }
    }
    arguments
}

/// Tries everything against a marketplace that misbehaves.
fn against(answer: impl Fn(&Request) -> Then + Send + Sync + 'static) {
    let fake = Fake::start(answer);
    let key = ApiKey::generate(KeyKind::Test).expect("randomness");
    let user = User::new(TestEnvironment::new(), &fake.url, key);
    user.tries_everything();
    let sent = fake.requests();
    let with_key = sent.iter().filter(|request| request.head.contains(user.key.expose())).count();
    assert!(with_key > 10, "the key was sent, so that it could have been repeated: {with_key}");
}

#[test]
fn every_command_is_tried() {
    let tried: BTreeSet<_> = ATTEMPTS.iter().map(|(command, _)| (*command).to_owned()).collect();
    let missing: Vec<_> = leaves().difference(&tried).cloned().collect();
    assert!(missing.is_empty(), "add to ATTEMPTS: {missing:?}");
}

#[test]
fn a_working_marketplace() {
    let environment = TestEnvironment::new();
    let started = environment.run(&["sandbox", "start", "--detach", "--port", "0", "--json"]).expect(0).json();
    let url = started["url"].as_str().expect("url").to_owned();
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let created = Http::new(&url, Some(&token)).post("/v1/keys", &json!({"name": "known"})).expect(201);
    let key = ApiKey::parse(created["secret"].as_str().expect("secret")).expect("key");
    let user = User::new(environment, &url, key);
    let tried = user.tries_everything();
    let worked = tried.iter().filter(|(_, codes)| codes[0] == 0).count();
    assert!(worked >= 25, "most commands must do what they are for: {tried:?}");
    drop(Sandbox::started(
        &user.environment,
        user.environment.run(&["sandbox", "start", "--detach", "--port", "0", "--json"]),
    ));
}

#[test]
fn a_marketplace_that_fails_and_repeats_the_request() {
    against(|request| problem(500, "internal", &format!("cannot do {}", request.head.replace("\r\n", " ")), ""));
}

#[test]
fn a_marketplace_that_refuses_and_repeats_the_request_everywhere() {
    against(|request| {
        let line = request.head.replace("\r\n", " ");
        let document = json!({
            "type": "urn:proveniq:problem:missing_scope", "title": line, "status": 403, "code": "missing_scope",
            "detail": line, "request_id": line, "reasons": [{"check": line, "message": line}],
        });
        let body = document.to_string();
        let head = format!("HTTP/1.1 403 {line}\r\nx-request: {line}\r\ncontent-type: application/problem+json\r\n");
        Then::Write(format!("{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes())
    });
}

#[test]
fn a_marketplace_of_another_kind_that_repeats_the_request() {
    against(|request| match request.path.len() % 3 {
        0 => reply("418 Kettle", "text/html", &format!("<pre>{}</pre>", request.head)),
        1 => reply(
            "422 Later",
            "application/json",
            &json!({"type": "urn:proveniq:problem:new", "detail": request.head}).to_string(),
        ),
        _ => Then::Write(request.head.clone().into_bytes()),
    });
}

#[test]
fn a_marketplace_whose_answers_are_nonsense_made_of_the_request() {
    let asked = AtomicUsize::new(0);
    against(move |request| {
        // In turn: what could be, and the wrong type of the whole, of what lists hold, of what fields hold.
        let head = &request.head;
        let key = json!({"id": head, "name": head, "prefix": head, "scopes": [], "created_at": "2026-01-01T00:00:00Z"});
        let document = match asked.fetch_add(1, Ordering::SeqCst) % 4 {
            0 if request.path == "/v1/keys" => json!({"data": [key], "key": key, "secret": head}),
            0 | 1 => json!(head),
            2 => json!({"data": [head], "key": head, "service": [head], "secret": head, head: head}),
            _ => {
                json!({"data": head, "key": {"id": head, "created_at": head}, "versions": head, "next_cursor": [head]})
            }
        };
        reply("200 OK", "application/json", &document.to_string())
    });
}

#[test]
fn a_marketplace_that_closes_the_connection() {
    against(|_| Then::Close);
}

#[test]
fn a_marketplace_that_redirects_to_another_host_and_another_port() {
    let other = Fake::start(|_| reply("200 OK", "application/json", "{\"data\": []}"));
    let places = [other.url.replace("127.0.0.1", "localhost"), other.url.clone()];
    against(move |request| {
        let place = &places[request.path.len() % 2];
        let status = ["301 Moved", "302 Found", "303 Other", "307 Temporary", "308 Permanent"][request.head.len() % 5];
        let echoed = request.head.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization: "));
        let echoed = echoed.unwrap_or_default().rsplit(' ').next().unwrap_or_default();
        let head = format!("HTTP/1.1 {status}\r\nlocation: {place}{}?key={echoed}\r\n", request.path);
        Then::Write(format!("{head}content-length: 0\r\nconnection: close\r\n\r\n").into_bytes())
    });
    let followed: Vec<_> = other.requests().into_iter().map(|request| request.head).collect();
    let with_credential = |head: &&String| head.to_ascii_lowercase().contains("authorization");
    assert_eq!(followed.iter().find(with_credential), None);
    assert_eq!(followed.len(), 0, "redirects are not followed at all");
}
