//! Whether each of many deliveries had its effect, once.

use std::collections::BTreeSet;

use super::effect::{Call, Effects};

/// Effects that are missing of `least` that are due, and those that are more than the `most` that may be. Where bodies tell
/// deliveries apart, one that is lost does not make up for another that is doubled.
pub(super) fn lost_and_doubled(calls: &[Call], bodies_differ: bool, least: usize, most: usize) -> (usize, usize) {
    let done = Effects::of(distinct_attempts(calls));
    let tells_apart = bodies_differ && 2 * done.distinct() > most;
    if tells_apart {
        return (least.saturating_sub(done.distinct()), done.total() - done.distinct());
    }
    (least.saturating_sub(done.total()), done.total().saturating_sub(most))
}

/// Leaves out calls that an upstream takes for one it knows: with an `Idempotency-Key` that it has seen, or by a method
/// that is idempotent (RFC 9110 section 9.2.2).
fn distinct_attempts(calls: &[Call]) -> Vec<&Call> {
    let mut seen = BTreeSet::new();
    let done = calls.iter().filter(|call| call.has_effect());
    let new = done.filter(|call| {
        let known_by = match (&call.key, call.method.as_str()) {
            (Some(key), _) => key,
            (None, "PUT" | "DELETE") => &call.body_digest,
            (None, _) => return true,
        };
        seen.insert((&call.upstream, &call.method, &call.path, known_by))
    });
    new.collect()
}
