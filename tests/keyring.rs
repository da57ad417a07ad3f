//! The operating system's keyring: a real Secret Service, none at all, one that never answers, and ones that lie.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::net::UnixListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, path::Path};

use crate::support::{Finished, Http, Sandbox, TestEnvironment, at_once, sign_in};

/// The system's Python, which has the system's packages.
const PYTHON: &str = "/usr/bin/python3";

/// A session bus with a keyring on it; both end when it is dropped.
struct Session(Child);

impl Session {
    /// Starts a session whose keyring has a fault; `None` where what it needs is missing: it is said what.
    fn with_fault(environment: &mut TestEnvironment, fault: &str) -> Option<Self> {
        let needed = Command::new(PYTHON).args(["-c", "import dbus, dbus.mainloop.glib, gi"]).output();
        if !needed.is_ok_and(|output| output.status.success()) {
            writeln!(std::io::stderr(), "left out: python3-dbus or python3-gi is not installed").expect("said");
            return None;
        }
        own_home(environment);
        let service = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/secret_service.py");
        let script = format!("echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec {PYTHON} {} {fault}", service.display());
        let mut command = environment.prepared("dbus-run-session", &environment.work(), &["--", "sh", "-c", &script]);
        let mut holder = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
        let mut lines = BufReader::new(holder.stdout.take().expect("pipe")).lines();
        environment.set("DBUS_SESSION_BUS_ADDRESS", lines.next().expect("address").expect("text"));
        assert_eq!(lines.next().expect("a line").expect("text"), "ready");
        Some(Session(holder))
    }

    /// Starts a session; commands of `environment` use it from then on. Unlocks the keyring where asked.
    /// `None` where the programs for it are missing: it is said which.
    fn start(environment: &mut TestEnvironment, unlocked: bool) -> Option<Self> {
        for program in ["dbus-run-session", "gnome-keyring-daemon", "secret-tool"] {
            let paths = std::env::var_os("PATH").unwrap_or_default();
            if !std::env::split_paths(&paths).any(|folder| folder.join(program).is_file()) {
                writeln!(std::io::stderr(), "left out: {program} is not installed").expect("said");
                return None;
            }
        }
        own_home(environment);
        let daemon = if unlocked {
            "printf secret | gnome-keyring-daemon --foreground --components=secrets --unlock"
        } else {
            "gnome-keyring-daemon --foreground --components=secrets"
        };
        let script = format!(
            "{daemon} >/dev/null 2>&1 &
             until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
                 org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>&1 | grep -q 'boolean true'
             do sleep 0.02; done
             echo \"$DBUS_SESSION_BUS_ADDRESS\"
             exec cat"
        );
        let mut command = environment.prepared("dbus-run-session", &environment.work(), &["--", "sh", "-c", &script]);
        let mut holder = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
        let mut address = String::new();
        BufReader::new(holder.stdout.take().expect("pipe")).read_line(&mut address).expect("address");
        environment.set("DBUS_SESSION_BUS_ADDRESS", address.trim());
        Some(Session(holder))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A closed standard input is the sign to end; the keyring ends with its bus.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// A home of the test's own, and no store that is named.
fn own_home(environment: &mut TestEnvironment) {
    let (home, runtime) = (environment.path("home"), environment.path("runtime"));
    fs::create_dir(&home).expect("folder");
    fs::DirBuilder::new().mode(0o700).create(&runtime).expect("folder");
    environment.set("HOME", home);
    environment.set("XDG_RUNTIME_DIR", runtime);
    environment.set("DBUS_SESSION_BUS_ADDRESS", "");
    environment.unset("PROVENIQ_CREDENTIAL_STORE");
}

/// What `secret-tool` finds of this program, attributes and secrets.
fn in_keyring(environment: &TestEnvironment) -> String {
    let arguments = ["search", "--all", "--unlock", "service", "proveniq"];
    let found = environment.prepared("secret-tool", &environment.work(), &arguments).spawn().expect("started");
    let found = Finished::of(found);
    found.stdout + &found.stderr
}

/// Names of the keys that live at the sandbox.
fn living_keys(environment: &TestEnvironment, sandbox: &Sandbox<'_>) -> Vec<String> {
    let token = fs::read_to_string(environment.path("state/sandbox/token")).expect("token");
    let listed = Http::new(&sandbox.url, Some(&token)).get("/v1/keys").expect(200);
    let keys = listed["data"].as_array().expect("keys").iter().filter(|key| key["revoked_at"].is_null());
    keys.map(|key| key["name"].as_str().expect("name").to_owned()).collect()
}

/// The configuration folder holds no key, in whatever file.
fn no_key_in_files(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = fs::read_to_string(entry.path()).expect("read");
        let holds = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word.len() == 47);
        assert!(!holds, "{} holds a key", entry.path().display());
    }
    assert!(!folder.join("credentials.json").exists());
}

