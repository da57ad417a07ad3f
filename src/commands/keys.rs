//! `keys`: key, store, index.

mod audit;
mod create;
mod import;
mod list;
mod revoke;
mod rotate;
mod scan_hook;
mod show;
mod signing;
mod use_key;

use crate::cli::KeysCommand;
use crate::context::Context;
use crate::credential::secret_in;
use crate::error::{Error, Result};

/// Whether a command puts things in order by itself when it is interrupted.
pub(super) fn ends_in_order(command: &KeysCommand) -> bool {
    matches!(command, KeysCommand::Create { signing: false, .. } | KeysCommand::Rotate(_))
}

/// Runs one of the commands.
pub(super) async fn run(context: &Context, command: KeysCommand) -> Result<u8> {
    must_name(&command)?;
    let output = &context.output;
    match command {
        KeysCommand::Create { name, signing: true, publisher, store, .. } => {
            output.outcome(&signing::create(context, &name, publisher.as_deref(), store).await?)
        }
        KeysCommand::Create { name, scopes, expires, store, .. } => {
            output.outcome(&create::run(context, name, &scopes, expires.as_deref(), store).await?)
        }
        KeysCommand::List { local: true } => output.outcome(&list::run_local(context)?),
        KeysCommand::List { .. } => output.outcome(&list::run(context).await?),
        KeysCommand::Audit => output.outcome(&audit::run(context).await?),
        KeysCommand::Use { name } => output.outcome(&use_key::run(context, name)?),
        KeysCommand::Import { name, store } => output.outcome(&import::run(context, &name, store).await?),
        KeysCommand::ScanHook { install: true, force, .. } => output.outcome(&scan_hook::install(context, force)?),
        KeysCommand::ScanHook { uninstall: true, .. } => output.outcome(&scan_hook::uninstall(context)?),
        KeysCommand::ScanHook { .. } => output.outcome(&scan_hook::run(context)?),
        KeysCommand::Rotate(args) => rotate::run(context, args).await,
        KeysCommand::Show { name, reveal } => show::run(context, &name, reveal).await,
        KeysCommand::Revoke { name, signing: true, publisher } => {
            output.outcome(&signing::revoke(context, &name, publisher.as_deref()).await?)
        }
        KeysCommand::Revoke { name, .. } => output.outcome(&revoke::run(context, &name).await?),
    }
}

/// Refuses a secret where a name is due, before anything repeats it.
fn must_name(command: &KeysCommand) -> Result<()> {
    let name = match command {
        KeysCommand::Use { name } | KeysCommand::Show { name, .. } | KeysCommand::Revoke { name, .. } => Some(name),
        KeysCommand::Rotate(args) => args.name.as_ref(),
        _ => None,
    };
    let Some(kind) = name.and_then(|name| secret_in(name)) else { return Ok(()) };
    Err(Error::usage(format!("that is {kind}, not a name"))
        .hint("`proveniq keys list` tells names and identifiers")
        .hint("what is typed stays in the shell's history: rotate or revoke what others may read there"))
}
