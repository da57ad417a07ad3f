//! The stream of an account's deliveries as server-sent events (HTML Living Standard section 9.2).
//!
//! Each delivery is signed at the moment at which the connection takes it, so that its timestamp is fresh however long
//! ago the event came about. What is not read stays in the log: nothing is kept in memory for a slow reader.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::time::Instant;
use utoipa::IntoParams;

use super::auth::{Authenticated, alive};
use super::extract::Query;
use super::problem::{Answer, Failure};
use super::responses::{Ahead, Broken, Forbidden, Malformed, Unauthorized};
use crate::credential::{Bearer, Scope};
use crate::marketplace::Marketplace;
use crate::marketplace::storage::{SigningSecrets, StorageError, StoredEvent};
use crate::webhook::sign;
use crate::wire::{Code, StreamEnd, StreamReady, StreamedDelivery};

/// A silent stream says at least this often that it is there.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// The log is looked at this often even when nothing announces a change: another process may have written.
const POLL: Duration = Duration::from_secs(1);
/// Events that are read from the log at once.
const BATCH: i64 = 16;

#[derive(Deserialize, IntoParams)]
pub(super) struct From {
    /// Cursor behind which the stream begins [default: the end of the log]. `Last-Event-ID` comes before it.
    after: Option<u64>,
}

struct Stream {
    state: Marketplace,
    account: String,
    bearer: Bearer,
    changes: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    cursor: u64,
    waiting: VecDeque<StoredEvent>,
    spoke: Instant,
    stage: Stage,
}

#[derive(PartialEq, Eq)]
enum Stage {
    Begin,
    Flow,
    Over,
}

/// Streams the account's deliveries from a cursor on, signed and ready to be sent.
#[utoipa::path(
    get, path = "/v1/events/stream", tag = "events", security(("key" = ["events:read"])),
    params(From, ("Last-Event-ID" = Option<String>, Header, description = "Cursor behind which the stream goes on")),
    responses(
        (
            status = 200,
            description = "Server-sent events: `ready` (StreamReady), then `delivery` (StreamedDelivery) for each event, \
                a comment every 5 seconds at the latest, and `end` (StreamEnd) where the marketplace ends the stream",
            body = StreamedDelivery, content_type = "text/event-stream",
        ),
        Malformed,
        Unauthorized,
        Forbidden,
        Ahead,
        Broken,
    )
)]
pub(super) async fn stream(
    State(state): State<Marketplace>,
    who: Authenticated,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> Answer<Response> {
    let caller = who.must_have(Scope::EventsRead)?;
    let storage = &state.0.storage;
    // Subscribed before the log is looked at, so that no change falls in between.
    let (changes, stopping) = (state.0.changes.subscribe(), state.0.stopping.subscribe());
    let last = storage.last_cursor(&caller.account).await?;
    let cursor = asked_cursor(&headers, &from)?.unwrap_or(last);
    if cursor > last {
        return Err(Failure::new(Code::CursorAhead, format!("the log ends at {last}, before the cursor {cursor}")));
    }
    let stream = Stream {
        account: caller.account.clone(),
        bearer: who.1.clone(),
        changes,
        stopping,
        cursor,
        waiting: VecDeque::new(),
        spoke: Instant::now(),
        stage: Stage::Begin,
        state,
    };
    let body = Body::from_stream(futures_util::stream::unfold(stream, |mut stream| async move {
        let chunk = stream.next().await?;
        Some((Ok::<_, Infallible>(chunk), stream))
    }));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, body).into_response())
}

fn asked_cursor(headers: &HeaderMap, from: &From) -> Answer<Option<u64>> {
    let Some(header) = headers.get("last-event-id") else { return Ok(from.after) };
    let parsed = header.to_str().ok().and_then(|text| text.parse().ok());
    parsed.map(Some).ok_or_else(|| Failure::new(Code::BadRequest, "Last-Event-ID is no cursor"))
}

impl Stream {
    /// The next bytes; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        if self.stage == Stage::Over {
            return None;
        }
        let chunk = match self.advance().await {
            Ok(chunk) => chunk,
            Err(cause) => self.end(&cause.to_string()),
        };
        self.spoke = Instant::now();
        Some(chunk)
    }

    async fn advance(&mut self) -> Result<Bytes, StorageError> {
        if self.stage == Stage::Begin {
            self.stage = Stage::Flow;
            let ready = StreamReady { cursor: self.cursor, heartbeat_seconds: HEARTBEAT.as_secs() };
            return Ok(frame("ready", Some(self.cursor), &ready));
        }
        loop {
            if *self.stopping.borrow() {
                return Ok(self.end("the marketplace is stopping"));
            }
            let caller = self.state.0.storage.find_caller(&self.bearer).await?;
            if let Err(failure) = alive(caller, &self.bearer) {
                return Ok(self.end(&failure.problem.detail));
            }
            self.changes.mark_unchanged();
            if self.waiting.is_empty() {
                self.waiting = self.state.0.storage.events_after(&self.account, self.cursor, BATCH).await?.into();
            }
            if let Some(event) = self.waiting.pop_front() {
                // Looked up each time: a rotation that begins or ends counts from the next delivery on.
                let secrets = self.state.0.storage.signing_secrets(&self.account, Timestamp::now()).await?;
                return Ok(self.delivery(event, &secrets));
            }
            let due = self.spoke + HEARTBEAT;
            if Instant::now() >= due {
                return Ok(Bytes::from_static(b": heartbeat\n\n"));
            }
            // Whichever wakes it up, it looks again; a sender that has gone away means that the marketplace ends.
            tokio::select! {
                _ = self.changes.changed() => {}
                _ = self.stopping.changed() => {}
                () = tokio::time::sleep_until(due.min(Instant::now() + POLL)) => {}
            }
        }
    }

    fn end(&mut self, reason: &str) -> Bytes {
        self.stage = Stage::Over;
        frame("end", None, &StreamEnd { reason: reason.to_owned() })
    }

    /// Signs an event as it is written, with each secret that signs at this moment.
    fn delivery(&mut self, stored: StoredEvent, secrets: &SigningSecrets) -> Bytes {
        let StoredEvent { event, body } = stored;
        self.cursor = event.cursor;
        let timestamp = Timestamp::now().as_second();
        let signing = secrets.signing();
        let signatures: Vec<_> = signing.map(|secret| sign(secret, &event.id, timestamp, &body)).collect();
        let headers = [
            ("accept", "*/*".to_owned()),
            ("content-type", "application/json".to_owned()),
            ("user-agent", concat!("proveniq-marketplace/", env!("CARGO_PKG_VERSION")).to_owned()),
            ("webhook-id", event.id.clone()),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signatures.join(" ")),
        ];
        let delivery = StreamedDelivery {
            cursor: event.cursor,
            id: event.id,
            kind: event.kind.to_string(),
            headers: headers.map(|(name, value)| (name.to_owned(), value)).into(),
            body: STANDARD.encode(body),
        };
        frame("delivery", Some(event.cursor), &delivery)
    }
}

/// One message. JSON has no line breaks, so that one `data` line holds it.
fn frame(event: &str, id: Option<u64>, data: &impl Serialize) -> Bytes {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("event: {event}\n{id}data: {data}\n\n").into()
}
