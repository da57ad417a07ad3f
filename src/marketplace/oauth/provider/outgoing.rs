//! Requests to a provider: bounded in time and size, encrypted beyond this machine, no redirects followed.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;
use url::{Host, Url};

/// Time that one request may take.
const LIMIT: Duration = Duration::from_secs(10);
/// Largest answer, in bytes.
const LARGEST: usize = 1 << 20;

/// A client for an address, which must be https beyond loopback.
pub(super) fn client(address: &str) -> Result<(Client, Url), String> {
    let url = Url::parse(address).map_err(|_| "its address is no URL".to_owned())?;
    let loopback = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        _ => false,
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
        return Err("its address is not https".to_owned());
    }
    // rustls takes one provider for the process; a second call finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder().user_agent("proveniq-marketplace").redirect(Policy::none()).timeout(LIMIT);
    if loopback {
        builder = builder.no_proxy();
    }
    if url.scheme() == "http" {
        builder = builder.tls_certs_only([]);
    }
    let client = builder.build().map_err(|_| "a request to it cannot be prepared".to_owned())?;
    Ok((client, url))
}

/// Sends a request and reads its JSON. Errors never repeat what was sent or answered.
pub(super) async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, String> {
    let sent = request.header("accept", "application/json").send().await;
    let failed =
        |cause: reqwest::Error| if cause.is_timeout() { "it did not answer in time" } else { "it cannot be reached" };
    let mut response = sent.map_err(|cause| failed(cause).to_owned())?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("it answered {status}"));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| "its answer was cut off".to_owned())? {
        if body.len() + chunk.len() > LARGEST {
            return Err("its answer is too large".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|_| "its answer is not what its protocol says".to_owned())
}
