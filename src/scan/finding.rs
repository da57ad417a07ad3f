//! What the scanner found; never the secret itself.

use serde::Serialize;

/// Whether a finding stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
    pub rule: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Whether it stands in the way.
    pub severity: Severity,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// First 16 hex digits of the SHA-256 of the secret: tells secrets apart without showing them.
    pub fingerprint: String,
}
