//! `keys rotate` with bad keys, full disks, homes that cannot be written to, and hand-overs that go wrong: one clear
//! message, the right exit code, no key lost, none leaked.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use proveniq::credential::{ApiKey, KeyKind};
use serde_json::json;

use crate::keys_rotate::{keeps, living, works};
use crate::support::{Finished, Http, Room, Sandbox, TestEnvironment};

/// Runs with a key in the environment.
fn with_key(environment: &TestEnvironment, key: &str, arguments: &[&str]) -> Finished {
    environment.run_with_variable(("PROVENIQ_API_KEY", key), arguments)
}

const ROTATE: [&str; 4] = ["keys", "rotate", "--to", "env-file:x.env"];

#[test]
fn a_key_that_does_not_hold_is_told_and_nothing_is_made() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let identity = Http::identity(&environment, &sandbox);
    let key = environment.create_key("ci", &[]);
    let swapped = format!("{}{}", &key[..46], if key.ends_with('0') { '1' } else { '0' });
    let foreign = ApiKey::generate(KeyKind::Test).expect("randomness").expose().to_owned();
    let ended = |name: &str| {
        let created = identity.post("/v1/keys", &json!({"name": name})).expect(201);
        let id = created["key"]["id"].as_str().expect("id").to_owned();
        (created["secret"].as_str().expect("secret").to_owned(), format!("/v1/keys/{id}"))
    };
    let (revoked, path) = ended("revoked");
    identity.delete(&path);
    let (expired, path) = ended("expired");
    identity.patch(&path, &json!({"expires_in": 0})).expect(200);
    let before = living(&environment, &sandbox);
    for (text, why) in [
        ("hunter2-hunter2-hunter2", "does not begin with pvq_live_ or pvq_test_"),
        (&key[..40], "wrong length"),
        (&swapped, "checksum is wrong"),
        (&foreign, "the key is unknown here"),
        (&revoked, "was revoked"),
        (&expired, "has expired"),
    ] {
        for words in [&ROTATE[..], &["keys", "rotate", "--check"]] {
            let refused = with_key(&environment, text, words).expect(3).says(why).says("hint: ");
            assert_eq!(refused.stderr.matches("error: ").count(), 1, "{}", refused.stderr);
            keeps(&refused, &[text]);
        }
    }
    // One that is stored and was revoked meanwhile stays where it is.
    identity.delete(&format!("/v1/keys/{}", before[0]["id"].as_str().expect("id")));
    keeps(&environment.run(&["keys", "rotate", "ci"]).expect(3).says("was revoked"), &[&key]);
    assert_eq!(environment.stored_key("ci"), key);
    assert_eq!(living(&environment, &sandbox).len(), before.len() - 1, "nothing was made");
    assert_eq!(environment.unfinished(), [""; 0]);
    assert!(!environment.work().join("x.env").exists());
}

#[test]
fn targets_and_flags_that_do_not_hold_are_refused_before_anything_is_made() {
    let mut environment = TestEnvironment::new();
    let path = environment.path("empty").display().to_string();
    environment.set("PATH", path);
    let sandbox = Sandbox::start(&environment);
    let key = environment.create_key("ci", &[]);
    fs::create_dir(environment.work().join("folder")).expect("folder");
    let cases: [(&[&str], &str); 12] = [
        (&["--to", "github"], "is no target; known: github-actions"),
        (&["--to", "github-actions:--body=x"], "a variable's name"),
        (&["--to", "github-actions"], "`gh` is not installed"),
        (&["--to", "gitlab"], "`glab` is not installed"),
        (&["--to", "vault:secret/x"], "`vault` is not installed"),
        (&["--to", "aws-secretsmanager:x"], "`aws` is not installed"),
        (&["--to", "kubernetes:a/b/c"], "`kubectl` is not installed"),
        (&["--to", "command:nope --flag"], "`nope` is not installed"),
        (&["--to", "env-file:folder"], "is a folder"),
        (&["--to", "stdout", "--json"], "cannot hold both"),
        (&["--grace", "soon"], "is no lifetime"),
        (&["--store", "keyring"], "is stored already"),
    ];
    for (flags, why) in cases {
        let refused = environment.run(&[&["keys", "rotate", "ci"], flags].concat()).expect(2);
        let printed = format!("{}{}", refused.stdout, refused.stderr);
        assert!(printed.contains(why), "{flags:?}: {printed}");
    }
    for flags in
        [&["--resume", "--to", "stdout"][..], &["--resume", "--abort"], &["ci", "--webhook"], &["--timeout", "0"]]
    {
        environment.run(&[&["keys", "rotate"], flags].concat()).expect(2);
    }
    assert_eq!(living(&environment, &sandbox).len(), 1, "nothing was made");
    assert_eq!(environment.stored_key("ci"), key);
    assert_eq!(environment.unfinished(), [""; 0]);
}

