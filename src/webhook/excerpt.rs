//! A request and its answer as a report shows them: text, bounded, without secrets.

use serde::Serialize;

use super::attempt::Delivery;
use super::signer::Signer;

/// Longest part of a body that a report repeats, in bytes.
const LONGEST: usize = 2048;

/// A request and its answer, bodies cut to 2 KiB and shown as text.
#[derive(Debug, Clone, Serialize)]
pub struct Excerpt {
    /// Method of the request.
    pub request_method: String,
    /// Headers as sent.
    pub request_headers: Vec<(String, String)>,
    /// Body as sent.
    pub request_body: String,
    /// Status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_status: Option<u16>,
    /// Headers of the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub response_headers: Vec<(String, String)>,
    /// Body of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_body: Option<String>,
}

impl Excerpt {
    /// Takes what a delivery shows; the signer's secrets are taken out of what the endpoint answered.
    pub fn of(delivery: &Delivery, signer: &Signer) -> Self {
        let attempt = &delivery.attempt;
        let answer = delivery.outcome.as_ref().ok();
        let masked = |headers: &Vec<(String, String)>| {
            headers.iter().map(|(name, value)| (name.clone(), signer.mask(value))).collect()
        };
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        Excerpt {
            request_method: attempt.method.to_owned(),
            request_headers: attempt.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
            request_body: excerpt(&attempt.body),
            response_status: answer.map(|answer| answer.status),
            response_headers: answer.map(|answer| masked(&answer.headers)).unwrap_or_default(),
            response_body: answer.map(|answer| signer.mask(&excerpt(&answer.body))),
        }
    }
}

fn excerpt(bytes: &[u8]) -> String {
    let cut = bytes.get(..LONGEST).unwrap_or(bytes);
    let text = String::from_utf8_lossy(cut).into_owned();
    if cut.len() < bytes.len() { format!("{text}… ({} bytes in all)", bytes.len()) } else { text }
}
