//! The checks: one small file for each, and which of them a rule set has, in the order in which they are reported.

mod api_reference;
mod authorization;
mod cases;
mod compatible;
mod contact;
mod content;
mod dependencies;
mod errors;
mod events;
mod external;
mod latency;
mod manifest;
mod oauth_static;
mod rate_limit;
mod readme;
mod recovery;
mod replay;
mod reproducible;
mod retry;
mod scopes;
mod secrets;
mod service_levels;
mod setup_commands;
mod setup_guide;
mod signatures;
mod transport;

use super::check::Check;

pub(super) use setup_guide::PATHS as SETUP_GUIDES;

/// The checks of the current rule set.
pub(super) const CURRENT: &[&Check] = &[
    &secrets::CHECK,
    &signatures::CHECK,
    &replay::CHECK,
    &oauth_static::CHECK,
    &authorization::CHECK,
    &scopes::CHECK,
    &transport::CHECK,
    &dependencies::CHECK,
    &latency::CHECK,
    &rate_limit::CHECK,
    &events::CHECK,
    &errors::CHECK,
    &retry::CHECK,
    &recovery::CHECK,
    &readme::CHECK,
    &setup_guide::CHECK,
    &setup_commands::CHECK,
    &api_reference::CHECK,
    &contact::CHECK,
    &service_levels::CHECK,
    &manifest::CHECK,
    &external::CHECK,
    &reproducible::CHECK,
    &content::CHECK,
    &compatible::CHECK,
];

/// The checks of the rule set before, which could tell `listed` only.
pub(super) const PREVIOUS: &[&Check] = &[
    &secrets::CHECK,
    &events::CHECK,
    &readme::CHECK,
    &setup_guide::CHECK,
    &api_reference::CHECK,
    &contact::CHECK,
    &manifest::CHECK,
];