#[test]
fn a_key_lives_in_the_keyring_and_nowhere_else() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::start(&mut environment, true) else { return };
    let sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    let created = environment.run(&["keys", "create", "--name", "laptop", "--json"]).expect(0).json();
    assert_eq!(created["store"], "keyring");

    // Another program reads the very key back.
    let found = in_keyring(&environment);
    let secret = found.lines().find_map(|line| line.strip_prefix("secret = ")).expect("secret").to_owned();
    let current = Http::new(&sandbox.url, Some(&secret)).get("/v1/keys/current").expect(200);
    assert_eq!(current["id"], created["key"]["id"]);
    assert!(found.contains(&format!("default@{}/laptop", sandbox.url)), "{found}");
    no_key_in_files(&environment.path("config"));

    let listed = environment.run(&["keys", "list", "--json"]).expect(0).json();
    assert_eq!((&listed["keys"][0]["name"], &listed["keys"][0]["stored"]), (&"laptop".into(), &"keyring".into()));
    let told = environment.run(&["doctor"]).expect(0);
    assert!(told.stdout.contains("\"laptop\" from the store: keyring"), "{}", told.stdout);
    environment.run_in(&project, &["publish"]).expect(0);
    assert!(Http::new(&sandbox.url, Some(&secret)).get("/v1/keys/current").expect(200)["last_used_at"].is_string());

    environment.run(&["keys", "revoke", "laptop"]).expect(0);
    let left = in_keyring(&environment);
    assert!(!left.contains("laptop") && !left.contains(&secret), "{left}");
    Http::new(&sandbox.url, Some(&secret)).get("/v1/keys/current").problem(401, "key_revoked");
}

#[test]
fn a_signing_key_lives_in_the_keyring_and_nowhere_else() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::start(&mut environment, true) else { return };
    let _sandbox = Sandbox::start(&environment);
    let project = environment.plain_project();
    let run = |arguments: &[&str]| environment.run_in(&project, arguments);
    let created = run(&["keys", "create", "--signing", "--name", "laptop", "--json"]).expect(0).json();
    assert_eq!(created["store"], "keyring");
    let found = in_keyring(&environment);
    let secret = found.lines().find_map(|line| line.strip_prefix("secret = pvq_signing_")).expect("secret").to_owned();
    assert_eq!(secret.len(), 64);
    let in_no_file = || {
        for entry in fs::read_dir(environment.path("config")).expect("folder").flatten() {
            assert!(!fs::read_to_string(entry.path()).expect("read").contains(&secret), "{}", entry.path().display());
        }
        assert!(!environment.path("config/credentials.json").exists());
    };
    in_no_file();
    // The key that signs is the one in the keyring, and another program's change of it is noticed.
    let report = run(&["certify", "--static", "--attest", "../a.json", "--json"]).expect(6).json();
    assert_eq!(report["attestation"]["signed_by"], created["key"]["id"]);
    let listed = run(&["keys", "list", "--local", "--json"]).expect(0).json();
    assert_eq!(
        (&listed["signing_keys"][0]["id"], &listed["signing_keys"][0]["stored"]),
        (&created["key"]["id"], &"keyring".into())
    );
    in_no_file();
    let revoked = run(&["keys", "revoke", "--signing", "laptop", "--json"]).expect(0).json();
    assert_eq!(revoked["forgotten"], true);
    let left = in_keyring(&environment);
    assert!(!left.contains(&secret) && !left.contains("signing acme/laptop"), "{left}");
    run(&["certify", "--static", "--attest", "../a.json"]).expect(2).says("no key to sign");
}

