//! `sandbox status`.

use std::path::PathBuf;

use serde::Serialize;

use crate::adapters::sandbox::SandboxFolder;
use crate::error::{Kind, Result};
use crate::stages::sandbox::answers;
use crate::ui::{Page, Render, Tone};

/// Whether a sandbox runs.
#[derive(Serialize)]
pub(super) struct Status {
    running: bool,
    /// Whether it also answers, and is the one that was started here.
    answers: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<u32>,
    #[serde(serialize_with = "crate::ui::path_text")]
    folder: PathBuf,
}

/// Tells whether the sandbox runs and answers.
pub(super) async fn run(folder: &SandboxFolder) -> Result<Status> {
    let running = folder.running()?;
    let answers = match &running {
        Some(discovery) => answers(discovery).await,
        None => false,
    };
    Ok(Status {
        running: running.is_some(),
        answers,
        pid: running.as_ref().map(|running| running.pid),
        url: running.map(|running| running.url),
        folder: folder.path().to_owned(),
    })
}

impl Render for Status {
    fn schema(&self) -> &'static str {
        "proveniq.sandbox-status/1"
    }

    fn human(&self, page: &mut Page) {
        match (&self.url, self.pid) {
            (Some(url), Some(pid)) if self.answers => page.toned(Tone::Good, format!("runs at {url}, process {pid}")),
            (Some(url), Some(pid)) => {
                page.toned(Tone::Bad, format!("process {pid} holds the lock, but {url} does not answer"))
            }
            _ => page.line("does not run"),
        };
        page.field("data", self.folder.display().to_string());
    }

    fn verdict(&self) -> Option<Kind> {
        match (self.running, self.answers) {
            (true, true) => None,
            (true, false) => Some(Kind::Unreachable),
            (false, _) => Some(Kind::Negative),
        }
    }

    fn hints(&self) -> Vec<String> {
        let start = (!self.running).then(|| "start it with `proveniq sandbox start --detach`".to_owned());
        start.into_iter().collect()
    }
}
