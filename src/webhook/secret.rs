//! Signing secrets and keys in the written form of Standard Webhooks.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

use crate::event::SplitMix64;

const SECRET_PREFIX: &str = "whsec_";
const PRIVATE_PREFIX: &str = "whsk_";
const PUBLIC_PREFIX: &str = "whpk_";

/// What is wrong with a written secret; never repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The prefix is missing.
    #[error("it does not begin with {0}")]
    Prefix(&'static str),
    /// What follows the prefix is no base64.
    #[error("what follows {0} is not base64")]
    Base64(&'static str),
    /// It has too few or too many bytes.
    #[error("it has {0} bytes where {1} are allowed")]
    Length(usize, &'static str),
    /// Its halves do not belong together.
    #[error("its public half does not belong to its private half")]
    Mismatch,
}

/// What encodeURIComponent of ECMAScript writes in percent signs.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Longest secret of a scheme that takes text as it is, in bytes.
const LONGEST_TEXT: usize = 512;

/// A symmetric signing secret: `whsec_` and 24 to 64 bytes in base64, or the text itself in schemes that use it as it is.
#[derive(Clone)]
pub struct SigningSecret {
    bytes: SecretSlice<u8>,
    text: SecretString,
}

impl SigningSecret {
    /// Makes a secret of 32 bytes from the system's randomness.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self::from_bytes(&bytes))
    }

    /// Takes a text whose bytes are the key, as Stripe, GitHub, Shopify and Slack do; 1 to 512 bytes.
    pub fn from_text(text: &str) -> Result<Self, SecretError> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST_TEXT {
            return Err(SecretError::Length(text.len(), "1 to 512"));
        }
        Ok(SigningSecret { bytes: text.as_bytes().to_vec().into(), text: text.to_owned().into() })
    }

    /// Any text as a key, also the empty one. For forgeries only.
    pub(super) fn of_text(text: &str) -> Self {
        SigningSecret { bytes: text.as_bytes().to_vec().into(), text: text.to_owned().into() }
    }

    /// A secret that no endpoint has, the same for the same seed. For forgeries only: anyone can make it.
    pub fn forged(seed: u64) -> Self {
        let mut random = SplitMix64::new(seed ^ 0x666f_7267_6564);
        let bytes: Vec<u8> = (0..4).flat_map(|_| random.next_u64().to_le_bytes()).collect();
        Self::from_bytes(&bytes)
    }

    /// Parses the written form.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let bytes = decode(SECRET_PREFIX, text.trim())?;
        if !(24..=64).contains(&bytes.len()) {
            return Err(SecretError::Length(bytes.len(), "24 to 64"));
        }
        Ok(Self::from_bytes(&bytes))
    }

    /// Parses the secrets of an endpoint, separated by spaces while they rotate; the first one signs.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, SecretError> {
        let secrets = text.split_whitespace().map(Self::parse).collect::<Result<Vec<_>, _>>()?;
        if secrets.is_empty() { Err(SecretError::Prefix(SECRET_PREFIX)) } else { Ok(secrets) }
    }

    /// The written form: only for the environment of an integration and the file that the user asked for.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    /// Takes the secret out of foreign words, such as an answer that repeats it.
    pub fn mask(&self, text: &str) -> String {
        let text_form = self.expose();
        mask(text, text_form.strip_prefix(SECRET_PREFIX).unwrap_or(text_form))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.expose_secret()
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let text = format!("{SECRET_PREFIX}{}", STANDARD.encode(bytes));
        SigningSecret { bytes: bytes.to_vec().into(), text: text.into() }
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

/// A private ed25519 key: `whsk_` and 64 bytes in base64, seed then public half.
#[derive(Debug, Clone)]
pub struct AsymmetricKey(pub(super) SigningKey);

impl AsymmetricKey {
    /// Makes a key from the system's randomness.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(AsymmetricKey(SigningKey::from_bytes(&seed)))
    }

    /// A key that no endpoint trusts, the same for the same seed. For forgeries only.
    pub fn forged(seed: u64) -> Self {
        let mut random = SplitMix64::new(seed ^ 0x666f_7267_6564);
        let mut bytes = [0; 32];
        bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&random.next_u64().to_le_bytes()));
        AsymmetricKey(SigningKey::from_bytes(&bytes))
    }

    /// Parses the written form; both halves must belong together.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let bytes = decode(PRIVATE_PREFIX, text)?;
        let pair: [u8; 64] = bytes.try_into().map_err(|bytes: Vec<u8>| SecretError::Length(bytes.len(), "64"))?;
        SigningKey::from_keypair_bytes(&pair).map(AsymmetricKey).map_err(|_| SecretError::Mismatch)
    }

    /// Takes the key out of foreign words.
    pub fn mask(&self, text: &str) -> String {
        mask(&mask(text, &STANDARD.encode(self.0.to_keypair_bytes())), &STANDARD.encode(self.0.to_bytes()))
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }
}

