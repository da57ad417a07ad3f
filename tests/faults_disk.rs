//! A full disk: one clear message, the right exit code, and nothing half-made.

use std::fs;

use crate::support::{Finished, Room, Sandbox, TestEnvironment};

/// Bytes that do not compress.
fn noise(bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    getrandom::fill(&mut noise).expect("randomness");
    noise
}

fn run(room: &Room, environment: &TestEnvironment, arguments: &[&str]) -> Finished {
    Finished::of(room.command(environment, &environment.work(), arguments).spawn().expect("started"))
}

#[test]
fn init_leaves_nothing_on_a_full_disk() {
    let environment = TestEnvironment::new();
    let Some(room) = Room::over(&environment.work().join("small"), 48) else { return };
    let arguments = ["init", "small/claim-sync", "--template", "webhook-typescript", "--name", "acme/claim-sync"];
    let arguments = [&arguments[..], &["--category", "claims-management", "--no-input"]].concat();
    let finished = run(&room, &environment, &arguments).expect(2);
    finished.says("cannot write the project").says("No space left on device").says("hint: the disk is full");
    assert_eq!(environment.listing(&room.folder()), [""; 0]);
}

#[test]
fn pack_leaves_nothing_on_a_full_disk() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    fs::write(project.join("noise.bin"), noise(200 << 10)).expect("written");
    let Some(room) = Room::over(&environment.work().join("small"), 64) else { return };
    let finished = run(&room, &environment, &["-C", "plain", "pack", "--out", "../small/plain.tar.zst"]).expect(2);
    finished.says("cannot write the package").says("No space left on device").says("hint: the disk is full");
    assert_eq!(environment.listing(&room.folder()), [""; 0]);
}

#[test]
fn a_key_that_cannot_be_stored_does_not_live_on() {
    let environment = TestEnvironment::new();
    key_on_a_full_disk(&environment);
}

#[test]
fn a_key_that_cannot_be_encrypted_does_not_live_on() {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_CREDENTIAL_STORE", "age");
    environment.set("PROVENIQ_STORE_PASSPHRASE", "correct horse");
    key_on_a_full_disk(&environment);
}

#[track_caller]
fn key_on_a_full_disk(environment: &TestEnvironment) {
    let _sandbox = Sandbox::start(environment);
    let Some(room) = Room::over(&environment.path("config"), 64) else { return };
    run(&room, environment, &["keys", "create", "--name", "kept"]).expect(0);
    room.fill(0);
    let finished = run(&room, environment, &["keys", "create", "--name", "laptop"]).expect(2);
    finished.says("cannot write").says("No space left on device").says("hint: the disk is full");
    let keys = environment.run(&["keys", "list", "--json"]).expect(0).json();
    let living = keys["keys"].as_array().expect("keys").iter().filter(|key| key["status"] == "active").count();
    assert_eq!(living, 1, "{keys}");
    let used = run(&room, environment, &["keys", "use", "kept"]);
    assert!([0, 2].contains(&used.code), "{}", used.stderr);
    room.empty();
    let doctor = run(&room, environment, &["doctor"]).expect(0);
    assert!(doctor.stdout.contains("\"kept\" from the store"), "no key is lost: {}", doctor.stdout);
    run(&room, environment, &["keys", "create", "--name", "laptop"]).expect(0);
    run(&room, environment, &["doctor"]).expect(0);
}

#[test]
fn a_receipt_that_cannot_be_kept_does_not_hide_that_the_version_is_published() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    environment.plain_project();
    let Some(room) = Room::over(&environment.path("state/receipts"), 64) else { return };
    room.fill(0);
    let finished = run(&room, &environment, &["-C", "plain", "publish"]).expect(2);
    finished.says("No space left on device").says("acme/plain 1.0.0 is published").says("hint: the disk is full");
    environment.run(&["info", "acme/plain"]).expect(0);
    room.empty();
    let again = run(&room, &environment, &["-C", "plain", "publish"]).expect(0);
    assert!(again.stdout.contains("unchanged"));
    let host = sandbox.url.trim_start_matches("http://").replace(':', "_");
    let kept = room.folder().join(host).join("acme/plain");
    assert_eq!(environment.listing(&kept), ["1.0.0.json"]);
}

#[test]
fn a_marketplace_without_room_publishes_nothing_and_recovers() {
    let environment = TestEnvironment::new();
    let project = environment.plain_project();
    fs::write(project.join("noise.bin"), noise(300 << 10)).expect("written");
    let manifest = project.join("proveniq.toml");
    let reason = "\n[package.reasons]\n\"noise.bin\" = \"it does not compress\"\n";
    fs::write(&manifest, fs::read_to_string(&manifest).expect("manifest") + reason).expect("written");
    let Some(room) = Room::over(&environment.path("state/sandbox/data"), 4 << 10) else { return };
    let arguments = ["sandbox", "start", "--detach", "--port", "0", "--json"];
    let sandbox = Sandbox::started(&environment, run(&room, &environment, &arguments));
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    // Room for the database, and not for the package; then for neither; then for less than one row.
    for left in [160 << 10, 0, 4096] {
        room.fill(left);
        let finished = environment.run_in(&project, &["publish"]).expect(4);
        finished.says("the marketplace failed: there is no room left").says("hint:");
        environment.run(&["info", "acme/plain"]).expect(1);
        room.empty();
    }
    environment.run_in(&project, &["publish"]).expect(0);
    let info = environment.run(&["info", "acme/plain", "--json"]).expect(0).json();
    assert_eq!(info["versions"].as_array().map(Vec::len), Some(1));
    assert_eq!(environment.listing(&room.folder().join("uploads")), [""; 0]);
    drop(sandbox);
}

#[test]
fn a_sandbox_does_not_start_half_on_a_full_disk() {
    let environment = TestEnvironment::new();
    let Some(room) = Room::over(&environment.path("state/sandbox/data"), 64) else { return };
    room.fill(0);
    for arguments in [&["sandbox", "start", "--port", "0"][..], &["sandbox", "start", "--detach", "--port", "0"]] {
        let finished = run(&room, &environment, arguments).expect(2);
        finished.says("the marketplace cannot use").says("hint: the disk is full");
        environment.run(&["sandbox", "status"]).expect(1);
    }
}
