//! Checks of the rule set that this version cannot run yet. They are named, and not run: a tier that needs one is not
//! reached, and never by silence.

use crate::certification::check::{Area, Check, Finished, Kind, Subject};
use crate::certification::tier::Tier;
use crate::verdict::Verdict;

const fn later(id: &'static str, area: Area, tier: Tier, kind: Kind, proves: &'static str) -> Check {
    Check { id, area, tier, kind, proves, mend: "", run: not_run }
}

fn not_run(_: &Subject<'_>) -> Finished {
    Finished::with(Verdict::NotRun, concat!("proveniq ", env!("CARGO_PKG_VERSION"), " cannot check this yet"))
}

use Area::{Packaging, Performance, Reliability, Security};
use Kind::{Dynamic, Static};
use Tier::{Premier, Verified};

pub(super) const REPLAY: Check = later("SEC-REPLAY", Security, Verified, Dynamic, "the same id has one effect");
pub(super) const OAUTH_STATIC: Check =
    later("SEC-OAUTH-STATIC", Security, Verified, Static, "no insecure grant, redirect or TLS setting is in the code");
pub(super) const OAUTH_FLOW: Check =
    later("SEC-OAUTH-FLOW", Security, Premier, Dynamic, "the authorization flow uses PKCE, state and rotation");
pub(super) const SCOPES: Check =
    later("SEC-SCOPES", Security, Verified, Dynamic, "scopes requested are within those declared");
pub(super) const TLS: Check =
    later("SEC-TLS", Security, Verified, Dynamic, "endpoints beyond loopback use TLS 1.2 or later");
pub(super) const DEPENDENCIES: Check =
    later("SEC-DEPS", Security, Verified, Static, "no dependency has a known vulnerability");
pub(super) const LATENCY: Check =
    later("PERF-LATENCY", Performance, Verified, Dynamic, "p95 is under 500 ms at the declared rate");
pub(super) const RATE_LIMIT: Check =
    later("PERF-RATELIMIT", Performance, Verified, Dynamic, "429 with Retry-After is honoured");
pub(super) const ERRORS: Check = later("REL-ERRORS", Reliability, Verified, Dynamic, "malformed input is answered 4xx");
pub(super) const RETRY: Check =
    later("REL-RETRY", Reliability, Verified, Dynamic, "upstream faults are retried with bound");
pub(super) const RECOVERY: Check =
    later("REL-RECOVERY", Reliability, Premier, Dynamic, "nothing acknowledged is lost in a crash");
pub(super) const REPRODUCIBLE: Check =
    later("PKG-REPRO", Packaging, Verified, Static, "the package is what the sources give");
pub(super) const COMPATIBILITY: Check = later("COMPAT", Packaging, Verified, Static, "removals need a major version");
