//! What a key's owner should be told of: an end that comes near, and keys that nothing uses.

use jiff::{SignedDuration, Timestamp};

/// Time before its end from which a key is warned of.
const EXPIRY_NOTICE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Time without use after which a key is warned of.
const UNUSED_NOTICE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Time until a key ends, where that is 14 days or less away and not over.
pub fn ends_within_notice(expires_at: Option<Timestamp>, now: Timestamp) -> Option<SignedDuration> {
    let left = expires_at?.duration_since(now);
    (left.is_positive() && left <= EXPIRY_NOTICE).then_some(left)
}

/// Time since a key was last used, or created where it never was, where that is 90 days or more.
pub fn unused_beyond_notice(
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
    now: Timestamp,
) -> Option<SignedDuration> {
    let idle = now.duration_since(last_used_at.unwrap_or(created_at));
    (idle >= UNUSED_NOTICE).then_some(idle)
}

/// A duration in words, such as `3 days`, `1 hour` or `less than an hour`; what does not fill a unit is left out.
pub fn in_words(duration: SignedDuration) -> String {
    let (days, hours) = (duration.as_hours() / 24, duration.as_hours());
    let counted = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match (days, hours) {
        (1.., _) => counted(days, "day"),
        (_, 1..) => counted(hours, "hour"),
        _ => "less than an hour".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("time")
    }

    #[test]
    fn an_end_is_noticed_14_days_ahead() {
        let now = at("2026-11-01T12:00:00Z");
        for (end, noticed) in [
            ("2026-11-15T12:00:00Z", true),
            ("2026-11-15T12:00:01Z", false),
            ("2026-11-01T12:00:01Z", true),
            ("2026-11-01T12:00:00Z", false),
            ("2026-10-01T12:00:00Z", false),
        ] {
            assert_eq!(ends_within_notice(Some(at(end)), now).is_some(), noticed, "{end}");
        }
        assert_eq!(ends_within_notice(None, now), None);
    }

    #[test]
    fn a_key_is_unused_after_90_days() {
        let now = at("2026-11-01T12:00:00Z");
        let (long_ago, day_90, day_89) =
            (at("2026-01-01T00:00:00Z"), at("2026-08-03T12:00:00Z"), at("2026-08-03T12:00:01Z"));
        assert!(unused_beyond_notice(long_ago, Some(day_90), now).is_some());
        assert!(unused_beyond_notice(long_ago, Some(day_89), now).is_none());
        assert!(unused_beyond_notice(long_ago, None, now).is_some());
        assert!(unused_beyond_notice(day_89, None, now).is_none());
    }

    #[test]
    fn durations_are_counted_in_their_largest_unit() {
        for (minutes, words) in [
            (14 * 24 * 60, "14 days"),
            (47 * 60, "1 day"),
            (23 * 60 + 59, "23 hours"),
            (60, "1 hour"),
            (59, "less than an hour"),
        ] {
            assert_eq!(in_words(SignedDuration::from_mins(minutes)), words);
        }
    }
}
