//! A person who signs in to the command line, and what is stored of that.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::process::Signal;

use super::{Fake, Finished, Http, Person, Reply, Request, Running, Sandbox, TestEnvironment, Then, wait_until};

/// Time that a sign-in has to end once the person has decided.
const PATIENCE: Duration = Duration::from_secs(20);
static COUNT: AtomicU32 = AtomicU32::new(0);

/// `login`, at the moment when it has opened the browser.
pub struct SigningIn {
    running: Running,
    /// What the browser was opened with.
    pub url: String,
}

impl SigningIn {
    /// Starts `login`; the browser hands its address over and goes away.
    pub fn begin(environment: &TestEnvironment, arguments: &[&str]) -> Self {
        let command = environment.command_in(&environment.work(), &[&["login"], arguments].concat());
        Self::with_browser(environment, command, "browser", "")
    }

    /// The same with a command of the test's choice, and a browser of a certain name that does more.
    pub fn with_browser(environment: &TestEnvironment, mut command: Command, name: &str, more: &str) -> Self {
        let (script, opened) = browser(environment, name, more);
        command.env("BROWSER", format!("{} {}", script.display(), opened.display()));
        let running = Running::start(command);
        wait_until("the browser is opened", || opened.exists());
        SigningIn { running, url: fs::read_to_string(opened).expect("address") }
    }

    /// Path and query of the page that was opened.
    pub fn path(&self) -> String {
        let url = url::Url::parse(&self.url).expect("URL");
        url[url::Position::BeforePath..].to_owned()
    }

    /// The person agrees; returns where the browser is sent.
    #[track_caller]
    pub fn allowed_by(&self, person: &mut Person) -> String {
        person.allows(&self.path())
    }

    pub fn pid(&self) -> u32 {
        self.running.pid()
    }

    pub fn signal(&self, signal: Signal) {
        self.running.signal(signal);
    }

    /// Waits until it has ended.
    #[track_caller]
    pub fn ends(self) -> Finished {
        self.running.finish_within(PATIENCE)
    }
}

