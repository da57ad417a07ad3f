//! HTTP clients: bounded in time, with no redirects followed, so that a credential never goes to another host.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Response};

use crate::error::{Explain, Result};

/// Time to make a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// Makes a client whose requests end after `timeout` in all. Proxies of the environment are used beyond loopback only.
pub fn client(url: &url::Url, timeout: Duration) -> Result<Client> {
    build(builder(url, timeout))
}

/// Finishes a client.
pub fn build(builder: ClientBuilder) -> Result<Client> {
    builder.build().or_usage(|| "cannot set up the HTTP client".into())
}

/// Begins a client as [`client`] makes it.
pub fn builder(url: &url::Url, timeout: Duration) -> ClientBuilder {
    // rustls takes one provider for the process; a second call finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(concat!("proveniq/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .connect_timeout(CONNECT.min(timeout))
        .timeout(timeout);
    if url.scheme() == "http" {
        // Loading the system's certificates takes longer than a whole request on loopback.
        builder = builder.tls_certs_only([]);
    }
    if is_loopback(url) {
        builder = builder.no_proxy();
    }
    builder
}

/// Tells whether a URL means this machine.
pub fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Reads at most `most` bytes of a body; the rest is dropped with the connection.
pub async fn read_bounded(response: Response, most: usize) -> reqwest::Result<(Vec<u8>, bool)> {
    let mut response = response;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = most - body.len();
        if chunk.len() > room {
            body.extend_from_slice(&chunk[..room]);
            return Ok((body, true));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((body, false))
}
