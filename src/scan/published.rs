//! Secrets that everybody knows: the examples of standards and of providers' documentation, by their fingerprints.

/// Fingerprints of the test vectors of Standard Webhooks, of RFC 8032 as a key of this program, of Stripe's documentation
/// and of the tokens that <https://jwt.io> shows.
const EXAMPLES: &[&str] = &[
    "2dd745ff991276ae",
    "96ad2ccd81462a76",
    "267e35fea31e869c",
    "402b063bee2ffd72",
    "2cafc0970149a84f",
    "f2d6ca16515033e5",
    "7f75367e78812551",
    "c794fa6d20c64efb",
];

/// Tells whether a secret is an example that was published to be copied.
pub(super) fn is_example(fingerprint: &str) -> bool {
    EXAMPLES.contains(&fingerprint)
}
