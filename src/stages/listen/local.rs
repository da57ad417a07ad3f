//! Deliveries of anybody, at a catch-all endpoint on this machine.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::feed::{Summary, Update};
use super::handler::Handler;
use crate::adapters::clock::Clock;
use crate::adapters::local_endpoint::LocalEndpoint;
use crate::error::{Error, Result};
use crate::webhook::exchange::{Arrival, CapturedRequest, Exchange, Header, Reply, Source};

/// Exchanges that may wait to be counted.
const WAITING: usize = 16;

/// What to receive locally.
#[derive(Debug)]
pub struct Local {
    /// Where.
    pub endpoint: LocalEndpoint,
    /// Status that every request is answered with; `None` passes the endpoint's answer on, or answers 200.
    pub answer: Option<u16>,
    /// Deliveries after which it ends.
    pub limit: Option<u64>,
}

/// Receives until the limit is reached or it cannot go on.
pub async fn receive_locally(local: Local, handler: &Handler, clock: &Arc<dyn Clock>) -> Result<Summary> {
    let from = local.endpoint.url();
    handler.tell(Update::Connected { from, cursor: None, again: false }).await;
    let (sender, mut finished) = mpsc::channel::<Result<Arc<Exchange>>>(WAITING);
    let answer = local.answer;
    let (taking, clock) = (handler.clone(), Arc::clone(clock));
    let take = move |request: CapturedRequest| {
        let (handler, clock, sender) = (taking.clone(), Arc::clone(&clock), sender.clone());
        async move {
            let arrival = arrival(request, clock.now());
            let exchange = handler.handle(arrival).await;
            let reply = reply_for(answer, exchange.as_deref().ok());
            // The receiver has gone only where this program is about to end.
            let _ = sender.send(exchange).await;
            reply
        }
    };
    let (refusals, mut refused) = mpsc::channel(WAITING);
    let (stop, stopped) = watch::channel(false);
    let serving = local.endpoint.serve(take, move |why| drop(refusals.try_send(why)), stopped);
    tokio::pin!(serving);
    let mut summary = Summary::default();
    loop {
        tokio::select! {
            () = &mut serving => return Ok(summary),
            Some(why) = refused.recv() => handler.tell(Update::Refused(why)).await,
            exchange = finished.recv() => {
                let exchange = exchange.ok_or_else(|| Error::bug("the local endpoint broke"))??;
                summary.add(&exchange);
                if local.limit == Some(summary.received) {
                    stop.send_replace(true);
                }
            }
        }
    }
}

fn arrival(request: CapturedRequest, received_at: jiff::Timestamp) -> Arrival {
    let payload: Option<serde_json::Value> = serde_json::from_slice(&request.body).ok();
    let event_type = payload.as_ref().and_then(|payload| payload.get("type")?.as_str()).map(str::to_owned);
    Arrival { received_at, source: Source::Local, event_type, request }
}

/// What the sender is answered: what was asked for, else what the endpoint answered, else 200; 502 where it did not.
fn reply_for(answer: Option<u16>, exchange: Option<&Exchange>) -> Reply {
    let plain = |status: u16, text: String| Reply {
        status,
        headers: vec![Header::text("content-type", "text/plain; charset=utf-8")],
        body: text.into_bytes(),
        truncated: false,
    };
    let Some(exchange) = exchange else { return plain(500, "the delivery could not be recorded\n".to_owned()) };
    match (answer, &exchange.forward) {
        (Some(status), _) => plain(status, String::new()),
        (None, None) => plain(200, String::new()),
        (None, Some(forward)) => match &forward.result {
            Ok(reply) => reply.clone(),
            Err(failure) => plain(502, format!("{failure}\n")),
        },
    }
}
