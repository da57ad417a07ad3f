//! Signatures of Standard Webhooks (spec 1.0, "Signature scheme"): the signed content is
//! `{webhook-id}.{webhook-timestamp}.{raw body}`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, Verifier as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::secret::{AsymmetricKey, PublicKey, SigningSecret};

/// Signs with HMAC-SHA256; returns `v1,` and the signature in base64. The timestamp is in seconds since 1970.
pub fn sign(secret: &SigningSecret, id: &str, timestamp: i64, body: &[u8]) -> String {
    format!("v1,{}", STANDARD.encode(hmac_digest(secret, &prefix(id, timestamp), body)))
}

/// Signs with ed25519; returns `v1a,` and the signature in base64.
pub fn sign_asymmetric(key: &AsymmetricKey, id: &str, timestamp: i64, body: &[u8]) -> String {
    format!("v1a,{}", STANDARD.encode(ed25519_digest(key, &prefix(id, timestamp), body)))
}

/// Tells whether any signature of a `webhook-signature` header is a `v1` of one of `secrets`. Compares in constant time.
pub fn verify(secrets: &[SigningSecret], header: &str, id: &str, timestamp: i64, body: &[u8]) -> bool {
    let candidates = signatures(header, "v1");
    let prefix = prefix(id, timestamp);
    let matches =
        |candidate: &Vec<u8>| secrets.iter().any(|secret| mac(secret, &prefix, body).verify_slice(candidate).is_ok());
    candidates.iter().any(matches)
}

/// Tells whether any signature of a `webhook-signature` header is a `v1a` of `key`.
pub fn verify_asymmetric(key: &PublicKey, header: &str, id: &str, timestamp: i64, body: &[u8]) -> bool {
    let signed = [&prefix(id, timestamp), body].concat();
    let parsed = signatures(header, "v1a").into_iter().filter_map(|bytes| Signature::from_slice(&bytes).ok());
    parsed.into_iter().any(|signature| key.0.verify(&signed, &signature).is_ok())
}

/// HMAC-SHA256 over `prefix` and `body`.
pub(super) fn hmac_digest(secret: &SigningSecret, prefix: &[u8], body: &[u8]) -> Vec<u8> {
    mac(secret, prefix, body).finalize().into_bytes().to_vec()
}

/// The ed25519 signature over `prefix` and `body`.
pub(super) fn ed25519_digest(key: &AsymmetricKey, prefix: &[u8], body: &[u8]) -> Vec<u8> {
    key.0.sign(&[prefix, body].concat()).to_bytes().to_vec()
}

fn mac(secret: &SigningSecret, prefix: &[u8], body: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104 section 2)")]
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).expect("any length");
    mac.update(prefix);
    mac.update(body);
    mac
}

fn prefix(id: &str, timestamp: i64) -> Vec<u8> {
    format!("{id}.{timestamp}.").into_bytes()
}

fn signatures(header: &str, version: &str) -> Vec<Vec<u8>> {
    let of_version = |part: &str| match part.split_once(',') {
        Some((label, encoded)) if label == version => STANDARD.decode(encoded).ok(),
        _ => None,
    };
    header.split(' ').filter_map(of_version).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn vectors() -> Vec<Value> {
        let text = include_str!("../../tests/fixtures/standard-webhooks.json");
        let document: Value = serde_json::from_str(text).expect("JSON");
        document["vectors"].as_array().expect("vectors").clone()
    }

    #[test]
    fn published_vectors_hold() {
        for vector in vectors() {
            let text = |key: &str| vector[key].as_str().expect("text");
            let timestamp = vector["timestamp"].as_i64().expect("number");
            let (id, body, expected) = (text("id"), text("body").as_bytes(), text("signature"));
            if text("scheme") == "v1" {
                let secret = SigningSecret::parse(text("secret")).expect("secret");
                assert_eq!(sign(&secret, id, timestamp, body), expected);
                assert!(verify(&[secret], expected, id, timestamp, body));
            } else {
                let key = AsymmetricKey::parse(text("private_key")).expect("key");
                let public = PublicKey::parse(text("public_key")).expect("key");
                assert_eq!(key.public_key(), public);
                assert_eq!(sign_asymmetric(&key, id, timestamp, body), expected);
                assert!(verify_asymmetric(&public, expected, id, timestamp, body));
            }
        }
    }

    proptest! {
        #[test]
        fn any_changed_byte_is_noticed(body in proptest::collection::vec(any::<u8>(), 1..200), at in any::<prop::sample::Index>(), flip in 1u8..) {
            let secret = SigningSecret::generate().expect("randomness");
            let header = sign(&secret, "msg_1", 1_700_000_000, &body);
            prop_assert!(verify(std::slice::from_ref(&secret), &header, "msg_1", 1_700_000_000, &body));
            let mut changed = body.clone();
            changed[at.index(body.len())] ^= flip;
            prop_assert!(!verify(std::slice::from_ref(&secret), &header, "msg_1", 1_700_000_000, &changed));
            prop_assert!(!verify(std::slice::from_ref(&secret), &header, "msg_2", 1_700_000_000, &body));
            prop_assert!(!verify(&[secret], &header, "msg_1", 1_700_000_001, &body));
        }

        #[test]
        fn no_header_makes_verification_panic(header in ".*") {
            let secret = SigningSecret::generate().expect("randomness");
            prop_assert!(!verify(&[secret], &header, "msg_1", 0, b"body"));
        }
    }
}
