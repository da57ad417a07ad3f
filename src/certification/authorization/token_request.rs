//! A request to the token endpoint (RFC 6749 section 3.2), as the integration sent it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use url::form_urlencoded;

use super::transcript::{Heard, Party};

/// Where the endpoint is.
const PATH: &str = "/oauth/token";

/// A request for a token, and what was given for it.
pub(super) struct TokenRequest {
    form: Vec<(String, String)>,
    /// Whether parameters stand in the address.
    pub(super) in_address: bool,
    /// Identifier and secret of the Authorization header.
    basic: Option<(String, String)>,
    /// Status of the answer.
    pub(super) status: Option<u16>,
    /// What was given.
    pub(super) given: Option<Given>,
    /// Why nothing was given (RFC 6749 section 5.2).
    pub(super) error: Option<String>,
}

/// Tokens that were given.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Given {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl TokenRequest {
    /// Reads what was heard, where it was a request for a token.
    pub(super) fn of(heard: &Heard) -> Option<Self> {
        let (path, query) = heard.request.path.split_once('?').unwrap_or((&heard.request.path, ""));
        if heard.party != Party::Marketplace || path != PATH {
            return None;
        }
        let pairs = |text: &[u8]| form_urlencoded::parse(text).into_owned().collect::<Vec<_>>();
        let reply = heard.reply.as_ref();
        let success = reply.filter(|reply| reply.status == 200);
        Some(TokenRequest {
            form: [pairs(&heard.request.body), pairs(query.as_bytes())].concat(),
            in_address: !query.is_empty(),
            basic: heard.request.header("authorization").and_then(basic),
            status: reply.map(|reply| reply.status),
            given: success.and_then(|reply| serde_json::from_slice(&reply.body).ok()),
            error: reply.and_then(|reply| Some(serde_json::from_slice::<Refusal>(&reply.body).ok()?.error)),
        })
    }

    /// The first value of a parameter; an empty one counts as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.form.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether the client proved who it is (RFC 6749 section 2.3.1).
    pub(super) fn is_authenticated(&self, id: &str, secret: &str) -> bool {
        let by_header = self.basic.as_ref().is_some_and(|(named, proof)| named == id && proof == secret);
        by_header || (self.get("client_id") == Some(id) && self.get("client_secret") == Some(secret))
    }
}

/// Identifier and secret of a header of the form Basic.
pub(super) fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    Some((plain(id), plain(secret)))
}
