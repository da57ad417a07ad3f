//! Keys that statements are signed with: ed25519 (RFC 8032). The public half travels as PEM, so that other programs take it.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::package::hex;

/// What every `SubjectPublicKeyInfo` of an ed25519 key begins with (RFC 8410 section 4).
const SPKI_HEADER: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const PEM_BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const PEM_END: &str = "-----END PUBLIC KEY-----";
/// What the written form of the secret half begins with.
const SECRET_PREFIX: &str = "pvq_signing_";
/// Bytes of a signature.
const SIGNATURE_BYTES: usize = 64;

/// A key that signs. Its memory is wiped when it is dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

/// The public half of a key that signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// Tells public keys apart: SHA-256 of the key as `SubjectPublicKeyInfo` (RFC 5280 section 4.1), hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Fingerprint(String);

impl SigningKey {
    /// Makes a key from the system's randomness; fails only where the system has none.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *seed)?;
        Ok(SigningKey(ed25519_dalek::SigningKey::from_bytes(&seed)))
    }

    /// Parses the written form; the error never repeats it.
    pub fn parse(text: &SecretString) -> Result<Self, &'static str> {
        let digits =
            text.expose_secret().trim().strip_prefix(SECRET_PREFIX).ok_or("it does not begin with pvq_signing_")?;
        let mut seed = Zeroizing::new([0; 32]);
        if digits.len() != 2 * seed.len() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err("64 hex digits are due behind pvq_signing_");
        }
        for (byte, at) in seed.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| "it is no hex")?;
        }
        Ok(SigningKey(ed25519_dalek::SigningKey::from_bytes(&seed)))
    }

    /// The written form: only for the store that was chosen.
    pub fn written(&self) -> SecretString {
        let seed = Zeroizing::new(self.0.to_bytes());
        let digits = Zeroizing::new(hex(&*seed));
        format!("{SECRET_PREFIX}{}", *digits).into()
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs.
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public_key().fingerprint())
    }
}

impl PublicKey {
    /// Parses PEM (RFC 7468 section 13); the error says what is wrong with it.
    pub fn from_pem(pem: &str) -> Result<Self, &'static str> {
        let body = pem.trim().strip_prefix(PEM_BEGIN).and_then(|rest| rest.strip_suffix(PEM_END));
        let body: String = body.ok_or("it is no public key as PEM")?.split_ascii_whitespace().collect();
        let der = BASE64_STANDARD.decode(body).map_err(|_| "its base64 is damaged")?;
        let bytes = der.strip_prefix(&SPKI_HEADER).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let key = VerifyingKey::from_bytes(&bytes.ok_or("it is no ed25519 key")?)
            .map_err(|_| "it is no point of the curve")?;
        // With a key of small order a signature could hold for several messages.
        if key.is_weak() { Err("it is a weak key") } else { Ok(PublicKey(key)) }
    }

    /// The key as PEM, with a final newline.
    pub fn to_pem(&self) -> String {
        format!("{PEM_BEGIN}\n{}\n{PEM_END}\n", BASE64_STANDARD.encode(self.spki()))
    }

    /// What tells it apart.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint(hex(&Sha256::digest(self.spki())))
    }

    /// Tells whether `signature` is of this key over `message`. There is one signature of a message alone: other encodings
    /// of it do not hold.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }

    fn spki(&self) -> Vec<u8> {
        [&SPKI_HEADER[..], self.0.as_bytes()].concat()
    }
}

impl Fingerprint {
    /// Whether it has the form of one, which what was read need not have.
    pub fn is_whole(&self) -> bool {
        self.0.len() == 64 && self.0.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }

    /// The whole fingerprint, 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The beginning, which is enough for people.
    pub fn short(&self) -> &str {
        self.0.get(..16).unwrap_or(&self.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first test vector of RFC 8032 section 7.1.
    #[test]
    fn the_vector_of_the_standard_holds() {
        let text = "pvq_signing_9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".to_owned();
        let key = SigningKey::parse(&text.clone().into()).expect("key");
        assert_eq!(key.written().expose_secret(), text);
        assert_eq!(
            hex(&key.public_key().spki()[12..]),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
        let signature = key.sign(b"");
        assert!(hex(&signature).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"));
        assert!(key.public_key().verifies(b"", &signature));
        assert!(!key.public_key().verifies(b"x", &signature));
    }

    #[test]
    fn a_public_key_goes_through_pem_and_others_are_refused() {
        let key = SigningKey::generate().expect("randomness").public_key();
        assert_eq!(PublicKey::from_pem(&key.to_pem()), Ok(key.clone()));
        assert_eq!(PublicKey::from_pem(&key.to_pem().replace('\n', "\r\n")), Ok(key.clone()));
        let p256 = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\n\
            AjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n-----END PUBLIC KEY-----";
        let weak = format!("{PEM_BEGIN}\n{}\n{PEM_END}", BASE64_STANDARD.encode([&SPKI_HEADER[..], &[0; 32]].concat()));
        for bad in ["", "x", p256, &weak, &key.to_pem().replace('-', ""), &key.to_pem()[..80]] {
            assert!(PublicKey::from_pem(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = SigningKey::generate().expect("randomness");
        let digits = key.written().expose_secret().trim_start_matches(SECRET_PREFIX).to_owned();
        assert!(!format!("{key:?}").contains(&digits[..16]));
        for bad in ["", "pvq_signing_", "pvq_signing_00", &digits, &format!("pvq_signing_{}zz", &digits[..62])] {
            assert!(SigningKey::parse(&bad.to_owned().into()).is_err());
        }
    }
}
