//! Credential stores on the disk: the file, and the file that is encrypted with a passphrase.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Finished, Http, Sandbox, TestEnvironment, at_once};

const PASSPHRASE: (&str, &str) = ("PROVENIQ_STORE_PASSPHRASE", "correct horse");
const AGE: &str = "/usr/bin/age";

/// An environment whose keys are encrypted.
fn encrypted() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_CREDENTIAL_STORE", "age");
    environment.set(PASSPHRASE.0, PASSPHRASE.1);
    environment
}

/// Names of the keys that live at the sandbox.
fn living_keys(environment: &TestEnvironment, sandbox: &Sandbox<'_>) -> Vec<String> {
    let listed = Http::identity(environment, sandbox).get("/v1/keys").expect(200);
    let keys = listed["data"].as_array().expect("keys").iter().filter(|key| key["revoked_at"].is_null());
    keys.map(|key| key["name"].as_str().expect("name").to_owned()).collect()
}

/// Whether the `age` program is there; it is said where it is not.
fn has_age() -> bool {
    let there = Path::new(AGE).is_file();
    if !there {
        writeln!(std::io::stderr(), "left out: {AGE} is not installed").expect("said");
    }
    there
}

/// Who the key in use is, as `doctor` tells.
#[track_caller]
fn credential(finished: &Finished) -> String {
    let document = finished.json();
    let checks = document["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["name"] == "credential").expect("credential")["detail"].to_string()
}

#[test]
fn a_key_is_kept_encrypted_and_used() {
    let environment = encrypted();
    let sandbox = Sandbox::start(&environment);
    let created = environment.run(&["keys", "create", "--name", "laptop", "--json"]).expect(0).json();
    assert_eq!(created["store"], "age");
    let file = environment.path("config/credentials.age");
    let text = fs::read(&file).expect("file");
    assert!(text.starts_with(b"age-encryption.org/v1\n-> scrypt "), "{}", String::from_utf8_lossy(&text));
    assert!(!text.windows(9).any(|part| part == b"pvq_test_"));
    assert_eq!(fs::metadata(&file).expect("file").permissions().mode() & 0o777, 0o600);
    assert!(!environment.path("config/credentials.json").exists());

    let project = environment.plain_project();
    environment.run_in(&project, &["publish"]).expect(0);
    let listed = environment.run(&["keys", "list", "--json"]).expect(0).json();
    assert_eq!((&listed["keys"][0]["stored"], &listed["keys"][0]["in_use"]), (&"age".into(), &true.into()));
    assert!(listed["keys"][0]["last_used_at"].is_string(), "{listed}");
    environment.run(&["keys", "revoke", "laptop"]).expect(0);
    assert!(!file.exists(), "without keys there is no file");
    assert_eq!(living_keys(&environment, &sandbox), [""; 0]);
}

#[test]
fn what_age_encrypts_is_read_and_what_is_written_age_decrypts() {
    if !has_age() {
        return;
    }
    let environment = encrypted();
    let sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let file = environment.path("config/credentials.age");
    let path = file.to_str().expect("UTF-8");
    let plain = environment.path("plain.json");
    let plain_path = plain.to_str().expect("UTF-8");
    // The program asks for the passphrase on a terminal, and nowhere else.
    let typed = format!("{}\r", PASSPHRASE.1);
    let decrypt = ["--decrypt", "--output", plain_path, path];
    environment.on_terminal(AGE, &[("passphrase", &typed)], &decrypt).expect(0);
    let kept: Value = serde_json::from_slice(&fs::read(&plain).expect("decrypted")).expect("JSON");
    let account = format!("default@{}/laptop", sandbox.url);
    let secret = kept[&account].as_str().expect("secret").to_owned();
    Http::new(&sandbox.url, Some(&secret)).get("/v1/keys/current").expect(200);

    for form in [&["--passphrase"][..], &["--passphrase", "--armor"]] {
        fs::remove_file(&file).expect("removed");
        let steps = [("passphrase", typed.as_str()), ("onfirm", typed.as_str())];
        environment.on_terminal(AGE, &steps, &[form, &["--output", path, plain_path]].concat()).expect(0);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("mode");
        let used = credential(&environment.run(&["doctor", "--json"]).expect(0));
        assert!(used.contains("from the store: age"), "{used}");
    }
}

#[test]
fn the_passphrase_is_asked_for_once_and_twice_for_a_new_store() {
    let mut environment = encrypted();
    environment.unset(PASSPHRASE.0);
    let _sandbox = Sandbox::start(&environment);
    let create = ["keys", "create", "--name", "one"];
    let differing = [("new credential store", "first\r"), ("Again", "second\r"), ("not the same", "third\r")];
    let asked = [&differing[..], &[("Again", "third\r")]].concat();
    let created = environment.run_on_terminal(&asked, &create).expect(0);
    assert!(!created.stdout.contains("third"), "what is typed is not shown: {}", created.stdout);
    // A second question would wait for an answer in vain.
    environment.run_on_terminal(&[("Passphrase of", "third\r")], &["keys", "create", "--name", "two"]).expect(0);
    let wrong = environment.run_on_terminal(&[("Passphrase of", "first\r")], &["keys", "create", "--name", "three"]);
    assert!(wrong.expect(3).stdout.contains("the passphrase does not open"));
    environment.run_on_terminal(&[("Passphrase of", "\u{3}")], &["keys", "create", "--name", "four"]).expect(130);
}

#[test]
fn without_the_right_passphrase_nothing_is_created_and_nothing_is_lost() {
    let environment = encrypted();
    let sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let file = environment.path("config/credentials.age");
    let kept = fs::read(&file).expect("file");
    let project = environment.plain_project();
    for words in [&["keys", "create", "--name", "other"][..], &["publish"]] {
        let mut command = environment.command_in(&project, words);
        let refused = Finished::of(command.env_remove(PASSPHRASE.0).spawn().expect("started")).expect(3);
        refused.says("there is no terminal to ask on").says("hint: set PROVENIQ_STORE_PASSPHRASE");
        let mut command = environment.command_in(&project, words);
        let refused = Finished::of(command.env(PASSPHRASE.0, "battery staple").spawn().expect("started")).expect(3);
        assert!(!refused.stderr.contains("battery staple"), "{}", refused.stderr);
        refused.says("the passphrase does not open").says("hint: give the one that it was made with");
    }
    assert_eq!(living_keys(&environment, &sandbox), ["laptop"]);
    assert_eq!(fs::read(&file).expect("file"), kept);
    // What needs no secret needs no passphrase.
    environment.run_with_variable((PASSPHRASE.0, ""), &["keys", "list"]).expect(0);
}

#[test]
fn an_encrypted_file_that_is_damaged_wide_or_too_much_work_is_refused() {
    let environment = encrypted();
    let sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let file = environment.path("config/credentials.age");
    let kept = fs::read(&file).expect("file");
    let text = String::from_utf8_lossy(&kept).into_owned();
    let header = text.find("\n---").expect("header");
    let work = text[..header].lines().nth(1).expect("stanza").rsplit(' ').next().expect("work").to_owned();
    let mut cut = kept.clone();
    cut.truncate(kept.len() - 1);
    let mut changed = kept.clone();
    *changed.last_mut().expect("byte") ^= 1;
    let at = kept.windows(work.len() + 2).position(|part| part == format!(" {work}\n").as_bytes()).expect("work");
    let harder = [&kept[..at], b" 30\n", &kept[at + work.len() + 2..]].concat();
    let keyed = b"age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n\
        EmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n0123456789abcdef0123456789abcdef0123456789abcdef";
    for (bytes, words) in [
        (cut, "credentials.age is damaged"),
        (changed, "credentials.age is damaged"),
        (b"nothing of the kind".to_vec(), "credentials.age is damaged"),
        (Vec::new(), "credentials.age is damaged"),
        (harder, "asks for too much work: 2^30, where 2^20 is the most"),
        (keyed.to_vec(), "is not encrypted with a passphrase"),
    ] {
        fs::write(&file, &bytes).expect("written");
        let started = Instant::now();
        environment.run(&["keys", "create", "--name", "other"]).expect(3).says(words).says("hint: ");
        assert!(started.elapsed() < Duration::from_secs(15), "{words}: {:?}", started.elapsed());
        assert_eq!(fs::read(&file).expect("file"), bytes, "it is left as it is");
    }
    fs::write(&file, kept).expect("written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("mode");
    environment.run(&["keys", "create", "--name", "other"]).expect(3).says("can be read by others (mode 640)");
    assert_eq!(living_keys(&environment, &sandbox), ["laptop"]);
}

#[test]
fn keys_that_are_created_at_the_same_moment_are_all_kept() {
    for store in ["file", "age"] {
        let environment = encrypted();
        let _sandbox = Sandbox::start(&environment);
        let count = if store == "age" { 3 } else { 8 };
        at_once(count, |number| {
            let name = format!("key-{number}");
            environment.run(&["keys", "create", "--name", &name, "--store", store]).expect(0).code
        });
        for number in 0..count {
            environment.run(&["keys", "use", &format!("key-{number}")]).expect(0);
            let used = credential(&environment.run(&["doctor", "--json"]).expect(0));
            assert!(used.contains(&format!("key-{number}")), "{used}");
        }
    }
}

#[test]
fn the_probe_of_doctor_leaves_nothing_in_a_file() {
    for store in ["file", "age"] {
        let mut environment = encrypted();
        environment.set("PROVENIQ_CREDENTIAL_STORE", store);
        environment.run(&["doctor"]).expect(0);
        let left = environment.listing(&environment.path("config"));
        assert!(left.iter().all(|name| name.contains("lock")), "{left:?}");
    }
}

#[test]
fn a_lock_that_is_never_given_back_is_told() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    fs::create_dir_all(environment.path("config")).expect("folder");
    let lock = File::create(environment.path("config/credentials.lock")).expect("lock");
    lock.lock().expect("locked");
    let told = thread::scope(|scope| {
        let told = scope.spawn(|| environment.run(&["doctor"]).expect(1).stdout);
        let refused = environment.run(&["keys", "create", "--name", "laptop"]).expect(5);
        refused.says("another process has held").says("credentials.lock for 15 s").says("hint: ");
        told.join().expect("told")
    });
    assert!(told.contains("the credential store (file) did not answer within 10 s"), "{told}");
    assert_eq!(living_keys(&environment, &sandbox), [""; 0]);
}

/// Runs the binary, with a file as its input, where the folder of configuration is mounted read-only.
/// `None` where nothing can be mounted: it is said why.
fn read_only(environment: &TestEnvironment, arguments: &[&str], input: &Path) -> Option<Finished> {
    let config = environment.path("config");
    let script = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" || exit 99; exec \"$@\"";
    let own_user: &[&str] = if rustix::process::getuid().is_root() { &[] } else { &["--user", "--map-root-user"] };
    let words = [own_user, &["--mount", "sh", "-c", script, config.to_str().expect("UTF-8")]].concat();
    let words = [&words[..], &[env!("CARGO_BIN_EXE_proveniq")], arguments].concat();
    let mut command = environment.prepared("unshare", &environment.work(), &words);
    let finished = Finished::of(command.stdin(File::open(input).expect("input")).spawn().expect("started"));
    if finished.code == 99 || finished.stderr.starts_with("unshare") {
        writeln!(std::io::stderr(), "left out: nothing can be mounted here: {}", finished.stderr).expect("said");
        return None;
    }
    Some(finished)
}

#[test]
fn a_read_only_home_is_told_and_no_key_is_without_an_owner() {
    for store in ["file", "age"] {
        let mut environment = encrypted();
        environment.set("PROVENIQ_CREDENTIAL_STORE", store);
        let sandbox = Sandbox::start(&environment);
        environment.run(&["keys", "create", "--name", "kept"]).expect(0);
        environment.run(&["keys", "create", "--name", "second"]).expect(0);
        for words in [&["keys", "create", "--name", "other"][..], &["keys", "use", "kept"]] {
            let Some(refused) = read_only(&environment, words, Path::new("/dev/null")) else { return };
            refused.expect(2).says("Read-only file system").says("hint: it cannot be written here");
        }
        assert_eq!(living_keys(&environment, &sandbox), ["second", "kept"]);
        // What is stored can still be used.
        let told = read_only(&environment, &["doctor", "--json"], Path::new("/dev/null")).expect("mounted");
        let used = credential(&told.expect(1));
        assert!(used.contains("second"), "{used}");
    }
}

#[test]
fn a_key_that_cannot_be_imported_into_a_read_only_home_is_told() {
    let environment = TestEnvironment::new();
    let sandbox = Sandbox::start(&environment);
    let made = Http::identity(&environment, &sandbox).post("/v1/keys", &serde_json::json!({"name": "ci"})).expect(201);
    let secret = made["secret"].as_str().expect("secret");
    fs::create_dir_all(environment.path("config")).expect("folder");
    let file = environment.path("key.txt");
    fs::write(&file, secret).expect("written");
    let Some(refused) = read_only(&environment, &["keys", "import", "--name", "ci"], &file) else { return };
    let refused = refused.expect(2).says("Read-only file system").says("hint: it cannot be written here");
    assert!(!refused.stderr.contains(&secret[13..]), "{}", refused.stderr);
    assert_eq!(living_keys(&environment, &sandbox), ["ci"]);
}

#[test]
fn a_home_of_another_user_is_told() {
    if !rustix::process::getuid().is_root() {
        // An ordinary user cannot become another one.
        return;
    }
    let mut environment = TestEnvironment::new();
    environment.set("PROVENIQ_MARKETPLACE_URL", "http://127.0.0.1:1");
    fs::create_dir_all(environment.path("config")).expect("folder");
    fs::set_permissions(environment.path(""), fs::Permissions::from_mode(0o755)).expect("mode");
    let words = ["--reuid", "65534", "--regid", "65534", "--clear-groups", env!("CARGO_BIN_EXE_proveniq"), "doctor"];
    // The binary may lie where another user cannot reach it.
    let reachable = Command::new("setpriv").args(&words[..6]).arg("--version").output();
    if !reachable.is_ok_and(|output| output.status.success()) {
        writeln!(std::io::stderr(), "left out: another user cannot run the binary").expect("said");
        return;
    }
    let told = Finished::of(environment.prepared("setpriv", &environment.work(), &words).spawn().expect("started"));
    assert!(told.stdout.contains("Permission denied"), "{}", told.stdout);
    assert!(told.stdout.contains("it cannot be written here"), "{}", told.stdout);
}
