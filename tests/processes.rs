//! Whatever ends a command, nothing that it started is left; and an integration that misbehaves is told apart.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::support::{Running, Sandbox, TestEnvironment, is_alive, send_signal, wait_until};

/// Longest time that an ending may take: what refuses to end is forced after 5 seconds.
const SOON: Duration = Duration::from_secs(30);

/// A project with its test, whose processes write down who they are.
struct Scene {
    environment: TestEnvironment,
    project: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let mut environment = TestEnvironment::new();
        environment.set("CHILD_PID_FILE", environment.path("pids"));
        let project = environment.plain_project();
        Scene { environment, project }
    }

    /// The plain handler with a fault; one that never becomes ready, so that the command stays at work.
    fn waiting(fault: &str) -> Self {
        let mut scene = Scene::new();
        scene.environment.set("FAULT", fault);
        scene.edit("ready = \"/healthz\"", "ready = \"/never\"");
        scene
    }

    fn edit(&self, from: &str, to: &str) {
        let path = self.project.join("proveniq.toml");
        let text = fs::read_to_string(&path).expect("manifest");
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replace(from, to)).expect("written");
    }

    /// Puts a script in front of the handler.
    fn preceded_by(&self, script: &str) {
        self.script("before.py", &format!("{script}\nimport runpy\nrunpy.run_path('handler.py')\n"));
        self.edit("command = \"python3 handler.py\"", "command = \"python3 before.py\"");
    }

    fn script(&self, name: &str, text: &str) {
        fs::write(self.project.join(name), text).expect("written");
    }

    fn start(&self, arguments: &[&str]) -> Running {
        Running::start(self.environment.command_in(&self.project, arguments))
    }

    /// The processes that were written down, once all are.
    fn pids(&self, count: usize) -> Pids {
        let file = self.environment.path("pids");
        let read = || -> Vec<u32> {
            let text = fs::read_to_string(&file).unwrap_or_default();
            text.split_whitespace().filter_map(|word| word.parse().ok()).collect()
        };
        wait_until("the processes are written down", || read().len() >= count);
        Pids(read())
    }
}

/// Processes that must be gone; ended by force when the test fails.
struct Pids(Vec<u32>);

impl Pids {
    #[track_caller]
    fn are_gone(&self) {
        let left: Vec<_> = self.0.iter().filter(|pid| is_alive(**pid)).collect();
        assert!(left.is_empty(), "still there: {left:?} of {:?}", self.0);
    }
}

impl Drop for Pids {
    fn drop(&mut self) {
        self.0.iter().filter(|pid| is_alive(**pid)).for_each(|pid| send_signal(*pid, Signal::KILL));
    }
}

/// Starts a process that leaves the group, the session and its parent, and writes it down.
const DAEMON: &str = "
import os, time
if os.fork() == 0:
    os.setsid()
    daemon = os.fork()
    if daemon == 0:
        time.sleep(600)
    with open(os.environ['CHILD_PID_FILE'], 'w') as file:
        file.write(f'{os.getppid()} {daemon} ')
    os._exit(0)
os.wait()
";

/// A build that hangs, with a child in a session of its own.
const HANGING_BUILD: &str = "
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)
with open(os.environ['CHILD_PID_FILE'], 'w') as file:
    file.write(f'{os.getpid()} {child.pid}')
time.sleep(600)
";

#[test]
fn children_end_when_the_command_has_done_its_work() {
    let mut scene = Scene::new();
    scene.environment.set("FAULT", "leaves-children");
    scene.start(&["test-webhook"]).finish_within(SOON).expect(0);
    scene.pids(2).are_gone();
}

#[test]
fn a_child_that_detaches_itself_ends_too() {
    let scene = Scene::new();
    scene.preceded_by(DAEMON);
    scene.start(&["test-webhook"]).finish_within(SOON).expect(0);
    scene.pids(2).are_gone();
}

#[test]
fn each_signal_to_end_ends_everything() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let scene = Scene::waiting("leaves-children");
        let command = scene.start(&["test-webhook"]);
        let pids = scene.pids(2);
        command.signal(signal);
        command.finish_within(SOON).expect(130).says("interrupted");
        pids.are_gone();
    }
}

#[test]
fn a_detached_child_ends_with_an_interrupt() {
    let scene = Scene::waiting("");
    scene.preceded_by(DAEMON);
    let command = scene.start(&["test-webhook", "--json"]);
    let pids = scene.pids(2);
    command.signal(Signal::INT);
    let document = command.finish_within(SOON).expect(130).json();
    assert_eq!(document["error"]["kind"], "interrupted");
    pids.are_gone();
}

