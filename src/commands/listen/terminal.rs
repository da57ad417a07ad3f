//! The view that takes the whole terminal: inputs for its state, and what its state asks for.

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc;

use super::views::told;
use crate::adapters::editor::Editing;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::stages::listen::{Repeater, Update};
use crate::ui::listen_view::{Action, Happened, Input, Note, Screen, State, update};
use crate::ui::{Reader, Tone};
use crate::webhook::exchange::{Again, Exchange, Outcome};

/// Updates that are taken in before the next picture is drawn.
const AT_ONCE: usize = 256;

/// The view while it runs.
struct Running<'a> {
    context: &'a Context,
    forward_to: Option<&'a str>,
    repeater: Repeater,
    updates: mpsc::Receiver<Arc<Update>>,
    sending: FuturesUnordered<BoxFuture<'static, Result<Exchange>>>,
    screen: Screen,
    state: State,
}

/// Shows what happens until the person ends it. The terminal is taken once there is something to show, so that what
/// goes wrong at the start is told on it as it is.
pub(super) async fn show(
    context: &Context,
    mut updates: mpsc::Receiver<Arc<Update>>,
    forward_to: Option<&str>,
    repeater: Repeater,
) -> Result<Reader> {
    let Some(first) = updates.recv().await else { return Ok(Reader::Present) };
    let screen = Screen::take()?;
    let (columns, rows) = screen.size();
    let (state, sending) = (State::default(), FuturesUnordered::new());
    let mut running = Running { context, forward_to, repeater, updates, sending, screen, state };
    running.step(Input::Resized(columns, rows));
    running.take(&first);
    loop {
        running.screen.draw(&running.state)?;
        if let Some(end) = running.turn().await? {
            return Ok(end);
        }
    }
}

impl Running<'_> {
    fn step(&mut self, input: Input) -> Option<Action> {
        let (state, action) = update(std::mem::take(&mut self.state), input);
        self.state = state;
        action
    }

    fn take(&mut self, update: &Update) {
        let input = match told(update, self.forward_to) {
            Err(exchange) => Input::Arrived(Arc::clone(exchange)),
            Ok(("warn", text)) => Input::Said((Tone::Warn, text)),
            Ok((tone, text)) => Input::Stands((if tone == "good" { Tone::Good } else { Tone::Bad }, text)),
        };
        self.step(input);
    }

    fn say(&mut self, note: Note) {
        self.step(Input::Said(note));
    }

    /// Waits for one thing and takes it in.
    async fn turn(&mut self) -> Result<Option<Reader>> {
        tokio::select! {
            Some(update) = self.updates.recv() => {
                self.take(&update);
                for _ in 0..AT_ONCE {
                    let Ok(update) = self.updates.try_recv() else { break };
                    self.take(&update);
                }
            }
            Some(sent) = self.sending.next() => self.sent(sent),
            happened = self.screen.happens() => return self.happened(happened).await,
        }
        Ok(None)
    }

    fn sent(&mut self, sent: Result<Exchange>) {
        match sent {
            Ok(exchange) => {
                let tone = if exchange.outcome() == Outcome::Accepted { Tone::Good } else { Tone::Bad };
                self.say((tone, format!("sent as #{}: {}", exchange.id, exchange.outcome().as_str())));
            }
            Err(error) => self.say(sentence(&error)),
        }
    }

    async fn happened(&mut self, happened: Happened) -> Result<Option<Reader>> {
        let input = match happened {
            Happened::Input(input) => input,
            Happened::Gone => return Ok(Some(Reader::Gone)),
            Happened::Suspended => return self.screen.suspend().map(|()| None),
            Happened::Continued => return self.screen.take_again().map(|()| None),
        };
        match self.step(input) {
            None => {}
            Some(Action::Quit) => return Ok(Some(Reader::Gone)),
            Some(Action::Interrupt) => return Err(Error::interrupted()),
            Some(Action::Suspend) => self.screen.suspend()?,
            Some(Action::Copy(text)) => self.screen.copy(&text),
            Some(Action::Send(exchange, again)) => self.send(exchange, again),
            Some(Action::Edit(exchange)) => match self.edit(&exchange).await {
                Ok(Some(body)) => self.send(exchange, Again::Edited(body)),
                Ok(None) => self.say((Tone::Dim, "nothing was changed, and nothing was sent".to_owned())),
                Err(error) => self.say(sentence(&error)),
            },
        }
        Ok(None)
    }

    fn send(&mut self, exchange: Arc<Exchange>, again: Again) {
        let repeater = self.repeater.clone();
        self.sending.push(Box::pin(async move { repeater.send(&exchange, again).await }));
    }

    /// Lets the body be edited on the terminal. Deliveries go on meanwhile.
    async fn edit(&mut self, exchange: &Exchange) -> Result<Option<Vec<u8>>> {
        if exchange.forward.is_none() {
            return Err(Error::usage(format!("exchange {} was not sent anywhere", exchange.id))
                .hint("start `proveniq listen` with --forward-to URL"));
        }
        let command = self.context.environment.editor.as_deref().unwrap_or("vi");
        self.screen.hand_over();
        let edited = match Editing::start(command, &exchange.arrival.request.body, &self.context.dirs.temporary) {
            Ok(mut editing) => {
                let status = loop {
                    tokio::select! {
                        status = editing.ended() => break status,
                        Some(update) = self.updates.recv() => self.take(&update),
                    }
                };
                status.and_then(|status| editing.body(status))
            }
            Err(error) => Err(error),
        };
        self.screen.take_again()?;
        edited
    }
}

fn sentence(error: &Error) -> Note {
    let text = std::iter::once(error.message()).chain(error.hints().iter().map(String::as_str));
    (Tone::Bad, text.collect::<Vec<_>>().join("; "))
}
