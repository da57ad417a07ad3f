//! A disk with little room, which only commands that are run in it can see.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::TestEnvironment;

/// A file system of a few KiB over one folder, in a mount namespace of its own; it goes away with its last process.
pub struct Room {
    holder: Child,
    folder: PathBuf,
    own_user: bool,
}

impl Room {
    /// Mounts `kib` KiB over `folder`, which is made. `None` where the system does not let this be done: it is said why.
    pub fn over(folder: &Path, kib: u32) -> Option<Self> {
        fs::create_dir_all(folder).expect("folder");
        let own_user = !rustix::process::getuid().is_root();
        let user: &[&str] = if own_user { &["--user", "--map-root-user"] } else { &[] };
        let script = format!("mount -t tmpfs -o size={kib}k tmpfs \"$1\" && echo ready && exec cat");
        let mut command = Command::new("unshare");
        command.args(user).args(["--mount", "sh", "-c", &script, "sh"]).arg(folder);
        let mut holder = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().ok()?;
        let mut line = String::new();
        let read = BufReader::new(holder.stdout.take().expect("pipe")).read_line(&mut line);
        if read.is_ok() && line == "ready\n" {
            return Some(Room { holder, folder: folder.to_owned(), own_user });
        }
        let output = holder.wait_with_output().expect("ended");
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        writeln!(std::io::stderr(), "left out: no file system can be mounted here: {why}").expect("said");
        None
    }

    /// A command of the binary in `folder`, run where the disk is seen.
    pub fn command(&self, environment: &TestEnvironment, folder: &Path, arguments: &[&str]) -> Command {
        let pid = self.holder.id().to_string();
        let folder = folder.to_str().expect("UTF-8");
        let user: &[&str] = if self.own_user { &["--user", "--preserve-credentials"] } else { &[] };
        let enter = ["--target", &pid, "--mount", "--", "env", "-C", folder, env!("CARGO_BIN_EXE_proveniq")];
        environment.prepared("nsenter", &environment.work(), &[user, &enter, arguments].concat())
    }

    /// The disk as it is seen from outside.
    pub fn folder(&self) -> PathBuf {
        let below = self.folder.strip_prefix("/").expect("absolute");
        Path::new("/proc").join(self.holder.id().to_string()).join("root").join(below)
    }

    /// Fills the disk up to `left` bytes.
    pub fn fill(&self, left: u64) {
        let mut file = File::create(self.folder().join("filler")).expect("filler");
        while file.write_all(&[1; 4096]).is_ok() {}
        let size = file.metadata().expect("size").len();
        file.set_len(size.saturating_sub(left)).expect("shortened");
    }

    /// Makes room again.
    pub fn empty(&self) {
        fs::remove_file(self.folder().join("filler")).expect("removed");
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // A closed standard input is the sign to end.
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
    }
}
