//! The authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3).

use std::collections::BTreeSet;

use url::Url;

use crate::certification::finding::Finding;
use crate::credential::pkce;

/// Fewest characters of a `state`: 96 bits in base64.
const SHORTEST_STATE: usize = 16;
/// Places in which two `state`s differ at least. What counts up or tells the time differs in fewer.
const FEWEST_DIFFERENCES: usize = 8;

/// Where an integration sent a browser.
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    parameters: Vec<(String, String)>,
}

impl AuthorizationRequest {
    /// Reads the address that the browser was sent to.
    pub fn of(url: &Url) -> Self {
        let owned = |(name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
            (name.into_owned(), value.into_owned())
        };
        AuthorizationRequest { parameters: url.query_pairs().map(owned).collect() }
    }

    /// The first value of a parameter; an empty one counts as absent.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// Judges the first request alone, and what must be fresh over all of them.
pub(super) fn judge(requests: &[&AuthorizationRequest], client_id: &str, redirect_uris: &[String]) -> Vec<Finding> {
    let Some(first) = requests.first() else { return Vec::new() };
    let mut findings = Vec::new();
    let mut found = |rule: &str, message: String| findings.push(Finding::new(message).rule(rule).content(rule));
    if first.get("response_type") != Some("code") {
        found("response-type", "the authorization request does not ask for a code (response_type=code)".into());
    }
    if first.get("client_id") != Some(client_id) {
        found("client-id", "the authorization request does not name the client of PROVENIQ_CLIENT_ID".into());
    }
    match first.get("redirect_uri") {
        None => found("redirect-uri", "the authorization request has no redirect_uri".into()),
        Some(uri) if !redirect_uris.iter().any(|declared| is_declared(declared, uri)) => {
            found("redirect-uri", format!("redirect_uri {uri:?} is not one of [oauth] redirect_uris"));
        }
        Some(_) => {}
    }
    if let Some(why) = challenge_fault(requests) {
        found("pkce", why.into());
    }
    if let Some(why) = state_fault(requests) {
        found("state", why);
    }
    findings
}

fn challenge_fault(requests: &[&AuthorizationRequest]) -> Option<&'static str> {
    let first = requests.first()?;
    let Some(challenge) = first.get("code_challenge") else {
        return Some("the authorization request has no code_challenge: PKCE is not used");
    };
    if first.get("code_challenge_method") != Some("S256") {
        return Some("code_challenge_method is not S256: the challenge shows the verifier");
    }
    if !pkce::is_challenge(challenge) {
        return Some("code_challenge is not SHA-256 in base64url");
    }
    let challenges: Vec<_> = requests.iter().filter_map(|request| request.get("code_challenge")).collect();
    let distinct: BTreeSet<_> = challenges.iter().collect();
    (distinct.len() < challenges.len()).then_some("two authorization requests have the same code_challenge")
}

fn state_fault(requests: &[&AuthorizationRequest]) -> Option<String> {
    let states: Vec<_> = requests.iter().filter_map(|request| request.get("state")).collect();
    if states.len() < requests.len() {
        return Some("an authorization request has no state".into());
    }
    if states.iter().any(|state| state.chars().count() < SHORTEST_STATE) {
        return Some(format!("state has fewer than {SHORTEST_STATE} characters: it can be guessed"));
    }
    let pairs =
        states.iter().enumerate().flat_map(|(index, one)| states[..index].iter().map(move |other| (one, other)));
    let fewest = pairs.map(|(one, other)| differences(one, other)).min()?;
    match fewest {
        0 => Some("two authorization requests have the same state".into()),
        fewest if fewest < FEWEST_DIFFERENCES => {
            Some(format!("the state of two requests differs in {fewest} characters only: it can be guessed"))
        }
        _ => None,
    }
}

/// Places in which two texts differ; what is longer counts.
fn differences(one: &str, other: &str) -> usize {
    let differing = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    differing + one.len().abs_diff(other.len())
}

/// Whether a redirect URI is the declared one, any port on a loopback address (RFC 8252 section 7.3).
fn is_declared(declared: &str, asked: &str) -> bool {
    if declared == asked {
        return true;
    }
    let (Ok(mut declared), Ok(mut asked)) = (Url::parse(declared), Url::parse(asked)) else { return false };
    let loopback = |url: &Url| match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        _ => false,
    };
    let without_port = |url: &mut Url| url.set_port(None).is_ok();
    loopback(&declared)
        && loopback(&asked)
        && without_port(&mut declared)
        && without_port(&mut asked)
        && declared == asked
}
