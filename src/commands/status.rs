//! `status`.

use super::standing::Standing;
use crate::cli::StatusArgs;
use crate::context::Context;
use crate::error::Result;
use crate::publication::VersionedName;
use crate::stages::lifecycle;
use crate::stages::session::{self, Purpose};

/// Tells where a version stands, once it is decided on where that is waited for.
pub(super) async fn run(context: &Context, args: StatusArgs) -> Result<Standing> {
    let name = args.name.map_or_else(|| of_project(context), Ok)?;
    let client = session::open(context, Purpose::Reading)?.client;
    let version = if args.waiting.wait {
        lifecycle::decided(&client, &name, args.waiting.timeout, &context.output).await?
    } else {
        lifecycle::find(&client, &name).await?
    };
    Ok(Standing::new("proveniq.status/1", client.address(), version, context.clock.now()).answering())
}

fn of_project(context: &Context) -> Result<VersionedName> {
    let identity = context.project()?.manifest.integration;
    Ok(VersionedName { name: identity.name, version: identity.version })
}
