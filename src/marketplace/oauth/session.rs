//! The browser of a person: its session, and proof that a form was one of ours.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::page::Refusal;
use crate::credential::{Token, TokenKind};
use crate::marketplace::Marketplace;
use crate::package::hex;

/// A browser that asks this marketplace by its name, and not by another one (DNS rebinding).
#[derive(Debug)]
pub(super) struct Browser {
    /// The cookie, whether or not somebody is signed in with it.
    pub(super) session: Option<Token>,
    /// Account and name of who is signed in.
    pub(super) account: Option<(String, String)>,
}

impl Browser {
    /// What a form must carry to count: derived from the cookie, which other sites cannot read.
    pub(super) fn form_token(&self) -> String {
        self.session.as_ref().map(form_token).unwrap_or_default()
    }

    /// Tells whether a form carries it.
    pub(super) fn sent(&self, token: Option<&str>) -> bool {
        self.session.as_ref().is_some_and(|session| token == Some(form_token(session).as_str()))
    }
}

fn form_token(session: &Token) -> String {
    hex(&Sha256::digest(format!("form\n{}", session.expose())))
}

impl FromRequestParts<Marketplace> for Browser {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Marketplace) -> Result<Self, Refusal> {
        let url = &state.0.settings.url;
        if !names(url, &parts.method, &parts.headers) {
            let title = "This is not the address of the marketplace";
            return Err(Refusal::new("foreign_host", title, format!("It is {url}.")));
        }
        let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let own = cookie_name(url);
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let session =
            pairs.find(|(name, _)| *name == own).and_then(|(_, value)| Token::parse(TokenKind::Session, value).ok());
        let account = match &session {
            Some(session) => state.0.storage.session_account(session, Timestamp::now()).await?,
            None => None,
        };
        Ok(Browser { session, account })
    }
}

/// Tells whether the request was sent to this marketplace's own name, and a form came from a page of its own.
fn names(url: &str, method: &Method, headers: &HeaderMap) -> bool {
    let own = url.split_once("://").map_or(url, |(_, authority)| authority);
    let once = |name: header::HeaderName| headers.get_all(name).iter().count() <= 1;
    if !once(header::HOST) || !once(header::ORIGIN) {
        return false;
    }
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let origin = headers.get(header::ORIGIN).map(|value| value.to_str().unwrap_or_default());
    // What the page that sent it is to this one, where the browser tells (Fetch Metadata). Links lead here from anywhere.
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let foreign = method != Method::GET && site.is_some_and(|site| site != "same-origin" && site != "none");
    // "null" is what a browser says where the referrer policy hides the page; the form's token still has to fit.
    host == Some(own) && !foreign && origin.is_none_or(|origin| origin == url || origin == "null")
}

/// Browsers keep one set of cookies for all ports of a host (RFC 6265 section 8.5): the name carries the port, so that
/// marketplaces side by side do not sign each other's people out.
fn cookie_name(url: &str) -> String {
    let host_only = if url.starts_with("https://") { "__Host-" } else { "" };
    let port = url.rsplit_once(':').map(|(_, port)| port).filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let port = port.map(|port| format!("-{port}")).unwrap_or_default();
    format!("{host_only}proveniq{port}")
}

/// The header that gives a browser its session. `__Host-` keeps other hosts of the domain from setting one, and demands the
/// whole site as its path; on loopback, which many programs share as a host, the path keeps it from most of them.
pub(super) fn cookie(url: &str, session: &Token, lifetime: SignedDuration) -> Option<HeaderValue> {
    let place = if url.starts_with("https://") { "Path=/; Secure" } else { "Path=/oauth/" };
    let (name, seconds) = (cookie_name(url), lifetime.as_secs());
    let text = format!("{name}={}; {place}; HttpOnly; SameSite=Lax; Max-Age={seconds}", session.expose());
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_for_this_marketplace_alone() {
        let session = Token::generate(TokenKind::Session).expect("randomness");
        let text = |url: &str| {
            let value = cookie(url, &session, SignedDuration::from_secs(60)).expect("cookie");
            value.to_str().expect("text").replace(session.expose(), "X")
        };
        assert_eq!(
            text("https://market.test"),
            "__Host-proveniq=X; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60"
        );
        assert_eq!(text("http://127.0.0.1:1"), "proveniq-1=X; Path=/oauth/; HttpOnly; SameSite=Lax; Max-Age=60");
        for (url, name) in [
            ("https://market.test:8443", "__Host-proveniq-8443"),
            ("http://[::1]:8080", "proveniq-8080"),
            ("http://127.0.0.1", "proveniq"),
            ("http://[::1]", "proveniq"),
        ] {
            assert_eq!(cookie_name(url), name);
        }
    }
}
