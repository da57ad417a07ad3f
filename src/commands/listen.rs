//! `listen`: arrival, exchange, record; and what can be done with an exchange afterwards.

mod explain;
mod receive;
mod records;
mod replay;
mod secret;
mod terminal;
mod views;

pub(super) use receive::run as receive;
#[cfg(feature = "server")]
pub(super) use records::Record;

use crate::cli::{ListenArgs, ListenCommand};
use crate::context::Context;
use crate::error::{Error, Result};

/// Runs one of the commands beside receiving, which ends in order by itself.
pub(super) async fn run(context: &Context, args: ListenArgs) -> Result<u8> {
    let output = &context.output;
    match args.command {
        Some(ListenCommand::Replay(args)) => output.outcome(&replay::run(context, args).await?),
        Some(ListenCommand::Explain(args)) => output.outcome(&explain::run(context, args).await?),
        Some(ListenCommand::Secret { env_file }) => secret::run(context, env_file.as_deref()).await,
        None => Err(Error::bug("receiving was dispatched as another command")),
    }
}
