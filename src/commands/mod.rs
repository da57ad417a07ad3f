//! One file for each command; each body reads as its data flow. Commands return outcomes, which `ui` prints, and do not
//! call each other: what they share are stages.

mod advisories;
mod certify;
#[cfg(feature = "server")]
mod demo;
mod deprecate;
#[cfg(feature = "server")]
mod dev;
mod doctor;
mod generated;
mod info;
mod init;
mod install;
mod keys;
mod listen;
mod login;
mod logout;
mod logs;
mod pack;
mod publish;
mod review;
#[cfg(feature = "server")]
mod sandbox;
mod scan;
mod search;
#[cfg(feature = "server")]
mod serve;
mod standing;
mod status;
mod template;
mod test_webhook;
mod uninstall;
mod verify;
mod whoami;
mod yank;

use crate::adapters::process;
use crate::adapters::supervisor;
use crate::cli::Command;
use crate::context::Context;
use crate::error::{Error, Explain, Result};
use crate::ui::Terminal;

/// Runs a command and returns the exit code.
pub fn run(context: &Context, command: Command) -> Result<u8> {
    // What only prints needs no runtime.
    match command {
        Command::Completions { shell } => generated::completions(context, shell),
        Command::Man { out } => generated::man(context, out.as_deref()),
        #[cfg(feature = "server")]
        Command::Openapi => context.output.stdout(&crate::adapters::embedded::openapi_document()).map(|()| 0),
        Command::Template(command) => template::run(context, command),
        command => {
            let failed = || "cannot start the runtime".to_owned();
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().or_bug(failed)?;
            let outcome = runtime.block_on(run_until_interrupted(context, command));
            runtime.shutdown_background();
            outcome
        }
    }
}

/// Runs a command as a task of its own. When this program is asked to end, the task is dropped where it waits, which
/// ends what it started; work that does not wait looks at the interrupt and ends by itself.
async fn run_until_interrupted(context: &Context, command: Command) -> Result<u8> {
    let command = match command {
        // These end in order by themselves.
        Command::Supervise { input, command } => return supervisor::run(&command, input).await,
        #[cfg(feature = "server")]
        Command::Sandbox(command) => return sandbox::run(context, command).await,
        #[cfg(feature = "server")]
        Command::Dev(args) => return dev::run(context, args).await,
        #[cfg(feature = "server")]
        Command::Serve(args) => return serve::run(context, args).await,
        Command::Listen(args) if args.command.is_none() => return listen::receive(context, args.receive).await,
        Command::Keys(command) if keys::ends_in_order(&command) => return keys::run(context, command).await,
        command => command,
    };
    let terminal = Terminal::remember();
    let owned = context.clone();
    let mut task = tokio::spawn(async move { Box::pin(dispatch(&owned, command)).await });
    tokio::select! {
        outcome = &mut task => return outcome.or_bug(|| "the command broke".into())?,
        () = process::interrupted() => context.interrupt.set(),
    }
    if context.interrupt.is_finishing() {
        context.output.status("Stopping", "once what is under way is in order");
    }
    tokio::select! {
        () = context.interrupt.finished() => {}
        // Whoever asks twice does not want to wait.
        () = process::interrupted() => {}
    }
    task.abort();
    if context.interrupt.is_asking() {
        terminal.restore();
        return Err(Error::interrupted());
    }
    tokio::select! {
        outcome = &mut task => outcome.unwrap_or_else(|_| Err(Error::interrupted())),
        // What neither waits nor looks at the interrupt, such as reading from a pipe, ends with this program.
        () = process::interrupted() => Err(Error::interrupted()),
    }
}

async fn dispatch(context: &Context, command: Command) -> Result<u8> {
    let output = &context.output;
    match command {
        #[cfg(feature = "server")]
        Command::Demo(args) => output.outcome(&demo::run(context, args).await?),
        Command::Init(args) => output.outcome(&init::run(context, args)?),
        Command::Keys(command) => keys::run(context, command).await,
        Command::TestWebhook(args) => test_webhook::run(context, args).await,
        Command::Listen(args) => listen::run(context, args).await,
        Command::Certify(args) => certify::run(context, args).await,
        Command::Scan(args) => output.outcome(&scan::run(context, &args)?),
        Command::Advisories(command) => output.outcome(&advisories::run(context, command).await?),
        Command::Pack(args) => pack::run(context, args),
        Command::Publish(args) => output.outcome(&publish::run(context, args).await?),
        Command::Status(args) => output.outcome(&status::run(context, args).await?),
        Command::Yank(args) => output.outcome(&yank::yank(context, args).await?),
        Command::Unyank(args) => output.outcome(&yank::unyank(context, args).await?),
        Command::Deprecate(args) => output.outcome(&deprecate::run(context, args).await?),
        Command::Review(command) => review::run(context, command).await,
        Command::Verify(args) => output.outcome(&verify::run(context, args).await?),
        Command::Search(args) => output.outcome(&search::run(context, args).await?),
        Command::Info(args) => output.outcome(&info::run(context, args).await?),
        Command::Login(args) => output.outcome(&login::run(context, args).await?),
        Command::Logout(args) => output.outcome(&logout::run(context, &args).await?),
        Command::Whoami => output.outcome(&whoami::run(context).await?),
        Command::Install(args) => output.outcome(&install::run(context, args).await?),
        Command::Uninstall(args) => output.outcome(&uninstall::run(context, args).await?),
        Command::Logs(args) => output.outcome(&logs::run(context, &args).await?),
        Command::Doctor => output.outcome(&doctor::run(context).await),
        _ => Err(Error::bug("a command was dispatched twice")),
    }
}
