//! The rules, from the providers' public token formats, by kind of provider.

mod ai;
mod automation;
mod cloud;
mod commerce;
mod data;
mod identity;
mod lookups;
mod messaging;
mod monitoring;
mod networks;
mod packages;
mod payments;
mod productivity;
mod social;
mod version_control;

use super::rule::Provider;

/// All providers, by kind.
pub const PROVIDERS: [&[Provider]; 15] = [
    ai::PROVIDERS,
    automation::PROVIDERS,
    cloud::PROVIDERS,
    commerce::PROVIDERS,
    data::PROVIDERS,
    identity::PROVIDERS,
    lookups::PROVIDERS,
    messaging::PROVIDERS,
    monitoring::PROVIDERS,
    networks::PROVIDERS,
    packages::PROVIDERS,
    payments::PROVIDERS,
    productivity::PROVIDERS,
    social::PROVIDERS,
    version_control::PROVIDERS,
];
