//! Passes captured requests on to an endpoint, byte for byte, bounded in time and size.

use std::time::{Duration, Instant};

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Client, Method};
use url::Url;

use super::http;
use super::webhook_sender::innermost;
use crate::error::{Error, Explain, Result};
use crate::webhook::exchange::{CapturedRequest, Failure, Forward, Header, Reply};

/// Longest part of an answer's body that is kept, in bytes.
const KEPT: usize = 64 << 10;

/// Sends to one endpoint, and to what lies below it.
#[derive(Debug, Clone)]
pub struct Forwarder {
    client: Client,
    url: Url,
    timeout: Duration,
}

impl Forwarder {
    /// Prepares sending to `url`; each answer must be whole within `timeout`.
    pub fn new(url: Url, timeout: Duration) -> Result<Self> {
        Ok(Forwarder { client: http::client(&url, timeout)?, url, timeout })
    }

    /// Checks the address of an endpoint: http or https, a host, nothing secret in it.
    pub fn address(text: &str) -> Result<Url> {
        let url = Url::parse(text)
            .or_usage(|| format!("{:?} is no URL", without_userinfo(text)))
            .map_err(|error| error.hint("name the endpoint whole, such as http://127.0.0.1:3000/webhooks/proveniq"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::usage("the endpoint's URL must not hold a user name or a password")
                .hint("name it without them: what is typed here lands in histories and reports"));
        }
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(Error::usage(format!("{text:?} is no http or https URL")));
        }
        Ok(url)
    }

    /// The endpoint.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The endpoint with a captured path and query behind its own path.
    pub fn below(&self, path: &str) -> Url {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let mut url = self.url.clone();
        if path != "/" && !path.is_empty() {
            url.set_path(&format!("{}/{}", self.url.path().trim_end_matches('/'), path.trim_start_matches('/')));
        }
        if query.is_some() {
            url.set_query(query);
        }
        url
    }

    /// Sends a request to `url` and takes the answer, whatever it is. Redirects are not followed.
    pub async fn forward(&self, url: &Url, request: &CapturedRequest) -> Forward {
        let started = Instant::now();
        let result = self.send(url, request).await;
        let elapsed_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        Forward { url: url.to_string(), elapsed_us, result: result.map(Reply::without_secrets) }
    }

    async fn send(&self, url: &Url, request: &CapturedRequest) -> Result<Reply, Failure> {
        let unfit = |what: String| Failure::Broken(format!("{what} cannot be sent"));
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| unfit("the method".into()))?;
        let mut prepared = self.client.request(method, url.clone()).body(request.body.clone());
        for Header { name, value } in request.headers.iter().filter(|header| header.is_end_to_end()) {
            let unfit = || unfit(format!("the header {name:?}"));
            let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
            prepared = prepared.header(known, HeaderValue::from_bytes(value).map_err(|_| unfit())?);
        }
        let response = prepared.send().await.map_err(|cause| self.failure(&cause))?;
        let status = response.status().as_u16();
        let header = |(name, value): (&HeaderName, &HeaderValue)| Header {
            name: name.to_string(),
            value: value.as_bytes().to_vec(),
        };
        let headers = response.headers().iter().map(header).collect();
        let (body, truncated) = http::read_bounded(response, KEPT).await.map_err(|cause| self.failure(&cause))?;
        Ok(Reply { status, headers, body, truncated })
    }

    fn failure(&self, cause: &reqwest::Error) -> Failure {
        if cause.is_timeout() {
            Failure::Timeout(self.timeout.as_secs())
        } else if cause.is_connect() {
            Failure::Unreachable(innermost(cause))
        } else {
            Failure::Broken(innermost(cause))
        }
    }
}

/// What was typed, without what stands before an `@`: it could hold a password.
fn without_userinfo(text: &str) -> &str {
    text.rsplit('@').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_queries_are_put_behind_the_endpoints_own() {
        let at = |endpoint: &str, path: &str| {
            let url = Forwarder::address(endpoint).expect("URL");
            Forwarder::new(url, Duration::from_secs(1)).expect("client").below(path).to_string()
        };
        assert_eq!(at("http://127.0.0.1:3/hooks", "/"), "http://127.0.0.1:3/hooks");
        assert_eq!(at("http://127.0.0.1:3/hooks/", "/a/b?c=d&e"), "http://127.0.0.1:3/hooks/a/b?c=d&e");
        assert_eq!(at("http://127.0.0.1:3", "/a%20b"), "http://127.0.0.1:3/a%20b");
        assert_eq!(at("http://127.0.0.1:3/x?k=1", "/"), "http://127.0.0.1:3/x?k=1");
    }

    #[test]
    fn an_endpoint_with_a_password_is_refused_and_not_repeated() {
        for text in ["http://me:topsecret@127.0.0.1", "http://me:topsecret@x:99999"] {
            assert!(!Forwarder::address(text).expect_err("password").to_string().contains("topsecret"));
        }
    }
}