#[test]
fn a_hand_over_that_fails_leaves_the_old_key_as_it_is_and_leaks_nothing() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &[]);
    let record = "tee -a seen >&2";
    let noisy =
        "i=0; read -r key; echo $key >> seen; while test $i -lt 3000; do printf %s $key; i=$((i+1)); done; exit 7";
    for (script, why) in [
        (format!("{record}; exit 3"), "exit status: 3"),
        (format!("tee -a seen | base64; {record}; exit 3"), "exit status: 3"),
        (noisy.to_owned(), "exit status: 7"),
        ("kill -9 $$".replace("$$", "\\$\\$").replace('\\', ""), "exit status: 137"),
    ] {
        let target = format!("command:sh -c '{script}'");
        for form in [&[][..], &["--json", "--verbose"]] {
            let failed = environment.run(&[&["keys", "rotate", "ci", "--to", &target], form].concat()).expect(4);
            let printed = format!("{}{}", failed.stdout, failed.stderr);
            assert!(printed.contains(why) && printed.contains("nothing was changed"), "{printed}");
            let seen = fs::read_to_string(environment.work().join("seen")).unwrap_or_default();
            for key in seen.lines().chain([old.as_str()]) {
                assert!(!printed.contains(&key[13..24]) && !printed.contains(&key[30..]), "{script}: {printed}");
                let encoded = base64(&key.as_bytes()[..45]);
                assert!(!printed.contains(&encoded[20..40]), "{script}: {printed}");
            }
        }
        assert_eq!(environment.stored_key("ci"), old, "{script}");
        assert_eq!(living(&environment, &sandbox).len(), 1, "{script}: what was made is taken back");
        assert_eq!((environment.stored_accounts().len(), environment.unfinished().len()), (1, 0), "{script}");
    }
    let seen = fs::read_to_string(environment.work().join("seen")).expect("seen");
    assert!(seen.lines().count() >= 6, "the keys came by: {}", seen.lines().count());
    assert!(seen.lines().all(|key| !works(&sandbox, key)), "none of them lives");
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[test]
fn a_hand_over_that_hangs_is_given_up_with_all_that_it_started() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &[]);
    let target = "command:sh -c 'cat; sleep 300 & echo $! > pid; wait'";
    let started = Instant::now();
    let failed = environment.run(&["keys", "rotate", "ci", "--timeout", "1", "--to", target]).expect(4);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    let failed = failed.says("did not end within 1 s").says("the old one still works").says("--abort");
    let pid = fs::read_to_string(environment.work().join("pid")).expect("pid").trim().parse().expect("pid");
    assert!(!crate::support::is_alive(pid), "what it started has ended");
    // Nobody knows what it has done: the fresh key lives, and waits beside the old one.
    assert_eq!((environment.stored_key("ci"), living(&environment, &sandbox).len()), (old.clone(), 2));
    let beside: Vec<_> =
        environment.stored_accounts().values().map(|key| key.as_str().expect("key").to_owned()).collect();
    keeps(&failed, &[&beside[0], &beside[1]]);
    environment.run(&["keys", "rotate", "--abort"]).expect(0);
    assert_eq!((environment.stored_accounts().len(), living(&environment, &sandbox).len()), (1, 1));
    assert!(works(&sandbox, &old));
}

fn in_room(room: &Room, environment: &TestEnvironment, arguments: &[&str]) -> Finished {
    Finished::of(room.command(environment, &environment.work(), arguments).spawn().expect("started"))
}

