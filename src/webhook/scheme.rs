//! Signature schemes: which parts are signed, in which form, and in which headers they travel.
//!
//! Standard Webhooks 1.0; Stripe "Verify webhook signatures manually"; GitHub "Validating webhook deliveries"; Shopify
//! "Verify a webhook"; Slack "Verifying requests from Slack". Each is tested against that vendor's own library.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::secret::{SecretError, SigningSecret};
use crate::manifest::vocabulary;
use crate::package::hex;

vocabulary! {
    /// How deliveries are signed.
    Scheme, "signature scheme" {
        /// Standard Webhooks 1.0.
        Standard = "standard",
        /// Stripe.
        Stripe = "stripe",
        /// GitHub.
        Github = "github",
        /// Shopify.
        Shopify = "shopify",
        /// Slack.
        Slack = "slack",
    }
}

/// What a delivery says of itself, as it travels.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// Identifier of the message.
    pub id: &'a str,
    /// Name of the event's type.
    pub name: &'a str,
    /// Timestamp as written; seconds since 1970 in a genuine delivery.
    pub timestamp: &'a str,
    /// Raw body.
    pub body: &'a [u8],
}

impl Scheme {
    /// Reads a secret in the form that the scheme's users are given.
    pub fn parse_secret(self, text: &str) -> Result<SigningSecret, SecretError> {
        match self {
            Scheme::Standard => SigningSecret::parse(text),
            _ => SigningSecret::from_text(text),
        }
    }

    /// Reads the secrets of an endpoint: separated by spaces while they rotate, the first one is the new one.
    pub fn parse_secrets(self, text: &str) -> Result<Vec<SigningSecret>, SecretError> {
        match self {
            Scheme::Standard => SigningSecret::parse_list(text),
            _ => Ok(vec![SigningSecret::from_text(text)?]),
        }
    }

    /// What stands before the body in the signed content.
    pub fn signed_prefix(self, parts: &Parts<'_>) -> Vec<u8> {
        match self {
            Scheme::Standard => format!("{}.{}.", parts.id, parts.timestamp).into_bytes(),
            Scheme::Stripe => format!("{}.", parts.timestamp).into_bytes(),
            Scheme::Slack => format!("v0:{}:", parts.timestamp).into_bytes(),
            Scheme::Github | Scheme::Shopify => Vec::new(),
        }
    }

    /// A digest as it is written.
    pub fn encode(self, digest: &[u8]) -> String {
        match self {
            Scheme::Standard | Scheme::Shopify => STANDARD.encode(digest),
            Scheme::Stripe | Scheme::Github | Scheme::Slack => hex(digest),
        }
    }

    /// Whether letters of the other case make another digest.
    pub fn tells_case(self) -> bool {
        matches!(self, Scheme::Standard | Scheme::Shopify)
    }

    /// Name of the version that a genuine HMAC signature carries; empty where a scheme has none.
    pub fn label(self) -> &'static str {
        match self {
            Scheme::Standard | Scheme::Stripe => "v1",
            Scheme::Github => "sha256",
            Scheme::Slack => "v0",
            Scheme::Shopify => "",
        }
    }

    /// Name of a version that no receiver knows, or must no longer take.
    pub fn unknown_label(self) -> &'static str {
        match self {
            Scheme::Stripe => "v0",
            Scheme::Github => "sha1",
            _ => "v9",
        }
    }

    /// The header that carries signatures.
    pub fn signature_header(self) -> &'static str {
        match self {
            Scheme::Standard => "webhook-signature",
            Scheme::Stripe => "stripe-signature",
            Scheme::Github => "x-hub-signature-256",
            Scheme::Shopify => "x-shopify-hmac-sha256",
            Scheme::Slack => "x-slack-signature",
        }
    }

    /// The value of the signature header for labelled digests.
    pub fn signature_value(self, timestamp: Option<&str>, signatures: &[(String, String)]) -> String {
        let joined = |between: &str| {
            signatures.iter().map(|(label, digest)| format!("{label}{between}{digest}")).collect::<Vec<_>>()
        };
        match self {
            Scheme::Standard => joined(",").join(" "),
            Scheme::Stripe => {
                let timestamp = timestamp.map(|timestamp| format!("t={timestamp}"));
                timestamp.into_iter().chain(joined("=")).collect::<Vec<_>>().join(",")
            }
            Scheme::Github | Scheme::Slack => joined("=").join(","),
            Scheme::Shopify => signatures.iter().map(|(_, digest)| digest.as_str()).collect::<Vec<_>>().join(","),
        }
    }

    /// The other headers of a delivery, before the signature: identifier, timestamp, type.
    pub fn other_headers(self, parts: &Parts<'_>) -> Vec<(&'static str, String)> {
        let text = str::to_owned;
        match self {
            Scheme::Standard => vec![("webhook-id", text(parts.id)), ("webhook-timestamp", text(parts.timestamp))],
            Scheme::Stripe => vec![],
            Scheme::Github => vec![
                ("x-github-event", text(parts.name)),
                ("x-github-delivery", text(parts.id)),
                ("x-github-hook-id", text("1")),
            ],
            Scheme::Shopify => vec![
                ("x-shopify-topic", text(parts.name)),
                ("x-shopify-webhook-id", text(parts.id)),
                ("x-shopify-shop-domain", text("proveniq-test.myshopify.com")),
                ("x-shopify-api-version", text("2026-10")),
            ],
            Scheme::Slack => vec![("x-slack-request-timestamp", text(parts.timestamp))],
        }
    }

    /// Whether the identifier is signed.
    pub fn signs_id(self) -> bool {
        self == Scheme::Standard
    }

    /// Whether the timestamp is signed, and so has a tolerance.
    pub fn signs_timestamp(self) -> bool {
        matches!(self, Scheme::Standard | Scheme::Stripe | Scheme::Slack)
    }

    /// Whether a timestamp has a header of its own.
    pub fn timestamp_header(self) -> Option<&'static str> {
        match self {
            Scheme::Standard => Some("webhook-timestamp"),
            Scheme::Slack => Some("x-slack-request-timestamp"),
            _ => None,
        }
    }

    /// Whether the header takes several signatures.
    pub fn takes_several(self) -> bool {
        matches!(self, Scheme::Standard | Scheme::Stripe)
    }

    /// Whether receivers must refuse timestamps of the future. The npm libraries of Stripe and Slack take them.
    pub fn refuses_future(self) -> bool {
        self == Scheme::Standard
    }

    /// The content type of genuine deliveries.
    pub fn content_type(self) -> &'static str {
        match self {
            Scheme::Stripe => "application/json; charset=utf-8",
            _ => "application/json",
        }
    }
}
