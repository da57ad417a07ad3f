//! Who may ask: requests that name this machine, come from the page itself, and carry its token.
//!
//! The name stops a page of somebody else's that has its own name point to this machine (DNS rebinding); the origin stops
//! one that asks across sites; the token stops both, and other users of this machine too.

use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, HOST, HeaderMap, ORIGIN};
use sha2::{Digest as _, Sha256};

/// Names under which this machine may be asked for.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Checks the name that was asked for and where the question comes from.
pub(super) fn comes_from_here(headers: &HeaderMap) -> Result<(), (StatusCode, &'static str)> {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if headers.get_all(HOST).iter().count() != 1 || !NAMES.contains(&name) {
        return Err((StatusCode::MISDIRECTED_REQUEST, "the host is not this machine"));
    }
    // The port need not be that of the listener: a person may reach it through `ssh -L`.
    let own = format!("http://{host}");
    let same_site = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none");
    if !same_site || headers.get_all(ORIGIN).iter().any(|origin| origin != own.as_str()) {
        return Err((StatusCode::FORBIDDEN, "the request comes from another page"));
    }
    Ok(())
}

/// Checks the token.
pub(super) fn carries(headers: &HeaderMap, token: &str) -> Result<(), (StatusCode, &'static str)> {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    // Digests take the same time to compare wherever the first difference of the tokens is.
    match given {
        Some(given) if Sha256::digest(given) == Sha256::digest(token) => Ok(()),
        _ => Err((StatusCode::FORBIDDEN, "the token of this run is missing: open the address that was printed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let header =
            |(name, value): &(&'static str, &str)| (name.parse().expect("name"), value.parse().expect("value"));
        pairs.iter().map(header).collect()
    }

    #[test]
    fn only_this_machine_and_the_page_itself_may_ask() {
        let asked =
            |pairs: &[(&'static str, &str)]| comes_from_here(&headers(pairs)).map_err(|(status, _)| status.as_u16());
        assert_eq!(asked(&[("host", "127.0.0.1:4000")]), Ok(()));
        assert_eq!(asked(&[("host", "localhost:4000"), ("origin", "http://localhost:4000")]), Ok(()));
        for host in ["evil.test:4000", "127.0.0.1.evil.test", "", "127.0.0.1@evil.test:1", "localhost:x"] {
            assert_eq!(asked(&[("host", host)]), Err(421), "{host}");
        }
        for origin in ["http://evil.test", "null", "http://localhost:4000", "https://127.0.0.1:4000"] {
            assert_eq!(asked(&[("host", "127.0.0.1:4000"), ("origin", origin)]), Err(403), "{origin}");
        }
        assert_eq!(asked(&[("host", "127.0.0.1:4000"), ("sec-fetch-site", "cross-site")]), Err(403));
        assert_eq!(asked(&[]), Err(421));
    }

    #[test]
    fn the_token_must_be_the_whole_token() {
        for wrong in ["Bearer toke", "Bearer tokenn", "token", "Bearer ", "Basic token"] {
            assert!(carries(&headers(&[("authorization", wrong)]), "token").is_err(), "{wrong}");
        }
        assert!(carries(&headers(&[]), "token").is_err());
        assert!(carries(&headers(&[("authorization", "Bearer token")]), "token").is_ok());
    }
}