/// A public ed25519 key: `whpk_` and 32 bytes in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(pub(super) VerifyingKey);

impl PublicKey {
    /// The public half's bytes as if they were a symmetric secret: what an attacker signs with who hopes that the kinds
    /// of key are confused.
    pub fn as_confused_secret(&self) -> SigningSecret {
        SigningSecret::from_bytes(self.0.as_bytes())
    }

    /// Parses the written form.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let bytes = decode(PUBLIC_PREFIX, text)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|bytes: Vec<u8>| SecretError::Length(bytes.len(), "32"))?;
        VerifyingKey::from_bytes(&bytes).map(PublicKey).map_err(|_| SecretError::Mismatch)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PUBLIC_PREFIX}{}", STANDARD.encode(self.0.as_bytes()))
    }
}

/// Takes `secret` out of `text`, also as JSON, HTML and URLs write it where it holds what they escape.
fn mask(text: &str, secret: &str) -> String {
    if secret.is_empty() {
        return text.to_owned();
    }
    let json = serde_json::Value::from(secret).to_string();
    let json = &json[1..json.len() - 1];
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let forms = [
        secret.to_owned(),
        json.to_owned(),
        json.replace('/', "\\/"),
        html.replace('+', "&#43;").replace('"', "&#34;").replace('\'', "&#39;"),
        html.replace('"', "&quot;").replace('\'', "&#x27;"),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        utf8_percent_encode(secret, COMPONENT).to_string(),
    ];
    forms.iter().fold(text.to_owned(), |text, form| text.replace(form, "…"))
}

fn decode(prefix: &'static str, text: &str) -> Result<Vec<u8>, SecretError> {
    let encoded = text.strip_prefix(prefix).ok_or(SecretError::Prefix(prefix))?;
    STANDARD.decode(encoded).map_err(|_| SecretError::Base64(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_out_in_every_form_that_answers_write() {
        let secret = SigningSecret::from_bytes(&[0xfb, 0xff, 0xbf].repeat(10));
        let written = secret.expose().trim_start_matches(SECRET_PREFIX).to_owned();
        assert!(written.contains('+') && written.contains('/'), "{written}");
        let forms = [
            written.clone(),
            written.replace('/', "\\/"),
            written.replace('+', "&#43;"),
            written.replace('+', "%2B").replace('/', "%2F"),
        ];
        for form in forms {
            assert_eq!(secret.mask(&format!("whsec_{form} is it")), "whsec_… is it", "{form}");
        }
        let secret = SigningSecret::from_text("It's \"mine\"").expect("secret");
        assert_eq!(secret.mask(r#"{"secret": "It's \"mine\""}"#), r#"{"secret": "…"}"#);
        assert_eq!(secret.mask("<p>It&#39;s &#34;mine&#34;</p>"), "<p>…</p>");
        assert_eq!(SigningSecret::from_text("whsec_").expect("secret").mask("as it was"), "as it was");
    }
}
