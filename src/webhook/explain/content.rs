//! What is signed, with which algorithm and key: the dimensions of a scheme. Another scheme is another entry here.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::fault::{Fault, SecretFault};
use crate::package::hex;
use crate::webhook::SigningSecret;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// How id, timestamp and body make up what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// `{id}.{timestamp}.{body}`: Standard Webhooks.
    Standard,
    /// `{body}`: GitHub, Shopify.
    Body,
    /// `{timestamp}.{body}`: Stripe.
    TimestampBody,
    /// `v0:{timestamp}:{body}`: Slack.
    Slack,
    /// `{id}.{body}`.
    IdBody,
    /// `{timestamp}.{id}.{body}`.
    TimestampIdBody,
    /// `{id}{timestamp}{body}`.
    WithoutDots,
    /// `{id}.{timestamp}`.
    IdTimestamp,
    /// `{id}.{timestamp}.`: the body had been read already.
    EmptyBody,
}

/// The keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC-SHA256: Standard Webhooks.
    Sha256,
    /// HMAC-SHA512.
    Sha512,
    /// HMAC-SHA1.
    Sha1,
}

impl Content {
    /// All, the right one first.
    pub(super) const ALL: [Content; 9] = [
        Content::Standard,
        Content::Body,
        Content::TimestampBody,
        Content::Slack,
        Content::IdBody,
        Content::TimestampIdBody,
        Content::WithoutDots,
        Content::IdTimestamp,
        Content::EmptyBody,
    ];

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Content::Standard => "{id}.{timestamp}.{body}",
            Content::Body => "{body} alone, as GitHub and Shopify do",
            Content::TimestampBody => "{timestamp}.{body}, as Stripe does",
            Content::Slack => "v0:{timestamp}:{body}, as Slack does",
            Content::IdBody => "{id}.{body}, without the timestamp",
            Content::TimestampIdBody => "{timestamp}.{id}.{body}, in another order",
            Content::WithoutDots => "{id}{timestamp}{body}, without the dots",
            Content::IdTimestamp => "{id}.{timestamp}, without the body",
            Content::EmptyBody => "{id}.{timestamp}. with an empty body, as when it has been read already",
        }
    }

    /// The signed bytes, in pieces.
    pub(super) fn pieces<'a>(self, id: &'a str, timestamp: &'a str, body: &'a [u8]) -> Vec<&'a [u8]> {
        let (id, timestamp) = (id.as_bytes(), timestamp.as_bytes());
        match self {
            Content::Standard => vec![id, b".", timestamp, b".", body],
            Content::Body => vec![body],
            Content::TimestampBody => vec![timestamp, b".", body],
            Content::Slack => vec![b"v0:", timestamp, b":", body],
            Content::IdBody => vec![id, b".", body],
            Content::TimestampIdBody => vec![timestamp, b".", id, b".", body],
            Content::WithoutDots => vec![id, timestamp, body],
            Content::IdTimestamp => vec![id, b".", timestamp],
            Content::EmptyBody => vec![id, b".", timestamp, b"."],
        }
    }
}

impl Algorithm {
    /// All, the right one first.
    pub(super) const ALL: [Algorithm; 3] = [Algorithm::Sha256, Algorithm::Sha512, Algorithm::Sha1];

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Algorithm::Sha256 => "HMAC-SHA256",
            Algorithm::Sha512 => "HMAC-SHA512",
            Algorithm::Sha1 => "HMAC-SHA1",
        }
    }

    /// The digest of `pieces` in a row.
    pub(super) fn digest(self, key: &[u8], pieces: &[&[u8]]) -> Vec<u8> {
        macro_rules! mac {
            ($hash:ty) => {{
                // Keys may have any length (RFC 2104 section 2), so that none is refused.
                let Ok(mut mac) = Hmac::<$hash>::new_from_slice(key) else { return Vec::new() };
                for piece in pieces {
                    mac.update(piece);
                }
                mac.finalize().into_bytes().to_vec()
            }};
        }
        match self {
            Algorithm::Sha256 => mac!(Sha256),
            Algorithm::Sha512 => mac!(Sha512),
            Algorithm::Sha1 => mac!(Sha1),
        }
    }
}

/// Decodes as lenient decoders do: without regard to padding and to what is left over at the end.
fn decoded_leniently(text: &str) -> Option<Vec<u8>> {
    let letters = text.trim_end_matches('=');
    // One letter alone makes no byte.
    let whole = if letters.len() % 4 == 1 { &letters[..letters.len() - 1] } else { letters };
    LENIENT.decode(whole).ok()
}

/// Keys that come of a secret: the right one, and those that mistakes make of it.
pub(super) fn keys(secret: &SigningSecret) -> Vec<(Option<Fault>, Vec<u8>)> {
    let text = secret.expose();
    let encoded = text.strip_prefix("whsec_").unwrap_or(text);
    let line = |text: &str| format!("{text}\n").into_bytes();
    let mut keys = vec![
        (None, secret.bytes().to_vec()),
        (Some(SecretFault::WholeText), text.as_bytes().to_vec()),
        (Some(SecretFault::Base64Text), encoded.as_bytes().to_vec()),
        (Some(SecretFault::TextAndLineFeed), line(text)),
        (Some(SecretFault::Base64TextAndLineFeed), line(encoded)),
        (Some(SecretFault::HexadecimalText), hex(secret.bytes()).into_bytes()),
    ];
    // Python passes over what is not of the alphabet, Node takes the underscore for a slash.
    for whole in [text.replace('_', ""), text.replace('_', "/")] {
        keys.extend(decoded_leniently(&whole).map(|bytes| (Some(SecretFault::PrefixDecoded), bytes)));
    }
    keys.into_iter().map(|(fault, key)| (fault.map(Fault::Secret), key)).collect()
}
