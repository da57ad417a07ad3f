//! The rule set: one small file for each check, in the order in which they are reported.

mod api_reference;
mod contact;

mod events;
mod later;
mod manifest;
mod readme;
mod secrets;
mod service_levels;
mod setup_guide;
mod signatures;

use super::check::Check;

/// All checks of the rule set.
pub const CHECKS: &[Check] = &[
    secrets::CHECK,
    signatures::CHECK,
    later::REPLAY,
    later::OAUTH_STATIC,
    later::OAUTH_FLOW,
    later::SCOPES,
    later::TLS,
    later::DEPENDENCIES,
    later::LATENCY,
    later::RATE_LIMIT,
    events::CHECK,
    later::ERRORS,
    later::RETRY,
    later::RECOVERY,
    readme::CHECK,
    setup_guide::CHECK,
    api_reference::CHECK,
    contact::CHECK,
    service_levels::CHECK,
    manifest::CHECK,
    later::REPRODUCIBLE,
    later::COMPATIBILITY,
];
