//! `certify` of integrations that misbehave while they are looked at: each run ends in time, names what happened, passes
//! nothing for it, and leaves nothing running.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use crate::support::{Finished, Running, TestEnvironment, is_alive, wait_until};

/// Far above what any of these takes, and far below what an unbounded wait would.
const LIMIT: Duration = Duration::from_secs(150);

/// The plain integration with a fault of its own.
struct Scene {
    environment: TestEnvironment,
    project: PathBuf,
}

impl Scene {
    /// `code` is run at each delivery, with its number as `count`.
    fn at_each_delivery(code: &str) -> Self {
        let scene = Scene::plain();
        scene.edit("handler.py", "class Handler", "COUNT = iter(range(1, 1 << 30))\n\n\nclass Handler");
        let body = "        body = self.rfile.read(int(self.headers.get(\"content-length\", 0)))\n";
        scene.edit("handler.py", body, &format!("{body}        count = next(COUNT)\n        {code}\n"));
        scene
    }

    fn plain() -> Self {
        let environment = TestEnvironment::new();
        let project = environment.plain_project();
        let scene = Scene { environment, project };
        scene.edit("proveniq.toml", "[run]", "rate_per_second = 100\n\n[run]");
        scene
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.project.join(file);
        let text = fs::read_to_string(&path).expect("file");
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replace(from, to)).expect("written");
    }

    fn certify(&self, arguments: &[&str]) -> Finished {
        let arguments = [&["certify", "--json"], arguments].concat();
        Running::start(self.environment.command_in(&self.project, &arguments)).finish_within(LIMIT)
    }
}

