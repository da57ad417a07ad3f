//! Checks payloads against the JSON Schemas of the catalogue.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

use super::EventType;

/// Most violations that are told of one payload.
const MOST: usize = 10;

/// What is wrong at one place of a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer (RFC 6901) of the place; empty for the whole.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

static VALIDATORS: LazyLock<BTreeMap<EventType, Validator>> = LazyLock::new(|| {
    let compiled = EventType::ALL.iter().filter_map(|&kind| {
        let options = jsonschema::options().should_validate_formats(true);
        options.build(&kind.schema()).ok().map(|validator| (kind, validator))
    });
    compiled.collect()
});

/// Tells what is wrong with a payload of a type: nothing where its schema accepts it; 10 places at most.
pub fn validate(kind: EventType, payload: &Value) -> Vec<Violation> {
    let Some(validator) = VALIDATORS.get(&kind) else {
        return vec![Violation { place: String::new(), message: format!("{kind} has no schema that can be used") }];
    };
    let told = validator.iter_errors(payload).take(MOST);
    told.map(|error| Violation { place: error.instance_path().to_string(), message: shortened(&error.to_string()) })
        .collect()
}

/// Messages repeat the value they are about, which may be large.
fn shortened(message: &str) -> String {
    const LONGEST: usize = 300;
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::sample;

    #[test]
    fn samples_hold_and_what_is_wrong_is_named_with_its_place() {
        for &kind in EventType::ALL {
            let mut payload: Value = serde_json::from_slice(&sample(kind, 1).body).expect("JSON");
            assert_eq!(validate(kind, &payload), [], "{kind}");
            payload["timestamp"] = "yesterday".into();
            let wrong = validate(kind, &payload);
            assert_eq!(wrong.len(), 1, "{wrong:?}");
            assert_eq!(wrong[0].place, "/timestamp");
        }
    }

    #[test]
    fn a_long_value_is_not_repeated_whole() {
        let payload = serde_json::json!({"type": "webhook.ping", "timestamp": "x".repeat(100_000), "data": 1});
        assert!(validate(EventType::WebhookPing, &payload).iter().all(|wrong| wrong.message.len() < 1000));
    }
}
