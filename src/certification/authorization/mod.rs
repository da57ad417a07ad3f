//! What a person's authorization of an integration must look like, judged by a transcript of it (RFC 6749, RFC 7636,
//! RFC 9700).

mod grant;
mod judge;
mod leak;
mod refresh;
mod request;
mod scopes;
mod token_request;
mod transcript;

#[cfg(test)]
mod tests;

pub(super) use judge::judge;
pub use request::AuthorizationRequest;
pub use scopes::ScopeRequest;
pub(super) use scopes::judge as judge_scopes;
pub use transcript::{Act, Heard, Party, Step, Transcript};
