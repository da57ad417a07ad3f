//! What a stub answers: canned, or as an OpenAPI document says.

use serde_json::{Value, json};

use crate::event::{EventType, sample, sample_value};

/// Deepest chain of references in an OpenAPI document that is followed.
const DEEPEST: usize = 16;

/// Answers of a stub.
#[derive(Debug, Clone)]
pub enum Answers {
    /// 200 to reading, 201 to creating, 204 to deleting, with a small JSON object.
    Canned,
    /// As the ledger answers.
    Ledger,
    /// The first success that an OpenAPI document has for a path and method; canned where it has none.
    OpenApi(Value),
}

impl Answers {
    /// Status and JSON body of the answer to a request; an empty body for none.
    pub(super) fn answer(&self, method: &str, path: &str, number: usize) -> (u16, String) {
        let path = path.split('?').next().unwrap_or(path);
        match self {
            Answers::Canned => canned(method, number),
            Answers::Ledger => ledger(method, number),
            Answers::OpenApi(document) => {
                documented(document, method, path, number).unwrap_or_else(|| canned(method, number))
            }
        }
    }
}

fn canned(method: &str, number: usize) -> (u16, String) {
    match method {
        "POST" => (201, json!({ "id": format!("stub-{number}"), "status": "created" }).to_string()),
        "DELETE" => (204, String::new()),
        _ => (200, json!({ "id": format!("stub-{number}"), "status": "ok", "data": [] }).to_string()),
    }
}

fn ledger(method: &str, number: usize) -> (u16, String) {
    if method != "POST" {
        return (200, json!({ "data": [] }).to_string());
    }
    let event = sample(EventType::LedgerEventCreated, number as u64);
    let payload: Value = serde_json::from_slice(&event.body).unwrap_or_default();
    (201, payload["data"].to_string())
}

fn documented(document: &Value, method: &str, path: &str, number: usize) -> Option<(u16, String)> {
    let paths = document.get("paths")?.as_object()?;
    let (_, item) = paths
        .iter()
        .filter(|(template, _)| matches(template, path))
        .min_by_key(|(template, _)| template.matches('{').count())?;
    let responses = item.get(method.to_ascii_lowercase())?.get("responses")?.as_object()?;
    let statuses = responses.iter().filter_map(|(code, response)| Some((code.parse::<u16>().ok()?, response)));
    let (status, response) = statuses.filter(|(code, _)| (200..300).contains(code)).min_by_key(|(code, _)| *code)?;
    let response = resolved(document, response, 0);
    let Some(content) = response.get("content").and_then(|content| content.get("application/json")) else {
        return Some((status, String::new()));
    };
    Some((status, example(document, content, number).to_string()))
}

/// Tells whether a path is one of a template: `/claims/{id}`.
fn matches(template: &str, path: &str) -> bool {
    let (template, path) = (template.trim_matches('/').split('/'), path.trim_matches('/').split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(step, given)| step == given || (step.starts_with('{') && !given.is_empty()))
}

fn example(document: &Value, content: &Value, number: usize) -> Value {
    let first = |examples: &Value| examples.as_object()?.values().next()?.get("value").cloned();
    if let Some(example) = content.get("example").cloned().or_else(|| content.get("examples").and_then(first)) {
        return example;
    }
    let schema = content.get("schema").map(|schema| resolved(document, schema, 0)).unwrap_or_default();
    schema.get("example").cloned().unwrap_or_else(|| sample_value(&schema, number as u64))
}

/// Puts what local references mean in their place, to a bounded depth.
fn resolved(document: &Value, value: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    match value {
        Value::Object(fields) => {
            match fields.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#')) {
                Some(pointer) => {
                    document.pointer(pointer).map(|target| resolved(document, target, depth + 1)).unwrap_or_default()
                }
                None => {
                    fields.iter().map(|(name, inner)| (name.clone(), resolved(document, inner, depth + 1))).collect()
                }
            }
        }
        Value::Array(items) => items.iter().map(|item| resolved(document, item, depth + 1)).collect(),
        plain => plain.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_openapi_document_gives_its_examples_and_what_its_schemas_allow() {
        let document = json!({
            "paths": {
                "/claims/{id}": { "get": { "responses": {
                    "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Claim" } } } },
                    "404": {}
                } } },
                "/claims/latest": { "get": { "responses": { "200": { "content": { "application/json": { "example": { "n": 1 } } } } } } },
                "/claims": { "post": { "responses": { "202": {} } } }
            },
            "components": { "schemas": { "Claim": { "type": "object", "properties": { "open": { "const": true }, "parent": { "$ref": "#/components/schemas/Claim" } } } } }
        });
        let answers = Answers::OpenApi(document);
        assert_eq!(answers.answer("GET", "/claims/latest?x=1", 1), (200, "{\"n\":1}".to_owned()));
        let (status, claim) = answers.answer("GET", "/claims/7", 1);
        assert_eq!((status, claim.starts_with("{\"open\":true")), (200, true), "{claim}");
        assert_eq!(answers.answer("POST", "/claims", 1), (202, String::new()));
        assert_eq!(answers.answer("POST", "/elsewhere", 1).0, 201);
    }
}
