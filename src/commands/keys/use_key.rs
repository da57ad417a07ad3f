//! `keys use`.

use serde::Serialize;

use crate::adapters::key_index::KeyIndex;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::stages::session;
use crate::ui::{Page, Render};

/// The key in use now.
#[derive(Serialize)]
pub(super) struct InUse {
    name: String,
    marketplace: String,
    profile: String,
}

/// Puts a stored key to use.
pub(super) fn run(context: &Context, name: String) -> Result<InUse> {
    let (address, _) = session::address(context)?;
    let origin = MarketplaceClient::new(&address, None)?.origin();
    let profile = context.profile()?;
    let index = KeyIndex::new(&context.dirs.config);
    if index.activate(&profile, &origin, &name)? {
        return Ok(InUse { name, marketplace: origin, profile });
    }
    let known: Vec<_> = index.list(&profile, &origin)?.into_iter().map(|key| key.name).collect();
    let error = Error::usage(format!("no key {name:?} is stored for {origin}, profile {profile}"));
    Err(if known.is_empty() {
        error.hint("create one with `proveniq keys create --name NAME`")
    } else {
        error.hint(format!("stored are: {}", known.join(", ")))
    })
}

impl Render for InUse {
    fn schema(&self) -> &'static str {
        "proveniq.keys-use/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{} is in use at {}, profile {}", self.name, self.marketplace, self.profile));
    }
}
