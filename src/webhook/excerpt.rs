//! A request and its answer as a report shows them: text, bounded, without secrets.

use serde::Serialize;

use super::attempt::Delivery;
use super::signer::Signer;

/// Longest part of a body that a report repeats, in bytes.
const LONGEST: usize = 2048;
/// Longest form in which a secret may be written, in bytes: 512 characters, each escaped.
const LONGEST_SECRET: usize = 4096;

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
            request_body: excerpt(&attempt.body, str::to_owned),
            response_status: answer.map(|answer| answer.status),
            response_headers: answer.map(|answer| masked(&answer.headers)).unwrap_or_default(),
            response_body: answer.map(|answer| excerpt(&answer.body, |text| signer.mask(text))),
        }
    }
}

/// Masks before it cuts, since a part of a secret cannot be recognised.
fn excerpt(bytes: &[u8], mask: impl Fn(&str) -> String) -> String {
    let near = bytes.get(..LONGEST + LONGEST_SECRET).unwrap_or(bytes);
    let text = mask(&String::from_utf8_lossy(near));
    if bytes.len() <= LONGEST {
        return text;
    }
    // What is masked may have been long, and part of a secret stand at the very end.
    let whole = if near.len() == bytes.len() { text.len() } else { text.len().saturating_sub(LONGEST_SECRET) };
    format!("{}… ({} bytes in all)", &text[..text.floor_char_boundary(whole.min(LONGEST))], bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Scheme, SigningSecret};

    #[test]
    fn a_secret_on_the_cut_is_masked_whole() {
        let secret = SigningSecret::generate().expect("randomness");
        let written = secret.expose().to_owned();
        let signer = Signer::symmetric(Scheme::Standard, [secret]);
        let encoded = &written["whsec_".len()..];
        for before in LONGEST - 60..LONGEST + 10 {
            let body = format!("{}{written}{}", "x".repeat(before), "y".repeat(3000));
            let shown = excerpt(body.as_bytes(), |text| signer.mask(text));
            assert!(shown.len() < LONGEST + 40 && !shown.contains(&encoded[..8]), "{before}");
        }
        let body = written.repeat(400);
        let shown = excerpt(body.as_bytes(), |text| signer.mask(text));
        assert!(!shown.contains(&encoded[..8]), "{shown}");
        assert_eq!(excerpt(b"short", str::to_owned), "short");
    }
}
