//! Deterministic samples: a payload that its schema accepts, made from the schema and a seed.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::EventType;
use super::random::{ALPHANUMERIC, SplitMix64};

/// An event as the marketplace would send it. The body's bytes are fixed here and never serialised again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identifier of the message, the same for every attempt: `msg_` and 27 characters.
    pub id: String,
    /// Type of the event.
    pub kind: EventType,
    /// Payload, as JSON.
    pub body: Vec<u8>,
}

/// Samples lie in the year from this second on, so that a seed gives the same bytes on every day, and none is of the
/// future.
const FIRST_SECOND: i64 = 1_735_689_600; // 2025-01-01T00:00:00Z
const SECONDS_OF_A_YEAR: usize = 31_536_000;

/// Makes the sample of a type for a seed. The same seed gives the same bytes.
pub fn sample(kind: EventType, seed: u64) -> Event {
    let mut random = SplitMix64::new(seed ^ fingerprint(kind.as_str()));
    let id = format!("msg_{}", random.text(ALPHANUMERIC, 27));
    let second = FIRST_SECOND + i64::try_from(random.below(SECONDS_OF_A_YEAR)).unwrap_or(0);
    let time = Timestamp::from_second(second).unwrap_or_default();
    let payload = Sampler { random, time }.value(&kind.schema());
    Event { id, kind, body: spaced(&payload.to_string()).into_bytes() }
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
}

impl Sampler {
    fn value(&mut self, schema: &Value) -> Value {
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        for key in ["enum", "examples"] {
            if let Some(choices) = schema.get(key).and_then(Value::as_array).filter(|choices| !choices.is_empty()) {
                return choices[self.random.below(choices.len())].clone();
            }
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => self.object(schema),
            Some("array") => schema.get("items").map_or(Value::Array(vec![]), |item| vec![self.value(item)].into()),
            Some("integer") => self.integer(schema),
            Some("boolean") => (self.random.below(2) == 1).into(),
            _ => self.string(schema).into(),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let properties = schema.get("properties").and_then(Value::as_object);
        let fields = properties.into_iter().flatten().map(|(name, inner)| (name.clone(), self.value(inner)));
        Value::Object(fields.collect::<Map<_, _>>())
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
            None => self.random.text(&ALPHANUMERIC[36..], 12),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_accepted_by_its_schema() {
        for &kind in EventType::ALL {
            let schema = kind.schema();
            let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("schema");
            for seed in 0..200 {
                let event = sample(kind, seed);
                let payload: Value = serde_json::from_slice(&event.body).expect("JSON");
                let problems: Vec<_> = validator.iter_errors(&payload).map(|error| error.to_string()).collect();
                assert!(problems.is_empty(), "{kind} seed {seed}: {problems:?}");
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
