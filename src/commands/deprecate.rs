//! `deprecate`.

use super::standing::Standing;
use crate::cli::DeprecateArgs;
use crate::context::Context;
use crate::error::Result;
use crate::stages::session::{self, Purpose};

/// Says of a version that it should be left for another, or no longer.
pub(super) async fn run(context: &Context, args: DeprecateArgs) -> Result<Standing> {
    let client = session::open(context, Purpose::Work)?.client;
    let version = client.deprecate(&args.name, args.message).await?;
    Ok(Standing::new("proveniq.deprecate/1", client.address(), version, context.clock.now()))
}
