//! What an integration did: its calls to the systems behind it, and their effects as a multiset.

use std::collections::BTreeMap;
use std::time::Duration;

/// A call that a recording stub took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Name of the upstream.
    pub upstream: String,
    /// HTTP method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// SHA-256 of the body, hexadecimal.
    pub body_digest: String,
    /// Length of the body, in bytes.
    pub body_length: usize,
    /// SHA-256 of the `Authorization` header, hexadecimal, where there is one. The credential itself is not kept.
    pub credential: Option<String>,
    /// The `Idempotency-Key` header, where there is one.
    pub key: Option<String>,
    /// Since the stub started.
    pub at: Duration,
    /// How it was answered.
    pub reply: Reply,
}

/// How a stub answered a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// With this status, whole.
    Whole(u16),
    /// With this status, cut off in the middle of the body.
    Truncated(u16),
    /// Not at all: the connection was reset or held open.
    None,
    /// A token, from the token endpoint.
    Token,
}

impl Call {
    /// Whether it can change something (RFC 9110 section 9.2.1).
    pub fn is_unsafe(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE") && self.reply != Reply::Token
    }

    /// Whether it changed something: unsafe, and answered 2xx.
    pub fn has_effect(&self) -> bool {
        self.is_unsafe() && matches!(self.reply, Reply::Whole(200..=299))
    }
}

/// Successful unsafe calls, counted by upstream, method, path and body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects(BTreeMap<(String, String, String, String), usize>);

impl Effects {
    /// Counts the effects of calls.
    pub fn of<'a>(calls: impl IntoIterator<Item = &'a Call>) -> Self {
        let mut counted = BTreeMap::new();
        for call in calls.into_iter().filter(|call| call.has_effect()) {
            let key = (call.upstream.clone(), call.method.clone(), call.path.clone(), call.body_digest.clone());
            *counted.entry(key).or_insert(0) += 1;
        }
        Effects(counted)
    }

    /// Whether any of the calls was meant to change something, whatever became of it.
    pub fn any_attempt(calls: &[Call]) -> bool {
        calls.iter().any(Call::is_unsafe)
    }

    /// Counts the effects among `calls` that repeat one of `before`: the same call with the same key, or body without one.
    pub fn repeated(before: &[Call], calls: &[Call]) -> Self {
        let same = |one: &Call, other: &Call| {
            one.upstream == other.upstream
                && one.method == other.method
                && one.path == other.path
                && one.key == other.key
                && (one.key.is_some() || one.body_digest == other.body_digest)
        };
        let repeats = |call: &&Call| before.iter().any(|earlier| earlier.has_effect() && same(earlier, call));
        Effects::of(calls.iter().filter(repeats))
    }

    /// How many kinds there are: calls to the same place with the same body are one.
    pub fn distinct(&self) -> usize {
        self.0.len()
    }

    /// Whether there is one at an upstream.
    pub fn is_at(&self, upstream: &str) -> bool {
        self.0.keys().any(|(name, ..)| name == upstream)
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// `POST /claims twice` for each, in order.
    pub fn describe(&self) -> String {
        let words = self.0.iter().map(|((upstream, method, path, _), count)| match count {
            1 => format!("{method} {path} at {upstream}"),
            count => format!("{method} {path} at {upstream}, {count} times"),
        });
        words.collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(method: &str, status: u16, body: &str) -> Call {
        Call {
            upstream: "claims".into(),
            method: method.into(),
            path: "/claims".into(),
            body_digest: body.into(),
            body_length: 8,
            credential: None,
            key: None,
            at: Duration::ZERO,
            reply: Reply::Whole(status),
        }
    }

    #[test]
    fn only_successful_unsafe_calls_count() {
        let calls = [call("GET", 200, ""), call("POST", 503, "a"), call("POST", 201, "a"), call("POST", 201, "a")];
        let effects = Effects::of(&calls);
        assert_eq!(effects.total(), 2);
        assert_eq!(effects.describe(), "POST /claims at claims, 2 times");
    }
}
