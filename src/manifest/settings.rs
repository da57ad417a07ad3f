//! Whether a carrier's settings are what an integration wants.

use serde_json::{Map, Value};

/// Most places that are told.
const MOST: usize = 20;

/// Checks settings against `[settings]` of a manifest; returns places as JSON pointers (RFC 6901) and what is wrong there,
/// sorted, nothing where all holds. Without a schema there is nothing to set.
pub fn check_settings(schema: Option<&Value>, settings: &Map<String, Value>) -> Vec<(String, String)> {
    let Some(schema) = schema else {
        let unknown = |name: &String| (format!("/{name}"), "the integration has no settings".to_owned());
        return settings.keys().take(MOST).map(unknown).collect();
    };
    let validator = match jsonschema::options().should_validate_formats(true).build(schema) {
        Ok(validator) => validator,
        Err(why) => {
            return vec![(String::new(), format!("the integration's schema of settings cannot be used: {why}"))];
        }
    };
    let settings = Value::Object(settings.clone());
    // A message of the validator could repeat a value, and a value could be a secret.
    let told = validator.iter_errors(&settings).take(MOST);
    let mut told: Vec<_> = told.map(|error| (error.instance_path().to_string(), error.masked().to_string())).collect();
    told.sort();
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn places(schema: Option<&Value>, settings: &Value) -> Vec<String> {
        let settings = settings.as_object().expect("object").clone();
        check_settings(schema, &settings).into_iter().map(|(place, _)| place).collect()
    }

    #[test]
    fn settings_are_held_to_the_schema() {
        let schema = json!({
            "type": "object", "required": ["region"], "additionalProperties": false,
            "properties": {"region": {"enum": ["north", "south"]}, "limit": {"type": "integer"}},
        });
        assert_eq!(places(Some(&schema), &json!({"region": "north"})), [""; 0]);
        let mut both = places(Some(&schema), &json!({"region": "west", "limit": "x"}));
        both.sort();
        assert_eq!(both, ["/limit", "/region"]);
        assert_eq!(places(Some(&schema), &json!({})), [""]);
        assert_eq!(places(None, &json!({"region": "north"})), ["/region"]);
        assert_eq!(places(None, &json!({})), [""; 0]);
    }

    #[test]
    fn a_value_is_not_repeated() {
        let schema = json!({"type": "object", "properties": {"token": {"type": "integer"}}});
        let settings = json!({"token": "hunter2"}).as_object().expect("object").clone();
        let told = check_settings(Some(&schema), &settings);
        assert!(!told.is_empty() && !told.iter().any(|(_, message)| message.contains("hunter2")), "{told:?}");
    }
}