#[test]
fn a_killed_command_leaves_nothing_behind() {
    for detached in [false, true] {
        let scene = Scene::waiting(if detached { "" } else { "leaves-children" });
        if detached {
            scene.preceded_by(DAEMON);
        }
        let command = scene.start(&["test-webhook"]);
        let pids = scene.pids(2);
        command.signal(Signal::KILL);
        command.finish_within(SOON).expect(-1);
        wait_until("everything has ended", || !pids.0.iter().any(|pid| is_alive(*pid)));
    }
}

#[test]
fn what_ignores_the_request_to_end_is_ended_by_force() {
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut scene = Scene::new();
            scene.environment.set("FAULT", "ignores-sigterm");
            scene.start(&["test-webhook", "--event", "webhook.ping"]).finish_within(SOON).expect(0);
            scene.pids(2).are_gone();
        });
        scope.spawn(|| {
            let scene = Scene::waiting("ignores-sigterm");
            let command = scene.start(&["test-webhook"]);
            let pids = scene.pids(2);
            command.signal(Signal::INT);
            command.finish_within(SOON).expect(130);
            pids.are_gone();
        });
        scope.spawn(|| {
            let scene = Scene::waiting("ignores-sigterm");
            let command = scene.start(&["test-webhook"]);
            let pids = scene.pids(2);
            command.signal(Signal::KILL);
            command.finish_within(SOON).expect(-1);
            wait_until("everything has ended", || !pids.0.iter().any(|pid| is_alive(*pid)));
        });
    });
}

#[test]
fn a_hanging_build_ends_with_the_command() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 130), (Signal::KILL, -1)] {
        let scene = Scene::new();
        scene.script("build.py", HANGING_BUILD);
        scene.edit("[run]", "[run]\nbuild = \"python3 build.py\"");
        let command = scene.start(&["test-webhook"]);
        let pids = scene.pids(2);
        command.signal(signal);
        command.finish_within(SOON).expect(code);
        wait_until("everything has ended", || !pids.0.iter().any(|pid| is_alive(*pid)));
    }
}

#[test]
fn an_interrupted_publish_publishes_nothing_and_leaves_no_file() {
    let mut scene = Scene::new();
    let temporary = scene.environment.path("temporary");
    fs::create_dir(&temporary).expect("folder");
    scene.environment.set("TMPDIR", &temporary);
    let environment = &scene.environment;
    let _sandbox = Sandbox::start(environment);
    scene.script("build.py", HANGING_BUILD);
    scene.edit("[run]", "[run]\nbuild = \"python3 build.py\"");
    let command = scene.start(&["publish"]);
    let pids = scene.pids(2);
    command.signal(Signal::INT);
    command.finish_within(SOON).expect(130).says("interrupted");
    pids.are_gone();
    assert_eq!(environment.listing(&temporary), [""; 0]);
    assert_eq!(environment.listing(&environment.path("state/receipts")), [""; 0]);
    environment.run(&["info", "acme/plain"]).expect(1);
    environment.run_in(&scene.project, &["publish", "--no-build"]).expect(0);
}

#[test]
fn an_interrupted_demo_leaves_no_process_and_no_folder() {
    for signal in [Signal::INT, Signal::TERM] {
        let mut scene = Scene::new();
        let environment = &mut scene.environment;
        let (temporary, programs) = (environment.path("temporary"), environment.path("programs"));
        fs::create_dir(&temporary).expect("folder");
        fs::create_dir(&programs).expect("folder");
        program(&programs.join("node"), "echo v20.0.0");
        // Stands for an installation that takes long.
        let npm =
            "if [ \"$1\" = --version ]; then echo 10.0.0; exit; fi\nsleep 600 &\necho $$ $! > $CHILD_PID_FILE\nwait";
        program(&programs.join("npm"), npm);
        let path = std::env::var("PATH").expect("PATH");
        environment.set("PATH", format!("{}:{path}", programs.display()));
        environment.set("TMPDIR", &temporary);
        let command = scene.start(&["demo", "--template", "webhook-typescript"]);
        let pids = scene.pids(2);
        let folders = scene.environment.listing(&temporary);
        assert!(folders.len() == 1 && folders[0].starts_with("proveniq-demo-"), "{folders:?}");
        command.signal(signal);
        command.finish_within(SOON).expect(130).says("interrupted");
        pids.are_gone();
        assert_eq!(scene.environment.listing(&temporary), [""; 0]);
    }
}

