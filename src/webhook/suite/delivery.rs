//! Genuine deliveries: every type and shape must be accepted.

use super::case::{Case, Script, Suite};
use super::plan::Ground;
use crate::event::{Event, EventType, Shape, shaped, unheard_of};
use crate::webhook::attempt::SignedEvent;
use crate::webhook::judge::Expectation;

const ACCEPT: &str = "answer 2xx to a genuine delivery; one that is refused is verified with another secret, or over a \
                      parsed and serialised copy instead of the raw body as it came, white space included";
const SHAPES: [(Shape, &str, &str, &str); 4] = [
    (
        Shape::Minimal,
        "minimal",
        "without its optional fields",
        "do not rely on fields that the schema does not require",
    ),
    (Shape::Unicode, "unicode", "with text in many scripts", "read the body as UTF-8, and store text without loss"),
    (Shape::Largest, "largest", "with every field as long as allowed", "take every length that the schema allows"),
    (Shape::ExtraFields, "extra-fields", "with fields of a later version", "ignore fields that you do not know"),
];
const UNKNOWN: &str = "answer 2xx to an event type that you do not know: an error makes the marketplace send it again";

/// The positive control, which every run begins with.
pub(super) fn control(ground: &Ground<'_>) -> Case {
    case("control", "a genuine delivery", ACCEPT, ground.event(0), ground)
}

/// Events that are sent as they are.
pub(super) fn sends(events: &[Event], ground: &Ground<'_>) -> Vec<Case> {
    let number = |(index, event): (usize, &Event)| {
        case(&format!("send.{}", index + 1), &format!("genuine {}", event.name), ACCEPT, event.clone(), ground)
    };
    events.iter().enumerate().map(number).collect()
}

/// The suite.
pub(super) fn cases(ground: &Ground<'_>) -> Vec<Case> {
    let mut cases = Vec::new();
    if ground.data.is_some() {
        cases.push(case("delivery.data", "the given payload", ACCEPT, ground.event(1), ground));
    } else {
        let mut events = ground.events.to_vec();
        if !events.contains(&EventType::WebhookPing) {
            events.push(EventType::WebhookPing);
        }
        cases.extend(events.into_iter().flat_map(|kind| of_type(kind, ground)));
    }
    let unknown = ground.data.as_ref().map_or_else(|| unheard_of(ground.seed), |data| retyped(data, ground.seed));
    cases.push(case("delivery.unknown-type", "a type that no catalogue knows", UNKNOWN, unknown, ground));
    cases
}

fn of_type(kind: EventType, ground: &Ground<'_>) -> Vec<Case> {
    let typical = shaped(kind, Shape::Typical, ground.seed);
    let mut cases = vec![case(&format!("delivery.{kind}"), &format!("genuine {kind}"), ACCEPT, typical, ground)];
    cases.extend(SHAPES.map(|(shape, suffix, title, help)| {
        let event = shaped(kind, shape, ground.seed).renewed(ground.seed ^ shape as u64);
        case(&format!("delivery.{kind}.{suffix}"), &format!("{kind} {title}"), help, event, ground)
    }));
    cases
}

fn case(id: &str, title: &str, help: &'static str, event: Event, ground: &Ground<'_>) -> Case {
    Case {
        id: id.to_owned(),
        suite: Suite::Delivery,
        title: title.to_owned(),
        expectation: Expectation::Accepted,
        help,
        script: Script::Send(SignedEvent::genuine(event, ground.signer)),
    }
}

/// The given payload under a type that nobody knows.
fn retyped(data: &Event, seed: u64) -> Event {
    const NAME: &str = "something.unheard.of";
    let mut event = data.renewed(seed ^ 0x7479_7065);
    NAME.clone_into(&mut event.name);
    if let Ok(serde_json::Value::Object(mut fields)) = serde_json::from_slice(&data.body) {
        if fields.get("type").is_some_and(serde_json::Value::is_string) {
            fields.insert("type".to_owned(), NAME.into());
        }
        event.body = serde_json::Value::Object(fields).to_string().into();
    }
    event
}
