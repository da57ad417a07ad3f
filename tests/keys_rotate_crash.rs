//! `keys rotate` killed with -9 or cut off at every step: a working key is stored at each moment, and what was begun is
//! finished or taken back.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::keys_rotate::{keeps, living, works};
use crate::support::{
    CUTS, Cut, Cutting, Fake, Finished, Http, Running, Sandbox, TestEnvironment, Then, left_out, wait_until,
};

/// Another machine with a key of its own at the sandbox, which it reaches by `url`.
struct Machine {
    environment: TestEnvironment,
    name: String,
    old: String,
    id: String,
}

impl Machine {
    fn new(sandbox: &Sandbox<'_>, identity: &Http, url: &str, name: &str) -> Self {
        let created = identity.post("/v1/keys", &json!({"name": name, "scopes": ["packages:read"]})).expect(201);
        let old = created["secret"].as_str().expect("secret").to_owned();
        let mut environment = TestEnvironment::new();
        environment.set("PROVENIQ_MARKETPLACE_URL", url);
        assert!(works(sandbox, &old));
        let id = created["key"]["id"].as_str().expect("id").to_owned();
        Machine { environment, name: name.to_owned(), old, id }
    }

    fn stored(self) -> Self {
        self.environment.run_with_input(&["keys", "import", "--name", &self.name], &self.old).expect(0);
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.environment.command_in(&self.environment.work(), arguments)
    }

    /// The successors of its key that live.
    fn successors(&self, identity: &Http) -> Vec<Value> {
        let listed = identity.get("/v1/keys").expect(200);
        let keys = listed["data"].as_array().expect("keys").clone();
        keys.into_iter().filter(|key| key["predecessor"] == self.id.as_str() && key["revoked_at"].is_null()).collect()
    }

    fn old_ends(&self, identity: &Http) -> bool {
        identity.get(&format!("/v1/keys/{}", self.id)).expect(200)["expires_at"].is_string()
    }

    /// What holds at every moment: the stored key works, and there is one living successor at most.
    #[track_caller]
    fn holds(&self, sandbox: &Sandbox<'_>, identity: &Http, at: &str) {
        assert!(works(sandbox, &self.environment.stored_key(&self.name)), "no working key is stored: {at}");
        assert!(self.successors(identity).len() <= 1, "{at}");
    }

    /// What holds in the end: one living successor, stored and in each target, and the old one ends; or the old one is as
    /// it was.
    #[track_caller]
    fn is_settled(&self, sandbox: &Sandbox<'_>, identity: &Http, targets: &[&str], at: &str) -> bool {
        assert_eq!(self.environment.unfinished(), [""; 0], "{at}");
        let stored = self.environment.stored_key(&self.name);
        assert!(works(sandbox, &stored), "{at}");
        assert_eq!(self.environment.stored_accounts().len(), 1, "nothing is left beside it: {at}");
        let successors = self.successors(identity);
        if stored == self.old {
            assert!(successors.is_empty() && !self.old_ends(identity), "{at}: {successors:?}");
            return false;
        }
        assert_eq!(successors.len(), 1, "{at}");
        assert!(self.old_ends(identity) && works(sandbox, &self.old), "the old one ends after the grace: {at}");
        for target in targets {
            let given = fs::read_to_string(self.environment.work().join(target)).expect(target);
            assert_eq!(given.trim(), stored, "{target}: {at}");
        }
        true
    }
}

const TARGETS: [&str; 4] = ["--to", "command:sh -c 'cat > one'", "--to", "command:sh -c 'cat > two'"];

