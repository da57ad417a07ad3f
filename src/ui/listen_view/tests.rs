//! The reducer, and what is drawn of its states.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::draw::draw;
use super::keys::update;
use super::state::{Action, Input, Mode, State};
use crate::ui::Tone;
use crate::webhook::exchange::{Again, Arrival, CapturedRequest, Exchange, Forward, Header, Reply, Source};

fn exchange(id: u64, kind: &str, body: &[u8], status: u16) -> Arc<Exchange> {
    let headers = vec![
        Header::text("webhook-id", &format!("msg_{id}")),
        Header::text("authorization", "Bearer hunter2"),
        Header::text("x-odd", "a\u{1b}[2J\u{202e}b"),
    ];
    let request = CapturedRequest { method: "POST".into(), path: "/hook".into(), headers, body: body.to_vec() };
    let received_at = "2026-01-02T03:04:05Z".parse().expect("time");
    let arrival = Arrival { received_at, source: Source::Local, event_type: Some(kind.to_owned()), request };
    let reply = Reply { status, headers: vec![], body: b"an answer\x07".to_vec(), truncated: false };
    let forward = Forward { url: "http://127.0.0.1:3000/hook".into(), elapsed_us: 1, result: Ok(reply) };
    Arc::new(Exchange { id, arrival, forward: Some(forward) })
}

/// A view with four exchanges, the first of them the oldest.
fn view(columns: u16, rows: u16) -> State {
    let wide = "{\"name\": \"契約書 Zoë\", \"text\": \"<\u{9b}>\"}".as_bytes();
    let inputs = [
        Input::Resized(columns, rows),
        Input::Stands((Tone::Good, "listening: http://127.0.0.1:8080".into())),
        Input::Arrived(exchange(1, "ledger.event.created", wide, 204)),
        Input::Arrived(exchange(2, "契約.署名.完了.契約.署名.完了.契約.署名.完了", b"\xff\x00bin", 204)),
        Input::Arrived(exchange(3, "odd\u{1b}]0;owned\u{7}", b"needle", 500)),
        Input::Arrived(exchange(4, "webhook.ping", b"{}", 204)),
    ];
    inputs.into_iter().fold(State::default(), |state, input| update(state, input).0)
}

fn key(code: KeyCode) -> Input {
    Input::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Types text; `\n` is enter, `\t` is tab, `\u{1b}` is escape. Returns the last action.
fn typed(state: State, text: &str) -> (State, Option<Action>) {
    let code = |c| match c {
        '\n' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\u{1b}' => KeyCode::Esc,
        c => KeyCode::Char(c),
    };
    text.chars().fold((state, None), |(state, _), c| update(state, key(code(c))))
}

fn drawn(state: &State) -> String {
    let mut terminal = Terminal::new(TestBackend::new(state.size.0, state.size.1)).expect("terminal");
    terminal.draw(|frame| draw(frame, state)).expect("drawn");
    terminal.backend().to_string()
}

fn selected(state: &State) -> u64 {
    state.selected().expect("selected").1.id
}

#[test]
fn the_newest_is_selected_until_another_is() {
    let state = view(80, 24);
    assert_eq!(selected(&state), 4);
    let (state, _) = update(state, Input::Arrived(exchange(5, "a", b"", 204)));
    assert_eq!(selected(&state), 5);
    let (state, _) = typed(state, "jj");
    let (state, _) = update(state, Input::Arrived(exchange(6, "a", b"", 204)));
    assert_eq!(selected(&state), 3, "what is read stays");
    let (state, _) = typed(state, "kkkkkkkk");
    let (state, _) = update(state, Input::Arrived(exchange(7, "a", b"", 204)));
    assert_eq!(selected(&state), 7);
    assert_eq!(selected(&typed(state, "G").0), 1);
}

#[test]
fn keys_ask_for_what_they_say() {
    let ask = |text: &str| typed(view(80, 24), text).1;
    let newest = exchange(4, "webhook.ping", b"{}", 204);
    assert_eq!(ask("r"), Some(Action::Send(Arc::clone(&newest), Again::AsItWas)));
    assert_eq!(ask("s"), Some(Action::Send(Arc::clone(&newest), Again::SignedNow)));
    assert_eq!(ask("\ne"), Some(Action::Edit(newest)));
    assert_eq!(ask("q"), Some(Action::Quit));
    assert_eq!(ask("\nq"), None, "q leaves the detail first");
    assert_eq!(ask("/q"), None, "q is a letter in a search");
    let Some(Action::Copy(command)) = ask("c") else { panic!("no command") };
    assert!(command.contains("'webhook-id: msg_4'") && !command.contains("hunter2"), "{command}");
    let control = |c| Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
    assert_eq!(update(view(80, 24), control('c')).1, Some(Action::Interrupt));
    assert_eq!(update(typed(view(80, 24), "/a").0, control('z')).1, Some(Action::Suspend));
}

#[test]
fn help_goes_back_to_where_it_was_opened() {
    assert_eq!(typed(view(80, 24), "\n?x").0.mode, Mode::Detail);
    assert_eq!(typed(view(80, 24), "?x").0.mode, Mode::List);
}

#[test]
fn search_finds_bodies_and_a_filter_narrows_it() {
    let (state, _) = typed(view(80, 24), "/NEEDLE\n");
    assert_eq!((state.shown.len(), selected(&state)), (1, 3));
    let (state, _) = typed(state, "\u{1b}");
    assert_eq!(state.shown.len(), 4);
    let (state, _) = typed(state, "fj\n");
    assert_eq!((state.shown.len(), selected(&state)), (1, 3), "the failed one");
    let (state, _) = update(state, Input::Arrived(exchange(9, "a", b"", 204)));
    assert_eq!(state.shown.len(), 1);
}

#[test]
fn thousands_stay_fast_and_bounded() {
    let started = std::time::Instant::now();
    let many = crate::webhook::history::MOST as u64 + 1000;
    let all = (1..=many).map(|id| Input::Arrived(exchange(id, "webhook.ping", b"{\"a\": 1}", 204)));
    let state = all.fold(view(80, 24), |state, input| update(state, input).0);
    assert_eq!(state.shown.len(), crate::webhook::history::MOST);
    let (state, _) = typed(state, "G\n\tjjjj\u{1b}/absent");
    assert!(drawn(&state).contains("Nothing is like that"));
    assert!(started.elapsed() < std::time::Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn pictures() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let picture = |keys: &str| drawn(&typed(view(columns, rows), keys).0);
        let name = |what: &str| format!("{what}_{columns}x{rows}");
        insta::assert_snapshot!(name("empty"), drawn(&update(State::default(), Input::Resized(columns, rows)).0));
        insta::assert_snapshot!(name("list"), picture("j"));
        insta::assert_snapshot!(name("request"), picture("G\n"));
        insta::assert_snapshot!(name("response"), picture("j\n\t"));
        insta::assert_snapshot!(name("bytes"), picture("jj\n"));
        insta::assert_snapshot!(name("search"), picture("/needle"));
        insta::assert_snapshot!(name("filter"), picture("fjj"));
        insta::assert_snapshot!(name("curl"), picture("c"));
        insta::assert_snapshot!(name("help"), picture("?"));
    }
    for (columns, rows) in [(1, 1), (3, 2), (8, 3)] {
        for keys in ["", "\n", "?", "f", "c", "/x"] {
            drawn(&typed(view(columns, rows), keys).0);
        }
    }
}
