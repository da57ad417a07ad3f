//! The endpoint of a load test: where to connect, and what every request to it begins with.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use url::{Host, Position, Url};

use crate::adapters::tls_setup::TlsSetup;
use crate::error::{Error, Result};

/// Time to find an address, and to try each one.
const LIMIT: Duration = Duration::from_secs(10);

/// An endpoint that deliveries can be sent to. Proxies of the environment are not used: what is measured is the endpoint.
#[derive(Debug, Clone)]
pub struct LoadEndpoint {
    /// Its URL, for people.
    pub(super) url: Url,
    /// Address that connections are made to.
    pub(super) address: SocketAddr,
    /// Request line and the headers that every request has.
    pub(super) head: String,
    /// TLS, where the URL is https.
    pub(super) tls: Option<TlsSetup>,
}

impl LoadEndpoint {
    /// Finds the address of an http or https URL. Where a name has several, the first that takes a connection is used.
    pub async fn resolve(url: &Url) -> Result<Self> {
        let unreachable = |cause: String| unreachable(url, &cause);
        let host = url.host().ok_or_else(|| Error::usage(format!("{url} names no host")))?;
        let port = url.port_or_known_default().ok_or_else(|| Error::usage(format!("{url} names no port")))?;
        let addresses: Vec<SocketAddr> = match host {
            Host::Ipv4(address) => vec![(address, port).into()],
            Host::Ipv6(address) => vec![(address, port).into()],
            Host::Domain(name) => {
                let lookup = tokio::time::timeout(LIMIT, tokio::net::lookup_host((name, port)));
                let found = lookup.await.map_err(|_| unreachable("its name is not found in time".into()))?;
                found.map_err(|cause| unreachable(cause.to_string()))?.collect()
            }
        };
        let address = match addresses.as_slice() {
            [] => return Err(unreachable("its name has no address".into())),
            [address] => *address,
            _ => first_that_connects(addresses).await.map_err(unreachable)?,
        };
        let tls = (url.scheme() == "https").then(|| TlsSetup::to(url)).transpose()?;
        Ok(LoadEndpoint { url: url.clone(), address, head: head(url), tls })
    }
}

/// The error for an endpoint that takes no connection.
pub(super) fn unreachable(url: &Url, cause: &str) -> Error {
    Error::unreachable(format!("the endpoint {url} cannot be reached: {cause}"))
        .hint("start the integration first, and look at the URL's host and port")
}

async fn first_that_connects(addresses: Vec<SocketAddr>) -> Result<SocketAddr, String> {
    let try_each = move || {
        let mut last = String::new();
        for address in addresses {
            match TcpStream::connect_timeout(&address, LIMIT / 2) {
                Ok(_) => return Ok(address),
                Err(cause) => last = cause.to_string(),
            }
        }
        Err(last)
    };
    tokio::task::spawn_blocking(try_each).await.unwrap_or_else(|cause| Err(cause.to_string()))
}

fn head(url: &Url) -> String {
    let target = &url[Position::BeforePath..Position::AfterQuery];
    // As browsers do, and reqwest: the port is left out where it is the scheme's own. IPv6 addresses keep their brackets.
    let host = &url[Position::BeforeHost..Position::AfterPort];
    format!(
        "POST {target} HTTP/1.1\r\nhost: {host}\r\nuser-agent: proveniq/{}\r\ncontent-type: application/json\r\n",
        env!("CARGO_PKG_VERSION")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_host_port_path_and_query() {
        for (url, line, host) in [
            ("http://127.0.0.1:8080/hook?a=1#part", "POST /hook?a=1 HTTP/1.1", "host: 127.0.0.1:8080"),
            ("http://[::1]:8080", "POST / HTTP/1.1", "host: [::1]:8080"),
            ("https://example.test:443/a%20b", "POST /a%20b HTTP/1.1", "host: example.test"),
        ] {
            let head = head(&Url::parse(url).expect(url));
            let lines: Vec<_> = head.split("\r\n").collect();
            assert_eq!((lines[0], lines[1]), (line, host));
            assert!(head.ends_with("\r\n"));
        }
    }
}
