//! The terminal itself: taken, handed over, and given back however the view ends.

use std::io::{self, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossterm::cursor::Show;
use crossterm::event::{Event, EventStream};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use futures_util::StreamExt as _;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::draw::draw;
use super::state::{Input, State};
use crate::error::{Explain, Result};

/// Whether the terminal is ours, so that it is given back once.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The terminal while the view has it. It is as it was when this is dropped, and before a panic is told.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<io::Stdout>>,
    events: Option<EventStream>,
    #[cfg(unix)]
    signals: Signals,
}

#[cfg(unix)]
#[derive(Debug)]
struct Signals {
    suspended: tokio::signal::unix::Signal,
    continued: tokio::signal::unix::Signal,
}

/// What the terminal or the shell did.
#[derive(Debug)]
pub enum Happened {
    /// Something for the state.
    Input(Input),
    /// The shell asks for the terminal.
    Suspended,
    /// The shell has given it again, or part of it must be drawn anew.
    Continued,
    /// There is no terminal any more.
    Gone,
}

impl Screen {
    /// Takes the terminal.
    pub fn take() -> Result<Self> {
        HOOK.call_once(|| {
            let told = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                told(panic);
            }));
        });
        let failed = || "the terminal cannot be used; --plain needs less of it".to_owned();
        // A clean-up must know that there is something to clean up before there is.
        TAKEN.store(true, Ordering::SeqCst);
        let taken = enter().and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        let terminal = taken.inspect_err(|_| give_back()).or_usage(failed)?;
        #[cfg(unix)]
        let signals = {
            use rustix::process::Signal;
            use tokio::signal::unix::{SignalKind, signal};
            let of = |which: Signal| signal(SignalKind::from_raw(which.as_raw()));
            match (of(Signal::TSTP), of(Signal::CONT)) {
                (Ok(suspended), Ok(continued)) => Signals { suspended, continued },
                (Err(cause), _) | (_, Err(cause)) => {
                    give_back();
                    return Err(cause).or_usage(failed);
                }
            }
        };
        Ok(Screen {
            terminal,
            events: Some(EventStream::new()),
            #[cfg(unix)]
            signals,
        })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        size().unwrap_or((80, 24))
    }

    /// Draws the state.
    pub fn draw(&mut self, state: &State) -> Result<()> {
        self.terminal.draw(|frame| draw(frame, state)).or_usage(|| "cannot write to the terminal".into()).map(drop)
    }

    /// Waits for what happens at the terminal.
    pub async fn happens(&mut self) -> Happened {
        #[cfg(unix)]
        let signals = async {
            tokio::select! {
                _ = self.signals.suspended.recv() => Happened::Suspended,
                _ = self.signals.continued.recv() => Happened::Continued,
            }
        };
        #[cfg(not(unix))]
        let signals = std::future::pending();
        let events = self.events.get_or_insert_with(EventStream::new);
        let typed = async {
            loop {
                match events.next().await {
                    Some(Ok(Event::Key(key))) => return Happened::Input(Input::Key(key)),
                    Some(Ok(Event::Resize(columns, rows))) => return Happened::Input(Input::Resized(columns, rows)),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Happened::Gone,
                }
            }
        };
        tokio::select! {
            happened = signals => happened,
            happened = typed => happened,
        }
    }

    /// Gives the terminal back and stops until the shell lets this program go on.
    pub fn suspend(&mut self) -> Result<()> {
        self.hand_over();
        #[cfg(unix)]
        {
            use rustix::process::{Signal, getpgrp, kill_process_group};
            // All of the job, so that the shell sees it stopped whoever started it.
            let _ = kill_process_group(getpgrp(), Signal::STOP);
        }
        self.take_again()
    }

    /// Gives the terminal to another program. No keys are read meanwhile.
    pub fn hand_over(&mut self) {
        self.events = None;
        give_back();
    }

    /// Takes it again.
    pub fn take_again(&mut self) -> Result<()> {
        // One reader keeps another waiting until a key is pressed: the old one ends first.
        self.events = None;
        TAKEN.store(true, Ordering::SeqCst);
        // A new one draws everything: what the terminal shows by now is not known.
        let taken = enter().and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        self.terminal = taken.or_usage(|| "cannot take the terminal again".into())?;
        self.events = Some(EventStream::new());
        Ok(())
    }

    /// Gives text to the clipboard of the terminal (OSC 52), where it allows that.
    pub fn copy(&mut self, text: &str) {
        let sequence = format!("\u{1b}]52;c;{}\u{7}", STANDARD.encode(text));
        // A terminal that does not take it shows the text all the same.
        let _ = io::stdout().write_all(sequence.as_bytes()).and_then(|()| io::stdout().flush());
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All))
}

/// Brings the terminal back to what it was. A terminal that has gone away needs nothing.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}
