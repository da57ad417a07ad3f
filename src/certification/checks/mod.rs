//! The checks: one small file for each, and which of them a rule set has, in the order in which they are reported.

mod api_reference;
mod cases;
mod compatible;
mod contact;
mod content;
mod errors;
mod events;
mod external;
mod latency;
mod manifest;
mod oauth_static;
mod rate_limit;
mod readme;
mod replay;
mod reproducible;
mod retry;
mod secrets;
mod service_levels;
mod setup_guide;
mod signatures;

use super::check::Check;

/// The checks of the current rule set.
pub(super) const CURRENT: &[&Check] = &[
    &secrets::CHECK,
    &signatures::CHECK,
    &replay::CHECK,
    &oauth_static::CHECK,
    &latency::CHECK,
    &rate_limit::CHECK,
    &events::CHECK,
    &errors::CHECK,
    &retry::CHECK,
    &readme::CHECK,
    &setup_guide::CHECK,
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
