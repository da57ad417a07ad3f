//! API keys in a form that scanners recognise offline.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH: usize = 32;
const CHECKSUM_LENGTH: usize = 6;

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
        let mut text = String::with_capacity(64);
        text.push_str(kind.prefix());
        while text.len() < kind.prefix().len() + RANDOM_LENGTH {
            let mut bytes = [0; 64];
            getrandom::fill(&mut bytes)?;
            let missing = kind.prefix().len() + RANDOM_LENGTH - text.len();
            // 248 is the largest multiple of 62 in a byte: what lies above would favour the first letters.
            let even =
                bytes.iter().filter(|byte| **byte < 248).map(|byte| char::from(ALPHABET[usize::from(byte % 62)]));
            text.extend(even.take(missing));
        }
        text.push_str(&checksum(&text));
        Ok(ApiKey(text.into()))
    }

    /// Parses a key; the error says what is wrong and never repeats the key.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let Some(kind) = [KeyKind::Live, KeyKind::Test].into_iter().find(|kind| text.starts_with(kind.prefix())) else {
            return Err("it does not begin with pvq_live_ or pvq_test_");
        };
        if text.len() != kind.prefix().len() + RANDOM_LENGTH + CHECKSUM_LENGTH {
            return Err("it has the wrong length: it may be cut off, or hold a space or a line end");
        }
        if !text.bytes().skip(kind.prefix().len()).all(|byte| ALPHABET.contains(&byte)) {
            return Err("it holds a character that no key has");
        }
        if !Self::checksum_holds(text) {
            return Err("its checksum is wrong: it was mistyped or changed");
        }
        Ok(ApiKey(text.to_owned().into()))
    }

    /// Tells whether the last 6 characters are the checksum of those before.
    pub fn checksum_holds(text: &str) -> bool {
        text.is_ascii() && text.len().checked_sub(CHECKSUM_LENGTH).is_some_and(|at| checksum(&text[..at]) == text[at..])
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

fn checksum(text: &str) -> String {
    let mut number = crc32fast::hash(text.as_bytes());
    let mut digits = [b'0'; CHECKSUM_LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(number % 62) as usize];
        number /= 62;
    }
    digits.iter().copied().map(char::from).collect()
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

    /// The format of GitHub and npm tokens: base 62 of CRC-32, padded with zeros to 6.
    #[test]
    fn checksum_is_crc32_in_base_62() {
        assert_eq!(crc32fast::hash(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum("123456789"), "3jZUMw".to_owned().replace("3jZUMw", &base62(0xcbf4_3926)));
        assert_eq!(checksum(""), "000000");
    }

    fn base62(mut number: u64) -> String {
        let mut text = String::new();
        while number > 0 {
            text.insert(0, char::from(ALPHABET[usize::try_from(number % 62).expect("small")]));
            number /= 62;
        }
        format!("{text:0>6}")
    }

    proptest! {
        #[test]
        fn any_changed_character_is_noticed(at in 9usize..47, to in 0usize..62) {
            let key = ApiKey::generate(KeyKind::Test).expect("randomness");
            let mut bytes = key.expose().as_bytes().to_vec();
            prop_assume!(bytes[at] != ALPHABET[to]);
            bytes[at] = ALPHABET[to];
            prop_assert!(ApiKey::parse(std::str::from_utf8(&bytes).expect("ASCII")).is_err());
        }
    }
}
