//! What the view knows, and what it can be told and ask for.

use std::collections::VecDeque;
use std::sync::Arc;

use crossterm::event::KeyEvent;

use crate::ui::Tone;
use crate::webhook::exchange::{Again, Exchange};
use crate::webhook::history::{Filter, History, Query};

/// A sentence for the person who looks.
pub type Note = (Tone, String);

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// The terminal has so many columns and rows.
    Resized(u16, u16),
    /// An exchange came in.
    Arrived(Arc<Exchange>),
    /// How the connection stands.
    Stands(Note),
    /// What came of an action.
    Said(Note),
}

/// Something that is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// End.
    Quit,
    /// End as Ctrl-C ends.
    Interrupt,
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// Send again.
    Send(Arc<Exchange>, Again),
    /// Let the body be edited, and send it.
    Edit(Arc<Exchange>),
    /// Give this to the terminal's clipboard.
    Copy(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mode {
    List,
    Detail,
    /// A search is typed.
    Search,
    /// A filter is chosen.
    Filter(usize),
    Help,
    /// A command to copy.
    Curl(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Request,
    Response,
}

/// What the view knows. Bounded as [`History`] is.
#[derive(Debug)]
pub struct State {
    pub(super) history: History,
    pub(super) shown: VecDeque<Arc<Exchange>>,
    pub(super) filter: Filter,
    pub(super) text: String,
    query: Query,
    /// The newest is selected, whichever that is.
    pub(super) following: bool,
    selected: Option<u64>,
    pub(super) mode: Mode,
    /// What help and the command to copy go back to.
    pub(super) in_detail: bool,
    pub(super) tab: Tab,
    pub(super) scroll: usize,
    pub(super) size: (u16, u16),
    pub(super) stands: Note,
    pub(super) said: Option<Note>,
}

impl Default for State {
    fn default() -> Self {
        State {
            history: History::default(),
            shown: VecDeque::new(),
            filter: Filter::All,
            text: String::new(),
            query: Query::default(),
            following: true,
            selected: None,
            mode: Mode::List,
            in_detail: false,
            tab: Tab::Request,
            scroll: 0,
            size: (80, 24),
            stands: (Tone::Dim, "connecting".to_owned()),
            said: None,
        }
    }
}

impl State {
    pub(super) fn arrived(&mut self, exchange: Arc<Exchange>) {
        let matches = self.query.matches(&exchange);
        for gone in self.history.add(Arc::clone(&exchange)) {
            if self.shown.front().is_some_and(|first| first.id == gone.id) {
                self.shown.pop_front();
            }
        }
        if matches {
            self.shown.push_back(exchange);
        }
        // What is read in detail stays, whatever comes in.
        let kept = self.in_detail || !self.following;
        if !kept || self.selected().is_none() {
            self.select(0);
        }
    }

    /// Looks through all that is held anew.
    pub(super) fn look_anew(&mut self) {
        self.query = Query::new(self.filter.clone(), &self.text);
        self.shown = self.history.iter().filter(|exchange| self.query.matches(exchange)).cloned().collect();
        if self.selected().is_none() {
            self.select(0);
        }
    }

    /// The exchange that is selected, and its place from the newest.
    pub(super) fn selected(&self) -> Option<(usize, &Arc<Exchange>)> {
        let id = self.selected?;
        self.shown.iter().rev().enumerate().find(|(_, exchange)| exchange.id == id)
    }

    /// Selects by the place from the newest.
    pub(super) fn select(&mut self, place: usize) {
        let place = place.min(self.shown.len().saturating_sub(1));
        self.following = place == 0;
        self.selected = self.shown.iter().rev().nth(place).map(|exchange| exchange.id);
        self.scroll = 0;
    }

    /// Filters that can be chosen, with their names: outcomes and types of what is held.
    pub(super) fn filters(&self) -> Vec<(Filter, String)> {
        let mut filters = vec![(Filter::All, "all".to_owned()), (Filter::Failed, "failed".to_owned())];
        let mut add = |filter: Filter, name: String| {
            if filters.len() < 100 && !filters.iter().any(|(known, _)| *known == filter) {
                filters.push((filter, name));
            }
        };
        for exchange in self.history.iter() {
            add(Filter::Outcome(exchange.outcome()), format!("outcome: {}", exchange.outcome().as_str()));
        }
        for kind in self.history.iter().filter_map(|exchange| exchange.arrival.event_type.as_ref()) {
            add(Filter::Type(kind.clone()), format!("type: {kind}"));
        }
        filters
    }
}
