//! `uninstall`.

use serde::Serialize;

use crate::cli::UninstallArgs;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::manifest::IntegrationName;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render};

/// An integration that can do nothing any more.
#[derive(Serialize)]
pub(super) struct Uninstalled {
    integration: IntegrationName,
    installation: String,
    marketplace: String,
}

/// Ends the installation of an integration, and with it every token of it.
pub(super) async fn run(context: &Context, args: UninstallArgs) -> Result<Uninstalled> {
    let name = IntegrationName::parse(&args.name).map_err(Error::usage)?;
    let session = session::open(context, Purpose::Keys)?;
    let all = session.client.installations().await?;
    let installation = all.into_iter().find(|installation| installation.integration == name).ok_or_else(|| {
        Error::new(Kind::Negative, format!("{name} is not installed at {}", session.client.origin()))
            .hint(format!("install it with `proveniq install {name}`"))
    })?;
    context.confirm(&format!("End the access of {name} at once?"))?;
    session.client.uninstall(&installation.id).await?;
    Ok(Uninstalled { integration: name, installation: installation.id, marketplace: session.client.origin() })
}

impl Render for Uninstalled {
    fn schema(&self) -> &'static str {
        "proveniq.uninstall/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{} is uninstalled at {}: its access has ended", self.integration, self.marketplace));
    }
}
