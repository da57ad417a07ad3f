//! `serve`: the marketplace for many users.

use std::path::PathBuf;

use serde::Serialize;

use crate::adapters::embedded::{Served, ServedLock};
use crate::adapters::process;
use crate::cli::ServeArgs;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Page, Render, Tone};

/// A marketplace that serves.
#[derive(Serialize)]
struct Serving {
    url: String,
    listen: String,
    pid: u32,
    #[serde(serialize_with = "crate::ui::path_text")]
    data: PathBuf,
    /// How people sign in.
    identity: Vec<&'static str>,
}

/// Serves until it is interrupted.
pub(super) async fn run(context: &Context, args: ServeArgs) -> Result<u8> {
    let hosting = context.hosting(&args.config)?;
    let lock = ServedLock::take(&hosting.data)?;
    let (data, identity) = (hosting.data.clone(), hosting.providers.iter().map(|known| known.kind.as_str()).collect());
    let served = Served::host(hosting).await?;
    let serving = Serving {
        url: served.url.clone(),
        listen: served.address.to_string(),
        pid: std::process::id(),
        data,
        identity,
    };
    let told = context.output.outcome(&serving);
    if told.is_ok() {
        process::interrupted().await;
        context.output.status("Stopping", "the marketplace");
    }
    let stopped = served.stop().await;
    drop(lock);
    told.and_then(|code| stopped.map(|()| code))
}

impl Render for Serving {
    fn schema(&self) -> &'static str {
        "proveniq.serve/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Good, format!("the marketplace serves at {}", self.url));
        page.field("listens on", self.listen.clone()).field("process", self.pid.to_string());
        page.field("data", self.data.display().to_string()).field("sign-in", self.identity.join(", "));
    }

    fn hints(&self) -> Vec<String> {
        vec!["stop it with Ctrl-C".into()]
    }
}
