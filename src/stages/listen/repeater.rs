//! Sending exchanges again while listening goes on: what comes of it is told to every view, as any exchange is.

use std::time::Duration;

use super::handler::Handler;
use super::replay::{Repeat, replay};
use crate::adapters::forwarder::Forwarder;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::stages::signing_secret;
use crate::webhook::exchange::{Again, Exchange};

/// Sends exchanges of this run again, to where they went before and nowhere else.
#[derive(Debug, Clone)]
pub struct Repeater {
    context: Context,
    handler: Handler,
    timeout: Duration,
}

impl Repeater {
    /// Makes a repeater whose exchanges go through `handler`; each answer must be whole within `timeout`.
    pub fn new(context: Context, handler: &Handler, timeout: Duration) -> Self {
        Repeater { context, handler: handler.clone(), timeout }
    }

    /// Sends an exchange again.
    pub async fn send(&self, original: &Exchange, again: Again) -> Result<Exchange> {
        if original.forward.is_none() {
            return Err(Error::usage(format!("exchange {} was not sent anywhere", original.id))
                .hint("start `proveniq listen` with --forward-to URL"));
        }
        // A webhook without an id cannot be signed in the standard way: it is sent with its new body alone.
        let signs = again == Again::SignedNow || (again != Again::AsItWas && original.message_id().is_some());
        let found = if signs { Some(signing_secret::find(&self.context, None).await?) } else { None };
        let body = match again {
            Again::Edited(body) => Some(body),
            Again::AsItWas | Again::SignedNow => None,
        };
        let repeat = Repeat { to: None, resign: found.as_ref().and_then(|found| found.secrets.first()), body };
        let forwarder = |url| Forwarder::new(url, self.timeout);
        replay(original, repeat, forwarder, &self.handler, self.context.clock.now()).await
    }
}
