//! `sandbox emit`: events into the log, from where they are delivered.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;

use crate::adapters::input;
use crate::cli::EmitArgs;
use crate::context::Context;
use crate::error::{Error, Explain, Result};
use crate::event::{Change, EventType, sample, validate};
use crate::stages::exercise;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render};
use crate::wire::{EVENT_BYTES, EmitEvent, Emitted};

/// Events that are in the log now.
#[derive(Serialize)]
pub(super) struct EmittedEvents {
    marketplace: String,
    /// Seed of the payloads, where they are samples.
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    events: Vec<Emitted>,
}

/// Where payloads come from.
enum Payload {
    Samples { seed: u64 },
    Data(Value),
    Body(Vec<u8>),
}

/// Checks the payload here, so that what is wrong is told with its place, and adds it to the log.
pub(super) async fn run(context: &Context, args: &EmitArgs) -> Result<EmittedEvents> {
    let kind = EventType::parse(&args.event).map_err(Error::usage)?;
    let payload = payload_of(&context.cwd, args, kind)?;
    let changes =
        args.changes.iter().map(|text| Change::parse(text).map_err(|why| Error::usage(format!("--set {why}"))));
    let changes = changes.collect::<Result<Vec<_>>>()?;
    let requests = (0..args.count).map(|number| changed(kind, request_for(kind, &payload, number), &changes));
    // All are made before the first is sent: what is wrong with one must not leave others in the log.
    let requests = requests.collect::<Result<Vec<_>>>()?;
    let session = session::open(context, Purpose::Keys)?;
    let mut events = Vec::new();
    for request in &requests {
        if context.interrupt.is_set() {
            return Err(Error::interrupted());
        }
        events.push(session.client.emit(request).await?);
    }
    let seed = match payload {
        Payload::Samples { seed } => Some(seed),
        _ => None,
    };
    Ok(EmittedEvents { marketplace: session.client.address().to_owned(), seed, events })
}

fn payload_of(folder: &Path, args: &EmitArgs, kind: EventType) -> Result<Payload> {
    match (&args.data, &args.body) {
        (Some(source), _) => {
            let data: Value = serde_json::from_slice(&input::read_named(folder, source, EVENT_BYTES)?)
                .or_usage(|| "the data is no JSON".into())?;
            let around = serde_json::json!({"type": kind, "timestamp": "2025-01-01T00:00:00Z", "data": data});
            must_hold(kind, &around)?;
            Ok(Payload::Data(data))
        }
        (None, Some(source)) => {
            let body = input::read_named(folder, source, EVENT_BYTES)?;
            must_hold(kind, &serde_json::from_slice(&body).or_usage(|| "the body is no JSON".into())?)?;
            Ok(Payload::Body(body))
        }
        (None, None) => Ok(Payload::Samples { seed: args.seed.map_or_else(exercise::fresh_seed, Ok)? }),
    }
}

fn must_hold(kind: EventType, payload: &Value) -> Result<()> {
    let violations = validate(kind, payload);
    if violations.is_empty() {
        return Ok(());
    }
    let error = Error::usage(format!("the payload is not what the schema of {kind} says"));
    Err(violations.iter().fold(error, |error, wrong| {
        let place = if wrong.place.is_empty() { "/" } else { &wrong.place };
        error.hint(format!("{place}: {}", wrong.message))
    }))
}

fn request_for(kind: EventType, payload: &Payload, number: u64) -> EmitEvent {
    let body = |bytes: &[u8]| EmitEvent { kind, data: None, body: Some(STANDARD.encode(bytes)) };
    match payload {
        Payload::Samples { seed } => body(&sample(kind, seed.wrapping_add(number)).body),
        Payload::Body(bytes) => body(bytes),
        Payload::Data(data) => EmitEvent { kind, data: Some(data.clone()), body: None },
    }
}

/// Makes changes on a payload, which must hold by its schema afterwards.
fn changed(kind: EventType, request: EmitEvent, changes: &[Change]) -> Result<EmitEvent> {
    if changes.is_empty() {
        return Ok(request);
    }
    let body = request.body.as_deref().and_then(|body| STANDARD.decode(body).ok());
    let mut payload = match (&request.data, body.and_then(|body| serde_json::from_slice(&body).ok())) {
        (Some(data), _) => serde_json::json!({"type": kind, "timestamp": "2025-01-01T00:00:00Z", "data": data}),
        (None, Some(payload)) => payload,
        (None, None) => return Err(Error::usage("--set changes fields of JSON")),
    };
    let schema = kind.schema();
    changes.iter().try_for_each(|change| {
        change.apply(&mut payload, Some(&schema)).map_err(|why| Error::usage(format!("--set: {why}")))
    })?;
    must_hold(kind, &payload)?;
    Ok(EmitEvent { kind, data: None, body: Some(STANDARD.encode(payload.to_string())) })
}

impl Render for EmittedEvents {
    fn schema(&self) -> &'static str {
        "proveniq.sandbox-emit/1"
    }

    fn human(&self, page: &mut Page) {
        for event in &self.events {
            page.line(format!("{} {} at cursor {}", event.kind, event.id, event.cursor));
        }
    }

    fn hints(&self) -> Vec<String> {
        vec!["receive it with `proveniq listen --forward-to URL`".into()]
    }
}
