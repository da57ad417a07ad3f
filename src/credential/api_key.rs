//! API keys in a form that scanners recognise offline.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::form;

/// Which world a key belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// A marketplace for many users.
    Live,
    /// A sandbox.
    Test,
}

impl KeyKind {
    /// What keys of this kind begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            KeyKind::Live => "pvq_live_",
            KeyKind::Test => "pvq_test_",
        }
    }
}

/// An API key: `pvq_live_` or `pvq_test_`, 32 random characters of `0-9A-Za-z`, then the CRC-32 of all that precedes as 6
/// characters of the same alphabet, most significant first. Its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// Makes a key from the system's randomness; fails only where the system has none.
    pub fn generate(kind: KeyKind) -> Result<Self, getrandom::Error> {
        Ok(ApiKey(form::generate(kind.prefix())?))
    }

    /// Parses a key; the error says what is wrong and never repeats the key.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let Some(kind) = [KeyKind::Live, KeyKind::Test].into_iter().find(|kind| text.starts_with(kind.prefix())) else {
            return Err("it does not begin with pvq_live_ or pvq_test_");
        };
        form::check(text, kind.prefix())?;
        Ok(ApiKey(text.to_owned().into()))
    }

    /// Tells whether the last 6 characters are the checksum of those before.
    pub fn checksum_holds(text: &str) -> bool {
        form::checksum_holds(text)
    }

    /// The 6 characters that follow `text` in a key.
    pub fn checksum_of(text: &str) -> String {
        form::checksum(text)
    }

    /// The key itself: only for the request header, the store that was chosen, and the one display at creation.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The beginning that may be shown: kind and 4 characters.
    pub fn prefix(&self) -> &str {
        &self.expose()[..KeyKind::Live.prefix().len() + 4]
    }

    /// SHA-256 of the key, as hex: the only form that a marketplace keeps.
    pub fn digest(&self) -> String {
        crate::package::hex(&Sha256::digest(self.expose().as_bytes()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({}…)", self.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn generated_keys_parse_and_differ() {
        let one = ApiKey::generate(KeyKind::Test).expect("randomness");
        let two = ApiKey::generate(KeyKind::Test).expect("randomness");
        assert_eq!(one.expose().len(), 47);
        assert!(ApiKey::parse(one.expose()).is_ok());
        assert_ne!(one.expose(), two.expose());
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = ApiKey::generate(KeyKind::Live).expect("randomness");
        assert!(!format!("{key:?}").contains(&key.expose()[13..]));
    }

    proptest! {
        #[test]
        fn any_changed_character_is_noticed(at in 9usize..47, to in 0usize..62) {
            let key = ApiKey::generate(KeyKind::Test).expect("randomness");
            let mut bytes = key.expose().as_bytes().to_vec();
            let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
            prop_assume!(bytes[at] != alphabet[to]);
            bytes[at] = alphabet[to];
            prop_assert!(ApiKey::parse(std::str::from_utf8(&bytes).expect("ASCII")).is_err());
        }
    }
}
