//! The way back: who gets a token request, and what must stand in it (RFC 6749 section 4.1.3, RFC 7636 section 4.5).

use super::transcript::{Act, Step, Transcript};
use crate::certification::finding::Finding;
use crate::credential::pkce;

/// Returns with which no token may be asked for.
const FORGED: [(Act, &str); 3] = [
    (Act::WrongState, "a state that nobody made"),
    (Act::NoState, "no state"),
    (Act::ForeignState, "the state of another browser"),
];

/// Judges what became of consent.
pub(super) fn consent(transcript: &Transcript) -> Vec<Finding> {
    let Some(step) = transcript.step(Act::Consent) else { return Vec::new() };
    let found = |rule: &str, message: String| Finding::new(message).rule(rule).content(rule);
    let Some(code) = &step.code else { return Vec::new() };
    let Some(exchange) = transcript.exchange_of(code) else {
        let status = step.last_status().map_or("nothing".to_owned(), |status| status.to_string());
        return vec![found(
            "token-request",
            format!("no token is asked for after consent; the callback answered {status}"),
        )];
    };
    let asked = |name: &str| step.asked.as_ref().and_then(|request| request.get(name));
    let mut findings = Vec::new();
    if exchange.in_address {
        findings.push(found("token-request", "parameters of the token request stand in its address".into()));
    }
    if exchange.get("redirect_uri") != asked("redirect_uri") {
        let message = "redirect_uri of the token request is not that of the authorization request";
        findings.push(found("redirect-uri", message.into()));
    }
    match exchange.get("code_verifier") {
        None => findings.push(found("pkce", "the token request has no code_verifier".into())),
        Some(verifier) if Some(pkce::challenge_of(verifier).as_str()) != asked("code_challenge") => {
            findings.push(found("pkce", "code_verifier does not fit the code_challenge that was sent before".into()));
        }
        Some(_) => {}
    }
    if !exchange.is_authenticated(&transcript.client_id, &transcript.client_secret) {
        findings.push(found("client-authentication", "the token request does not prove which client asks".into()));
    }
    if findings.is_empty() && exchange.given.is_none() {
        let answer = exchange.error.or(exchange.status.map(|status| status.to_string()));
        let answer = answer.unwrap_or_else(|| "nothing".to_owned());
        findings.push(found("token-request", format!("the token request was answered with {answer}")));
    }
    findings
}

/// Judges returns that nobody may believe.
pub(super) fn forged_returns(transcript: &Transcript) -> Vec<Finding> {
    let believed = |(act, what): &(Act, &str)| {
        let step = transcript.step(*act)?;
        let code = step.code.as_deref()?;
        transcript.exchange_of(code)?;
        let message = format!("a return with {what} leads to a token request");
        Some(Finding::new(message).rule("state-check").content(what))
    };
    FORGED.iter().filter_map(believed).collect()
}

/// Judges a person's no.
pub(super) fn denial(transcript: &Transcript) -> Vec<Finding> {
    let Some(step) = transcript.step(Act::Denial).filter(|step| step.came_back) else { return Vec::new() };
    let found = |message: String| vec![Finding::new(message).rule("denial").content("denial")];
    match step.last_status() {
        Some(status) if status < 500 => Vec::new(),
        Some(status) => found(format!("error=access_denied is answered with {status}")),
        None => found("error=access_denied is not answered".into()),
    }
}

/// Names the steps in which the integration ended.
pub(super) fn ends(transcript: &Transcript) -> Vec<Finding> {
    let ended = |step: &Step| {
        let status = step.ended.as_ref()?;
        let when = match step.act {
            Act::Consent => "after consent",
            Act::WrongState | Act::NoState | Act::ForeignState => "at a forged return",
            Act::Denial => "at error=access_denied",
            Act::Use => "when it used its token",
        };
        Some(Finding::new(format!("the integration ended {when}: {status}")).rule("ended").content(when))
    };
    transcript.steps.iter().filter_map(ended).collect()
}
