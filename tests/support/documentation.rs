//! Examples of the documentation, which are run as they stand there.

use std::process::Command;

use super::TestEnvironment;

impl TestEnvironment {
    /// The first shell example below a heading of a page, ready to be run by bash in the work folder.
    #[track_caller]
    pub fn example(&self, page: &str, heading: &str) -> Command {
        let section = page.split("\n## ").find(|section| section.starts_with(heading)).expect(heading);
        let script = section.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
        self.prepared("bash", &self.work(), &["-euo", "pipefail", "-c", script])
    }
}
