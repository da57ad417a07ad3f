//! What `listen` writes: one record for each thing that happens.

use serde::Serialize;

use crate::error::Kind;
use crate::stages::listen::{Summary, Update};
use crate::ui::{Page, Render, Tone};
use crate::webhook::exchange::{Exchange, Forward, Outcome};

/// One line of the stream.
#[derive(Serialize)]
#[serde(untagged)]
pub(in crate::commands) enum Record<'a> {
    Connected {
        from: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        cursor: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        forward_to: Option<&'a str>,
        again: bool,
    },
    Lost {
        why: &'a str,
        cursor: u64,
    },
    Refused {
        why: &'a str,
    },
    Exchange(&'a Exchange),
}

impl<'a> Record<'a> {
    /// The record of an update.
    pub(in crate::commands) fn of(update: &'a Update, forward_to: Option<&'a str>) -> Self {
        match update {
            Update::Connected { from, cursor, again } => {
                Record::Connected { from, cursor: *cursor, forward_to, again: *again }
            }
            Update::Lost { why, cursor } => Record::Lost { why, cursor: *cursor },
            Update::Refused(why) => Record::Refused { why },
            Update::Exchange(exchange) => Record::Exchange(exchange),
        }
    }
}

impl Render for Record<'_> {
    fn schema(&self) -> &'static str {
        match self {
            Record::Connected { .. } => "proveniq.listen.connected/1",
            Record::Lost { .. } => "proveniq.listen.lost/1",
            Record::Refused { .. } => "proveniq.listen.refused/1",
            Record::Exchange(_) => "proveniq.listen.exchange/1",
        }
    }

    fn human(&self, page: &mut Page) {
        match self {
            Record::Connected { from, cursor, forward_to, again } => {
                let behind = cursor.map(|cursor| format!(", behind cursor {cursor}")).unwrap_or_default();
                let word = if *again { "connected again" } else { "listening" };
                let to = forward_to.map(|url| format!(", forwarding to {url}")).unwrap_or_default();
                page.toned(Tone::Good, format!("{word}: {from}{behind}{to}"));
            }
            Record::Lost { why, cursor } => {
                page.toned(Tone::Bad, format!("connection lost: {why}; going on from cursor {cursor}"));
            }
            Record::Refused { why } => {
                page.toned(Tone::Warn, why);
            }
            Record::Exchange(exchange) => {
                exchange_line(page, exchange);
            }
        }
    }
}

/// An exchange on one line for people.
pub(super) fn exchange_line(page: &mut Page, exchange: &Exchange) {
    let arrival = &exchange.arrival;
    let what = arrival.event_type.as_deref().unwrap_or(&arrival.request.path);
    let message = exchange.message_id().unwrap_or(&arrival.request.method);
    let head = format!("{}  {:>4}  {what}  {message}  ", arrival.received_at.strftime("%H:%M:%SZ"), exchange.id);
    let (tone, text) = match &exchange.forward {
        None => (Tone::Plain, format!("{} bytes", arrival.request.body.len())),
        Some(forward) => told(forward),
    };
    page.block(&Tone::Plain.paint(&head)).toned(tone, text);
}

fn told(forward: &Forward) -> (Tone, String) {
    let milliseconds = forward.elapsed_us.div_ceil(1000);
    let tone = if forward.outcome() == Outcome::Accepted { Tone::Good } else { Tone::Bad };
    let text = match &forward.result {
        Ok(reply) if forward.outcome() == Outcome::Redirected => {
            format!("{} (a redirect, which is not followed)  {milliseconds} ms", reply.status)
        }
        Ok(reply) => format!("{}  {milliseconds} ms", reply.status),
        Err(failure) => failure.to_string(),
    };
    (tone, text)
}

/// The last record of a stream that ends in order.
#[derive(Serialize)]
pub(super) struct Ended(pub(super) Summary);

impl Render for Ended {
    fn schema(&self) -> &'static str {
        "proveniq.listen.ended/1"
    }

    fn human(&self, page: &mut Page) {
        let Summary { received, accepted, failed, .. } = self.0;
        page.line(format!("{received} received, {accepted} accepted, {failed} failed"));
    }

    fn verdict(&self) -> Option<Kind> {
        (self.0.failed > 0).then_some(Kind::Negative)
    }
}
