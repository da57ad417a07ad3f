//! `sandbox reset`.

use std::path::PathBuf;

use serde::Serialize;

use super::running::wait_for_lock;
use super::stop;
use crate::adapters::sandbox::SandboxFolder;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Page, Render};

/// A sandbox without data.
#[derive(Serialize)]
pub(super) struct Reset {
    folder: PathBuf,
    was_running: bool,
}

/// Stops the sandbox and deletes all its data, after a confirmation.
pub(super) async fn run(context: &Context, folder: &SandboxFolder) -> Result<Reset> {
    context.confirm("Delete every key and package of the sandbox?")?;
    let running = folder.running()?;
    if let Some(running) = &running {
        stop::end(folder, running).await?;
    }
    let lock = wait_for_lock(folder).await?;
    folder.wipe(&lock)?;
    Ok(Reset { folder: folder.path().to_owned(), was_running: running.is_some() })
}

impl Render for Reset {
    fn schema(&self) -> &'static str {
        "proveniq.sandbox-reset/1"
    }

    fn human(&self, page: &mut Page) {
        let stopped = if self.was_running { "stopped and emptied" } else { "emptied" };
        page.line(format!("the sandbox is {stopped}"));
    }

    fn hints(&self) -> Vec<String> {
        vec!["start it anew with `proveniq sandbox start --detach`".into()]
    }
}
