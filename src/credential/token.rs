//! Secrets of the authorization server: opaque, recognisable, stored as a hash there.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::form;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// An access token (RFC 6750).
    Access,
    /// A refresh token (RFC 6749 section 1.5).
    Refresh,
    /// The secret of a confidential client (RFC 6749 section 2.3.1).
    ClientSecret,
    /// An authorization code (RFC 6749 section 1.3.1).
    Code,
    /// A device code (RFC 8628 section 3.2).
    Device,
    /// A person's session in a browser.
    Session,
    /// The `state` of a sign-in at another provider.
    SignIn,
}

impl TokenKind {
    /// What tokens of this kind begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            TokenKind::Access => "pvq_access_",
            TokenKind::Refresh => "pvq_refresh_",
            TokenKind::ClientSecret => "pvq_client_",
            TokenKind::Code => "pvq_code_",
            TokenKind::Device => "pvq_device_",
            TokenKind::Session => "pvq_session_",
            TokenKind::SignIn => "pvq_signin_",
        }
    }
}

/// A token: the prefix of its kind, 32 random characters and a checksum, as in an API key. Its memory is wiped when it is
/// dropped.
#[derive(Clone)]
pub struct Token {
    kind: TokenKind,
    secret: SecretString,
}

impl Token {
    /// Makes a token from the system's randomness; fails only where the system has none.
    pub fn generate(kind: TokenKind) -> Result<Self, getrandom::Error> {
        Ok(Token { kind, secret: form::generate(kind.prefix())? })
    }

    /// Parses a token of one kind; the error says what is wrong and never repeats the token.
    pub fn parse(kind: TokenKind, text: &str) -> Result<Self, &'static str> {
        if !text.starts_with(kind.prefix()) {
            return Err("it is of another kind");
        }
        form::check(text, kind.prefix())?;
        Ok(Token { kind, secret: text.to_owned().into() })
    }

    /// The token itself: only for the request or answer that carries it and the store that was chosen.
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }

    /// The beginning that may be shown: kind and 4 characters.
    pub fn prefix(&self) -> &str {
        &self.expose()[..self.kind.prefix().len() + 4]
    }

    /// SHA-256 of the token, as hex: the only form that a marketplace keeps.
    pub fn digest(&self) -> String {
        crate::package::hex(&Sha256::digest(self.expose().as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({}…)", self.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_parse_as_their_kind_alone() {
        let token = Token::generate(TokenKind::Refresh).expect("randomness");
        assert!(Token::parse(TokenKind::Refresh, token.expose()).is_ok());
        assert!(Token::parse(TokenKind::Access, token.expose()).is_err());
        assert!(Token::parse(TokenKind::Refresh, &token.expose()[..40]).is_err());
        assert!(!format!("{token:?}").contains(&token.expose()[17..]));
    }
}
