//! What was seen while a person authorised an integration, step by step. Its credentials are those of a marketplace that
//! ended with the audit, so that they open nothing.

use super::request::AuthorizationRequest;
use super::token_request::TokenRequest;
use crate::webhook::exchange::{CapturedRequest, Reply};

/// Who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// The integration, by the person's browser.
    Integration,
    /// The marketplace, by whoever.
    Marketplace,
    /// An upstream, by the integration.
    Upstream(String),
}

/// A request, and its answer where there was one.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Who was asked.
    pub party: Party,
    /// What was asked.
    pub request: CapturedRequest,
    /// What was answered.
    pub reply: Option<Reply>,
}

/// What a step was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A person authorised the integration and came back.
    Consent,
    /// The browser came back with a `state` that nobody made.
    WrongState,
    /// The browser came back without a `state`.
    NoState,
    /// The browser came back with the `state` and the code of another browser (RFC 9700 section 4.7).
    ForeignState,
    /// The person said no.
    Denial,
    /// The integration was brought to use its token after that had expired.
    Use,
}

/// A step, and all that was heard until the next one.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it was for.
    pub act: Act,
    /// Where `start_path` sent the browser, where it was opened.
    pub asked: Option<AuthorizationRequest>,
    /// The code that the browser brought back.
    pub code: Option<String>,
    /// Whether the browser came back to the integration.
    pub came_back: bool,
    /// What was heard.
    pub heard: Vec<Heard>,
    /// How the integration ended, where it did.
    pub ended: Option<String>,
}

/// The whole of it.
#[derive(Debug, Clone)]
pub struct Transcript {
    /// Identifier of the integration's client.
    pub client_id: String,
    /// Secret of the integration's client.
    pub client_secret: String,
    /// The steps, in their order.
    pub steps: Vec<Step>,
    /// Why it was not gone on with, where that is no fault of the integration.
    pub obstacle: Option<String>,
}

impl Transcript {
    /// The first step of an act.
    pub(super) fn step(&self, act: Act) -> Option<&Step> {
        self.steps.iter().find(|step| step.act == act)
    }

    /// All that was heard, in its order.
    pub(super) fn heard(&self) -> impl Iterator<Item = &Heard> {
        self.steps.iter().flat_map(|step| &step.heard)
    }

    /// All requests for tokens, in their order.
    pub(super) fn token_requests(&self) -> impl Iterator<Item = TokenRequest> {
        self.heard().filter_map(TokenRequest::of)
    }

    /// The request for a token that a code was sent in.
    pub(super) fn exchange_of(&self, code: &str) -> Option<TokenRequest> {
        self.token_requests().find(|request| request.get("code") == Some(code))
    }
}

impl Step {
    /// Status of the integration's last answer to the browser.
    pub(super) fn last_status(&self) -> Option<u16> {
        let answers = self.heard.iter().rev().filter(|heard| heard.party == Party::Integration);
        answers.map(|heard| heard.reply.as_ref().map(|reply| reply.status)).next().flatten()
    }
}
