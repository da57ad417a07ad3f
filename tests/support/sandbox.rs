//! A sandbox of the test's own.

use super::{Finished, TestEnvironment};

/// A detached sandbox on a free port; stopped when it is dropped.
pub struct Sandbox<'a> {
    environment: &'a TestEnvironment,
    pub url: String,
    pub pid: u32,
}

impl<'a> Sandbox<'a> {
    pub fn start(environment: &'a TestEnvironment) -> Self {
        Self::start_with(environment, &[])
    }

    /// A sandbox that is started with further arguments.
    pub fn start_with(environment: &'a TestEnvironment, more: &[&str]) -> Self {
        let usual = ["sandbox", "start", "--detach", "--port", "0", "--json"];
        Self::started(environment, environment.run(&[&usual, more].concat()))
    }

    /// A sandbox that a command has started with `--json`.
    pub fn started(environment: &'a TestEnvironment, finished: Finished) -> Self {
        let started = finished.expect(0).json();
        let url = started["url"].as_str().expect("url").to_owned();
        let pid = started["pid"].as_u64().expect("pid").try_into().expect("pid");
        Sandbox { environment, url, pid }
    }
}

impl Drop for Sandbox<'_> {
    fn drop(&mut self) {
        self.environment.run(&["sandbox", "stop"]);
    }
}
