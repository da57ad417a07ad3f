//! What a request may carry as its credential.

use super::{ApiKey, Token, TokenKind};

/// The credential of a request: `Authorization: Bearer` (RFC 6750 section 2.1).
#[derive(Debug, Clone)]
pub enum Bearer {
    /// An API key.
    Key(ApiKey),
    /// An access token.
    Access(Token),
}

impl Bearer {
    /// Parses a key or an access token; the error says what is wrong and never repeats it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.starts_with(TokenKind::Access.prefix()) {
            return Token::parse(TokenKind::Access, text).map(Bearer::Access);
        }
        ApiKey::parse(text).map(Bearer::Key)
    }

    /// The credential itself, for the request header alone.
    pub fn expose(&self) -> &str {
        match self {
            Bearer::Key(key) => key.expose(),
            Bearer::Access(token) => token.expose(),
        }
    }

    /// The beginning that may be shown.
    pub fn prefix(&self) -> &str {
        match self {
            Bearer::Key(key) => key.prefix(),
            Bearer::Access(token) => token.prefix(),
        }
    }
}

impl From<ApiKey> for Bearer {
    fn from(key: ApiKey) -> Self {
        Bearer::Key(key)
    }
}
