//! Payloads that a person changes: `path=value`, and what their schema says of them.

use serde_json::Value;

use super::{EventType, validate};

/// Longest path that is looked at, in steps: deeper payloads are changed as files.
const DEEPEST: usize = 32;

/// A change of one field: `data.subject.id=CLM-1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    path: String,
    value: Value,
}

impl Change {
    /// Parses `path=value`. Steps are separated by dots; a step into a list is its number. The value is JSON where it
    /// reads as JSON, else text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (path, value) = text.split_once('=').ok_or_else(|| format!("{text:?} is not of the form path=value"))?;
        let steps = path.split('.').count();
        if path.split('.').any(str::is_empty) || steps > DEEPEST {
            return Err(format!("{path:?} is no path: name the steps with dots between, such as data.subject.id"));
        }
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
        Ok(Change { path: path.to_owned(), value })
    }

    /// Makes the change. A path is known when the payload has it or `schema` allows it; the error names the nearest one.
    pub fn apply(&self, payload: &mut Value, schema: Option<&Value>) -> Result<(), String> {
        let (parents, last) = self.path.rsplit_once('.').unwrap_or(("", &self.path));
        let unknown = |payload: &Value| {
            let known = paths(payload, schema);
            let nearest = known
                .iter()
                .map(|path| (strsim::normalized_damerau_levenshtein(path, &self.path), path))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let nearest = nearest.map(|(_, path)| format!("; the nearest one is {path}")).unwrap_or_default();
            format!("the payload has no {}{nearest}", self.path)
        };
        if step_into(payload, &self.path).is_none() && !schema.is_some_and(|schema| is_allowed(schema, &self.path)) {
            return Err(unknown(payload));
        }
        let missing = unknown(payload);
        match if parents.is_empty() { Some(payload) } else { step_into_mut(payload, parents) } {
            Some(Value::Object(fields)) => drop(fields.insert(last.to_owned(), self.value.clone())),
            Some(Value::Array(items)) => match last.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                Some(item) => *item = self.value.clone(),
                None => return Err(missing),
            },
            _ => return Err(missing),
        }
        Ok(())
    }
}

/// Says what is wrong with a payload by the schema of its `type`; nothing where no schema knows the type.
pub fn problems(payload: &Value) -> Vec<String> {
    let name = payload.get("type").and_then(Value::as_str).unwrap_or_default();
    let Ok(kind) = EventType::parse(name) else { return Vec::new() };
    let told = validate(kind, payload).into_iter().map(|violation| {
        let place = violation.place.trim_start_matches('/').replace('/', ".");
        if place.is_empty() { violation.message } else { format!("{place}: {}", violation.message) }
    });
    told.collect()
}

fn step_into<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, step| match value {
        Value::Object(fields) => fields.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn step_into_mut<'a>(value: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    path.split('.').try_fold(value, |value, step| match value {
        Value::Object(fields) => fields.get_mut(step),
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Tells whether a schema names the path, or leaves the fields of the object free that it leads into.
fn is_allowed(schema: &Value, path: &str) -> bool {
    let mut schema = schema;
    for step in path.split('.') {
        let named = schema.get("properties").and_then(|properties| properties.get(step));
        match named.or_else(|| schema.get("items").filter(|_| step.parse::<usize>().is_ok())) {
            Some(inner) => schema = inner,
            None => return schema.get("additionalProperties").and_then(Value::as_bool) == Some(true),
        }
    }
    true
}

/// Every path of the payload, and of the schema's fields that it does not have.
fn paths(payload: &Value, schema: Option<&Value>) -> Vec<String> {
    let mut found = Vec::new();
    collect(payload, "", &mut found);
    if let Some(schema) = schema {
        collect_schema(schema, "", &mut found);
    }
    found
}

fn collect(value: &Value, prefix: &str, found: &mut Vec<String>) {
    let mut visit = |step: &str, inner: &Value| {
        let path = if prefix.is_empty() { step.to_owned() } else { format!("{prefix}.{step}") };
        if found.len() < 10_000 && path.matches('.').count() < DEEPEST {
            collect(inner, &path, found);
            found.push(path);
        }
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(step, inner)| visit(step, inner)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, inner)| visit(&at.to_string(), inner)),
        _ => {}
    }
}

fn collect_schema(schema: &Value, prefix: &str, found: &mut Vec<String>) {
    for (step, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = if prefix.is_empty() { step.clone() } else { format!("{prefix}.{step}") };
        collect_schema(inner, &path, found);
        found.push(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::sample;

    fn payload() -> Value {
        serde_json::from_slice(&sample(EventType::LedgerEventCreated, 1).body).expect("JSON")
    }

    fn set(text: &str) -> Result<Value, String> {
        let mut payload = payload();
        Change::parse(text)?.apply(&mut payload, Some(&EventType::LedgerEventCreated.schema()))?;
        Ok(payload)
    }

    #[test]
    fn a_known_path_is_set_as_json_where_it_is_json_else_as_text() {
        assert_eq!(set("data.subject.id=CLM-1").expect("set")["data"]["subject"]["id"], "CLM-1");
        assert_eq!(set("data.sequence=42").expect("set")["data"]["sequence"], 42);
        assert_eq!(set("data.payload.anything={\"a\":[1]}").expect("set")["data"]["payload"]["anything"]["a"][0], 1);
    }

    #[test]
    fn an_unknown_path_names_the_nearest_one() {
        assert!(set("data.subjct.id=x").expect_err("unknown").contains("nearest one is data.subject.id"));
        assert!(set("data.actr=x").expect_err("unknown").contains("nearest one is data.actor"));
        assert!(set("data..x=1").is_err() && set("nothing").is_err());
    }

    #[test]
    fn a_list_is_changed_at_its_number_only_where_it_has_one() {
        let mut payload = serde_json::json!({"a": [{"b": 1}]});
        Change::parse("a.0.b=2").expect("change").apply(&mut payload, None).expect("set");
        assert_eq!(payload["a"][0]["b"], 2);
        assert!(Change::parse("a.1.b=2").expect("change").apply(&mut payload, None).is_err());
    }

    #[test]
    fn problems_name_the_place() {
        let broken = set("data.sequence=many").expect("set");
        assert!(
            problems(&broken).iter().any(|problem| problem.starts_with("data.sequence: ")),
            "{:?}",
            problems(&broken)
        );
        assert!(problems(&payload()).is_empty());
        assert!(problems(&serde_json::json!({"type": "of.another.market"})).is_empty());
    }
}
