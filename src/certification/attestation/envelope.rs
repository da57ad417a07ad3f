//! DSSE envelopes (Dead Simple Signing Envelope 1.0): a payload, and the signature over its type and its bytes.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::unambiguous;
use crate::credential::{Fingerprint, PublicKey, SigningKey};

/// Largest envelope that is read, in bytes.
pub const LARGEST_ENVELOPE: usize = 256 << 10;
/// Type of the payload: an in-toto statement.
const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// A payload with its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Envelope {
    /// Always `application/vnd.in-toto+json`.
    #[cfg_attr(feature = "server", schema(max_length = 100))]
    pub payload_type: String,
    /// The statement in base64.
    #[cfg_attr(feature = "server", schema(max_length = 262_144))]
    pub payload: String,
    /// One signature.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 1))]
    pub signatures: Vec<EnvelopeSignature>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct EnvelopeSignature {
    /// Fingerprint of the key.
    pub keyid: Fingerprint,
    /// The ed25519 signature in base64.
    #[cfg_attr(feature = "server", schema(max_length = 88))]
    pub sig: String,
}

/// Why an envelope is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not of the form.
    #[error("{0}")]
    Form(String),
    /// It says that another key signed it.
    #[error("it is signed by the key {signed_by}, not by {expected}")]
    OtherKey {
        /// What it says.
        signed_by: String,
        /// The key that was to have signed it.
        expected: String,
    },
    /// The signature is not one of the key over the payload.
    #[error("the signature does not hold: the payload or the signature was changed, or another key signed it")]
    Signature,
}

/// A payload whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub(super) payload: Vec<u8>,
}

impl Envelope {
    /// Signs a payload.
    pub fn seal(payload: &[u8], key: &SigningKey) -> Self {
        let signature = EnvelopeSignature {
            keyid: key.public_key().fingerprint(),
            sig: BASE64_STANDARD.encode(key.sign(&pre_authentication_encoding(PAYLOAD_TYPE, payload))),
        };
        let payload = BASE64_STANDARD.encode(payload);
        Envelope { payload_type: PAYLOAD_TYPE.to_owned(), payload, signatures: vec![signature] }
    }

    /// Reads an envelope; the error says why it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() > LARGEST_ENVELOPE {
            return Err(Refused::Form(format!("it is larger than {LARGEST_ENVELOPE} bytes")));
        }
        unambiguous::parse(bytes).map_err(|cause| Refused::Form(format!("it is no DSSE envelope: {cause}")))
    }

    /// The envelope as JSON with a final newline.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The key that is said to have signed it.
    pub fn signed_by(&self) -> Result<&Fingerprint, Refused> {
        match self.signatures.as_slice() {
            [signature] if signature.keyid.is_whole() => Ok(&signature.keyid),
            [_] => Err(Refused::Form("its keyid is no SHA-256 of a key, in hex".to_owned())),
            others => Err(Refused::Form(format!("it has {} signatures where one is due", others.len()))),
        }
    }

    /// Opens the envelope where `key` has signed it.
    pub fn open(&self, key: &PublicKey) -> Result<Opened, Refused> {
        if self.payload.len() > LARGEST_ENVELOPE {
            return Err(Refused::Form(format!("its payload is larger than {LARGEST_ENVELOPE} bytes")));
        }
        let expected = key.fingerprint();
        let signed_by = self.signed_by()?;
        if *signed_by != expected {
            let (signed_by, expected) = (signed_by.to_string(), expected.to_string());
            return Err(Refused::OtherKey { signed_by, expected });
        }
        if self.payload_type != PAYLOAD_TYPE {
            return Err(Refused::Form(format!("its payload is {:?}, not {PAYLOAD_TYPE}", self.payload_type)));
        }
        let decoded = |what: &str, text: &str| {
            BASE64_STANDARD.decode(text).map_err(|_| Refused::Form(format!("the base64 of its {what} is damaged")))
        };
        let payload = decoded("payload", &self.payload)?;
        let signature = decoded("signature", self.signatures.first().map_or("", |signature| &signature.sig))?;
        let signed = pre_authentication_encoding(PAYLOAD_TYPE, &payload);
        if key.verifies(&signed, &signature) { Ok(Opened { payload }) } else { Err(Refused::Signature) }
    }
}

/// What is signed: type and payload, each with its length before it.
fn pre_authentication_encoding(kind: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_encoding_is_that_of_the_standard() {
        let encoded = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn no_bit_of_an_envelope_can_be_changed() {
        let key = SigningKey::generate().expect("randomness");
        let public = key.public_key();
        let text = Envelope::seal(br#"{"_type": "x"}"#, &key).to_json().into_bytes();
        assert!(Envelope::parse(&text).expect("form").open(&public).is_ok());
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut changed = text.clone();
                changed[at] ^= 1 << bit;
                let opened = Envelope::parse(&changed).and_then(|envelope| envelope.open(&public));
                assert!(opened.is_err(), "bit {bit} of byte {at}: {}", String::from_utf8_lossy(&changed));
            }
        }
    }

    #[test]
    fn another_key_and_another_number_of_signatures_are_refused() {
        let key = SigningKey::generate().expect("randomness");
        let other = SigningKey::generate().expect("randomness");
        let sealed = Envelope::seal(b"{}", &key);
        assert!(matches!(sealed.open(&other.public_key()), Err(Refused::OtherKey { .. })));
        let mut renamed = sealed.clone();
        renamed.signatures[0].keyid = other.public_key().fingerprint();
        assert_eq!(renamed.open(&other.public_key()), Err(Refused::Signature));
        for signatures in [vec![], [sealed.signatures.clone(), sealed.signatures.clone()].concat()] {
            let envelope = Envelope { signatures, ..sealed.clone() };
            assert!(matches!(envelope.open(&key.public_key()), Err(Refused::Form(_))));
        }
    }

    proptest! {
        #[test]
        fn what_is_no_envelope_is_refused_without_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Envelope::parse(&bytes).is_err());
        }
    }
}
