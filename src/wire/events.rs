//! The event log: what is sent to an account's endpoints, in order, with a cursor.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::EventType;

/// Adds an event to the account's log. Exactly one of `data` and `body` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EmitEvent {
    /// Type of the event.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The payload's `data`; the marketplace writes the body around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// The whole body in base64, delivered byte for byte as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// An event that was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Emitted {
    /// Position in the account's log, from 1, without gaps.
    pub cursor: u64,
    /// Identifier of the message: the `webhook-id` of its deliveries.
    pub id: String,
    /// Type of the event.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// When it was added.
    #[cfg_attr(feature = "server", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}

/// An event of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LoggedEvent {
    /// Position, identifier, type and time.
    #[serde(flatten)]
    pub event: Emitted,
    /// The exact body in base64.
    pub body: String,
}

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct EventList {
    /// Events, oldest first.
    pub data: Vec<LoggedEvent>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// First message of a stream (`event: ready`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StreamReady {
    /// Cursor behind which the stream goes on.
    pub cursor: u64,
    /// Seconds after which the stream says something at the latest, if only a comment.
    pub heartbeat_seconds: u64,
}

/// A delivery on a stream (`event: delivery`), signed at the moment at which it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StreamedDelivery {
    /// Position in the account's log.
    pub cursor: u64,
    /// Identifier of the message.
    pub id: String,
    /// Type of the event.
    #[serde(rename = "type")]
    pub kind: String,
    /// Names and values of the headers, in the order in which they are sent.
    pub headers: Vec<(String, String)>,
    /// The exact body in base64.
    pub body: String,
}

/// Last message of a stream that the marketplace ends (`event: end`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StreamEnd {
    /// Why it ends.
    pub reason: String,
}
