//! Draws the state. Everything foreign goes through `visible`.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph, Row, Table, Wrap};

use super::detail::{self, visible};
use super::state::{Mode, Note, State, Tab};
use crate::ui::Tone;
use crate::webhook::exchange::{Exchange, Outcome, Source};
use crate::webhook::history::Filter;

const HELP: &str = "j k ↑ ↓     next, previous; scroll
enter       open the detail
tab         request or response
esc         back; in the list: show all
/           search headers and bodies
f           filter by outcome or type
r           replay, byte for byte
s           replay, signed now
e           edit the body, send it signed now
c           copy as curl
q           end";

/// Draws the whole view.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State) {
    let [head, body, foot] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)]).areas(frame.area());
    note(frame, head, &state.stands);
    if state.in_detail {
        exchange(frame, body, state);
    } else {
        list(frame, body, state);
    }
    match (&state.mode, &state.said) {
        (Mode::Search, _) => {
            frame.render_widget(Line::from(format!("/{}▏", visible(&state.text))), foot);
        }
        (_, Some(said)) => note(frame, foot, said),
        (_, None) => frame.render_widget(Line::from(summary(state)).style(dim()), foot),
    }
    match &state.mode {
        Mode::Help => popup(frame, body, "keys", HELP, None),
        Mode::Filter(at) => {
            let names = state.filters().iter().map(|(_, name)| visible(name)).collect::<Vec<_>>();
            popup(frame, body, "filter: enter chooses", &names.join("\n"), Some(*at));
        }
        Mode::Curl(command) => {
            popup(frame, body, "given to the clipboard, where the terminal allows it", &visible(command), None);
        }
        _ => {}
    }
}

fn dim() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Good => Style::new().fg(Color::Green),
        Tone::Bad => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        Tone::Warn => Style::new().fg(Color::Yellow),
        Tone::Dim => dim(),
        Tone::Strong => Style::new().add_modifier(Modifier::BOLD),
        Tone::Plain => Style::new(),
    }
}

fn note(frame: &mut Frame<'_>, area: Rect, (tone, text): &Note) {
    frame.render_widget(Line::from(Span::styled(visible(text), style(*tone))), area);
}

fn summary(state: &State) -> String {
    let forgotten = match state.history.forgotten() {
        0 => String::new(),
        older => format!(" ({older} older not held)"),
    };
    let filter = match &state.filter {
        Filter::All => String::new(),
        Filter::Failed => ", failed".to_owned(),
        Filter::Outcome(outcome) => format!(", {}", outcome.as_str()),
        Filter::Type(kind) => format!(", {}", visible(kind)),
    };
    let text = if state.text.is_empty() { String::new() } else { format!(", /{}", visible(&state.text)) };
    let held = state.history.iter().count();
    format!("{} of {held}{forgotten}{filter}{text}   ? keys  q end", state.shown.len())
}

fn told(exchange: &Exchange) -> (Tone, String) {
    let outcome = exchange.outcome();
    let tone = match outcome {
        Outcome::Received => Tone::Dim,
        Outcome::Accepted => Tone::Good,
        _ => Tone::Bad,
    };
    let status = exchange.forward.as_ref().and_then(|forward| forward.result.as_ref().ok());
    let status = status.map(|reply| format!("{} ", reply.status)).unwrap_or_default();
    (tone, format!("{status}{}", outcome.as_str()))
}

fn list(frame: &mut Frame<'_>, area: Rect, state: &State) {
    if state.shown.is_empty() {
        let nothing = state.history.iter().next().is_none();
        let text = if nothing { "Nothing has come in yet." } else { "Nothing is like that; esc shows all." };
        return frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
    }
    let height = usize::from(area.height).max(1);
    let place = state.selected().map_or(0, |(place, _)| place);
    // The selected row is in the middle, except near the ends.
    let first = place.saturating_sub(height / 2).min(state.shown.len().saturating_sub(height));
    let wide = area.width >= 70;
    let rows = state.shown.iter().rev().enumerate().skip(first).take(height).map(|(at, exchange)| {
        let arrival = &exchange.arrival;
        let what = arrival.event_type.as_deref().unwrap_or(&arrival.request.path);
        let (tone, end) = told(exchange);
        let again = match arrival.source {
            Source::Replay { of } => format!("↻{of} "),
            Source::Marketplace { .. } | Source::Local => String::new(),
        };
        let id = exchange.message_id().unwrap_or(&arrival.request.method);
        let cells = [
            Span::raw(arrival.received_at.strftime("%H:%M:%S").to_string()),
            Span::raw(format!("{:>5}", exchange.id)),
            Span::raw(visible(what)),
            Span::raw(visible(&format!("{again}{id}"))),
            Span::styled(end, style(tone)),
        ];
        let cells = cells.into_iter().enumerate().filter(|(column, _)| wide || [1, 2, 4].contains(column));
        let row = Row::new(cells.map(|(_, cell)| cell));
        if at == place { row.style(Style::new().add_modifier(Modifier::REVERSED)) } else { row }
    });
    let widths = if wide {
        vec![
            Constraint::Length(8),
            Constraint::Length(5),
            Constraint::Fill(3),
            Constraint::Fill(2),
            Constraint::Length(15),
        ]
    } else {
        vec![Constraint::Length(5), Constraint::Fill(1), Constraint::Length(15)]
    };
    frame.render_widget(Table::new(rows, widths).column_spacing(1), area);
}

fn exchange(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let Some((_, exchange)) = state.selected() else { return };
    let [title, text] = Layout::vertical([Constraint::Length(1), Constraint::Min(1)]).areas(area);
    let tab = |tab: Tab, name: &'static str| {
        let chosen = if state.tab == tab { Modifier::REVERSED } else { Modifier::DIM };
        Span::styled(name, Style::new().add_modifier(chosen))
    };
    let (tone, end) = told(exchange);
    let head = vec![
        Span::raw(format!("#{} ", exchange.id)),
        tab(Tab::Request, " request "),
        tab(Tab::Response, " response "),
        Span::styled(format!(" {end} "), style(tone)),
    ];
    frame.render_widget(Line::from(head), title);
    let rows = detail::rows(exchange, state.tab, text.width);
    let rows = rows.into_iter().skip(state.scroll).take(usize::from(text.height));
    frame.render_widget(Paragraph::new(rows.collect::<Vec<_>>()), text);
}

/// A box over the list; one line of it may be chosen.
fn popup(frame: &mut Frame<'_>, area: Rect, title: &str, text: &str, chosen: Option<usize>) {
    let inner_width = usize::from(area.width).saturating_sub(4).max(1);
    let rows: usize = text.lines().map(|line| Line::from(line).width().div_ceil(inner_width).max(1)).sum();
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let widest = text.lines().map(|line| Line::from(line).width()).max().unwrap_or(0).max(title.len());
    let width = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(4).min(area.width);
    let area = Rect { x: area.x + (area.width - width) / 2, y: area.y, width, height };
    let line = |(at, line): (usize, &str)| {
        let style = if chosen == Some(at) { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        Line::from(Span::styled(line.to_owned(), style))
    };
    let inside = usize::from(height.saturating_sub(2)).max(1);
    let first = chosen.map_or(0, |at| (at + 1).saturating_sub(inside));
    let lines: Vec<_> = text.lines().enumerate().skip(first).map(line).collect();
    frame.render_widget(Clear, area);
    let block = Block::bordered().title(title);
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).block(block), area);
}
