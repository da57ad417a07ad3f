//! `listen replay`: an exchange of a capture, sent again.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::records::exchange_line;
use crate::adapters::capture_store::CaptureStore;
use crate::adapters::forwarder::Forwarder;
use crate::adapters::input;
use crate::adapters::local_endpoint::LARGEST_BODY;
use crate::cli::ReplayArgs;
use crate::context::Context;
use crate::error::{Kind, Result};
use crate::stages::listen::{Feed, Handler, Repeat, replay};
use crate::stages::signing_secret;
use crate::ui::{Page, Render, Tone};
use crate::webhook::exchange::{Exchange, Outcome};

/// An exchange that was sent again.
#[derive(Serialize)]
pub(super) struct Replayed {
    #[serde(flatten)]
    exchange: Exchange,
    resigned: bool,
}

/// Sends it again, and keeps that in the capture too.
pub(super) async fn run(context: &Context, args: ReplayArgs) -> Result<Replayed> {
    let capture = Arc::new(CaptureStore::open(&context.cwd.join(&args.capture)).await?);
    let original = capture.find(&args.id).await?;
    let found = if args.resign { Some(signing_secret::find(context, args.secret_env.as_deref()).await?) } else { None };
    let repeat = Repeat {
        to: args.to.as_deref().map(Forwarder::address).transpose()?,
        resign: found.as_ref().and_then(|found| found.secrets.first()),
        body: args.body.as_deref().map(|source| input::read_named(&context.cwd, source, LARGEST_BODY)).transpose()?,
    };
    let forwarder = |url| Forwarder::new(url, Duration::from_secs(args.timeout));
    let handler = Handler::new(None, Some(Arc::clone(&capture)), Feed::default());
    let exchange = replay(&original, repeat, forwarder, &handler, context.clock.now()).await?;
    drop(handler);
    if let Some(capture) = Arc::into_inner(capture) {
        capture.close().await?;
    }
    Ok(Replayed { exchange, resigned: args.resign })
}

impl Render for Replayed {
    fn schema(&self) -> &'static str {
        "proveniq.listen-replay/1"
    }

    fn human(&self, page: &mut Page) {
        exchange_line(page, &self.exchange);
        let Some(Ok(reply)) = self.exchange.forward.as_ref().map(|forward| &forward.result) else { return };
        if self.exchange.outcome() != Outcome::Accepted && !reply.body.is_empty() {
            page.toned(Tone::Dim, "the endpoint answered:");
            page.lines("  | ", String::from_utf8_lossy(&reply.body).lines());
        }
    }

    fn verdict(&self) -> Option<Kind> {
        match self.exchange.outcome() {
            Outcome::Accepted => None,
            Outcome::Received | Outcome::Refused | Outcome::Redirected => Some(Kind::Negative),
            Outcome::Unreachable | Outcome::TimedOut | Outcome::Broken => Some(Kind::Unreachable),
        }
    }

    fn hints(&self) -> Vec<String> {
        let refused = self.exchange.outcome() == Outcome::Refused && !self.resigned;
        refused.then(|| "its timestamp is that of then; --resign signs it afresh".to_owned()).into_iter().collect()
    }
}
