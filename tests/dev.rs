//! `dev`: marketplace, integration, live deliveries, started anew on each change.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

use crate::support::{Http, TestEnvironment, is_alive, send_signal, wait_until};

/// A session of `dev` on a project, read line by line.
struct Session {
    environment: TestEnvironment,
    project: PathBuf,
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Session {
    fn start_in(environment: TestEnvironment) -> Self {
        Self::start_with(environment, |_| {})
    }

    /// Starts after `prepare` has changed the project.
    fn start_with(mut environment: TestEnvironment, prepare: impl FnOnce(&Path)) -> Self {
        environment.set("CHILD_PID_FILE", environment.path("pids"));
        environment.set("FAULT", "leaves-children");
        let project = environment.plain_project();
        prepare(&project);
        let mut child = environment.command_in(&project, &["dev"]).spawn().expect("started");
        let lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        Session { environment, project, child, lines }
    }

    /// Reads until a record of this schema.
    fn next(&mut self, schema: &str) -> Value {
        loop {
            let line = self.lines.next().unwrap_or_else(|| panic!("it ended before {schema}")).expect("line");
            let record: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"));
            if record["schema"] == schema {
                return record;
            }
        }
    }

    fn emit(&self) -> String {
        let emitted = self.environment.run(&["sandbox", "emit", "webhook.ping", "--json"]).expect(0).json();
        emitted["events"][0]["id"].as_str().expect("id").to_owned()
    }

    /// Reads the delivery of a message; returns the status of its answer.
    fn delivered(&mut self, id: &str) -> u64 {
        loop {
            let exchange = self.next("proveniq.listen.exchange/1");
            if exchange.to_string().contains(id) {
                return exchange["forward"]["status"]
                    .as_u64()
                    .or_else(|| exchange["forward"]["reply"]["status"].as_u64())
                    .unwrap_or_else(|| panic!("no status: {exchange}"));
            }
        }
    }

    fn edit(&self, from: &str, to: &str) {
        let path = self.project.join("handler.py");
        let text = fs::read_to_string(&path).expect("handler");
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replace(from, to)).expect("written");
    }

    fn pids(&self) -> Vec<u32> {
        let text = fs::read_to_string(self.environment.path("pids")).expect("pids");
        text.split_whitespace().filter_map(|word| word.parse().ok()).collect()
    }

    /// Ends it with a signal; nothing of it must be left.
    fn end(mut self, signal: Signal, code: i32, sandbox_stays: bool) {
        let pids = self.pids();
        assert!(pids.iter().all(|pid| is_alive(*pid)), "{pids:?}");
        send_signal(self.child.id(), signal);
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("status") {
                break status;
            }
            assert!(started.elapsed() < Duration::from_secs(10), "it has not ended");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(status.code(), Some(code));
        wait_until("nothing is left", || pids.iter().all(|pid| !is_alive(*pid)));
        let status = self.environment.run(&["sandbox", "status", "--json"]).json();
        assert_eq!(status["running"], sandbox_stays, "{status}");
        if sandbox_stays {
            self.environment.run(&["sandbox", "stop"]).expect(0);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn deliveries_come_in_changes_start_anew_and_nothing_is_left() {
    let mut session = Session::start_in(TestEnvironment::new());
    let started = session.next("proveniq.dev.started/1");
    assert!(started["endpoint"].as_str().expect("endpoint").ends_with("/webhooks/proveniq"), "{started}");
    let first = session.emit();
    assert_eq!(session.delivered(&first), 204);

    session.edit("self.answer(204 if known else 400)", "self.answer(202 if known else 400)");
    session.next("proveniq.dev.changed/1");
    session.next("proveniq.dev.started/1");
    let second = session.emit();
    assert_eq!(session.delivered(&second), 202);

    // What cannot start is told with its output; a delivery that comes meanwhile waits.
    session.edit("\"\"\"A correct", "syntax error\n\"\"\"A correct");
    let down = session.next("proveniq.dev.down/1");
    assert!(down["output"].as_str().expect("output").contains("SyntaxError"), "{down}");
    let third = session.emit();
    session.edit("syntax error\n\"\"\"A correct", "\"\"\"A correct");
    session.next("proveniq.dev.started/1");
    assert_eq!(session.delivered(&third), 202);
    session.end(Signal::INT, 130, false);
}

#[test]
fn a_sandbox_that_runs_already_is_used_and_left_running() {
    let environment = TestEnvironment::new();
    let sandbox = environment.run(&["sandbox", "start", "--detach", "--port", "0", "--json"]).expect(0).json();
    let mut session = Session::start_in(environment);
    assert_eq!(session.next("proveniq.dev.started/1")["marketplace"], sandbox["url"]);
    let id = session.emit();
    assert_eq!(session.delivered(&id), 204);
    session.end(Signal::TERM, 130, true);
}

#[test]
fn without_a_project_it_says_so() {
    TestEnvironment::new().run(&["dev"]).expect(2).says("there is no proveniq.toml");
}

#[test]
fn the_integration_is_a_client_of_the_sandbox_with_the_scopes_that_it_declares() {
    let mut environment = TestEnvironment::new();
    let told = environment.path("client");
    environment.set("CLIENT_FILE", &told);
    let tell = "with open(os.environ['CLIENT_FILE'], 'w') as file:\n    \
                file.write(os.environ['PROVENIQ_CLIENT_ID'] + ' ' + os.environ['PROVENIQ_CLIENT_SECRET'])\n";
    let mut session = Session::start_with(environment, |project| {
        let manifest = fs::read_to_string(project.join("proveniq.toml")).expect("manifest");
        let oauth = "\n[oauth]\nscopes = [\"ledger:events:write\"]\nredirect_uris = [\"http://127.0.0.1/callback\"]\n";
        fs::write(project.join("proveniq.toml"), manifest + oauth).expect("written");
        let handler = fs::read_to_string(project.join("handler.py")).expect("handler");
        fs::write(project.join("handler.py"), handler.replacen("import time\n", &format!("import time\n{tell}"), 1))
            .expect("written");
    });
    session.next("proveniq.dev.started/1");
    let client = fs::read_to_string(&told).expect("client");
    let (id, secret) = client.split_once(' ').expect("client and secret");
    let url = session.environment.run(&["sandbox", "status", "--json"]).expect(0).json()["url"].clone();
    let body = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let token = Http::new(url.as_str().expect("url"), None).send("POST", "/oauth/token", &form, body.as_bytes());
    assert_eq!(token.expect(200)["scope"], "ledger:events:write");
    session.end(Signal::INT, 130, false);
}
