//! The body of `proveniq supervise`: runs a command and ends it, with all that it started, when standard input closes.
//! Standard input begins with what the command is to read, and is then held open by the process that asked, so it closes however that process ends, `kill -9` included.
//!
//! SIGQUIT ends everything at once and by force, as `kill -9` would. On Linux the supervisor is a subreaper: descendants that detach themselves become its children, and none escapes.

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tokio::process::Command;

use crate::error::{Error, Explain, Result};

/// Time between the request to end and the end by force.
const GRACE: Duration = Duration::from_secs(5);
/// Time after which descendants that cannot be ended are left to the system.
const FORCE: Duration = Duration::from_secs(5);
/// Most that a command is given to read, in bytes.
const MOST_INPUT: usize = 1 << 20;
const POLL: Duration = Duration::from_millis(10);

/// Runs `command`; returns its exit code, or 128 and the signal that ended it, as shells do.
///
/// The first `input` bytes of standard input become the command's standard input.
pub async fn run(command: &[OsString], input: usize) -> Result<u8> {
    let (program, arguments) = command.split_first().ok_or_else(|| Error::usage("there is no command to supervise"))?;
    become_subreaper();
    let mut child = Command::new(program);
    let mut bytes = zeroed(input)?;
    std::io::stdin().read_exact(&mut bytes).or_usage(|| "the input of the command was cut off".into())?;
    child.args(arguments).stdin(if bytes.is_empty() { Stdio::null() } else { piped(bytes)? });
    #[cfg(unix)]
    child.process_group(0);
    let mut child = child.spawn().or_usage(|| format!("cannot start {}", program.display()))?;
    let (ended, signals) = tokio::select! {
        status = child.wait() => (Some(status.or_bug(|| "cannot wait for the command".into())?), &ORDERLY[..]),
        () = asked_to_end() => (None, &ORDERLY[..]),
        () = asked_to_crash() => (None, &ORDERLY[1..]),
    };
    end_descendants(child.id(), signals).await;
    let status = match ended {
        Some(status) => status,
        None => child.wait().await.or_bug(|| "cannot wait for the command".into())?,
    };
    Ok(exit_code(status))
}

fn zeroed(bytes: usize) -> Result<Vec<u8>> {
    if bytes > MOST_INPUT {
        return Err(Error::usage(format!("the input of a command is {MOST_INPUT} bytes at most")));
    }
    Ok(vec![0; bytes])
}

/// The reading end of a pipe that holds `bytes`. Written by a thread: more than a pipe takes would wait for the command.
fn piped(bytes: Vec<u8>) -> Result<Stdio> {
    let (reader, mut writer) = std::io::pipe().or_usage(|| "cannot make a pipe".into())?;
    // A command need not read its input.
    std::thread::spawn(move || drop(writer.write_all(&bytes)));
    Ok(reader.into())
}

/// Ends when SIGQUIT asks.
async fn asked_to_crash() {
    #[cfg(unix)]
    if let Ok(mut quit) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::quit()) {
        quit.recv().await;
        return;
    }
    std::future::pending::<()>().await;
}

/// Ends when standard input closes or a signal asks.
async fn asked_to_end() {
    let closed = tokio::task::spawn_blocking(|| drop(std::io::stdin().read_to_end(&mut Vec::new())));
    tokio::select! {
        _ = closed => {}
        () = super::process::interrupted() => {}
    }
}

#[cfg(unix)]
fn exit_code(status: ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt as _;
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(not(unix))]
fn exit_code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(target_os = "linux")]
fn become_subreaper() {
    // An old kernel refuses; the process group is then what is ended.
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

#[cfg(not(target_os = "linux"))]
fn become_subreaper() {}

/// What descendants are told, and how long they have to follow: they are asked first.
const ORDERLY: [(Signal, Duration); 2] = [(Signal::Ask, GRACE), (Signal::Force, FORCE)];

/// Tells every descendant to end, by one signal after the other.
async fn end_descendants(child: Option<u32>, signals: &[(Signal, Duration)]) {
    for &(signal, patience) in signals {
        let started = Instant::now();
        let mut asked = Vec::new();
        loop {
            let living = descendants(child);
            if living.is_empty() {
                return;
            }
            // New ones may appear while others are being ended; each is told once.
            let new: Vec<_> = living.iter().copied().filter(|pid| !asked.contains(pid)).collect();
            for pid in &new {
                signal.send(*pid);
            }
            asked.extend(new);
            if started.elapsed() > patience {
                break;
            }
            tokio::time::sleep(POLL).await;
        }
    }
}

#[derive(Clone, Copy)]
enum Signal {
    Ask,
    Force,
}

impl Signal {
    #[cfg(unix)]
    fn send(self, pid: u32) {
        use rustix::process::{Pid, Signal as Unix, kill_process, kill_process_group};
        let signal = match self {
            Signal::Ask => Unix::TERM,
            Signal::Force => Unix::KILL,
        };
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return };
        // A process that is gone already needs no signal.
        let _ = if cfg!(target_os = "linux") { kill_process(pid, signal) } else { kill_process_group(pid, signal) };
    }

    #[cfg(not(unix))]
    fn send(self, _pid: u32) {}
}

/// Every living process below this one. Processes that have ended and only wait to be collected do not count.
#[cfg(target_os = "linux")]
fn descendants(_child: Option<u32>) -> Vec<u32> {
    let folders = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = folders.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parents: Vec<(u32, u32)> = pids.filter_map(|pid| Some((pid, living_parent(pid)?))).collect();
    let mut found = vec![std::process::id()];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    found.split_off(1)
}

/// The parent of a living process, from the fields behind the name in /proc/PID/stat (proc(5)).
#[cfg(target_os = "linux")]
fn living_parent(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    let parent = fields.next()?.parse().ok()?;
    (!matches!(state, "Z" | "X")).then_some(parent)
}

/// The process group of the command, while it has a member.
#[cfg(all(unix, not(target_os = "linux")))]
fn descendants(child: Option<u32>) -> Vec<u32> {
    use rustix::process::{Pid, test_kill_process_group};
    let alive = |pid: &u32| {
        i32::try_from(*pid).ok().and_then(Pid::from_raw).is_some_and(|pid| test_kill_process_group(pid).is_ok())
    };
    child.filter(alive).into_iter().collect()
}

#[cfg(not(unix))]
fn descendants(_child: Option<u32>) -> Vec<u32> {
    Vec::new()
}
