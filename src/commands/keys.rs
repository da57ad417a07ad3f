//! `keys`: key, store, index.

mod create;
mod import;
mod list;
mod revoke;
mod scan_hook;
mod use_key;

use crate::cli::KeysCommand;
use crate::context::Context;
use crate::error::Result;

/// Runs one of the commands.
pub(super) async fn run(context: &Context, command: KeysCommand) -> Result<u8> {
    let output = &context.output;
    match command {
        KeysCommand::Create { name, scopes, expires, store } => {
            output.outcome(&create::run(context, name, &scopes, expires.as_deref(), store).await?)
        }
        KeysCommand::List { local: true } => output.outcome(&list::run_local(context)?),
        KeysCommand::List { .. } => output.outcome(&list::run(context).await?),
        KeysCommand::Use { name } => output.outcome(&use_key::run(context, name)?),
        KeysCommand::Import { name, store } => output.outcome(&import::run(context, &name, store).await?),
        KeysCommand::ScanHook { install: true, force, .. } => output.outcome(&scan_hook::install(context, force)?),
        KeysCommand::ScanHook { uninstall: true, .. } => output.outcome(&scan_hook::uninstall(context)?),
        KeysCommand::ScanHook { .. } => output.outcome(&scan_hook::run(context)?),
        KeysCommand::Revoke { name } => output.outcome(&revoke::run(context, &name).await?),
    }
}