fn program(path: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(path, format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("executable");
}

#[test]
fn an_integration_that_ends_at_once_is_shown_with_its_last_words() {
    let mut scene = Scene::new();
    scene.environment.set("FAULT", "ends-at-once");
    let finished = scene.start(&["test-webhook"]).finish_within(SOON).expect(4);
    finished.says("ended before it was ready").says("exit status: 3").says("cannot go on").says("hint:");
    let document = scene.start(&["test-webhook", "--json"]).finish_within(SOON).expect(4).json();
    assert_eq!(document["error"]["log"], "cannot go on\n");
}

#[test]
fn an_integration_that_is_never_ready_is_given_up() {
    let mut scene = Scene::new();
    scene.environment.set("FAULT", "never-ready");
    let finished = scene.start(&["test-webhook", "--ready-timeout", "1"]).finish_within(SOON).expect(4);
    finished.says("was not ready within 1 s: /healthz does not answer 2xx").says("--ready-timeout");
}

#[test]
fn an_integration_that_does_not_answer_in_time_fails() {
    let mut scene = Scene::new();
    scene.environment.set("FAULT", "hangs");
    let arguments = ["test-webhook", "--timeout", "1", "--suite", "signature", "--json"];
    let report = scene.start(&arguments).finish_within(Duration::from_secs(15)).expect(1).json();
    assert_eq!(report["cases"][0]["verdict"], "fail");
    assert!(report["cases"][0]["reason"].as_str().expect("reason").contains("1 s"), "{}", report["cases"][0]);
    // Without a positive control a refusal proves nothing.
    let forged = report["cases"].as_array().expect("cases").iter().filter(|case| case["expectation"] == "rejected");
    assert!(
        forged.clone().count() > 10
            && forged.clone().all(|case| case["verdict"] == "inconclusive" || case["verdict"] == "not_run"),
        "{report}"
    );
}

#[test]
fn a_flood_of_output_stops_nothing() {
    let mut scene = Scene::new();
    scene.environment.set("FAULT", "floods");
    scene.start(&["test-webhook"]).finish_within(SOON).expect(0);
}

#[test]
fn only_the_end_of_much_output_is_shown() {
    let scene = Scene::new();
    scene.preceded_by("print('beginning ' + 'x' * 500_000)\nraise SystemExit('the end')");
    let finished = scene.start(&["test-webhook"]).finish_within(SOON).expect(4).says("the end");
    assert!(finished.stderr.len() < 70_000 && !finished.stderr.contains("beginning"));
}

#[test]
fn a_command_that_does_not_exist_is_named() {
    let scene = Scene::new();
    scene.edit("python3 handler.py", "no-such-program --serve");
    let finished = scene.start(&["test-webhook"]).finish_within(SOON).expect(4);
    finished.says("no-such-program").says("No such file or directory");
    scene.edit("[run]", "[run]\nbuild = \"no-such-builder\"");
    scene.start(&["test-webhook"]).finish_within(SOON).expect(2).says("the build `no-such-builder` failed");
}

#[test]
fn an_integration_on_a_taken_port_is_shown_with_its_error() {
    let scene = Scene::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("port");
    let port = taken.local_addr().expect("address").port();
    scene.preceded_by(&format!("import os\nos.environ['PORT'] = '{port}'"));
    scene.start(&["test-webhook"]).finish_within(SOON).expect(4).says("Address already in use").says("PORT");
}

#[test]
fn an_integration_never_sees_the_key_of_who_starts_it() {
    let mut scene = Scene::new();
    scene.environment.set("PROVENIQ_API_KEY", "pvq_test_nobodys");
    let write = "import json, os\njson.dump(dict(os.environ), open(os.environ['CHILD_PID_FILE'] + '.NAME', 'w'))";
    scene.preceded_by(&write.replace("NAME", "run"));
    scene.script("build.py", &write.replace("NAME", "build"));
    scene.edit("[run]", "[run]\nbuild = \"python3 build.py\"");
    scene.start(&["test-webhook"]).finish_within(SOON).expect(0);
    let seen = |name: &str| fs::read_to_string(scene.environment.path(name)).expect("environment");
    assert!(!seen("pids.build").contains("nobodys"));
    assert!(!seen("pids.run").contains("nobodys"));
    assert!(seen("pids.run").contains("whsec_"));
}
