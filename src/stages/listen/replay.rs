//! Sending an exchange again: as it was, signed afresh, or with another body.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use super::handler::Handler;
use crate::adapters::forwarder::Forwarder;
use crate::error::{Error, Result};
use crate::webhook::exchange::{Arrival, Exchange, Source};
use crate::webhook::{SigningSecret, sign};

/// How an exchange is sent again.
#[derive(Debug, Default)]
pub struct Repeat<'a> {
    /// Where to; `None` is where it went before.
    pub to: Option<Url>,
    /// Signs afresh, with the same id and the time of sending.
    pub resign: Option<&'a SigningSecret>,
    /// Another body in place of the captured one. Without a fresh signature the endpoint will refuse it.
    pub body: Option<Vec<u8>>,
}

/// Sends an exchange again; `handler` says where that is recorded, and who is told.
pub async fn replay(
    original: &Exchange,
    repeat: Repeat<'_>,
    forward: impl FnOnce(Url) -> Result<Forwarder>,
    handler: &Handler,
    now: Timestamp,
) -> Result<Exchange> {
    let recorded = original.forward.as_ref().and_then(|forward| Url::parse(&forward.url).ok());
    let target = repeat.to.or(recorded).ok_or_else(|| {
        Error::usage(format!("exchange {} was not sent anywhere", original.id))
            .hint("say where to send it with --to URL")
    })?;
    let mut request = original.arrival.request.clone();
    if let Some(body) = repeat.body {
        request.body = body;
    }
    if let Some(secret) = repeat.resign {
        let Some(id) = request.header("webhook-id").map(str::to_owned) else {
            return Err(Error::usage(format!("exchange {} has no webhook-id to sign", original.id))
                .hint("it can be sent again as it was, without --resign"));
        };
        let signature = sign(secret, &id, now.as_second(), &request.body);
        request.set_header("webhook-timestamp", &now.as_second().to_string());
        request.set_header("webhook-signature", &signature);
    }
    let arrival = Arrival {
        received_at: now,
        source: Source::Replay { of: original.id },
        event_type: original.arrival.event_type.clone(),
        request,
    };
    Ok(Arc::unwrap_or_clone(handler.again_to(forward(target)?).handle(arrival).await?))
}
