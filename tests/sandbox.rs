//! `sandbox`: start, status, stop, reset, and what happens when it is killed.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Finished, Sandbox, TestEnvironment, is_alive, wait_until};

#[test]
fn a_detached_sandbox_is_found_used_and_stopped() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let status = environment.run(&["sandbox", "status", "--json"]).expect(0).json();
    assert_eq!(status["url"], sandbox.url.as_str());
    assert_eq!(status["answers"], true);
    let listed = environment.run(&["keys", "list", "--json"]).expect(0).json();
    assert_eq!(listed["marketplace"], sandbox.url.as_str());
    let stopped = environment.run(&["sandbox", "stop", "--json"]).expect(0).json();
    assert_eq!(stopped["was_running"], true);
    assert!(!is_alive(sandbox.pid));
    environment.run(&["sandbox", "status"]).expect(1);
    assert_eq!(environment.run(&["sandbox", "stop", "--json"]).expect(0).json()["was_running"], false);
}

#[test]
fn a_second_start_uses_the_one_that_runs() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let again = environment.run(&["sandbox", "start", "--detach", "--json"]).expect(0).json();
    assert_eq!(again["already_running"], true);
    assert_eq!(again["pid"], sandbox.pid);
    environment.run(&["sandbox", "start"]).expect(5).says("a sandbox runs already at http://127.0.0.1:");
}

#[test]
fn of_many_starts_at_once_one_starts_it_and_all_find_it() {
    let environment = TestEnvironment::new();
    let start = || {
        let command = &["sandbox", "start", "--detach", "--port", "0", "--json"];
        environment.command_in(&environment.work(), command).spawn().expect("started")
    };
    let children: Vec<_> = (0..5).map(|_| start()).collect();
    let started: Vec<_> = children.into_iter().map(|child| Finished::of(child).expect(0).json()).collect();
    environment.run(&["sandbox", "stop"]).expect(0);
    assert!(
        started.iter().all(|one| one["url"] == started[0]["url"] && one["pid"] == started[0]["pid"]),
        "{started:?}"
    );
    assert_eq!(started.iter().filter(|one| one["already_running"] == false).count(), 1);
}

#[test]
fn a_killed_sandbox_starts_again_where_it_was_and_has_lost_nothing() {
    let environment = TestEnvironment::new();
    let first = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let url = first.url.clone();
    let pid = rustix::process::Pid::from_raw(first.pid.try_into().expect("pid")).expect("pid");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("killed");
    wait_until("the sandbox has gone", || !is_alive(first.pid));
    environment.run(&["sandbox", "status"]).expect(1);
    environment.run(&["keys", "list"]).expect(4).says("proveniq sandbox start");
    let started = environment.run(&["sandbox", "start", "--detach", "--json"]).expect(0).json();
    assert_eq!((started["url"].as_str(), started["already_running"].as_bool()), (Some(url.as_str()), Some(false)));
    let keys = environment.run(&["keys", "list", "--json"]).expect(0).json();
    assert_eq!(keys["keys"][0]["name"], "laptop");
    assert_eq!(keys["keys"][0]["in_use"], true);
}

#[test]
fn a_taken_port_is_named_and_nothing_is_left_running() {
    let environment = TestEnvironment::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("port");
    let port = taken.local_addr().expect("address").port().to_string();
    for detach in [vec!["--detach"], vec![]] {
        let arguments = [vec!["sandbox", "start", "--port", &port], detach].concat();
        environment.run(&arguments).expect(2).says(&format!("cannot listen on 127.0.0.1:{port}")).says("--port 0");
        environment.run(&["sandbox", "status"]).expect(1);
    }
}

#[test]
fn the_database_is_for_its_owner_alone_also_one_that_was_wider() {
    let environment = TestEnvironment::new();
    let names = ["marketplace.db", "marketplace.db-wal", "marketplace.db-shm"];
    let path = |name: &str| environment.path(&format!("state/sandbox/data/{name}"));
    let modes = || names.map(|name| fs::metadata(path(name)).expect(name).permissions().mode() & 0o777);
    let first = Sandbox::start(&environment);
    assert_eq!(modes(), [0o600; 3]);
    let pid = rustix::process::Pid::from_raw(first.pid.try_into().expect("pid")).expect("pid");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("killed");
    wait_until("the sandbox has gone", || !is_alive(first.pid));
    // As an earlier version, or a copy, may have left them.
    for name in names {
        fs::set_permissions(path(name), fs::Permissions::from_mode(0o644)).expect("mode");
    }
    let _second = Sandbox::start(&environment);
    assert_eq!(modes(), [0o600; 3]);
}

#[test]
fn a_reset_needs_a_yes_and_forgets_everything() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    environment.run(&["sandbox", "reset"]).expect(2).says("--yes");
    environment.run(&["sandbox", "reset", "--yes"]).expect(0);
    environment.run(&["sandbox", "status"]).expect(1);
    environment.run(&["sandbox", "start", "--detach", "--port", "0"]).expect(0);
    let keys = environment.run(&["keys", "list", "--json"]).expect(0).json();
    assert_eq!(keys["keys"].as_array().expect("keys").iter().filter(|key| key["status"] == "active").count(), 0);
}

#[test]
fn a_reset_forgets_the_keys_that_were_stored_for_it() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let port = sandbox.url.rsplit(':').next().expect("port").to_owned();
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let reset = environment.run(&["sandbox", "reset", "--yes", "--json"]).expect(0).json();
    assert_eq!(reset["forgotten_keys"], serde_json::json!(["laptop"]));
    environment.run(&["sandbox", "start", "--detach", "--port", &port]).expect(0);
    let project = environment.plain_project();
    environment.run_in(&project, &["publish", "--dry-run"]).expect(0);
}
