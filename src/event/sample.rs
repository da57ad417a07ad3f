//! Deterministic samples: a payload that its schema accepts, made from the schema and a seed.

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::EventType;
use super::random::{ALPHANUMERIC, SplitMix64};

/// An event as the marketplace would send it. The body's bytes are fixed here and never serialised again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identifier of the message, the same for every attempt: `msg_` and 27 characters.
    pub id: String,
    /// Name of its type: one of the catalogue, or what foreign data says.
    pub name: String,
    /// Payload, as JSON; shared, since a run holds an event for each of its cases.
    pub body: Bytes,
}

/// Samples lie in the year from this second on, so that a seed gives the same bytes on every day, and none is of the
/// future.
const FIRST_SECOND: i64 = 1_735_689_600; // 2025-01-01T00:00:00Z
const SECONDS_OF_A_YEAR: usize = 31_536_000;

/// Which of the payloads that a schema accepts is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Every field, values as they commonly are.
    Typical,
    /// Without the fields that may be absent.
    Minimal,
    /// Text in many scripts, with quotes, escapes and line breaks.
    Unicode,
    /// Every text and list as long as its schema allows, up to 4 KiB each.
    Largest,
    /// With fields that no schema names yet.
    ExtraFields,
}

/// Makes the typical sample of a type for a seed. The same seed gives the same bytes.
pub fn sample(kind: EventType, seed: u64) -> Event {
    shaped(kind, Shape::Typical, seed)
}

/// Makes a sample of a type and shape for a seed. The same seed gives the same bytes.
pub fn shaped(kind: EventType, shape: Shape, seed: u64) -> Event {
    let mut random = SplitMix64::new(seed ^ fingerprint(kind.as_str()));
    let id = message_id(&mut random);
    let second = FIRST_SECOND + i64::try_from(random.below(SECONDS_OF_A_YEAR)).unwrap_or(0);
    let time = Timestamp::from_second(second).unwrap_or_default();
    let payload = Sampler { random, time, shape }.value(&kind.schema());
    Event { id, name: kind.as_str().to_owned(), body: spaced(&payload.to_string()).into() }
}

/// Makes a value that a schema accepts, from the seed.
pub fn sample_value(schema: &Value, seed: u64) -> Value {
    let time = Timestamp::from_second(FIRST_SECOND).unwrap_or_default();
    Sampler { random: SplitMix64::new(seed), time, shape: Shape::Typical }.value(schema)
}

/// Makes an event of a type that no catalogue knows, as a marketplace of next year might send it.
pub fn unheard_of(seed: u64) -> Event {
    const NAME: &str = "ledger.entry.annotated";
    let mut random = SplitMix64::new(seed ^ fingerprint(NAME));
    let id = message_id(&mut random);
    let annotation = random.text(ALPHANUMERIC, 20);
    let payload = serde_json::json!({
        "type": NAME,
        "timestamp": "2025-06-01T00:00:00Z",
        "data": { "id": format!("ann_{annotation}"), "text": "of a later version" },
    });
    Event { id, name: NAME.to_owned(), body: spaced(&payload.to_string()).into() }
}

impl Event {
    /// Takes a payload as it is, under an id made from the seed. The name is the payload's `type`, where it has one.
    pub fn from_data(body: impl Into<Bytes>, seed: u64) -> Self {
        let body = body.into();
        let payload: Option<Value> = serde_json::from_slice(&body).ok();
        let name = payload.as_ref().and_then(|payload| payload.get("type")).and_then(Value::as_str);
        let name = name.unwrap_or("event").to_owned();
        let id = message_id(&mut SplitMix64::new(seed ^ fingerprint("data")));
        Event { id, name, body }
    }

    /// The same event under an id of its own.
    #[must_use]
    pub fn renewed(&self, seed: u64) -> Self {
        let id = message_id(&mut SplitMix64::new(seed ^ fingerprint(&self.id)));
        Event { id, ..self.clone() }
    }
}

fn message_id(random: &mut SplitMix64) -> String {
    format!("msg_{}", random.text(ALPHANUMERIC, 27))
}

/// Adds white space that no serialiser gives by itself: a handler that verifies a parsed and serialised copy of the body,
/// or one without the white space around it, refuses a genuine delivery.
fn spaced(json: &str) -> String {
    format!("{{ {}\n", json.strip_prefix('{').unwrap_or(json))
}

/// Spreads types over seeds, so that two types of one seed share nothing (FNV-1a, 64 bits).
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

struct Sampler {
    random: SplitMix64,
    time: Timestamp,
    shape: Shape,
}

/// Longest text and list that a sample has, whatever its schema allows.
const LONGEST: usize = 4096;

/// Every kind of character that is mangled on the way by code that does not handle text as UTF-8.
const SCRIPTS: &str = "Zoë Ångström 東京海上 Ψηφίο العربية नमस्ते 👩‍🚒🔥 \u{1f}\u{2028}\u{feff} \"quoted\" back\\slash </script> line\nbreak\ttab";

