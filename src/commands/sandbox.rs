//! `sandbox`: the embedded marketplace on this machine.

mod detach;
mod emit;
mod reset;
mod start;
mod status;
mod stop;

use crate::adapters::sandbox::SandboxFolder;
use crate::cli::SandboxCommand;
use crate::context::Context;
use crate::error::Result;

/// Runs one of the commands.
pub(super) async fn run(context: &Context, command: SandboxCommand) -> Result<u8> {
    let folder = SandboxFolder::new(context.dirs.sandbox());
    match command {
        SandboxCommand::Start { detach: true, port, host, .. } => {
            context.output.outcome(&detach::run(context, &folder, port, host).await?)
        }
        SandboxCommand::Start { port, host, leave_session, .. } => {
            start::run(context, &folder, port, host, leave_session).await
        }
        SandboxCommand::Stop => context.output.outcome(&stop::run(&folder).await?),
        SandboxCommand::Status => context.output.outcome(&status::run(&folder).await?),
        SandboxCommand::Emit(args) => context.output.outcome(&emit::run(context, &args).await?),
        SandboxCommand::Reset => context.output.outcome(&reset::run(context, &folder).await?),
    }
}
