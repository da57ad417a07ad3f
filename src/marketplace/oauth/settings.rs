//! How people sign in, and how long things live.

use jiff::SignedDuration;
use secrecy::SecretString;

use crate::credential::{ApiKey, sandbox_sign_in_code};

/// How people prove who they are.
#[derive(Debug, Clone)]
pub enum SignIn {
    /// The built-in identity of a sandbox, for whoever knows its code.
    BuiltIn {
        /// What the person types.
        code: SecretString,
    },
    /// Accounts at other providers, at most one of each kind.
    Providers(Vec<Provider>),
}

impl SignIn {
    /// The built-in identity. Its code follows from the bootstrap token, so that whoever may read that file knows it.
    pub fn built_in(token: &ApiKey) -> Self {
        SignIn::BuiltIn { code: sandbox_sign_in_code(token) }
    }
}

/// A provider at which people have accounts.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Which protocol it speaks.
    pub kind: ProviderKind,
    /// This marketplace's client there.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// Base address: of GitHub's pages, or the issuer of an OpenID provider.
    pub url: String,
    /// Base address of GitHub's API.
    pub api_url: String,
}

/// A kind of provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderKind {
    /// OAuth 2.0, and who it is from the API.
    GitHub,
    /// OpenID Connect.
    Google,
}

impl ProviderKind {
    /// Its name in addresses and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            ProviderKind::GitHub => "github",
            ProviderKind::Google => "google",
        }
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            ProviderKind::GitHub => "GitHub",
            ProviderKind::Google => "Google",
        }
    }
}

/// How long what the authorization server gives out lives.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// Access tokens.
    pub access: SignedDuration,
    /// Refresh tokens; each use gives a fresh one.
    pub refresh: SignedDuration,
    /// Authorization codes.
    pub code: SignedDuration,
    /// Device codes.
    pub device: SignedDuration,
    /// Time that a device lets pass between two questions.
    pub poll: SignedDuration,
    /// Sessions of browsers.
    pub session: SignedDuration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Lifetimes {
            access: SignedDuration::from_mins(15),
            refresh: SignedDuration::from_hours(24 * 30),
            code: SignedDuration::from_mins(1),
            device: SignedDuration::from_mins(10),
            poll: SignedDuration::from_secs(5),
            session: SignedDuration::from_hours(12),
        }
    }
}