#[test]
fn a_keyring_that_lies_keeps_no_signing_key_and_none_is_registered() {
    for (fault, words) in [("forgets", "gives back nothing"), ("changes", "gives back another")] {
        let mut environment = TestEnvironment::new();
        let Some(_session) = Session::with_fault(&mut environment, fault) else { return };
        let sandbox = Sandbox::start(&environment);
        let arguments = ["keys", "create", "--signing", "--publisher", "acme", "--name", "laptop"];
        environment.run(&arguments).expect(3).says(words);
        let known = Http::new(&sandbox.url, None).get("/v1/publishers/acme/signing-keys").expect(200);
        assert_eq!(known["data"], serde_json::json!([]), "{fault}");
        let listed = environment.run(&["keys", "list", "--local", "--json"]).expect(0).json();
        assert_eq!(listed["signing_keys"], serde_json::json!([]), "{fault}");
    }
}

#[test]
fn without_a_keyring_nothing_is_created_and_nothing_weaker_is_used() {
    let mut environment = TestEnvironment::new();
    own_home(&mut environment);
    let sandbox = Sandbox::start(&environment);
    let finished = environment.run(&["keys", "create", "--name", "laptop"]).expect(3);
    finished.says("there is no keyring that can be used").says("--store file").says("PROVENIQ_API_KEY");
    assert_eq!(living_keys(&environment, &sandbox), [""; 0]);
    assert_eq!(environment.listing(&environment.path("config")), [""; 0]);
    let told = environment.run(&["doctor"]).expect(1);
    assert!(told.stdout.contains("there is no keyring that can be used"), "{}", told.stdout);
    environment.run(&["keys", "create", "--name", "laptop", "--store", "file"]).expect(0);
    assert_eq!(living_keys(&environment, &sandbox), ["laptop"]);
}

#[test]
fn a_keyring_that_never_answers_is_given_up() {
    let mut environment = TestEnvironment::new();
    own_home(&mut environment);
    // Connections wait here, and nobody takes them.
    let socket = environment.path("bus");
    let _silent = UnixListener::bind(&socket).expect("socket");
    environment.set("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", socket.display()));
    let sandbox = Sandbox::start(&environment);
    let started = Instant::now();
    let finished = environment.run(&["keys", "create", "--name", "laptop"]).expect(3);
    finished.says("the keyring did not answer within 2 s").says("--store file");
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    assert_eq!(living_keys(&environment, &sandbox), [""; 0]);
    let told = environment.run(&["doctor"]).expect(1);
    assert!(told.stdout.contains("the keyring did not answer within 2 s"), "{}", told.stdout);
}

#[test]
fn a_locked_keyring_is_given_up() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::start(&mut environment, false) else { return };
    let sandbox = Sandbox::start(&environment);
    let started = Instant::now();
    environment.run(&["keys", "create", "--name", "laptop"]).expect(3).says("--store file");
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    assert_eq!(living_keys(&environment, &sandbox), [""; 0]);
    no_key_in_files(&environment.path("config"));
}

#[test]
fn a_keyring_that_can_be_trusted_passes_where_the_lying_ones_fail() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::with_fault(&mut environment, "none") else { return };
    let _sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    environment.run(&["doctor"]).expect(0);
}

#[test]
fn a_keyring_that_lies_gets_no_key_and_the_key_does_not_live_on() {
    for (fault, words) in [("forgets", "gives back nothing"), ("changes", "gives back another")] {
        let mut environment = TestEnvironment::new();
        let Some(_session) = Session::with_fault(&mut environment, fault) else { return };
        let sandbox = Sandbox::start(&environment);
        let refused = environment.run(&["keys", "create", "--name", "laptop"]).expect(3);
        refused.says(&format!("(keyring) says that it keeps the secret, and {words}")).says("hint: take another store");
        assert_eq!(living_keys(&environment, &sandbox), [""; 0], "{fault}");
        assert_eq!(environment.run(&["keys", "list", "--json"]).expect(0).json()["keys"][0]["stored"], "elsewhere");
        no_key_in_files(&environment.path("config"));
        let told = environment.run(&["doctor"]).expect(1);
        assert!(told.stdout.contains(words), "{}", told.stdout);
    }
}

