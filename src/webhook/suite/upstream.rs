//! Faults of the systems that an integration calls.

use super::case::{Case, Script, Suite};
use crate::webhook::judge::Expectation;
use crate::webhook::upstream::Fault;

/// The suite: every fault for every upstream.
pub(super) fn cases(upstreams: &[String]) -> Vec<Case> {
    upstreams.iter().flat_map(|upstream| Fault::ALL.iter().map(|&fault| case(upstream, fault))).collect()
}

fn case(upstream: &str, fault: Fault) -> Case {
    Case {
        id: format!("upstream.{upstream}.{fault}"),
        suite: Suite::Upstream,
        title: format!("{upstream}: {}", fault.title()),
        expectation: Expectation::ProcessedOnce,
        help: fault.help(),
        script: Script::Upstream { upstream: upstream.to_owned(), fault },
    }
}
