//! A delivery as it passed through this machine: the request in its exact bytes, and what the endpoint made of it.

use jiff::Timestamp;

/// What signing secrets begin with.
const SECRET_PREFIX: &[u8] = b"whsec_";

/// Headers that let their holder in somewhere. They are captured and sent on, and never shown.
const CREDENTIALS: [&str; 5] = ["authorization", "cookie", "proxy-authorization", "set-cookie", "x-api-key"];

/// Headers that belong to one connection and are never passed on (RFC 9110 section 7.6.1), and those that a client writes
/// by itself.
const HOP_BY_HOP: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A header. Values need not be text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Name in lower case: HTTP does not tell cases apart.
    pub name: String,
    /// Value, byte for byte.
    pub value: Vec<u8>,
}

/// A request in its exact bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturedRequest {
    /// Method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Headers in their order.
    pub headers: Vec<Header>,
    /// Body, byte for byte.
    pub body: Vec<u8>,
}

/// Where an exchange came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A marketplace's event log.
    Marketplace {
        /// Position in the log.
        cursor: u64,
    },
    /// The catch-all endpoint of this machine.
    Local,
    /// An exchange that was sent again.
    Replay {
        /// The exchange that was repeated.
        of: u64,
    },
}

/// What came in, before it goes anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// When it came in.
    pub received_at: Timestamp,
    /// Where it came from.
    pub source: Source,
    /// Type of the event, where it is known.
    pub event_type: Option<String>,
    /// The request.
    pub request: CapturedRequest,
}

/// What an endpoint answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers in their order.
    pub headers: Vec<Header>,
    /// Beginning of the body.
    pub body: Vec<u8>,
    /// Whether the body was longer than what is kept.
    pub truncated: bool,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection could be made.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// The time limit passed.
    #[error("no whole answer within {0} s")]
    Timeout(u64),
    /// The connection broke, or the answer was not HTTP.
    #[error("the connection broke: {0}")]
    Broken(String),
}

/// A request that was passed on, and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// Address it was sent to.
    pub url: String,
    /// Microseconds to the end of the answer or to the failure.
    pub elapsed_us: u64,
    /// The answer, or why there is none.
    pub result: Result<Reply, Failure>,
}

/// How an exchange is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// Byte for byte, with the signature of then.
    AsItWas,
    /// With the same id, signed at the time of sending.
    SignedNow,
    /// With another body, signed at the time of sending where it has an id to sign.
    Edited(Vec<u8>),
}

/// How an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was received and not passed on, or its end is unknown because this program was ended meanwhile.
    Received,
    /// The endpoint answered 2xx.
    Accepted,
    /// The endpoint answered 3xx, which is not followed: for a webhook it is a failure.
    Redirected,
    /// The endpoint answered anything else.
    Refused,
    /// No connection could be made.
    Unreachable,
    /// There was no whole answer in time.
    TimedOut,
    /// The connection broke, or the answer was not HTTP.
    Broken,
}

/// A delivery and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Number in the run or in the capture, from 1.
    pub id: u64,
    /// What came in.
    pub arrival: Arrival,
    /// What became of it, where it was passed on.
    pub forward: Option<Forward>,
}

impl Header {
    /// Makes a header whose value is text.
    pub fn text(name: &str, value: &str) -> Self {
        Header { name: name.to_ascii_lowercase(), value: value.as_bytes().to_vec() }
    }

    /// Tells whether a header is passed on to the endpoint.
    pub fn is_end_to_end(&self) -> bool {
        !HOP_BY_HOP.contains(&self.name.as_str())
    }

    /// Tells whether the value lets its holder in somewhere, so that it is never shown.
    pub fn is_credential(&self) -> bool {
        CREDENTIALS.contains(&self.name.as_str())
    }
}

impl CapturedRequest {
    /// The first value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(&found.value).ok()
    }

    /// Puts a header in place of those of its name.
    pub fn set_header(&mut self, name: &str, value: &str) {
        let at = self.headers.iter().position(|header| header.name.eq_ignore_ascii_case(name));
        self.headers.retain(|header| !header.name.eq_ignore_ascii_case(name));
        let at = at.unwrap_or(self.headers.len()).min(self.headers.len());
        self.headers.insert(at, Header::text(name, value));
    }
}

impl Reply {
    /// Takes signing secrets out of what an endpoint says: it may repeat its environment in an error page.
    #[must_use]
    pub fn without_secrets(mut self) -> Self {
        self.body = masked(&self.body);
        for header in &mut self.headers {
            header.value = masked(&header.value);
        }
        self
    }
}

/// Replaces what follows `whsec_` by an ellipsis.
fn masked(bytes: &[u8]) -> Vec<u8> {
    let mut shown = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(SECRET_PREFIX.len()).position(|window| window == SECRET_PREFIX) {
        let (before, from) = rest.split_at(at + SECRET_PREFIX.len());
        let encoded = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_');
        let length = from.iter().take_while(|byte| encoded(byte)).count();
        shown.extend_from_slice(before);
        shown.extend_from_slice("…".as_bytes());
        rest = &from[length..];
    }
    shown.extend_from_slice(rest);
    shown
}

impl Forward {
    /// How it ended.
    pub fn outcome(&self) -> Outcome {
        match &self.result {
            Ok(Reply { status: 200..=299, .. }) => Outcome::Accepted,
            Ok(Reply { status: 300..=399, .. }) => Outcome::Redirected,
            Ok(_) => Outcome::Refused,
            Err(Failure::Unreachable(_)) => Outcome::Unreachable,
            Err(Failure::Timeout(_)) => Outcome::TimedOut,
            Err(Failure::Broken(_)) => Outcome::Broken,
        }
    }
}

impl Outcome {
    /// The outcome in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Received => "received",
            Outcome::Accepted => "accepted",
            Outcome::Redirected => "redirected",
            Outcome::Refused => "refused",
            Outcome::Unreachable => "unreachable",
            Outcome::TimedOut => "timed out",
            Outcome::Broken => "broken",
        }
    }
}

impl Exchange {
    /// How it ended.
    pub fn outcome(&self) -> Outcome {
        self.forward.as_ref().map_or(Outcome::Received, Forward::outcome)
    }

    /// The `webhook-id` of the request.
    pub fn message_id(&self) -> Option<&str> {
        self.arrival.request.header("webhook-id")
    }

    /// Position in the marketplace's log, where it came from there.
    pub fn cursor(&self) -> Option<u64> {
        match self.arrival.source {
            Source::Marketplace { cursor } => Some(cursor),
            Source::Local | Source::Replay { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_taken_out_of_answers() {
        let text = b"a whsec_AAA+/=, whsec_ and whsec_b\"";
        assert_eq!(String::from_utf8(masked(text)).expect("UTF-8"), "a whsec_…, whsec_… and whsec_…\"");
        assert_eq!(masked(&[0xff, 0]), [0xff, 0]);
    }

    #[test]
    fn a_header_that_is_set_keeps_its_place_and_stands_once() {
        let header = |name: &str| Header::text(name, "1");
        let headers = vec![header("a"), header("b"), header("c"), header("b")];
        let mut request = CapturedRequest { method: "POST".into(), path: "/".into(), headers, body: vec![] };
        request.set_header("B", "2");
        let names: Vec<_> = request.headers.iter().map(|header| header.name.as_str()).collect();
        assert_eq!((names, request.header("b")), (vec!["a", "b", "c"], Some("2")));
    }
}
