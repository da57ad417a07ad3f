//! The person's own editor, on a file that only they can read.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{ExitStatus, Stdio};

use tempfile::NamedTempFile;
use tokio::process::{Child, Command};

use super::input;
use super::local_endpoint::LARGEST_BODY;
use crate::error::{Error, Explain, Result};

/// An editor that runs on a body.
#[derive(Debug)]
pub struct Editing {
    child: Child,
    file: NamedTempFile,
    before: Vec<u8>,
}

impl Editing {
    /// Starts `command`, words as a shell splits them, on a copy of `body` in `folder`.
    pub fn start(command: &str, body: &[u8], folder: &Path) -> Result<Self> {
        let hint = "set VISUAL or EDITOR to an editor that runs on a terminal";
        let words = shlex::split(command).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| Error::usage(format!("{command:?} is no command")).hint(hint))?;
        let failed = || "the body cannot be written to a file".to_owned();
        // Temporary files are made for their owner alone.
        let mut file = tempfile::Builder::new().prefix("body-").suffix(".json").tempfile_in(folder).or_usage(failed)?;
        file.write_all(body).and_then(|()| file.flush()).or_usage(failed)?;
        let mut starting = Command::new(&words[0]);
        starting
            .args(&words[1..])
            .arg(file.path())
            .env_remove("PROVENIQ_API_KEY")
            .env_remove("PROVENIQ_STORE_PASSPHRASE")
            .env_remove("PROVENIQ_WEBHOOK_SECRET");
        starting.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit()).kill_on_drop(true);
        let child = starting.spawn().or_usage(|| format!("cannot start {}", words[0])).map_err(|e| e.hint(hint))?;
        Ok(Editing { child, file, before: body.to_vec() })
    }

    /// Waits until the editor ends; can be waited for again.
    pub async fn ended(&mut self) -> Result<ExitStatus> {
        self.child.wait().await.or_usage(|| "the editor cannot be waited for".into())
    }

    /// The edited body; `None` where nothing was changed. A line feed that an editor puts at the end is taken off.
    pub fn body(self, status: ExitStatus) -> Result<Option<Vec<u8>>> {
        if !status.success() {
            return Err(Error::usage(format!("the editor ended with {status}; nothing was sent")));
        }
        let path = self.file.path();
        // Read by its name: many editors put another file in its place.
        let name = path.to_str().ok_or_else(|| Error::usage("the folder for temporary files is not UTF-8"))?;
        let mut after = input::read(Path::new("/"), name, LARGEST_BODY)?;
        let added = !self.before.ends_with(b"\n") && after.ends_with(b"\n");
        if added {
            after.pop();
        }
        let _ = fs::remove_file(path);
        Ok((after != self.before).then_some(after))
    }
}