#[test]
fn a_keyring_that_hangs_while_it_stores_is_given_up_and_the_key_does_not_live_on() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::with_fault(&mut environment, "hangs") else { return };
    let sandbox = Sandbox::start(&environment);
    let started = Instant::now();
    let refused = environment.run(&["keys", "create", "--name", "laptop"]).expect(3);
    refused.says("the keyring did not answer within 2 s").says("--store age");
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    assert_eq!(living_keys(&environment, &sandbox), [""; 0]);
    let told = environment.run(&["doctor"]).expect(1);
    assert!(told.stdout.contains("the keyring did not answer within 2 s"), "{}", told.stdout);
}

#[test]
fn doctor_notices_a_keyring_that_does_not_delete() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::with_fault(&mut environment, "keeps") else { return };
    let told = environment.run(&["doctor"]).expect(1);
    let said = told.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("says that it deleted an entry, and still has it"), "{}", told.stdout);
}

#[test]
fn the_probe_of_doctor_leaves_nothing_in_the_keyring() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::start(&mut environment, true) else { return };
    environment.run(&["doctor"]).expect(0);
    assert!(!in_keyring(&environment).contains("probe"), "{}", in_keyring(&environment));
}

#[test]
fn a_key_rotates_in_the_keyring() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::start(&mut environment, true) else { return };
    let sandbox = Sandbox::start(&environment);
    environment.run(&["keys", "create", "--name", "laptop"]).expect(0);
    let secrets = || {
        let found = in_keyring(&environment);
        found.lines().filter_map(|line| line.strip_prefix("secret = ").map(str::to_owned)).collect::<Vec<_>>()
    };
    let old = secrets();
    // One that hangs is stored beside the old one, and goes on from there.
    let hanging = ["keys", "rotate", "laptop", "--timeout", "1", "--to", "command:sh -c 'test -e go || sleep 60'"];
    environment.run(&hanging).expect(4).says("--resume");
    assert_eq!(secrets().len(), 2);
    fs::write(environment.work().join("go"), "").expect("written");
    let rotated = environment.run(&["keys", "rotate", "--resume", "--json"]).expect(0).json();
    assert_eq!(rotated["stored"], "keyring");
    let new = secrets();
    assert_eq!(new.len(), 1, "nothing is left beside it");
    assert_ne!(new, old);
    for secret in [&old[0], &new[0]] {
        Http::new(&sandbox.url, Some(secret)).get("/v1/keys/current").expect(200);
    }
    no_key_in_files(&environment.path("config"));
    no_key_in_files(&environment.path("state/journals"));
}

#[test]
fn a_sign_in_is_kept_in_the_keyring_alone_and_renewed_there() {
    let mut environment = TestEnvironment::new();
    let Some(_session) = Session::start(&mut environment, true) else { return };
    let sandbox = Sandbox::start(&environment);
    let signed_in = sign_in(&environment, &sandbox, &["--json"]).json();
    assert_eq!(signed_in["store"], "keyring");
    let first = in_keyring(&environment);
    assert!(first.contains("pvq_access_") && first.contains("pvq_refresh_"), "{first}");
    environment.change_database("UPDATE oauth_tokens SET expires_at = 1 WHERE kind = 'access'");
    assert_eq!(at_once(4, |_| environment.run(&["whoami"]).code), [0; 4]);
    assert_eq!(environment.audited("token.refresh"), 1);
    assert_ne!(in_keyring(&environment), first);
    for entry in fs::read_dir(environment.path("config")).expect("folder").flatten() {
        let text = fs::read_to_string(entry.path()).expect("read");
        assert!(!text.contains("pvq_"), "{} holds a token", entry.path().display());
    }
    environment.run(&["logout"]).expect(0);
    assert!(!in_keyring(&environment).contains("pvq_"));
    assert_eq!(environment.living_grants(), 0);
}
