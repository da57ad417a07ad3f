//! Sends attempts to an endpoint.

mod pipeline;

use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream;
use reqwest::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use reqwest::{Body, Client, Method, RequestBuilder};
use url::Url;

use super::http;
use crate::error::Result;
use crate::webhook::{Answer, Attempt, Delivery, SendFailure};

/// Longest part of an answer's body that is kept, in bytes.
const KEPT: usize = 64 << 10;
/// Longest body of an answer, in bytes: an answer to a delivery says next to nothing, and one without an end is none.
const LONGEST: usize = 1 << 20;
/// Pieces of a delivery that is sent slowly, and the time that it takes in all.
const PIECES: usize = 20;
const SLOW: Duration = Duration::from_secs(2);

/// Sends to one endpoint, each delivery on a connection of its own: what one delivery does to its connection must not
/// meet the next one.
#[derive(Debug, Clone)]
pub struct WebhookSender {
    client: Client,
    url: Url,
    timeout: Duration,
}

impl WebhookSender {
    /// Prepares sending to `url`; each delivery ends after `timeout`.
    pub fn new(url: Url, timeout: Duration) -> Result<Self> {
        let client = http::builder(&url, timeout).pool_max_idle_per_host(0);
        Ok(WebhookSender { client: http::build(client)?, url, timeout })
    }

    /// The endpoint.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Sends one attempt, its bytes exactly as they are.
    pub async fn deliver(&self, attempt: Attempt) -> Delivery {
        let body = Body::from(attempt.body.clone());
        let outcome = self.send(&attempt, body).await;
        Delivery { attempt, outcome }
    }

    /// Sends one attempt in small pieces over two seconds.
    pub async fn deliver_slowly(&self, attempt: Attempt) -> Delivery {
        let size = attempt.body.len().div_ceil(PIECES).max(1);
        let pieces: Vec<_> = attempt.body.chunks(size).map(Bytes::copy_from_slice).collect();
        let pause = SLOW / u32::try_from(pieces.len().max(1)).unwrap_or(1);
        let paced = stream::unfold(pieces.into_iter(), move |mut pieces| async move {
            let piece = pieces.next()?;
            tokio::time::sleep(pause).await;
            Some((Ok::<_, std::io::Error>(piece), pieces))
        });
        let outcome = self.send(&attempt, Body::wrap_stream(paced)).await;
        Delivery { attempt, outcome }
    }

    /// Sends the head and half of the body, then closes the connection.
    pub async fn disconnect(&self, attempt: Attempt) -> Delivery {
        let half = Bytes::copy_from_slice(&attempt.body[..attempt.body.len() / 2]);
        let (sent, taken) = tokio::sync::oneshot::channel();
        let cut = stream::unfold((Some(half), Some(sent)), |(half, mut sent)| async move {
            if let Some(half) = half {
                return Some((Ok::<_, std::io::Error>(half), (None, sent)));
            }
            sent.take().and_then(|sent| sent.send(()).ok());
            std::future::pending().await
        });
        let outcome = tokio::select! {
            outcome = self.send(&attempt, Body::wrap_stream(cut)) => outcome,
            _ = taken => Err(SendFailure::Broken("closed by the sender".to_owned())),
        };
        Delivery { attempt, outcome }
    }

    /// Sends attempts one behind the other on one connection without waiting for answers (RFC 9112 section 9.3.2).
    /// Answers that the server leaves out by closing the connection in order are left out here too. `None` where the
    /// endpoint is not plain HTTP.
    pub async fn pipeline(&self, attempts: &[Attempt]) -> Option<Result<Vec<Answer>, SendFailure>> {
        if self.url.scheme() != "http" {
            return None;
        }
        let sending = pipeline::send(&self.url, attempts);
        Some(tokio::time::timeout(self.timeout, sending).await.unwrap_or(Err(SendFailure::Timeout(self.timeout))))
    }

    async fn send(&self, attempt: &Attempt, body: Body) -> Result<Answer, SendFailure> {
        let started = Instant::now();
        let response = self.request(attempt, body).send().await.map_err(|cause| self.failure(&cause))?;
        let status = response.status().as_u16();
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let (mut body, cut) = http::read_bounded(response, LONGEST).await.map_err(|cause| self.failure(&cause))?;
        if cut {
            return Err(SendFailure::Endless(LONGEST));
        }
        body.truncate(KEPT);
        Ok(Answer { status, headers, body, elapsed: started.elapsed() })
    }

    fn request(&self, attempt: &Attempt, body: Body) -> RequestBuilder {
        let method = Method::from_bytes(attempt.method.as_bytes()).unwrap_or(Method::POST);
        let mut request = self.client.request(method.clone(), self.url.clone());
        for (name, value) in &attempt.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
                request = request.header(name, value);
            }
        }
        if matches!(method, Method::GET | Method::HEAD) {
            return request;
        }
        // A body that comes in pieces has the length of the whole all the same: few webhook senders use chunks.
        request.header(CONTENT_LENGTH, attempt.body.len()).body(body)
    }

    fn failure(&self, cause: &reqwest::Error) -> SendFailure {
        if cause.is_timeout() {
            SendFailure::Timeout(self.timeout)
        } else if cause.is_connect() {
            SendFailure::Connect(innermost(cause))
        } else {
            SendFailure::Broken(innermost(cause))
        }
    }
}

/// The last cause of an error, which says most.
pub(super) fn innermost(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
