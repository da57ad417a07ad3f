//! The view's reducer: what happened makes a new state, and perhaps something to do. It touches nothing else.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::detail;
use super::state::{Action, Input, Mode, State, Tab};
use crate::ui::Tone;
use crate::webhook::curl;
use crate::webhook::exchange::{Again, Exchange};

/// Longest search, in characters.
const LONGEST_TEXT: usize = 200;

/// Takes what happened into the state.
pub fn update(mut state: State, input: Input) -> (State, Option<Action>) {
    let action = match input {
        Input::Key(key) if key.kind == KeyEventKind::Release => None,
        Input::Key(key) => pressed(&mut state, key),
        Input::Resized(columns, rows) => {
            state.size = (columns, rows);
            None
        }
        Input::Arrived(exchange) => {
            state.arrived(exchange);
            None
        }
        Input::Stands(note) => {
            state.stands = note;
            None
        }
        Input::Said(note) => {
            state.said = Some(note);
            None
        }
    };
    (state, action)
}

fn pressed(state: &mut State, key: KeyEvent) -> Option<Action> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c') => Some(Action::Interrupt),
            KeyCode::Char('z') => Some(Action::Suspend),
            _ => None,
        };
    }
    state.said = None;
    match state.mode.clone() {
        Mode::List => listed(state, key.code),
        Mode::Detail => detailed(state, key.code),
        Mode::Search => searched(state, key.code),
        Mode::Filter(at) => filtered(state, key.code, at),
        Mode::Help | Mode::Curl(_) => {
            state.mode = if state.in_detail { Mode::Detail } else { Mode::List };
            None
        }
    }
}

fn listed(state: &mut State, code: KeyCode) -> Option<Action> {
    let place = state.selected().map_or(0, |(place, _)| place);
    let page = usize::from(state.size.1.saturating_sub(4)).max(1);
    match code {
        KeyCode::Char('q') => return Some(Action::Quit),
        KeyCode::Down | KeyCode::Char('j') => state.select(place + 1),
        KeyCode::Up | KeyCode::Char('k') => state.select(place.saturating_sub(1)),
        KeyCode::PageDown => state.select(place + page),
        KeyCode::PageUp => state.select(place.saturating_sub(page)),
        KeyCode::Home | KeyCode::Char('g') => state.select(0),
        KeyCode::End | KeyCode::Char('G') => state.select(usize::MAX),
        KeyCode::Enter | KeyCode::Right if state.selected().is_some() => {
            state.mode = Mode::Detail;
            state.in_detail = true;
            state.scroll = 0;
        }
        KeyCode::Esc => {
            state.text.clear();
            state.filter = crate::webhook::history::Filter::All;
            state.look_anew();
        }
        code => return either(state, code),
    }
    None
}

fn detailed(state: &mut State, code: KeyCode) -> Option<Action> {
    let page = usize::from(state.size.1.saturating_sub(4)).max(1);
    let scroll = match code {
        KeyCode::Esc | KeyCode::Left | KeyCode::Char('q') => {
            state.mode = Mode::List;
            state.in_detail = false;
            return None;
        }
        KeyCode::Tab | KeyCode::BackTab => {
            state.tab = if state.tab == Tab::Request { Tab::Response } else { Tab::Request };
            0
        }
        KeyCode::Down | KeyCode::Char('j') => state.scroll + 1,
        KeyCode::Up | KeyCode::Char('k') => state.scroll.saturating_sub(1),
        KeyCode::PageDown | KeyCode::Char(' ') => state.scroll + page,
        KeyCode::PageUp => state.scroll.saturating_sub(page),
        KeyCode::Home | KeyCode::Char('g') => 0,
        KeyCode::End | KeyCode::Char('G') => usize::MAX,
        code => return either(state, code),
    };
    let rows = state.selected().map_or(0, |(_, exchange)| detail::rows(exchange, state.tab, state.size.0).len());
    state.scroll = scroll.min(rows.saturating_sub(page));
    None
}

/// Keys that mean the same in list and detail.
fn either(state: &mut State, code: KeyCode) -> Option<Action> {
    let selected = state.selected().map(|(_, exchange)| Arc::clone(exchange));
    match (code, selected) {
        (KeyCode::Char('/'), _) => (state.mode, state.in_detail) = (Mode::Search, false),
        (KeyCode::Char('f'), _) => (state.mode, state.in_detail) = (Mode::Filter(0), false),
        (KeyCode::Char('?'), _) => state.mode = Mode::Help,
        (KeyCode::Char('r'), Some(exchange)) => return Some(send(state, exchange, Again::AsItWas)),
        (KeyCode::Char('s'), Some(exchange)) => return Some(send(state, exchange, Again::SignedNow)),
        (KeyCode::Char('e'), Some(exchange)) => return Some(Action::Edit(exchange)),
        (KeyCode::Char('c'), Some(exchange)) => return copy(state, &exchange),
        _ => {}
    }
    None
}

fn send(state: &mut State, exchange: Arc<Exchange>, again: Again) -> Action {
    state.said = Some((Tone::Dim, format!("sending #{} again", exchange.id)));
    Action::Send(exchange, again)
}

fn copy(state: &mut State, exchange: &Exchange) -> Option<Action> {
    let Some(command) = curl::command_of(exchange) else {
        let why = "there is no command to copy: it was sent nowhere, or its body is longer than 4096 bytes";
        state.said = Some((Tone::Warn, why.to_owned()));
        return None;
    };
    state.mode = Mode::Curl(command.clone());
    Some(Action::Copy(command))
}

fn searched(state: &mut State, code: KeyCode) -> Option<Action> {
    match code {
        KeyCode::Enter => state.mode = Mode::List,
        KeyCode::Esc => {
            state.text.clear();
            state.mode = Mode::List;
            state.look_anew();
        }
        KeyCode::Backspace => {
            state.text.pop();
            state.look_anew();
        }
        KeyCode::Char(typed) if state.text.chars().count() < LONGEST_TEXT => {
            state.text.push(typed);
            state.look_anew();
        }
        _ => {}
    }
    None
}

fn filtered(state: &mut State, code: KeyCode, at: usize) -> Option<Action> {
    let filters = state.filters();
    match code {
        KeyCode::Down | KeyCode::Char('j') => state.mode = Mode::Filter((at + 1).min(filters.len() - 1)),
        KeyCode::Up | KeyCode::Char('k') => state.mode = Mode::Filter(at.saturating_sub(1)),
        KeyCode::Enter => {
            if let Some((filter, _)) = filters.into_iter().nth(at) {
                state.filter = filter;
            }
            state.mode = Mode::List;
            state.look_anew();
        }
        KeyCode::Esc | KeyCode::Char('q' | 'f') => state.mode = Mode::List,
        _ => {}
    }
    None
}
