//! Who signs: a scheme and its keys.

use super::scheme::{Parts, Scheme};
use super::secret::{AsymmetricKey, SigningSecret};
use super::signature::{ed25519_digest, hmac_digest};

/// Signs deliveries in a scheme. Holds several keys while they rotate, and then gives one signature for each.
#[derive(Debug, Clone)]
pub struct Signer {
    scheme: Scheme,
    keys: Vec<Key>,
}

#[derive(Debug, Clone)]
enum Key {
    Hmac(SigningSecret),
    Ed25519(AsymmetricKey),
}

impl Signer {
    /// Signs with symmetric secrets, in their order.
    pub fn symmetric(scheme: Scheme, secrets: impl IntoIterator<Item = SigningSecret>) -> Self {
        Signer { scheme, keys: secrets.into_iter().map(Key::Hmac).collect() }
    }

    /// Signs with an ed25519 key: `v1a` of Standard Webhooks.
    pub fn asymmetric(key: AsymmetricKey) -> Self {
        Signer { scheme: Scheme::Standard, keys: vec![Key::Ed25519(key)] }
    }

    /// A signer of the same kind whose keys no endpoint has, the same for the same seed.
    #[must_use]
    pub fn forged(&self, seed: u64) -> Self {
        let forge = |key: &Key| match key {
            Key::Hmac(_) => Key::Hmac(SigningSecret::forged(seed)),
            Key::Ed25519(_) => Key::Ed25519(AsymmetricKey::forged(seed)),
        };
        Signer { scheme: self.scheme, keys: self.keys.iter().take(1).map(forge).collect() }
    }

    /// Signs with a text as the key, as an attacker would who hopes that the endpoint was started without its secret.
    #[must_use]
    pub fn with_text_key(&self, key: &str) -> Self {
        Signer { scheme: self.scheme, keys: vec![Key::Hmac(SigningSecret::of_text(key))] }
    }

    /// Signs with the written form of the secret as the key. `None` where there is no symmetric secret.
    pub fn with_written_key(&self) -> Option<Self> {
        let secret = self.keys.iter().find_map(|key| match key {
            Key::Hmac(secret) => Some(secret),
            Key::Ed25519(_) => None,
        });
        Some(self.with_text_key(secret?.expose()))
    }

    /// Signs as an attacker would who knows only the public half of an ed25519 key, and uses it as a symmetric secret.
    /// `None` where there is no such key.
    pub fn confused(&self) -> Option<Self> {
        let confuse = |key: &Key| match key {
            Key::Hmac(_) => None,
            Key::Ed25519(key) => Some(Key::Hmac(key.public_key().as_confused_secret())),
        };
        Some(Signer { scheme: self.scheme, keys: vec![self.keys.iter().find_map(confuse)?] })
    }

    /// The secret of Standard Webhooks, where it is the only key.
    pub(super) fn only_secret(&self) -> Option<&SigningSecret> {
        match (self.scheme, self.keys.as_slice()) {
            (Scheme::Standard, [Key::Hmac(secret)]) => Some(secret),
            _ => None,
        }
    }

    /// The scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it signs with ed25519.
    pub fn is_asymmetric(&self) -> bool {
        matches!(self.keys.first(), Some(Key::Ed25519(_)))
    }

    /// The signatures of a delivery, each with its label, as they are written.
    pub fn sign(&self, parts: &Parts<'_>) -> Vec<(String, String)> {
        let prefix = self.scheme.signed_prefix(parts);
        let sign = |key: &Key| match key {
            Key::Hmac(secret) => {
                let digest = hmac_digest(secret, &prefix, parts.body);
                (self.scheme.label().to_owned(), self.scheme.encode(&digest))
            }
            Key::Ed25519(key) => ("v1a".to_owned(), self.scheme.encode(&ed25519_digest(key, &prefix, parts.body))),
        };
        self.keys.iter().map(sign).collect()
    }

    /// Takes the secrets out of foreign words, such as an answer that repeats them.
    pub fn mask(&self, text: &str) -> String {
        self.keys.iter().fold(text.to_owned(), |text, key| match key {
            Key::Hmac(secret) => secret.mask(&text),
            Key::Ed25519(key) => key.mask(&text),
        })
    }
}
