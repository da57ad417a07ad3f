//! Sends attempts to an endpoint.

use std::time::{Duration, Instant};

use reqwest::Client;
use url::Url;

use super::http;
use crate::error::Result;
use crate::webhook::{Answer, Attempt, Delivery, SendFailure};

/// Longest part of an answer's body that is kept, in bytes.
const KEPT: usize = 64 << 10;

/// Sends to one endpoint.
#[derive(Debug)]
pub struct WebhookSender {
    client: Client,
    url: Url,
    timeout: Duration,
}

impl WebhookSender {
    /// Prepares sending to `url`; each delivery ends after `timeout`.
    pub fn new(url: Url, timeout: Duration) -> Result<Self> {
        Ok(WebhookSender { client: http::client(&url, timeout)?, url, timeout })
    }

    /// Sends one attempt, its bytes exactly as they are.
    pub async fn deliver(&self, attempt: Attempt) -> Delivery {
        let outcome = self.send(&attempt).await;
        Delivery { attempt, outcome }
    }

    async fn send(&self, attempt: &Attempt) -> Result<Answer, SendFailure> {
        let started = Instant::now();
        let mut request = self.client.post(self.url.clone()).body(attempt.body.clone());
        for (name, value) in &attempt.headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.map_err(|cause| self.failure(&cause))?;
        let status = response.status().as_u16();
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let (body, _) = http::read_bounded(response, KEPT).await.map_err(|cause| self.failure(&cause))?;
        Ok(Answer { status, headers, body, elapsed: started.elapsed() })
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
