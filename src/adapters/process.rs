//! Commands of a project, run under a supervisor so that nothing they start outlives this program.

use std::collections::{BTreeMap, VecDeque};
use std::io::{PipeReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Explain, Result};

/// Bytes of output that are kept: the last ones.
pub(super) const KEPT: usize = 64 << 10;
/// Time that a supervisor has to end everything; longer than its own patience.
const STOP: Duration = Duration::from_secs(12);
const POLL: Duration = Duration::from_millis(10);

/// What to run.
#[derive(Debug)]
pub struct Job<'a> {
    /// Program and arguments.
    pub words: &'a [String],
    /// Folder to run in.
    pub folder: &'a Path,
    /// Variables on top of those of this process.
    pub environment: BTreeMap<String, String>,
}

/// A running command. Dropping it ends the command and all that it started.
#[derive(Debug)]
pub struct Supervised {
    supervisor: Child,
    output: Arc<Mutex<VecDeque<u8>>>,
}

impl Supervised {
    /// Starts a job; `program` is the path of proveniq itself.
    pub fn start(program: &Path, job: &Job<'_>) -> Result<Self> {
        Self::start_with_input(program, job, &[])
    }

    /// Starts a job that reads `input` from its standard input, and then its end.
    pub fn start_with_input(program: &Path, job: &Job<'_>, input: &[u8]) -> Result<Self> {
        let failed = || format!("cannot start {}", job.words.join(" "));
        let (reader, writer) = std::io::pipe().or_usage(failed)?;
        let mut command = Command::new(program);
        command.arg("supervise").arg("--input").arg(input.len().to_string()).arg("--");
        command.args(job.words).current_dir(job.folder).envs(&job.environment);
        // The integration has no business with the credentials of whoever starts it.
        command.env_remove("PROVENIQ_API_KEY").env_remove("PROVENIQ_STORE_PASSPHRASE");
        command.stdin(Stdio::piped()).stdout(writer.try_clone().or_usage(failed)?).stderr(writer);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            // Ctrl-C at the terminal is for this program, which then ends the job in order.
            command.process_group(0).arg0("proveniq");
        }
        let mut supervisor = command.spawn().or_usage(failed)?;
        // A supervisor that has ended already needs no input; how it ended is told when it is waited for.
        let _ = supervisor.stdin.as_mut().map(|stdin| stdin.write_all(input));
        // The command holds the pipe's other end until it is dropped here.
        drop(command);
        let output = Arc::new(Mutex::new(VecDeque::new()));
        let kept = Arc::clone(&output);
        thread::spawn(move || keep_tail(reader, &kept));
        Ok(Supervised { supervisor, output })
    }

    /// Returns how the command ended, if it has.
    pub fn try_wait(&mut self) -> Option<ExitStatus> {
        self.supervisor.try_wait().ok().flatten()
    }

    /// Waits until the command ends; `None` when `limit` passes first.
    pub async fn wait(&mut self, limit: Duration) -> Option<ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < limit {
            if let Some(status) = self.try_wait() {
                return Some(status);
            }
            tokio::time::sleep(POLL).await;
        }
        None
    }

    /// Ends the command and all that it started at once and by force, as `kill -9` does.
    pub async fn crash(&mut self) {
        #[cfg(unix)]
        if let Ok(pid) = i32::try_from(self.supervisor.id())
            && let Some(pid) = rustix::process::Pid::from_raw(pid)
        {
            // A supervisor that has ended already has nothing left to end.
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::QUIT);
        }
        #[cfg(not(unix))]
        let _ = self.supervisor.kill();
        let _ = self.wait(STOP).await;
    }

    /// The last line that an ended command wrote and that says something, its first characters.
    pub async fn last_line(&self, longest: usize) -> String {
        // The reader may be a moment behind the end.
        tokio::time::sleep(POLL * 5).await;
        let output = self.output();
        let line = output.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        line.chars().filter(|c| !c.is_control()).take(longest).collect()
    }

    /// The end of what the command wrote to stdout and stderr.
    pub fn output(&self) -> String {
        let mut kept = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(kept.make_contiguous()).into_owned()
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        // A closed standard input is the sign to end.
        drop(self.supervisor.stdin.take());
        let started = Instant::now();
        while self.try_wait().is_none() {
            if started.elapsed() > STOP {
                let _ = self.supervisor.kill();
                let _ = self.supervisor.wait();
                return;
            }
            thread::sleep(POLL);
        }
    }
}

fn keep_tail(mut reader: PipeReader, kept: &Mutex<VecDeque<u8>>) {
    let mut buffer = [0; 8192];
    while let Ok(count) = reader.read(&mut buffer) {
        if count == 0 {
            return;
        }
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(&buffer[..count]);
        let excess = kept.len().saturating_sub(KEPT);
        kept.drain(..excess);
    }
}

/// Ends when this process is asked to end: Ctrl-C, SIGTERM or SIGHUP.
pub async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = kinds.map(signal) else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
