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
use crate::credential::parse_lifetime;
use crate::error::{Error, Result};

use start::StartOptions;

/// Longest life of an access token, in seconds.
const LONGEST_ACCESS: u32 = 86_400;

/// Runs one of the commands.
pub(super) async fn run(context: &Context, command: SandboxCommand) -> Result<u8> {
    let folder = SandboxFolder::new(context.dirs.sandbox());
    match command {
        SandboxCommand::Start { detach, port, host, leak_reporters, access_token_lifetime, leave_session } => {
            let leak_reporters = leak_reporters.iter().map(|word| absolute_file(context, word)).collect();
            let access_token_lifetime =
                access_token_lifetime.as_deref().map(parse_access_token_lifetime).transpose()?;
            let options = StartOptions { port, host, leak_reporters, access_token_lifetime };
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

/// Parses a lifetime of 1 second to 24 hours, to seconds.
fn parse_access_token_lifetime(text: &str) -> Result<u32> {
    let wrong = |why: String| Error::usage(why).hint("write a number and s, m or h, such as 30s");
    let seconds = parse_lifetime(text).map_err(wrong)?;
    let bounded = Some(seconds).filter(|seconds| (1..=LONGEST_ACCESS).contains(seconds));
    bounded.ok_or_else(|| wrong(format!("an access token lives between 1s and 24h, not {text:?}")))
}

/// `ID=FILE` with a file that means the same in every folder.
fn absolute_file(context: &Context, word: &str) -> String {
    match word.split_once('=') {
        Some((id, file)) => format!("{id}={}", context.cwd.join(file).display()),
        None => word.to_owned(),
    }
}
