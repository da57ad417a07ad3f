//! What is sent: `--event`, `--data`, `--set`, `--count`.

use std::path::Path;

use serde_json::Value;

use crate::adapters::input;
use crate::adapters::project::Project;
use crate::cli::TestWebhookArgs;
use crate::error::{Error, Explain, Result};
use crate::event::{self, Change, Event, EventType, sample};
use crate::stages::exercise;

/// Largest payload that is read, in bytes.
const LARGEST: usize = 32 << 20;

/// What is sent.
pub(super) struct Payload {
    /// Event types of samples, at least one.
    pub(super) events: Vec<EventType>,
    /// A payload that is sent instead of samples.
    pub(super) data: Option<Event>,
    /// Whether a payload or a type was named.
    named: bool,
    seed: u64,
}

/// Reads what was asked for; the types of the manifest where nothing was.
pub(super) fn read(folder: &Path, args: &TestWebhookArgs, project: Option<&Project>, seed: u64) -> Result<Payload> {
    let named = args.events.iter().map(|name| EventType::parse(name).map_err(Error::usage));
    let mut events = named.collect::<Result<Vec<_>>>()?;
    let named = !events.is_empty() || args.data.is_some() || !args.changes.is_empty() || args.count > 1;
    if events.is_empty() {
        events = project.map(exercise::subscribed_events).unwrap_or_default();
    }
    if events.is_empty() {
        events.push(EventType::WebhookPing);
    }
    let data = match (&args.data, args.changes.is_empty()) {
        (None, true) => None,
        (Some(source), true) => Some(Event::from_data(input::read_named(folder, source, LARGEST)?, seed)),
        (Some(source), false) => Some(changed(&args.changes, &input::read_named(folder, source, LARGEST)?, seed)?),
        (None, false) => Some(changed(&args.changes, &sample(events[0], seed).body, seed)?),
    };
    if let Some(data) = data.as_ref().filter(|_| !args.no_validate) {
        validate(data)?;
    }
    Ok(Payload { events, data, named, seed })
}

impl Payload {
    /// The events to send where a payload or type was named and no suite; `None` where nothing was named.
    pub(super) fn sends(&self, args: &TestWebhookArgs) -> Option<Vec<Event>> {
        let once = |turn: u64| match &self.data {
            Some(data) => vec![data.renewed(self.seed.wrapping_add(turn))],
            None => self.events.iter().map(|&kind| sample(kind, self.seed.wrapping_add(turn))).collect(),
        };
        self.named.then(|| (0..u64::from(args.count)).flat_map(once).collect())
    }
}

fn changed(changes: &[String], body: &[u8], seed: u64) -> Result<Event> {
    let mut payload: Value = serde_json::from_slice(body)
        .or_usage(|| "the payload is no JSON".into())
        .map_err(|error| error.hint("--set changes fields of JSON; leave it out to send the data as it is"))?;
    let name = payload.get("type").and_then(Value::as_str).unwrap_or_default();
    let schema = EventType::parse(name).ok().map(EventType::schema);
    for text in changes {
        Change::parse(text)
            .and_then(|change| change.apply(&mut payload, schema.as_ref()))
            .map_err(|why| Error::usage(format!("--set {text}: {why}")))?;
    }
    Ok(Event::from_data(payload.to_string().into_bytes(), seed))
}

/// A payload whose type the catalogue knows must hold by its schema.
fn validate(event: &Event) -> Result<()> {
    let Ok(payload) = serde_json::from_slice(&event.body) else { return Ok(()) };
    let problems = event::problems(&payload);
    if problems.is_empty() {
        return Ok(());
    }
    let error = Error::usage(format!("the payload is no {} by its schema", event.name));
    let error = problems.into_iter().fold(error, Error::hint);
    Err(error.hint("send it all the same with --no-validate"))
}