#[test]
fn cut_off_at_each_request_a_rotation_is_finished_or_taken_back() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (mut cuts, mut finished_by_resume) = (0, 0);
    for cut in CUTS {
        let way = Cutting::new(&sandbox, cut);
        for number in 0.. {
            let at = format!("{cut:?} at request {number}");
            let machine = Machine::new(&sandbox, &identity, &way.fake.url, &at).stored();
            let rotate = [&["keys", "rotate", &at][..], &TARGETS].concat();
            let (first, was_cut) = way.run(machine.command(&rotate), number);
            if !was_cut {
                first.expect(0);
                assert!(machine.is_settled(&sandbox, &identity, &["one", "two"], &at));
                break;
            }
            cuts += 1;
            machine.holds(&sandbox, &identity, &at);
            let expected: &[i32] = match cut {
                Cut::KilledBefore | Cut::KilledAfter => &[-1],
                // What may be repeated is: it goes on as if nothing had been.
                Cut::Lost | Cut::AnswerLost => &[4, 0],
                Cut::InterruptedBefore | Cut::InterruptedAfter => &[130],
            };
            assert!(expected.contains(&first.code), "{at}: {}\n{}", first.code, first.stderr);
            assert!(first.code <= 0 || first.stderr.contains("hint: "), "{at}: {}", first.stderr);
            let unfinished = !machine.environment.unfinished().is_empty();
            let resumed = machine.environment.run(&["keys", "rotate", "--resume"]).expect(0);
            keeps(&resumed, &[&machine.old, &machine.environment.stored_key(&at)]);
            let rotated = machine.is_settled(&sandbox, &identity, &["one", "two"], &at);
            assert!(rotated || !unfinished, "{at}: what was begun is finished");
            finished_by_resume += usize::from(unfinished && rotated);
        }
    }
    // Three requests in each run: the successor, the proof, the end of the old one.
    assert_eq!(cuts, 3 * CUTS.len());
    assert!(finished_by_resume >= 6, "{finished_by_resume}");
}

#[test]
fn without_a_store_the_old_key_works_until_every_target_has_the_other() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let mut cuts = 0;
    for cut in CUTS {
        let way = Cutting::new(&sandbox, cut);
        for number in 0.. {
            let at = format!("{cut:?} at request {number}");
            let mut machine = Machine::new(&sandbox, &identity, &way.fake.url, &at);
            let old = machine.old.clone();
            machine.environment.set("PROVENIQ_API_KEY", &old);
            let rotate = [&["keys", "rotate"][..], &TARGETS].concat();
            let (_, was_cut) = way.run(machine.command(&rotate), number);
            assert!(works(&sandbox, &old) && machine.successors(&identity).len() <= 1, "{at}");
            let unfinished = !machine.environment.unfinished().is_empty();
            machine.environment.run(&["keys", "rotate", "--resume"]).expect(0);
            let successors = machine.successors(&identity);
            assert_eq!(successors.len(), usize::from(machine.old_ends(&identity)), "{at}");
            assert!(!unfinished || successors.len() == 1, "{at}: what was begun is finished");
            assert_eq!(machine.environment.unfinished(), [""; 0], "{at}");
            for target in ["one", "two"].iter().filter(|_| !successors.is_empty()) {
                let given = fs::read_to_string(machine.environment.work().join(target)).expect("given");
                let current = Http::new(&sandbox.url, Some(given.trim())).get("/v1/keys/current").expect(200);
                assert_eq!(current["id"], successors[0]["id"], "{at}: {target}");
            }
            if !was_cut {
                break;
            }
            cuts += 1;
        }
    }
    assert_eq!(cuts, 4 * CUTS.len());
}