#[test]
fn a_full_disk_changes_nothing_wherever_it_is() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    for (place, full) in [("state/journals", "journals"), ("config", "keys")] {
        let Some(room) = Room::over(&environment.path(place), 64) else { return };
        in_room(&room, &environment, &["keys", "create", "--name", full]).expect(0);
        let before = living(&environment, &sandbox).len();
        room.fill(0);
        let failed = in_room(&room, &environment, &["keys", "rotate", full]).expect(2);
        failed.says("cannot write").says("No space left on device").says("hint: the disk is full");
        assert_eq!(living(&environment, &sandbox).len(), before, "{place}: nothing lives on that nobody has");
        room.empty();
        in_room(&room, &environment, &["keys", "rotate", "--resume"]).expect(0);
        in_room(&room, &environment, &["keys", "rotate", full, "--grace", "0s"]).expect(0);
        assert_eq!(living(&environment, &sandbox).len(), before, "{place}");
        let listed = in_room(&room, &environment, &["keys", "show", full, "--json"]).expect(0).json();
        assert_eq!(listed["key"]["revoked_at"], json!(null), "{place}");
    }
}

#[test]
fn a_home_that_cannot_be_written_to_is_told_and_nothing_is_changed() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &[]);
    for (place, words) in [("config", "credentials"), ("state", "journals")] {
        let folder = environment.path(place);
        // Root may write anywhere but to what is mounted to be read only.
        let program = env!("CARGO_BIN_EXE_proveniq");
        let script = "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && shift && exec \"$@\"";
        let words_of = ["--mount", "--map-root-user", "--user", "sh", "-c", script, "sh"];
        let words_of = [&words_of[..], &[folder.to_str().expect("UTF-8"), program, "keys", "rotate", "ci"]].concat();
        let mut command: Command = environment.prepared("unshare", &environment.work(), &words_of);
        let finished = Finished::of(command.spawn().expect("unshare"));
        if finished.stderr.contains("unshare:") || finished.stderr.contains("mount:") {
            crate::support::left_out(&format!("nothing can be mounted here: {}", finished.stderr));
            return;
        }
        let finished = finished.expect(2).says("Read-only file system").says("hint: ");
        assert!(finished.stderr.contains(words), "{}", finished.stderr);
        assert_eq!(living(&environment, &sandbox).len(), 1, "{place}");
        assert_eq!(environment.stored_key("ci"), old);
        environment.run(&["keys", "rotate", "--resume"]).expect(0);
    }
    environment.run(&["keys", "rotate", "ci"]).expect(0);
}

#[test]
fn a_closed_standard_output_leaves_the_old_key_as_it_is() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let old = environment.create_key("ci", &[]);
    let mut command = environment.command_in(&environment.work(), &["keys", "rotate", "ci", "--to", "stdout"]);
    command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").expect("device"));
    Finished::of(command.spawn().expect("started"))
        .expect(2)
        .says("cannot write to standard output")
        .says("nothing was");
    let (reader, writer) = std::io::pipe().expect("pipe");
    drop(reader);
    let mut command = environment.command_in(&environment.work(), &["keys", "rotate", "ci", "--to", "stdout"]);
    let child = command.stdout(writer).spawn().expect("started");
    drop(command);
    Finished::of(child).expect(2).says("cannot write to standard output");
    assert_eq!((environment.stored_key("ci"), living(&environment, &sandbox).len()), (old, 1));
    assert_eq!(environment.unfinished(), [""; 0]);
}

#[test]
fn a_damaged_journal_is_told_and_nothing_is_guessed() {
    let environment = TestEnvironment::new();
    let _sandbox = Sandbox::start(&environment);
    environment.create_key("ci", &[]);
    let cut = ["keys", "rotate", "ci", "--timeout", "1", "--to", "command:sleep 60"];
    environment.run(&cut).expect(4);
    let journal = environment.path("state/journals").join(&environment.unfinished()[0]);
    let text = fs::read_to_string(&journal).expect("journal");
    assert!(!text.contains("pvq_test_"), "a journal holds no key: {text}");
    for damaged in ["", "{", "[]", &text[..text.len() / 2]] {
        fs::write(&journal, damaged).expect("written");
        for words in [&["keys", "rotate", "ci"][..], &["keys", "rotate", "--resume"], &["keys", "rotate", "--abort"]] {
            environment.run(words).expect(2).says("is damaged, or of another version").says("hint: look at the keys");
        }
    }
}
