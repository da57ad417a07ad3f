//! `sandbox`: the embedded marketplace on this machine.

mod detach;
mod emit;
mod reset;
mod sign_in_code;
mod start;
mod status;
mod stop;

use crate::adapters::sandbox::SandboxFolder;
use crate::cli::SandboxCommand;
use crate::context::Context;
use crate::error::Result;

use start::StartOptions;

/// Runs one of the commands.
pub(super) async fn run(context: &Context, command: SandboxCommand) -> Result<u8> {
    let folder = SandboxFolder::new(context.dirs.sandbox());
    match command {
        SandboxCommand::Start { detach, port, host, leak_reporters, leave_session } => {
            let leak_reporters = leak_reporters.iter().map(|word| absolute_file(context, word)).collect();
            let options = StartOptions { port, host, leak_reporters };
            if detach {
                return context.output.outcome(&detach::run(context, &folder, &options).await?);
            }
            start::run(context, &folder, &options, leave_session).await
        }
        SandboxCommand::Stop => context.output.outcome(&stop::run(&folder).await?),
        SandboxCommand::Status { sign_in_code: true } => context.output.outcome(&sign_in_code::run(&folder)?),
        SandboxCommand::Status { sign_in_code: false } => context.output.outcome(&status::run(&folder).await?),
        SandboxCommand::Emit(args) => context.output.outcome(&emit::run(context, &args).await?),
        SandboxCommand::Reset => context.output.outcome(&reset::run(context, &folder).await?),
    }
}

/// `ID=FILE` with a file that means the same in every folder.
fn absolute_file(context: &Context, word: &str) -> String {
    match word.split_once('=') {
        Some((id, file)) => format!("{id}={}", context.cwd.join(file).display()),
        None => word.to_owned(),
    }
}