#[test]
fn killed_at_each_change_of_a_file_a_rotation_is_finished_or_taken_back() {
    if Command::new("strace")
        .args(["-e", "trace=none", "true"])
        .output()
        .map_or(true, |output| !output.status.success())
    {
        left_out("strace is not installed, or may not trace here");
        return;
    }
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let (mut killed, mut finished) = (0, 0);
    for call in ["fsync", "renameat", "unlink"] {
        for number in 1.. {
            let at = format!("{call} {number}");
            let machine = Machine::new(&sandbox, &identity, &sandbox.url, &at).stored();
            let inject = format!("inject={call}:signal=KILL:when={number}");
            let program = env!("CARGO_BIN_EXE_proveniq");
            let words =
                ["-f", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject, program, "keys", "rotate"];
            let words = [&words[..], &[&at, "--to", "command:sh -c 'cat > one'"]].concat();
            let command = machine.environment.prepared("strace", &machine.environment.work(), &words).spawn();
            let ended = Finished::of(command.expect("strace"));
            machine.holds(&sandbox, &identity, &at);
            if ended.code == 0 {
                assert!(machine.is_settled(&sandbox, &identity, &["one"], &at));
                break;
            }
            killed += 1;
            machine.environment.run(&["keys", "rotate", "--resume"]).expect(0);
            finished += usize::from(machine.is_settled(&sandbox, &identity, &["one"], &at));
        }
    }
    assert!(killed >= 15 && finished >= killed - 2, "{killed} times killed, {finished} times finished");
}

#[test]
fn killed_while_it_hands_over_a_rotation_goes_on_where_it_was() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    for (blocked, signal) in [(1, Signal::KILL), (2, Signal::KILL), (1, Signal::INT), (2, Signal::TERM)] {
        let at = format!("{signal:?} in target {blocked}");
        let machine = Machine::new(&sandbox, &identity, &sandbox.url, &at).stored();
        let script = |number: usize| {
            let wait = if number == blocked { "touch reached; while ! test -e go; do sleep 0.02; done; " } else { "" };
            format!("command:sh -c 'echo x >> runs{number}; {wait}cat > {number}'")
        };
        let (one, two) = (script(1), script(2));
        let running = Running::start(machine.command(&["keys", "rotate", &at, "--to", &one, "--to", &two]));
        wait_until("it hands over", || machine.environment.work().join("reached").exists());
        machine.holds(&sandbox, &identity, &at);
        // Nobody else can rotate meanwhile, and nobody can resume.
        machine.environment.run(&["keys", "rotate", &at]).expect(5);
        machine.environment.run(&["keys", "rotate", "--resume"]).expect(5);
        running.signal(signal);
        let ended = running.finish_within(Duration::from_secs(20));
        assert_eq!(ended.code, if signal == Signal::KILL { -1 } else { 130 }, "{at}: {}", ended.stderr);
        machine.holds(&sandbox, &identity, &at);
        assert!(!machine.old_ends(&identity), "{at}");
        let again = machine.environment.run(&["keys", "rotate", &at]).expect(5);
        again.says("was begun before and not finished").says("--resume").says("--abort");
        fs::write(machine.environment.work().join("go"), "").expect("written");
        machine.environment.run(&["keys", "rotate", "--resume"]).expect(0);
        assert!(machine.is_settled(&sandbox, &identity, &["1", "2"], &at));
        let runs = fs::read_to_string(machine.environment.work().join("runs1")).expect("runs");
        assert_eq!(runs.lines().count(), if blocked == 1 { 2 } else { 1 }, "what was handed over is not again: {at}");
    }
}

#[test]
fn what_was_cut_off_can_be_taken_back() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let machine = Machine::new(&sandbox, &identity, &sandbox.url, "ci").stored();
    let rotate = ["keys", "rotate", "ci", "--to", "command:sh -c 'cat > one'", "--to", "command:false"];
    machine.environment.run(&rotate).expect(4).says("exit status: 1").says("--resume").says("--abort");
    let given = fs::read_to_string(machine.environment.work().join("one")).expect("given");
    assert!(works(&sandbox, given.trim()) && works(&sandbox, &machine.old), "both work");
    assert_eq!(machine.environment.stored_key("ci"), machine.old, "the old one stays");
    machine.environment.run(&["keys", "rotate", "--resume"]).expect(4);
    let aborted = machine.environment.run(&["keys", "rotate", "--abort", "--json"]).expect(0).json();
    assert_eq!(aborted["given"], json!(["command:sh -c 'cat > one'"]), "{aborted}");
    assert!(!works(&sandbox, given.trim()) && works(&sandbox, &machine.old));
    assert!(!machine.is_settled(&sandbox, &identity, &[], "aborted"));
    machine.environment.run(&["keys", "rotate", "--abort"]).expect(0);
    machine.environment.run(&["keys", "rotate", "ci"]).expect(0);
}

