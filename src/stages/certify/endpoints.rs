//! Evidence from endpoints beyond this machine: what they offer to those who connect.

use futures_util::future::try_join_all;
use url::Url;

use super::{Demand, Ground, LEFT_OUT, Part, STATIC};
use crate::adapters::{http, tls_probe};
use crate::certification::{EndpointTls, Gathered, Tier};
use crate::error::Result;

/// Looks at each endpoint that the manifest declares or the command line names.
pub(super) async fn look(ground: &Ground<'_>, demand: &Demand) -> Result<Gathered<Vec<EndpointTls>>> {
    if demand.tier < Tier::Verified {
        return Ok(Gathered::default());
    }
    let endpoints = beyond_this_machine(ground);
    if endpoints.is_empty() {
        return Ok(Gathered::NotApplicable(
            "no endpoint beyond this machine is declared or named by --endpoint".into(),
        ));
    }
    if !demand.dynamic {
        return Ok(Gathered::NotRun(STATIC.into()));
    }
    if !demand.parts.has(Part::Endpoints) {
        return Ok(Gathered::NotRun(LEFT_OUT.into()));
    }
    ground.output.status("Connecting", format!("to {} beyond this machine", endpoints.len()));
    try_join_all(endpoints.iter().map(tls_probe::look_at)).await.map(Gathered::Seen)
}

/// Where a carrier's browser is sent back to, and where the integration was said to run; one for each address.
fn beyond_this_machine(ground: &Ground<'_>) -> Vec<Url> {
    let declared = ground.project.manifest.oauth.redirect_uris.iter().filter_map(|uri| Url::parse(uri).ok());
    let all = declared.chain(ground.endpoints.iter().cloned());
    let remote = all.filter(|url| matches!(url.scheme(), "http" | "https") && !http::is_loopback(url));
    let mut urls: Vec<_> = remote.collect();
    urls.sort_unstable();
    urls.dedup();
    urls
}
