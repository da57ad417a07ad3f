//! The authorization server: authorization code with PKCE (RFC 6749, 7636, 8252), device flow (RFC 8628), client
//! credentials, refresh with rotation, token exchange (RFC 8693), revocation (RFC 7009), introspection (RFC 7662) and
//! metadata (RFC 8414), as RFC 9700 wants them. Tokens are opaque.

mod authorize;
mod client;
mod consent;
mod device;
mod error;
mod exchange;
mod guess;
mod introspect;
mod metadata;
mod page;
mod parameters;
mod provider;
mod redirect;
mod revoke;
mod routes;
mod scope;
mod session;
mod settings;
mod sign_in;
mod token;
mod user_code;

pub(super) use redirect::check_registered;
pub(super) use routes::routes;
pub use settings::{Lifetimes, Provider, ProviderKind, SignIn};