/// Verdict and summary of a check, with the messages of what it found.
#[track_caller]
fn told(finished: &Finished, id: &str) -> (String, String) {
    let report = finished.json();
    let check = report["checks"].as_array().expect("checks").iter().find(|check| check["id"] == id).cloned();
    let check = check.unwrap_or_else(|| panic!("no {id} in {report}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let messages = check["findings"].as_array().into_iter().flatten().map(|finding| text(&finding["message"]));
    let words: Vec<_> = std::iter::once(text(&check["summary"])).chain(messages).collect();
    (text(&check["verdict"]), words.join("\n"))
}

#[test]
fn one_that_ends_at_the_third_delivery_has_failed_by_that() {
    let scene = Scene::at_each_delivery("if count == 3: os._exit(9)");
    let finished = scene.certify(&["--tier", "listed"]).expect(1);
    let (verdict, words) = told(&finished, "REL-EVENTS");
    assert_eq!(verdict, "fail", "{words}");
    assert!(words.contains("the integration ended: exit status: 9"), "{words}");
}

#[test]
fn one_that_ends_under_load_has_no_latency() {
    let scene = Scene::at_each_delivery("if count == 200: os._exit(9)");
    let finished = scene.certify(&["--tier", "verified", "--check", "PERF-LATENCY"]);
    let (verdict, words) = told(&finished, "PERF-LATENCY");
    assert!(matches!(verdict.as_str(), "fail" | "inconclusive"), "{verdict}: {words}");
    assert!(matches!(finished.code, 1 | 6), "{}", finished.code);
}

#[test]
fn one_that_starts_only_once_is_inconclusive_and_the_files_are_judged_all_the_same() {
    let scene = Scene::plain();
    scene.edit("proveniq.toml", "[run]", "[package]\nexclude = [\"started\"]\n\n[run]");
    scene.edit("handler.py", "if FAULT == \"ends-at-once\":", "if os.path.exists(\"started\"):");
    scene.edit(
        "handler.py",
        "http.server.ThreadingHTTPServer((",
        "open(\"started\", \"w\").close()\nhttp.server.ThreadingHTTPServer((",
    );
    let finished = scene.certify(&["--tier", "verified", "--check", "SEC-SIG"]).expect(6);
    let (verdict, words) = told(&finished, "SEC-SIG");
    assert_eq!(verdict, "inconclusive", "{words}");
    assert!(words.contains("the integration ended before it was ready"), "{words}");
    assert_eq!(told(&finished, "DOC-README").0, "pass");
}

#[test]
fn one_that_does_not_answer_is_waited_for_as_long_as_a_marketplace_does() {
    let scene = Scene::at_each_delivery("if count == 2: time.sleep(60)");
    let finished = scene.certify(&["--tier", "verified", "--check", "REL-EVENTS"]).expect(1);
    let (verdict, words) = told(&finished, "REL-EVENTS");
    assert_eq!(verdict, "fail", "{words}");
    assert!(words.contains("15 s"), "{words}");
}

#[test]
fn one_whose_answers_have_no_end_has_not_accepted() {
    let endless = "self.send_response(200); self.end_headers()\n        while True: self.wfile.write(b\"y\" * 65536)";
    let scene = Scene::at_each_delivery(endless);
    let finished = scene.certify(&["--tier", "listed"]).expect(1);
    let (verdict, words) = told(&finished, "REL-EVENTS");
    assert_eq!(verdict, "fail", "{words}");
    assert!(words.contains("the answer has more than 1048576 bytes"), "{words}");
}

#[test]
fn one_that_floods_its_output_is_judged_by_its_answers() {
    let scene = Scene::at_each_delivery("print(\"x\" * (4 << 20), flush=True)");
    let finished = scene.certify(&["--tier", "listed"]).expect(0);
    assert_eq!(told(&finished, "REL-EVENTS").0, "pass");
    assert!(finished.stdout.len() < 100_000, "{} bytes", finished.stdout.len());
}

#[test]
fn one_that_leaves_children_leaves_none_behind() {
    let mut scene = Scene::plain();
    scene.environment.set("FAULT", "leaves-children");
    scene.environment.set("CHILD_PID_FILE", scene.environment.path("pids"));
    scene.certify(&["--tier", "listed"]).expect(0);
    let pids = fs::read_to_string(scene.environment.path("pids")).expect("pids");
    let left: Vec<u32> =
        pids.split_whitespace().filter_map(|pid| pid.parse().ok()).filter(|pid| is_alive(*pid)).collect();
    assert!(left.is_empty(), "still there: {left:?}");
}

#[test]
fn one_that_forks_without_end_is_ended_whole() {
    let scene = Scene::at_each_delivery("subprocess.Popen([\"sleep\", \"613\"], start_new_session=True)");
    scene.certify(&["--tier", "listed"]).expect(0);
    let running = |entry: &fs::DirEntry| {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0).any(|word| word == b"613")
    };
    let left = fs::read_dir("/proc").expect("processes").flatten().filter(running).count();
    assert_eq!(left, 0, "processes are left");
}

#[test]
fn an_interrupted_audit_leaves_no_process_and_no_folder() {
    let mut environment = TestEnvironment::new();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/certification/base-oauth");
    let project = environment.copied_project(&base);
    let temporary = environment.path("temporary");
    fs::create_dir(&temporary).expect("folder");
    environment.set("TMPDIR", &temporary);
    let processes = || {
        let inside = |entry: &fs::DirEntry| {
            let folder = fs::read_link(entry.path().join("cwd"));
            folder.is_ok_and(|folder| folder == project || folder.starts_with(&temporary))
        };
        fs::read_dir("/proc").expect("processes").flatten().filter(inside).count()
    };
    let arguments = ["certify", "--tier", "verified", "--check", "SEC-OAUTH-FLOW"];
    let command = Running::start(environment.command_in(&project, &arguments));
    // The program itself, what supervises, and the integration.
    wait_until("the integration runs", || processes() >= 3);
    let folders = environment.listing(&temporary);
    assert!(folders.len() == 2 && folders.iter().all(|folder| folder.starts_with("proveniq-")), "{folders:?}");
    command.signal(Signal::INT);
    command.finish_within(Duration::from_secs(20)).expect(130).says("interrupted");
    assert_eq!(processes(), 0);
    assert_eq!(environment.listing(&temporary), [""; 0]);
}
