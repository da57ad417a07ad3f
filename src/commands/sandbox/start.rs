//! `sandbox start`, in the foreground.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde::Serialize;

use crate::adapters::embedded::SandboxBehaviour;
use crate::adapters::process;
use crate::adapters::sandbox::SandboxFolder;
use crate::context::Context;
use crate::error::Result;
use crate::stages::sandbox::{Hosted, already_running, choose_port, lock_or_living, read_leak_reporters};
use crate::ui::{Page, Render, Tone};

/// How a sandbox is to be started.
#[derive(Debug)]
pub(super) struct StartOptions {
    pub(super) port: Option<u16>,
    pub(super) host: Option<IpAddr>,
    /// Words of the form `ID=FILE`.
    pub(super) leak_reporters: Vec<String>,
    /// Life of access tokens in seconds, where it is not the usual one.
    pub(super) access_token_lifetime: Option<u32>,
}

/// A sandbox that runs.
#[derive(Serialize)]
pub(super) struct Started {
    pub(super) url: String,
    pub(super) pid: u32,
    #[serde(serialize_with = "crate::ui::path_text")]
    pub(super) folder: PathBuf,
    pub(super) detached: bool,
    /// Whether it ran before this command.
    pub(super) already_running: bool,
}

/// Serves until it is interrupted or stopped.
pub(super) async fn run(
    context: &Context,
    folder: &SandboxFolder,
    options: &StartOptions,
    leave_session: bool,
) -> Result<u8> {
    let behaviour = SandboxBehaviour {
        leak_reporters: read_leak_reporters(&options.leak_reporters)?,
        access_token_lifetime: options.access_token_lifetime,
        url: None,
        advisories: Some(context.dirs.advisories()),
    };
    if leave_session {
        leave_terminal();
    }
    let lock = lock_or_living(folder).await?.map_err(|living| already_running(&living))?;
    let address =
        SocketAddr::new(options.host.unwrap_or(Ipv4Addr::LOCALHOST.into()), choose_port(folder, options.port)?);
    warn_if_open(context, address);
    let sandbox = Hosted::start(folder.clone(), lock, address, behaviour).await?;
    let outcome = tell_and_wait(context, folder, &sandbox).await;
    let stopped = sandbox.stop().await;
    outcome.and_then(|code| stopped.map(|()| code))
}

async fn tell_and_wait(context: &Context, folder: &SandboxFolder, sandbox: &Hosted) -> Result<u8> {
    let started = Started {
        url: sandbox.url().to_owned(),
        pid: std::process::id(),
        folder: folder.path().to_owned(),
        detached: false,
        already_running: false,
    };
    context.output.outcome(&started)?;
    process::interrupted().await;
    context.output.status("Stopping", "the sandbox; its data stays");
    Ok(0)
}

fn warn_if_open(context: &Context, address: SocketAddr) {
    if !address.ip().is_loopback() {
        context.output.warning(format!("{address} can be reached from other machines, without encryption"));
    }
}

/// Leaves the terminal's session, so that closing the terminal does not end the sandbox.
fn leave_terminal() {
    #[cfg(unix)]
    {
        // Fails only for a process that leads a group already, which then has left.
        let _ = rustix::process::setsid();
    }
}

impl Render for Started {
    fn schema(&self) -> &'static str {
        "proveniq.sandbox-start/1"
    }

    fn human(&self, page: &mut Page) {
        let how = if self.already_running { "runs already" } else { "runs" };
        page.toned(Tone::Good, format!("the sandbox {how} at {}", self.url));
        page.field("process", self.pid.to_string()).field("data", self.folder.display().to_string());
    }

    fn hints(&self) -> Vec<String> {
        let stop = if self.detached { "stop it with `proveniq sandbox stop`" } else { "stop it with Ctrl-C" };
        vec![stop.into()]
    }
}