#[test]
fn a_marketplace_that_dies_between_creating_and_answering_is_asked_when_it_is_back() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let server = sandbox.url.trim_start_matches("http://").parse().expect("address");
    let (dead, armed) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let (is_dead, is_armed) = (Arc::clone(&dead), Arc::clone(&armed));
    let way = Fake::start(move |request| {
        if is_dead.load(Ordering::SeqCst) == 1 {
            return Then::Close;
        }
        if is_armed.load(Ordering::SeqCst) == 1 && request.method == "POST" {
            is_dead.store(1, Ordering::SeqCst);
            return Then::ForwardAndClose(server);
        }
        Then::Forward(server)
    });
    let machine = Machine::new(&sandbox, &identity, &way.url, "ci").stored();
    armed.store(1, Ordering::SeqCst);
    let failed = machine.environment.run(&["keys", "rotate", "ci"]).expect(4);
    failed.says("cannot be reached").says("the old one still works").says("--resume");
    assert_eq!(machine.successors(&identity).len(), 1, "one that nobody has");
    machine.environment.run(&["keys", "rotate", "--resume"]).expect(4);
    armed.store(0, Ordering::SeqCst);
    dead.store(0, Ordering::SeqCst);
    machine.environment.run(&["keys", "rotate", "--resume"]).expect(0);
    assert!(machine.is_settled(&sandbox, &identity, &[], "back"));
    // Where the journal is lost with its machine, whoever holds the old key can begin anew.
    let machine = Machine::new(&sandbox, &identity, &way.url, "lost").stored();
    armed.store(1, Ordering::SeqCst);
    machine.environment.run(&["keys", "rotate", "lost"]).expect(4);
    armed.store(0, Ordering::SeqCst);
    dead.store(0, Ordering::SeqCst);
    fs::remove_dir_all(machine.environment.path("state/journals")).expect("removed");
    machine.environment.run(&["keys", "rotate", "lost"]).expect(5).says("has a successor already").says("--replace");
    machine.environment.run(&["keys", "rotate", "lost", "--replace"]).expect(0);
    assert!(machine.is_settled(&sandbox, &identity, &[], "replaced"));
}

#[test]
fn a_key_that_is_created_is_never_left_with_nobody() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    for cut in CUTS {
        let way = Cutting::new(&sandbox, cut);
        let mut machine = TestEnvironment::new();
        machine.set("PROVENIQ_MARKETPLACE_URL", &way.fake.url);
        machine.set("PROVENIQ_API_KEY", token.trim());
        let name = format!("{cut:?}");
        let create = ["keys", "create", "--name", &name];
        let (finished, was_cut) = way.run(machine.command_in(&machine.work(), &create), 0);
        assert!(was_cut);
        let alive = || living(&environment, &sandbox).iter().filter(|key| key["name"] == name.as_str()).count();
        match cut {
            Cut::KilledBefore | Cut::KilledAfter => assert_eq!(machine.unfinished().len(), 1),
            Cut::Lost | Cut::AnswerLost => assert_eq!((finished.code, alive()), (4, 0), "{}", finished.stderr),
            Cut::InterruptedBefore | Cut::InterruptedAfter => {
                assert_eq!((finished.code, alive()), (130, 0), "{}", finished.stderr);
            }
        }
        machine.run(&create).expect(0);
        assert_eq!(alive(), 1, "{cut:?}: the one that is stored");
        assert!(works(&sandbox, &machine.stored_key(&name)));
        assert_eq!(machine.unfinished(), [""; 0]);
    }
}
