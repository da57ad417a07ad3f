//! What an endpoint beyond this machine offers to those who connect.

use crate::manifest::vocabulary;

vocabulary! {
    /// A version of TLS that nobody may use any more (RFC 8996).
    OldVersion, "version of TLS" {
        /// TLS 1.0.
        Tls10 = "TLS 1.0",
        /// TLS 1.1.
        Tls11 = "TLS 1.1",
    }
}

/// What an endpoint answers to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// This.
    Is(T),
    /// It does not hold, and why.
    Wrong(String),
    /// No answer, and why.
    Unclear(String),
}

/// What was seen of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointTls {
    /// Its address.
    pub url: String,
    /// The version that is agreed on with a client of today, and whether its certificate holds.
    pub handshake: Answer<String>,
    /// Each old version, and whether it is taken.
    pub old_versions: Vec<(OldVersion, Answer<bool>)>,
    /// The value of Strict-Transport-Security, where there is one.
    pub hsts: Answer<Option<String>>,
}