/// A program that writes what it is opened with to the file that it is told.
fn browser(environment: &TestEnvironment, name: &str, more: &str) -> (PathBuf, PathBuf) {
    let number = COUNT.fetch_add(1, Ordering::SeqCst);
    let folder = environment.path(&format!("browser-{number}"));
    fs::create_dir(&folder).expect("folder");
    let (script, opened) = (folder.join(name), folder.join("opened"));
    let text = format!("#!/bin/sh\nprintf %s \"$2\" >\"$1.part\" && mv \"$1.part\" \"$1\"\n{more}\n");
    fs::write(&script, text).expect("written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("mode");
    (script, opened)
}

/// Sends a browser where a redirect points.
pub fn follow(location: &str) -> Reply {
    let url = url::Url::parse(location).expect("URL");
    Http::new(&url.origin().ascii_serialization(), None).get(&url[url::Position::BeforePath..])
}

/// Signs the built-in identity of a sandbox in, through the browser.
#[track_caller]
pub fn sign_in(environment: &TestEnvironment, sandbox: &Sandbox<'_>, arguments: &[&str]) -> Finished {
    let mut person = Person::signed_in(environment, sandbox);
    let login = SigningIn::begin(environment, arguments);
    let location = login.allowed_by(&mut person);
    assert_eq!(follow(&location).status, 200);
    login.ends().expect(0)
}

/// A device authorization under way.
pub struct Device {
    pub running: Running,
    pub user_code: String,
    shown: PathBuf,
}

impl Device {
    /// Starts a command of `login` without a browser; the code is read off what it shows.
    pub fn begin(environment: &TestEnvironment, mut command: Command) -> Self {
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let shown = environment.path(&format!("shown-{number}"));
        command.env_remove("BROWSER").stderr(fs::File::create(&shown).expect("file"));
        let running = Running::start(command);
        let code = || {
            let text = fs::read_to_string(&shown).expect("text");
            text.lines().find_map(|line| Some(line.trim().strip_prefix("Code ")?.to_owned()))
        };
        wait_until("a code is shown", || code().is_some());
        let user_code = code().expect("code");
        Device { running, user_code, shown }
    }

    /// Waits until it shows a text.
    #[track_caller]
    pub fn shows(&self, text: &str) {
        wait_until(text, || fs::read_to_string(&self.shown).expect("text").contains(text));
    }

    /// The person types the code and decides.
    #[track_caller]
    pub fn decided(&self, person: &mut Person, decision: &str) {
        let page = person.open(&format!("/oauth/device?user_code={}", self.user_code));
        assert_eq!(person.submit(&page, &[("decision", decision)]).status, 200);
    }

    /// Waits until it has ended.
    #[track_caller]
    pub fn ends(self) -> Finished {
        let ended = self.running.finish_within(PATIENCE);
        Finished { stderr: fs::read_to_string(self.shown).expect("text"), ..ended }
    }
}

/// Signs the built-in identity in with a code, at a marketplace that stands in front of the sandbox.
#[track_caller]
pub fn sign_in_by_code(environment: &TestEnvironment, sandbox: &Sandbox<'_>, marketplace: &str) -> Finished {
    let mut person = Person::signed_in(environment, sandbox);
    let arguments = ["login", "--device", "--marketplace", marketplace];
    let device = Device::begin(environment, environment.command_in(&environment.work(), &arguments));
    device.decided(&mut person, "allow");
    device.ends().expect(0)
}

/// A marketplace that goes by an address of its own in front of a sandbox; `fault` says which requests go wrong.
pub fn in_front_of(
    sandbox: &Sandbox<'_>,
    fault: impl Fn(&Request, SocketAddr) -> Option<Then> + Send + Sync + 'static,
) -> Fake {
    let (url, address) = (sandbox.url.clone(), sandbox.url.trim_start_matches("http://").parse().expect("address"));
    Fake::start(move |request| {
        let host = request.head.lines().find_map(|line| line.strip_prefix("host: ")).expect("host");
        let own = format!("http://{host}");
        fault(request, address).unwrap_or_else(|| Then::ForwardReplacing(address, url.clone(), own))
    })
}

/// The same, where no answer with tokens ever arrives.
pub fn losing_tokens(sandbox: &Sandbox<'_>) -> Fake {
    let own = sandbox.url.clone();
    in_front_of(sandbox, move |request, address| {
        let lost = "\"access_token\"";
        (request.path == "/oauth/token").then(|| Then::ForwardLosing(address, own.clone(), own.clone(), lost))
    })
}

/// Tells whether a request asks for tokens by a grant.
pub fn asks_by(request: &Request, grant: &str) -> bool {
    request.path == "/oauth/token" && String::from_utf8_lossy(&request.body).contains(&format!("grant_type={grant}"))
}

impl TestEnvironment {
    /// The file store as it is; empty where nothing is stored.
    pub fn file_store(&self) -> String {
        fs::read_to_string(self.path("config/credentials.json")).unwrap_or_default()
    }

    /// The token of a kind, such as `access`, in the file store.
    pub fn stored_token(&self, kind: &str) -> Option<String> {
        let text = self.file_store();
        let from = text.find(&format!("pvq_{kind}_"))?;
        Some(text[from..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().expect("token").to_owned())
    }

    /// Makes the stored sign-in as old as if it had been obtained at a time.
    pub fn date_login(&self, obtained_at: &str) {
        let text = self.file_store();
        let (before, rest) = text.split_once(r#"obtained_at\":\""#).expect("a sign-in");
        let (_, after) = rest.split_once('\\').expect("an end");
        let text = format!(r#"{before}obtained_at\":\"{obtained_at}\{after}"#);
        fs::write(self.path("config/credentials.json"), text).expect("written");
    }

    /// How many entries of an action the sandbox's audit log has.
    pub fn audited(&self, action: &str) -> i64 {
        let like = format!("%\"action\":\"{action}\"%");
        self.number_in_database(&format!("SELECT count(*) FROM audit_entries WHERE content LIKE '{like}'"))
    }

    /// How many grants of the command line live at the sandbox.
    pub fn living_grants(&self) -> i64 {
        self.number_in_database("SELECT count(*) FROM oauth_grants WHERE client = 'proveniq-cli' AND ended_at IS NULL")
    }
}
