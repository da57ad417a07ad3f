//! Whether a credential is to be rotated.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// Largest time before its end at which a credential is due, whatever its length of life.
const NEAR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Why a rotation is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// It is older than it may become.
    Age,
    /// A fifth of its life is left, or less, and a week at most.
    End,
}

/// Says why a credential is due at `now`, where it is: it is older than `max_age`, or near its end.
pub fn due(
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
    now: Timestamp,
    max_age: SignedDuration,
) -> Option<Due> {
    let near_end = expires_at.is_some_and(|end| {
        let fifth = end.duration_since(created_at) / 5;
        end.duration_since(now) <= fifth.min(NEAR)
    });
    if near_end {
        return Some(Due::End);
    }
    // In whole seconds: that is how a marketplace tells its time.
    (now.as_second() - created_at.as_second() >= max_age.as_secs()).then_some(Due::Age)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> Timestamp {
        Timestamp::from_second(number * 86_400).expect("time")
    }

    #[test]
    fn age_and_end_decide() {
        let max = SignedDuration::from_hours(60 * 24);
        assert_eq!(due(day(0), None, day(59), max), None);
        assert_eq!(due(day(0), None, day(60), max), Some(Due::Age));
        assert_eq!(due(day(0), Some(day(90)), day(50), max), None);
        assert_eq!(due(day(0), Some(day(50)), day(42), max), None);
        assert_eq!(due(day(0), Some(day(50)), day(43), max), Some(Due::End), "a week is left");
        assert_eq!(due(day(0), Some(day(10)), day(7), max), None);
        assert_eq!(due(day(0), Some(day(10)), day(8), max), Some(Due::End), "a fifth is left");
        assert_eq!(due(day(0), Some(day(10)), day(11), max), Some(Due::End));
        assert_eq!(due(day(5), None, day(0), max), None, "made after now: clocks differ");
    }
}
