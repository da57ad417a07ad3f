//! `listen` on a terminal: the view in a real one (tmux), driven by keys.

use std::process::Command;

use crate::support::{Http, PlainHandler, TestEnvironment, wait_until};

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A terminal with a shell in it; ended when it is dropped.
struct Tmux {
    environment: TestEnvironment,
    socket: String,
}

impl Tmux {
    fn start() -> Self {
        let mut environment = TestEnvironment::new();
        environment.set("PROVENIQ_WEBHOOK_SECRET", SECRET);
        environment.set("EDITOR", "sed -i s/before/after/");
        let socket = environment.path("tmux").to_str().expect("UTF-8").to_owned();
        let tmux = Tmux { environment, socket };
        tmux.run(&["new-session", "-d", "-x", "80", "-y", "24", "env PS1='shell> ' bash --norc --noprofile -i"]);
        tmux.shows("shell>");
        tmux
    }

    fn run(&self, arguments: &[&str]) -> String {
        let arguments = [&["-S", &self.socket, "-f", "/dev/null"], arguments].concat();
        let mut command: Command = self.environment.prepared("tmux", &self.environment.work(), &arguments);
        String::from_utf8(command.output().expect("tmux: `scripts/test tools` installs it").stdout).expect("UTF-8")
    }

    fn press(&self, keys: &[&str]) {
        self.run(&[&["send-keys"], keys].concat());
    }

    fn screen(&self) -> String {
        self.run(&["capture-pane", "-p"])
    }

    fn shows(&self, text: &str) {
        wait_until(&format!("the terminal shows {text:?}"), || self.screen().contains(text));
    }

    /// Starts `listen --local`; returns its endpoint.
    fn listen(&self, arguments: &str) -> String {
        let program = env!("CARGO_BIN_EXE_proveniq");
        self.press(&[&format!("clear; {program} listen --local {arguments}; echo ended with $?"), "Enter"]);
        self.shows("listening: http://");
        let screen = self.screen();
        let from = screen.split("listening: ").nth(1).expect("address");
        from.split([',', '\n']).next().expect("address").trim().to_owned()
    }

    /// The terminal is as a shell needs it: it takes lines, echoes them, and shows its cursor.
    fn is_given_back(&self) {
        self.press(&["clear; stty -a | tr ' ;' '\\n\\n' | grep -x -e icanon -e echo | sort | tr '\\n' '+'", "Enter"]);
        self.shows("echo+icanon+");
        assert_eq!(self.run(&["display-message", "-p", "#{alternate_on}#{cursor_flag}"]).trim(), "01");
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

fn deliver(endpoint: &str, id: &str, body: &str) {
    Http::new(endpoint, None).send("POST", "/", &[("webhook-id", id)], body.as_bytes());
}

#[test]
fn a_delivery_is_seen_replayed_edited_and_sent() {
    let handler = PlainHandler::start(SECRET);
    let tmux = Tmux::start();
    let endpoint = tmux.listen(&format!("--forward-to {}", handler.url));
    deliver(&endpoint, "msg_1", r#"{"type": "webhook.ping", "when": "before"}"#);
    tmux.shows("401 refused");
    tmux.press(&["Enter"]);
    tmux.shows(r#"  "when": "before""#);
    tmux.press(&["r"]);
    tmux.shows("sent as #2: refused");
    tmux.press(&["s"]);
    tmux.shows("sent as #3: accepted");
    tmux.press(&["e"]);
    tmux.shows("sent as #4: accepted");
    tmux.press(&["Escape"]);
    tmux.shows("204 accepted");
    tmux.press(&["/", "after", "Enter"]);
    tmux.shows("1 of 4, /after");
    tmux.press(&["q"]);
    tmux.shows("ended with 0");
    tmux.is_given_back();
}

#[test]
fn foreign_text_cannot_steer_the_terminal() {
    let tmux = Tmux::start();
    let endpoint = tmux.listen("");
    deliver(&endpoint, "msg_1", "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m end");
    tmux.shows("received");
    tmux.press(&["Enter"]);
    tmux.shows(r"\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m end");
    tmux.press(&["C-c"]);
    tmux.shows("ended with 130");
    tmux.is_given_back();
}

#[test]
fn suspended_and_killed_it_gives_the_terminal_back() {
    let tmux = Tmux::start();
    let endpoint = tmux.listen("");
    deliver(&endpoint, "msg_1", "{}");
    tmux.shows("msg_1");
    tmux.press(&["C-z"]);
    tmux.shows("Stopped");
    tmux.is_given_back();
    tmux.press(&["fg", "Enter"]);
    tmux.shows("1 of 1");
    tmux.shows("msg_1");
    deliver(&endpoint, "msg_2", "{}");
    tmux.shows("msg_2");
    let pid = tmux.run(&["list-panes", "-F", "#{pane_pid}"]);
    let ended = Command::new("pkill").args(["-TERM", "-P", pid.trim(), "proveniq"]).status().expect("pkill");
    assert!(ended.success());
    tmux.shows("interrupted");
    tmux.is_given_back();
}

#[test]
fn plain_writes_lines() {
    let tmux = Tmux::start();
    let endpoint = tmux.listen("--plain --limit 1");
    deliver(&endpoint, "msg_1", "{}");
    tmux.shows("1 received, 0 accepted, 0 failed");
    tmux.shows("ended with 0");
}
