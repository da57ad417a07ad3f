//! Where tokens stand that must not: at other hosts, in addresses, in what scripts can read (RFC 9700 sections 4.3, 4.9).

use super::token_request::basic;
use super::transcript::{Heard, Party, Transcript};
use crate::certification::finding::Finding;
use crate::webhook::exchange::{CapturedRequest, Reply};

/// Something that must stay between the integration and the marketplace.
struct Secret {
    what: &'static str,
    text: String,
}

pub(super) fn judge(transcript: &Transcript) -> Vec<Finding> {
    let secrets = secrets(transcript);
    let mut findings: Vec<Finding> = Vec::new();
    for heard in transcript.heard() {
        for secret in &secrets {
            if let Some(finding) = look(heard, secret)
                && !findings.iter().any(|known| known.message == finding.message)
            {
                findings.push(finding);
            }
        }
    }
    findings
}

fn secrets(transcript: &Transcript) -> Vec<Secret> {
    let given: Vec<_> = transcript.token_requests().filter_map(|request| request.given).collect();
    let access = given.iter().map(|given| Secret { what: "the access token", text: given.access_token.clone() });
    let refresh = given.iter().filter_map(|given| given.refresh_token.clone());
    let refresh = refresh.map(|text| Secret { what: "the refresh token", text });
    let client = Secret { what: "the client's secret", text: transcript.client_secret.clone() };
    access.chain(refresh).chain([client]).filter(|secret| !secret.text.is_empty()).collect()
}

fn look(heard: &Heard, Secret { what, text }: &Secret) -> Option<Finding> {
    let found = |rule: &str, message: String| Some(Finding::new(&*message).rule(rule).content(&message));
    match &heard.party {
        Party::Upstream(name) if is_in_request(&heard.request, text) => {
            found("token-sent-elsewhere", format!("{what} is sent to the upstream {name}"))
        }
        Party::Marketplace if heard.request.path.contains(text.as_str()) => {
            found("token-in-address", format!("{what} stands in an address that is asked for"))
        }
        Party::Integration if heard.request.path.contains(text.as_str()) => {
            found("token-in-address", format!("{what} stands in an address that the browser is sent to"))
        }
        Party::Integration => look_at_answer(heard.reply.as_ref()?, what, text),
        Party::Marketplace | Party::Upstream(_) => None,
    }
}

/// What the browser is given. A cookie that scripts cannot read, or a page of its own, is left to the integration.
fn look_at_answer(reply: &Reply, what: &str, text: &str) -> Option<Finding> {
    let values = |name: &str| {
        let named = reply.headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| String::from_utf8_lossy(&header.value).into_owned()).collect::<Vec<_>>()
    };
    let found = |rule: &str, message: String| Finding::new(&*message).rule(rule).content(&message);
    if values("location").iter().any(|value| value.contains(text)) {
        let message = format!("{what} stands in an address that the browser is sent to");
        return Some(found("token-in-address", message));
    }
    if let Some(cookie) = values("set-cookie").iter().find(|value| value.contains(text)) {
        let hidden = cookie.split(';').any(|part| part.trim().eq_ignore_ascii_case("httponly"));
        let finding = found("token-in-cookie", format!("{what} stands in a cookie as it is"));
        return Some(if hidden { finding.warning() } else { finding });
    }
    let shown = is_in(&reply.body, text);
    shown.then(|| found("token-in-page", format!("{what} stands in a page of the browser")).warning())
}

fn is_in_request(request: &CapturedRequest, text: &str) -> bool {
    let wrapped = request.header("authorization").and_then(basic);
    request.path.contains(text)
        || is_in(&request.body, text)
        || wrapped.is_some_and(|(name, password)| name.contains(text) || password.contains(text))
        || request.headers.iter().any(|header| is_in(&header.value, text))
}

fn is_in(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}
