//! `sandbox stop`.

use serde::Serialize;

use crate::adapters::sandbox::{Discovery, SandboxFolder};
use crate::error::{Error, Result};
use crate::stages::sandbox::wait_for_lock;
use crate::ui::{Page, Render};

/// What stopping came to.
#[derive(Serialize)]
pub(super) struct Stopped {
    was_running: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Stops the sandbox; its data stays. One that does not run is no error.
pub(super) async fn run(folder: &SandboxFolder) -> Result<Stopped> {
    let running = folder.running()?;
    if let Some(running) = &running {
        end(folder, running).await?;
    }
    Ok(Stopped { was_running: running.is_some(), url: running.map(|running| running.url) })
}

/// Asks the running sandbox to end and waits until it has.
pub(super) async fn end(folder: &SandboxFolder, running: &Discovery) -> Result<()> {
    ask_to_end(running.pid)?;
    wait_for_lock(folder).await.map(drop)
}

/// The lock is held and the discovery was written by its holder, so the process is the sandbox.
#[cfg(unix)]
fn ask_to_end(pid: u32) -> Result<()> {
    use rustix::process::{Pid, Signal, kill_process};
    let process = i32::try_from(pid).ok().and_then(Pid::from_raw);
    let process = process.ok_or_else(|| Error::usage("the sandbox's discovery file is damaged"))?;
    match kill_process(process, Signal::TERM) {
        // It has ended in this moment.
        Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
        Err(cause) => Err(Error::usage(format!("cannot end process {pid}")).because(cause)),
    }
}

#[cfg(not(unix))]
fn ask_to_end(pid: u32) -> Result<()> {
    Err(Error::usage(format!("end process {pid} in the task manager")))
}

impl Render for Stopped {
    fn schema(&self) -> &'static str {
        "proveniq.sandbox-stop/1"
    }

    fn human(&self, page: &mut Page) {
        match &self.url {
            Some(url) => page.line(format!("the sandbox at {url} is stopped; its data stays")),
            None => page.line("no sandbox runs"),
        };
    }
}
