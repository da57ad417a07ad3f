//! The JSON form of an exchange. What is text is shown as text, anything else as base64, so that no byte is lost.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::exchange::{CapturedRequest, Exchange, Forward, Header, Source};

impl Serialize for Header {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("name", &self.name)?;
        if self.is_credential() {
            map.serialize_entry("masked", &true)?;
        } else {
            bytes(&mut map, "value", "value_base64", &self.value)?;
        }
        map.end()
    }
}

impl Serialize for CapturedRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("method", &self.method)?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("headers", &self.headers)?;
        bytes(&mut map, "body", "body_base64", &self.body)?;
        map.end()
    }
}

impl Serialize for Forward {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("url", &self.url)?;
        // Far below the 52 bits that are exact.
        let duration_ms = std::time::Duration::from_micros(self.elapsed_us).as_secs_f64() * 1e3;
        map.serialize_entry("duration_ms", &duration_ms)?;
        match &self.result {
            Ok(reply) => {
                map.serialize_entry("status", &reply.status)?;
                map.serialize_entry("headers", &reply.headers)?;
                bytes(&mut map, "body", "body_base64", &reply.body)?;
                map.serialize_entry("truncated", &reply.truncated)?;
            }
            Err(failure) => map.serialize_entry("failure", &failure.to_string())?,
        }
        map.end()
    }
}

impl Serialize for Exchange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("received_at", &self.arrival.received_at)?;
        match self.arrival.source {
            Source::Marketplace { cursor } => {
                map.serialize_entry("source", "marketplace")?;
                map.serialize_entry("cursor", &cursor)?;
            }
            Source::Local => map.serialize_entry("source", "local")?,
            Source::Replay { of } => {
                map.serialize_entry("source", "replay")?;
                map.serialize_entry("replay_of", &of)?;
            }
        }
        map.serialize_entry("event_type", &self.arrival.event_type)?;
        map.serialize_entry("message_id", &self.message_id())?;
        map.serialize_entry("outcome", &self.outcome())?;
        map.serialize_entry("request", &self.arrival.request)?;
        if let Some(forward) = &self.forward {
            map.serialize_entry("forward", forward)?;
        }
        map.end()
    }
}

fn bytes<M: serde::ser::SerializeMap>(
    map: &mut M,
    text: &'static str,
    base64: &'static str,
    bytes: &[u8],
) -> Result<(), M::Error> {
    match std::str::from_utf8(bytes) {
        Ok(valid) => map.serialize_entry(text, valid),
        Err(_) => map.serialize_entry(base64, &STANDARD.encode(bytes)),
    }
}

/// Reads a request back from a document: a whole exchange, or an object with `headers` and `body` alone. Headers may also
/// be an object of names and values. The second value is when it was received, where that is told.
pub fn request_from_document(document: &Value) -> Result<(CapturedRequest, Option<Timestamp>), String> {
    let request = document.get("request").unwrap_or(document);
    let headers = match request.get("headers") {
        Some(Value::Array(list)) => list.iter().map(header_of).collect::<Result<Vec<_>, _>>()?,
        Some(Value::Object(map)) => {
            let text = |(name, value): (&String, &Value)| value.as_str().map(|value| Header::text(name, value));
            map.iter().filter_map(text).collect()
        }
        _ => return Err("it has no headers: neither a list nor an object".to_owned()),
    };
    let body = bytes_of(request, "body", "body_base64")?.ok_or("it has no body")?;
    let text = |name: &str, default: &str| request[name].as_str().unwrap_or(default).to_owned();
    let received_at = document["received_at"].as_str().and_then(|text| text.parse().ok());
    Ok((CapturedRequest { method: text("method", "POST"), path: text("path", "/"), headers, body }, received_at))
}

fn header_of(header: &Value) -> Result<Header, String> {
    let pair = header.as_array().map(Vec::as_slice);
    if let Some([Value::String(name), Value::String(value)]) = pair {
        return Ok(Header::text(name, value));
    }
    let name = header["name"].as_str().ok_or("a header has no name")?;
    let value = bytes_of(header, "value", "value_base64")?.unwrap_or_default();
    Ok(Header { name: name.to_ascii_lowercase(), value })
}

fn bytes_of(object: &Value, text: &str, base64: &str) -> Result<Option<Vec<u8>>, String> {
    match (&object[text], &object[base64]) {
        (Value::String(text), _) => Ok(Some(text.as_bytes().to_vec())),
        (_, Value::String(encoded)) => STANDARD.decode(encoded).map(Some).map_err(|_| format!("{base64} is no base64")),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::exchange::Arrival;
    use super::*;

    proptest! {
        #[test]
        fn no_byte_is_lost_on_the_way_through_json(body in proptest::collection::vec(any::<u8>(), 0..100), value in proptest::collection::vec(any::<u8>(), 0..20)) {
            let headers = vec![Header { name: "x".into(), value }];
            let request = CapturedRequest { method: "PUT".into(), path: "/a?b".into(), headers, body };
            let received_at: Timestamp = "2026-01-01T00:00:00Z".parse().expect("time");
            let arrival = Arrival { received_at, source: Source::Local, event_type: None, request: request.clone() };
            let text = serde_json::to_string(&Exchange { id: 1, arrival, forward: None }).expect("JSON");
            let document: Value = serde_json::from_str(&text).expect("JSON");
            prop_assert_eq!(request_from_document(&document).expect("request"), (request, Some(received_at)));
        }
    }

    #[test]
    fn credentials_are_not_shown() {
        let header = Header::text("Authorization", "Bearer hunter2");
        assert_eq!(
            serde_json::to_value(&header).expect("JSON"),
            serde_json::json!({"name": "authorization", "masked": true})
        );
    }
}
