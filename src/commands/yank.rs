//! `yank` and `unyank`.

use super::standing::Standing;
use crate::cli::{UnyankArgs, YankArgs};
use crate::context::Context;
use crate::error::Result;
use crate::stages::session::{self, Purpose};

/// Takes a version back.
pub(super) async fn yank(context: &Context, args: YankArgs) -> Result<Standing> {
    let client = session::open(context, Purpose::Work)?.client;
    let version = client.yank(&args.name, &args.reason).await?;
    Ok(Standing::new("proveniq.yank/1", client.address(), version, context.clock.now()))
}

/// Gives it again.
pub(super) async fn unyank(context: &Context, args: UnyankArgs) -> Result<Standing> {
    let client = session::open(context, Purpose::Work)?.client;
    let version = client.unyank(&args.name).await?;
    Ok(Standing::new("proveniq.unyank/1", client.address(), version, context.clock.now()))
}
