//! `sandbox start --detach`: starts itself again in a session of its own, and waits until it is ready.

use std::fs::OpenOptions;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use super::start::{StartOptions, Started};
use crate::adapters::files::{self, Access};
use crate::adapters::sandbox::{Discovery, SandboxFolder};
use crate::context::Context;
use crate::error::{Error, Explain, Kind, Result};
use crate::stages::sandbox::{lock_or_living, read_leak_reporters};

/// Time until it must be ready.
const READY: Duration = Duration::from_secs(30);

/// Starts a sandbox in the background. One that runs already is left as it is, also where it was started by somebody else
/// in this very moment.
pub(super) async fn run(context: &Context, folder: &SandboxFolder, options: &StartOptions) -> Result<Started> {
    // What cannot be used is told before anything is started.
    read_leak_reporters(&options.leak_reporters)?;
    if let Err(living) = lock_or_living(folder).await? {
        warn_of_unused(context, options);
        return Ok(found(folder, living));
    }
    let mut child = spawn(context, folder, options)?;
    let refused = match wait_until_ready(&mut child) {
        Ok(document) => {
            let url = document["url"].as_str().unwrap_or_default().to_owned();
            let folder = folder.path().to_owned();
            return Ok(Started { url, pid: child.id(), folder, detached: true, already_running: false });
        }
        Err(refused) => refused,
    };
    // One that is not ready is not left half-started.
    let _ = child.kill();
    let _ = child.wait();
    match lock_or_living(folder).await? {
        Err(living) if refused.kind() == Kind::Conflict => Ok(found(folder, living)),
        _ => Err(refused),
    }
}

/// What counts only where a sandbox is started.
fn warn_of_unused(context: &Context, options: &StartOptions) {
    let given = [
        ("--leak-reporter", !options.leak_reporters.is_empty()),
        ("--access-token-lifetime", options.access_token_lifetime.is_some()),
    ];
    for (flag, _) in given.into_iter().filter(|(_, given)| *given) {
        context.output.warning(format!("the sandbox runs already: {flag} counts when it is started the next time"));
    }
}

fn found(folder: &SandboxFolder, living: Discovery) -> Started {
    let folder = folder.path().to_owned();
    Started { url: living.url, pid: living.pid, folder, detached: true, already_running: true }
}

fn spawn(context: &Context, folder: &SandboxFolder, options: &StartOptions) -> Result<Child> {
    let failed = || "cannot start the sandbox".to_owned();
    files::create_folder(folder.path(), Access::Private)?;
    let log = OpenOptions::new().create(true).append(true).open(folder.log()).or_usage(failed)?;
    let mut command = Command::new(&context.program);
    // What lists of processes show.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut command, "proveniq");
    command.args(["--json", "sandbox", "start", "--leave-session"]);
    let StartOptions { port, host, leak_reporters, access_token_lifetime } = options;
    command.args(port.iter().flat_map(|port| ["--port".to_owned(), port.to_string()]));
    command.args(host.iter().flat_map(|host| ["--host".to_owned(), host.to_string()]));
    command.args(leak_reporters.iter().flat_map(|word| ["--leak-reporter", word]));
    let lifetime = access_token_lifetime.iter();
    command.args(lifetime.flat_map(|seconds| ["--access-token-lifetime".to_owned(), format!("{seconds}s")]));
    // The background process works on the same folders, wherever it was started from.
    command.env("PROVENIQ_STATE_DIR", &context.dirs.state).env("PROVENIQ_CONFIG_DIR", &context.dirs.config);
    for secret in ["PROVENIQ_API_KEY", "PROVENIQ_WEBHOOK_SECRET", "PROVENIQ_STORE_PASSPHRASE"] {
        command.env_remove(secret);
    }
    command.current_dir(folder.path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().or_usage(failed)
}

/// Reads the one document that the child prints: that it has started, or why it has not.
fn wait_until_ready(child: &mut Child) -> Result<Value> {
    let stdout = child.stdout.take().ok_or_else(|| Error::bug("the child has no standard output"))?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || drop(sender.send(first_document(stdout))));
    let hint = "see sandbox.log in the sandbox's folder: `proveniq doctor` names it";
    match receiver.recv_timeout(READY) {
        Err(_) => Err(Error::unreachable(format!("the sandbox was not ready within {} s", READY.as_secs())).hint(hint)),
        Ok(None) => Err(Error::unreachable("the sandbox ended before it was ready").hint(hint)),
        Ok(Some(document)) if document["error"].is_object() => Err(error_of(&document["error"])),
        Ok(Some(document)) => Ok(document),
    }
}

fn first_document(stdout: ChildStdout) -> Option<Value> {
    serde_json::Deserializer::from_reader(stdout).into_iter::<Value>().next()?.ok()
}

/// The child's error as our own.
fn error_of(document: &Value) -> Error {
    let kind = Kind::ALL.into_iter().find(|kind| document["exit_code"] == kind.exit_code()).unwrap_or(Kind::Bug);
    let texts = |name: &str| {
        document[name].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let message = document["message"].as_str().unwrap_or("the sandbox could not start");
    let causes = texts("causes").into_iter();
    let error = causes.fold(Error::new(kind, message), |error, cause| error.because(std::io::Error::other(cause)));
    texts("hints").into_iter().fold(error, Error::hint)
}
