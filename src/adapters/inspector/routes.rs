//! What the page can ask for.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream;
use http_body_util::{BodyExt as _, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use hyper::{HeaderMap, Method, Request, StatusCode};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tokio::time::timeout;

use super::answers::{Answer, answer, failed, json, refused, whole};
use super::journal::{Journal, Told};
use super::{admission, page};
use crate::adapters::local_endpoint::LARGEST_BODY;
use crate::error::Result;
use crate::webhook::exchange::{Again, Exchange};

/// Sends an exchange again.
pub type SendAgain = Arc<dyn Fn(Arc<Exchange>, Again) -> BoxFuture<'static, Result<Exchange>> + Send + Sync>;

/// Silence after which the page is told that the connection stands.
const BEAT: Duration = Duration::from_secs(10);
/// Time for the body of a question to arrive whole.
const PATIENCE: Duration = Duration::from_secs(30);
/// Largest question: a body in JSON, whose escapes can make it six times as long.
const LARGEST: usize = LARGEST_BODY;

/// What answers questions.
pub(super) struct Routes {
    pub(super) journal: Arc<Journal>,
    pub(super) token: String,
    pub(super) again: SendAgain,
}

/// How the page wants an exchange sent again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    resign: bool,
    #[serde(default)]
    body: Option<String>,
}

impl Routes {
    /// Answers one question.
    pub(super) async fn handle(&self, request: Request<Incoming>) -> Answer {
        if let Err((status, why)) = admission::comes_from_here(request.headers()) {
            return refused(status, why);
        }
        let path = request.uri().path().to_owned();
        if request.method() == Method::GET && path == "/" {
            return document();
        }
        if let Err((status, why)) = admission::carries(request.headers(), &self.token) {
            return refused(status, why);
        }
        let words: Vec<_> = path.split('/').skip(1).collect();
        match (request.method(), words.as_slice()) {
            (&Method::GET, ["api", "events"]) => events(Arc::clone(&self.journal), last_event(request.headers())),
            (&Method::GET, ["api", "search"]) => self.search(request.uri().query().unwrap_or_default()).await,
            (&Method::GET, ["api", "exchanges", id]) => match self.find(id) {
                Some(exchange) => json(StatusCode::OK, &*exchange),
                None => held_no_more(),
            },
            (&Method::POST, ["api", "exchanges", id, "replay"]) => match self.find(id) {
                Some(exchange) => self.replay(exchange, request.into_body()).await,
                None => held_no_more(),
            },
            _ => refused(StatusCode::NOT_FOUND, "there is nothing here"),
        }
    }

    fn find(&self, id: &str) -> Option<Arc<Exchange>> {
        self.journal.find(id.parse().ok()?)
    }

    async fn search(&self, query: &str) -> Answer {
        let text = query.strip_prefix("q=").unwrap_or_default();
        let text = percent_decode_str(text).decode_utf8_lossy().into_owned();
        let journal = Arc::clone(&self.journal);
        match tokio::task::spawn_blocking(move || journal.search(&text)).await {
            Ok(ids) => json(StatusCode::OK, &serde_json::json!({"ids": ids})),
            Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the search broke"),
        }
    }

    async fn replay(&self, exchange: Arc<Exchange>, body: Incoming) -> Answer {
        let Ok(Ok(collected)) = timeout(PATIENCE, Limited::new(body, LARGEST).collect()).await else {
            return refused(StatusCode::PAYLOAD_TOO_LARGE, "the request is too large or did not arrive whole");
        };
        let wanted: Wanted = match serde_json::from_slice(&collected.to_bytes()) {
            Ok(wanted) => wanted,
            Err(why) => return refused(StatusCode::BAD_REQUEST, &format!("the request does not hold: {why}")),
        };
        let again = match wanted {
            Wanted { body: Some(body), .. } => Again::Edited(body.into_bytes()),
            Wanted { resign: true, .. } => Again::SignedNow,
            Wanted { .. } => Again::AsItWas,
        };
        // A task of its own: what was begun goes through even when the page is closed meanwhile.
        match tokio::spawn((self.again)(exchange, again)).await {
            Ok(Ok(sent)) => json(StatusCode::OK, &serde_json::json!({"id": sent.id, "outcome": sent.outcome()})),
            Ok(Err(error)) => failed(&error),
            Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "sending again broke"),
        }
    }
}

fn held_no_more() -> Answer {
    refused(StatusCode::NOT_FOUND, "the exchange is held no more; --capture keeps all of them")
}

fn document() -> Answer {
    let mut answer = whole(StatusCode::OK, "text/html; charset=utf-8", page::DOCUMENT);
    if let Ok(policy) = HeaderValue::from_str(&page::policy()) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

fn last_event(headers: &HeaderMap) -> u64 {
    headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(0)
}

/// Streams the events behind a number. What a slow reader has not taken stays in the journal.
fn events(journal: Arc<Journal>, after: u64) -> Answer {
    let chunks = stream::unfold((journal, after, true), |(journal, after, first)| async move {
        // Said at once, so that the page knows that it is connected.
        let (text, after) = if first { (": connected\n\n".to_owned(), after) } else { next(&journal, after).await };
        Some((Ok::<_, Infallible>(Frame::data(Bytes::from(text))), (journal, after, false)))
    });
    answer(StatusCode::OK, "text/event-stream", StreamBody::new(chunks).boxed_unsync())
}

/// The next events and the number of the last one; a comment where nothing happens for a while.
async fn next(journal: &Journal, after: u64) -> (String, u64) {
    match timeout(BEAT, journal.behind(after)).await {
        Ok(told) => (told.iter().map(event).collect(), told.last().map_or(after, |told| told.number)),
        Err(_) => (": \n\n".to_owned(), after),
    }
}

/// One event as text. Its document is on one line: JSON writes line ends as escapes.
fn event(told: &Told) -> String {
    format!("event: {}\nid: {}\ndata: {}\n\n", told.name, told.number, told.data)
}
