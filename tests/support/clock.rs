//! A clock that is off.

use std::process::Command;

use super::TestEnvironment;

impl TestEnvironment {
    /// A command of the binary whose clock is off by `shift`, such as `-40d`; durations pass as ever. `None` where libfaketime
    /// is not installed.
    pub fn with_clock(&self, shift: &str, arguments: &[&str]) -> Option<Command> {
        // The wrapper itself would wait for all that the command leaves running; it knows where its library is.
        let asked = Command::new("faketime").args(["-f", shift, "printenv", "LD_PRELOAD"]).output().ok()?;
        let library = String::from_utf8(asked.stdout).ok()?;
        let mut command = self.command_in(&self.work(), arguments);
        command.env("LD_PRELOAD", library.trim()).env("FAKETIME", shift).env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        Some(command)
    }
}
