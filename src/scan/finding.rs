//! What the scanner found; never the secret itself.

use std::borrow::Cow;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::package::hex;

/// Whether a finding stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Must be removed.
    Block,
    /// Wants a look.
    Warn,
}

/// A secret at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Rule that found it.
    pub rule: Cow<'static, str>,
    /// What it is.
    pub description: Cow<'static, str>,
    /// Whether it stands in the way.
    pub severity: Severity,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1; in text of UTF-16, in bytes of the same text in UTF-8.
    pub column: usize,
    /// First 16 hex digits of the SHA-256 of the secret: tells secrets apart without showing them.
    pub fingerprint: String,
}

/// The fingerprint of a secret.
pub(super) fn fingerprint(secret: &[u8]) -> String {
    hex(&Sha256::digest(secret))[..16].to_owned()
}
