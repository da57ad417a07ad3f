//! Handing the fresh credential over to a target.

use std::path::Path;
use std::time::Duration;

use secrecy::SecretString;

use crate::adapters::env_file;
use crate::adapters::handover::{self, Refused};
use crate::context::Context;
use crate::credential::Target;
use crate::error::{Error, Result};
use crate::ui::Format;

/// Refuses targets that cannot be used, before anything is changed.
pub fn check_targets(context: &Context, targets: &[Target]) -> Result<()> {
    targets.iter().try_for_each(|target| check(context, target))
}

fn check(context: &Context, target: &Target) -> Result<()> {
    match target {
        Target::Stdout if context.output.format == Format::Json => {
            Err(Error::usage("standard output cannot hold both the document of --json and the secret")
                .hint("leave --json away: with --to stdout the secret is alone on standard output"))
        }
        Target::Stdout if context.output.stdout_terminal => {
            Err(Error::usage("the secret is not shown on a terminal").hint("pipe standard output to where it belongs"))
        }
        Target::EnvFile { path, .. } if context.cwd.join(path).is_dir() => {
            Err(Error::usage(format!("{path} is a folder")).hint("name a file: --to env-file:PATH"))
        }
        Target::Stdout | Target::EnvFile { .. } => Ok(()),
        target => {
            let programs = target.programs("", &SecretString::default());
            let name = programs.first().and_then(|program| program.words.first().cloned()).unwrap_or_default();
            if name.contains('/') || context.environment.find_program(&name).is_some() {
                return Ok(());
            }
            Err(Error::usage(format!("`{name}` is not installed, and --to {target} needs it"))
                .hint(format!("install {name}, or put it on PATH")))
        }
    }
}

/// Gives `value` to a target; programs and relative paths mean `folder`.
pub(super) async fn hand_over(
    context: &Context,
    target: &Target,
    folder: &Path,
    variable: &str,
    value: &SecretString,
    limit: Duration,
) -> Result<(), Refused> {
    match target {
        Target::Stdout => context.output.credential(value).map_err(Refused::Said),
        Target::EnvFile { path, variable: named } => {
            let name = named.as_deref().unwrap_or(variable);
            env_file::set(&folder.join(path), name, value).map_err(Refused::Said)
        }
        target => handover::run(&context.program, folder, &target.programs(variable, value), value, limit).await,
    }
}
