//! A place of its own for each test: folders for work, configuration and state, and a clean environment.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A test's own folders; removed when it ends.
pub struct TestEnvironment {
    root: TempDir,
    variables: Vec<(String, String)>,
}

/// How a command ended.
pub struct Finished {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl TestEnvironment {
    pub fn new() -> Self {
        let root = TempDir::with_prefix("proveniq-test-").expect("folder");
        std::fs::create_dir(root.path().join("work")).expect("folder");
        let mut environment = TestEnvironment { root, variables: Vec::new() };
        environment.set("PROVENIQ_CONFIG_DIR", environment.path("config"));
        environment.set("PROVENIQ_STATE_DIR", environment.path("state"));
        environment.set("PROVENIQ_CREDENTIAL_STORE", "file");
        environment
    }

    /// Sets a variable for every command from now on.
    pub fn set(&mut self, name: &str, value: impl AsRef<Path>) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.as_ref().to_str().expect("UTF-8").to_owned()));
    }

    /// The value that was set for commands.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Unsets a variable.
    pub fn unset(&mut self, name: &str) {
        self.variables.retain(|(known, _)| known != name);
    }

    /// A path below the test's root.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.path().join(relative)
    }

    /// The folder in which commands run.
    pub fn work(&self) -> PathBuf {
        self.path("work")
    }

    /// A command of the binary in `folder`, ready to be started in the test's environment.
    pub fn command_in(&self, folder: &Path, arguments: &[&str]) -> Command {
        self.prepared(env!("CARGO_BIN_EXE_proveniq"), folder, arguments)
    }

    /// Any program in the test's environment.
    pub fn prepared(&self, program: &str, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if ["PROVENIQ_", "GIT_", "CLICOLOR", "NO_COLOR", "XDG_"].iter().any(|prefix| name.starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command.env("GIT_CONFIG_GLOBAL", self.path("gitconfig")).env("GIT_CONFIG_NOSYSTEM", "1").env("TERM", "xterm");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the binary in the work folder.
    pub fn run(&self, arguments: &[&str]) -> Finished {
        self.run_in(&self.work(), arguments)
    }

    /// Runs the binary in `folder`.
    pub fn run_in(&self, folder: &Path, arguments: &[&str]) -> Finished {
        Finished::of(self.command_in(folder, arguments).spawn().expect("started"))
    }

    /// Runs the binary in the work folder with one more variable.
    pub fn run_with_variable(&self, (name, value): (&str, &str), arguments: &[&str]) -> Finished {
        let mut command = self.command_in(&self.work(), arguments);
        Finished::of(command.env(name, value).spawn().expect("started"))
    }

    /// Runs the binary with text on standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Finished {
        let mut command = self.command_in(&self.work(), arguments);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("started");
        // A command that has read enough closes its end.
        let _ = child.stdin.take().expect("pipe").write_all(input.as_bytes());
        Finished::of(child)
    }

    /// Names of everything below `folder`, sorted; for seeing that nothing is left behind.
    #[expect(clippy::unused_self, reason = "reads as a question to the environment")]
    pub fn listing(&self, folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Finished {
    pub fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("ended");
        Finished {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Expects an exit code; a failure shows all that was printed.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in:\n{}\nstderr:\n{}", self.stdout, self.stderr))
    }

    /// Expects text on stderr.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text:?} is not in stderr:\n{}\nstdout:\n{}", self.stderr, self.stdout);
        self
    }
}
