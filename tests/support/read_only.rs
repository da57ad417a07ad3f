//! Folders that cannot be written.

use std::path::Path;

use super::{Finished, TestEnvironment, left_out};

impl TestEnvironment {
    /// A command that is run where a folder is mounted read-only, which the command alone sees. `None` where nothing can be
    /// mounted: it is said why.
    pub fn run_read_only(&self, folder: &Path, arguments: &[&str]) -> Option<Finished> {
        let script = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" || exit 99; exec \"$@\"";
        let own_user: &[&str] = if rustix::process::getuid().is_root() { &[] } else { &["--user", "--map-root-user"] };
        let words = [own_user, &["--mount", "sh", "-c", script, folder.to_str().expect("UTF-8")]].concat();
        let words = [&words[..], &[env!("CARGO_BIN_EXE_proveniq")], arguments].concat();
        let finished = Finished::of(self.prepared("unshare", &self.work(), &words).spawn().expect("started"));
        if finished.code == 99 || finished.stderr.starts_with("unshare") {
            left_out(&format!("nothing can be mounted here: {}", finished.stderr));
            return None;
        }
        Some(finished)
    }
}
