//! Programs on a terminal of their own.

use std::path::Path;

use super::{Finished, TestEnvironment};

impl TestEnvironment {
    /// Runs the binary on a terminal; each step waits for a text and then types keys.
    pub fn run_on_terminal(&self, steps: &[(&str, &str)], arguments: &[&str]) -> Finished {
        self.on_terminal(env!("CARGO_BIN_EXE_proveniq"), steps, arguments)
    }

    /// Runs any program on a terminal.
    pub fn on_terminal(&self, program: &str, steps: &[(&str, &str)], arguments: &[&str]) -> Finished {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/terminal.py");
        let steps = serde_json::to_string(steps).expect("JSON");
        let words = [&[script.to_str().expect("UTF-8"), &steps, program], arguments].concat();
        Finished::of(self.prepared("python3", &self.work(), &words).spawn().expect("python3"))
    }
}