impl Sampler {
    fn value(&mut self, schema: &Value) -> Value {
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        let free = schema.get("maxLength").is_some() || is_open(schema);
        let free_text = free && matches!(self.shape, Shape::Unicode | Shape::Largest);
        let choices = if free_text { &["enum"][..] } else { &["enum", "examples"] };
        for key in choices {
            if let Some(choices) = schema.get(key).and_then(Value::as_array).filter(|choices| !choices.is_empty()) {
                return choices[self.random.below(choices.len())].clone();
            }
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => self.object(schema),
            Some("array") => self.array(schema),
            Some("integer") => self.integer(schema),
            Some("boolean") => (self.random.below(2) == 1).into(),
            _ => self.string(schema).into(),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let properties = schema.get("properties").and_then(Value::as_object);
        let required = schema.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let wanted = |name: &str| self.shape != Shape::Minimal || required.iter().any(|known| known == name);
        let named: Vec<_> = properties.into_iter().flatten().filter(|(name, _)| wanted(name)).collect();
        let fields = named.into_iter().map(|(name, inner)| (name.clone(), self.value(inner)));
        let mut object = fields.collect::<Map<_, _>>();
        if self.shape == Shape::ExtraFields {
            object.insert(
                "x_not_in_the_schema".to_owned(),
                serde_json::json!({ "since": "2.0", "flags": [1, null, true] }),
            );
        }
        if is_open(schema) {
            let notes = if self.shape == Shape::Largest { 8 } else { 1 };
            object.extend((0..notes).map(|index| (format!("note_{index}"), self.text(LONGEST).into())));
        }
        Value::Object(object)
    }

    fn array(&mut self, schema: &Value) -> Value {
        let Some(item) = schema.get("items") else { return Value::Array(vec![]) };
        let most = bound(schema, "maxItems").map_or(LONGEST, |most| most.min(LONGEST));
        let count = if self.shape == Shape::Largest { most } else { 1 };
        (0..count).map(|_| self.value(item)).collect()
    }

    fn integer(&mut self, schema: &Value) -> Value {
        let bound = |key: &str, default: i64| schema.get(key).and_then(Value::as_i64).unwrap_or(default);
        let least = bound("minimum", 0);
        let most = bound("maximum", 1_000_000).min(least.saturating_add(1_000_000));
        let width = usize::try_from(most - least).unwrap_or(0);
        (least + i64::try_from(self.random.below(width + 1)).unwrap_or(0)).into()
    }

    fn string(&mut self, schema: &Value) -> String {
        if schema.get("format").and_then(Value::as_str) == Some("date-time") {
            // Times of one payload lie close together and do not run backwards.
            let step = i64::try_from(self.random.below(900)).unwrap_or(0);
            self.time = self.time.checked_add(SignedDuration::from_millis(step)).unwrap_or(self.time);
            return self.time.to_string();
        }
        match schema.get("pattern").and_then(Value::as_str) {
            Some(pattern) => self.pattern(pattern),
            None => self.text(bound(schema, "maxLength").unwrap_or(LONGEST).min(LONGEST)),
        }
    }

    /// Text of at most `most` characters.
    fn text(&mut self, most: usize) -> String {
        match self.shape {
            Shape::Unicode => SCRIPTS.chars().take(most).collect(),
            Shape::Largest => self.random.text(&ALPHANUMERIC[36..], most),
            _ => self.random.text(&ALPHANUMERIC[36..], 12.min(most)),
        }
    }

    /// Fills the two forms of pattern that the catalogue uses: a literal prefix, then one class with a count.
    fn pattern(&mut self, pattern: &str) -> String {
        let inner = pattern.trim_start_matches('^').trim_end_matches('$');
        let (prefix, rest) = inner.split_once('[').unwrap_or((inner, ""));
        let count = rest.split_once('{').and_then(|(_, tail)| tail.trim_end_matches('}').parse().ok()).unwrap_or(0);
        let alphabet = if rest.starts_with("0-9a-f]") { &b"0123456789abcdef"[..] } else { ALPHANUMERIC };
        format!("{prefix}{}", self.random.text(alphabet, count))
    }
}

/// Tells whether an object takes any field.
fn is_open(schema: &Value) -> bool {
    schema.get("additionalProperties").and_then(Value::as_bool) == Some(true)
}

fn bound(schema: &Value, key: &str) -> Option<usize> {
    schema.get(key).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_accepted_by_its_schema() {
        for &kind in EventType::ALL {
            let schema = kind.schema();
            let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("schema");
            let shapes = [Shape::Typical, Shape::Minimal, Shape::Unicode, Shape::Largest, Shape::ExtraFields];
            for (seed, shape) in (0..40).flat_map(|seed| shapes.map(|shape| (seed, shape))) {
                let event = shaped(kind, shape, seed);
                let payload: Value = serde_json::from_slice(&event.body).expect("JSON");
                let problems: Vec<_> = validator.iter_errors(&payload).map(|error| error.to_string()).collect();
                assert!(problems.is_empty(), "{kind} {shape:?} seed {seed}: {problems:?}");
            }
        }
    }

    #[test]
    fn a_seed_reproduces_the_bytes() {
        let kind = EventType::LedgerEventCreated;
        assert_eq!(sample(kind, 7), sample(kind, 7));
        assert_ne!(sample(kind, 7).body, sample(kind, 8).body);
        assert_ne!(sample(kind, 7).id, sample(EventType::WebhookPing, 7).id);
    }
}
