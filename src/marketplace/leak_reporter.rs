//! Who may report leaked keys: ECDSA P-256 public keys by identifier, as GitHub's secret scanning partner programme
//! publishes them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

/// What every `SubjectPublicKeyInfo` of an uncompressed point on P-256 begins with (RFC 5480 section 2).
const P256_HEADER: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const POINT_BYTES: usize = 65;
/// Longest identifier.
const LONGEST_ID: usize = 128;

/// A reporter of leaked keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeakReporter {
    id: String,
    point: Vec<u8>,
}

impl LeakReporter {
    /// Takes a public key as PEM (RFC 7468 section 13); the error says what is wrong with it.
    pub fn from_pem(id: &str, pem: &str) -> Result<Self, &'static str> {
        if id.is_empty() || id.len() > LONGEST_ID || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("its identifier must have 1 to 128 characters, none of them a space");
        }
        let body = pem.trim().strip_prefix("-----BEGIN PUBLIC KEY-----");
        let body = body.and_then(|rest| rest.strip_suffix("-----END PUBLIC KEY-----"));
        let body: String = body.ok_or("it is no public key as PEM")?.split_whitespace().collect();
        let der = BASE64_STANDARD.decode(body).map_err(|_| "its base64 is damaged")?;
        let point = der.strip_prefix(&P256_HEADER).filter(|point| point.len() == POINT_BYTES && point[0] == 4);
        let point = point.ok_or("it is no key on the curve P-256 with an uncompressed point")?;
        Ok(LeakReporter { id: id.to_owned(), point: point.to_vec() })
    }

    /// Identifier.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Tells whether `signature`, base64 of a DER ECDSA signature with SHA-256, is of this reporter over `body`.
    pub(super) fn signed(&self, body: &[u8], signature: &str) -> bool {
        let Ok(signature) = BASE64_STANDARD.decode(signature.trim()) else { return false };
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.point).verify(body, &signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample of GitHub's documentation of the partner programme, and the key that it names.
    #[test]
    fn the_sample_of_the_partner_programme_verifies() {
        let pem = "-----BEGIN PUBLIC KEY-----\n\
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\n\
            AjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n\
            -----END PUBLIC KEY-----\n";
        let id = "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c";
        let body = br#"[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]"#;
        let signature =
            "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==";
        let reporter = LeakReporter::from_pem(id, pem).expect("key");
        assert!(reporter.signed(body, signature));
        assert!(!reporter.signed(&body[1..], signature));
        assert!(!reporter.signed(body, &signature.replace('x', "y")));
        assert!(!reporter.signed(body, "no base64!"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for (id, pem) in [
            ("", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"),
            ("a b", ""),
            ("id", ""),
            ("id", "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----"),
            ("id", "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"),
            ("id", "-----BEGIN PRIVATE KEY-----\nMFkw\n-----END PRIVATE KEY-----"),
        ] {
            assert!(LeakReporter::from_pem(id, pem).is_err(), "{id} {pem}");
        }
    }
}
