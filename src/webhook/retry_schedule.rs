//! When a delivery that failed is tried again: named schedules, and what an answer means for them. Pure: the time is an
//! argument, and jitter comes from a seed, so that a queue can forget everything but the message and the attempt's number.

use std::time::Duration;

use jiff::fmt::{rfc2822, strtime::BrokenDownTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::event::SplitMix64;
use crate::manifest::vocabulary;

/// Time for an answer; an attempt without one by then has failed.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(15);
/// Furthest that `Retry-After` can put off an attempt. A message whose endpoint asks for more is given up: it is not to be
/// tried earlier, and nobody waits for it that long.
const MOST_RETRY_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Largest part by which jitter makes a wait longer or shorter.
const JITTER: f64 = 0.2;

vocabulary! {
    /// A retry schedule.
    ScheduleName, "retry schedule" {
        /// That of Svix: 8 attempts within 27 hours and 35 minutes.
        Svix = "svix",
        /// The example of the Standard Webhooks specification ("Deliverability and reliability"): 10 attempts within 75
        /// hours and 35 minutes.
        Standard = "standard",
    }
}

/// A schedule for one message; `seed` decides its jitter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetrySchedule {
    /// Which schedule.
    pub name: ScheduleName,
    /// What tells this message's jitter from that of others.
    pub seed: u64,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptResult {
    /// An answer came.
    Answered {
        /// HTTP status.
        status: u16,
        /// What its `Retry-After` says, where it has one that can be read.
        retry_after: Option<RetryAfter>,
    },
    /// No answer came in time.
    Timeout,
    /// No connection, or it broke.
    Broken,
}

/// The value of `Retry-After` (RFC 9110 section 10.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// After so many seconds.
    Seconds(u64),
    /// Not before this time.
    At(Timestamp),
}

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "decision")]
pub enum Decision {
    /// The endpoint took the message.
    Delivered,
    /// There is another attempt.
    Retry {
        /// When.
        at: Timestamp,
        /// Whether the endpoint is under more load than it bears, so that its other messages should go slower too.
        throttle: bool,
    },
    /// The endpoint wants no messages any more: none is to be sent to it, this one included.
    Disabled,
    /// No attempt is left.
    Exhausted,
}

impl ScheduleName {
    /// Waits before the second attempt, the third and so on, each from the failure of the attempt before.
    const fn waits(self) -> &'static [Duration] {
        const fn hours(count: u64) -> Duration {
            Duration::from_hours(count)
        }
        const FIRST: [Duration; 3] = [Duration::from_secs(5), Duration::from_mins(5), Duration::from_mins(30)];
        const SVIX: [Duration; 7] = [FIRST[0], FIRST[1], FIRST[2], hours(2), hours(5), hours(10), hours(10)];
        const STANDARD: [Duration; 9] =
            [FIRST[0], FIRST[1], FIRST[2], hours(2), hours(5), hours(10), hours(14), hours(20), hours(24)];
        match self {
            ScheduleName::Svix => &SVIX,
            ScheduleName::Standard => &STANDARD,
        }
    }
}

impl RetrySchedule {
    /// Decides what follows attempt `number`, from 1, whose result is known since `now`. The same arguments give the same
    /// decision.
    pub fn next(&self, number: u32, result: AttemptResult, now: Timestamp) -> Decision {
        let (status, retry_after) = match result {
            AttemptResult::Answered { status, retry_after } => (Some(status), retry_after),
            AttemptResult::Timeout | AttemptResult::Broken => (None, None),
        };
        match status {
            Some(200..=299) => return Decision::Delivered,
            Some(410) => return Decision::Disabled,
            _ => {}
        }
        let Some(wait) = self.wait_after(number) else { return Decision::Exhausted };
        let due = now.checked_add(wait).unwrap_or(Timestamp::MAX);
        let asked = retry_after.map_or(due, |value| value.from(now));
        if asked.duration_since(now) > MOST_RETRY_AFTER {
            return Decision::Exhausted;
        }
        // Jitter never makes an attempt come earlier than the endpoint asked for.
        Decision::Retry { at: due.max(asked), throttle: matches!(status, Some(429 | 502 | 504)) }
    }

    /// The wait after attempt `number` with its jitter, at most 20 % more or less; `None` after the last attempt.
    pub fn wait_after(&self, number: u32) -> Option<Duration> {
        let wait = self.name.waits().get(usize::try_from(number.checked_sub(1)?).ok()?)?;
        // A generator for each attempt: no attempt needs to know how many numbers the ones before it took.
        let mut random = SplitMix64::new(self.seed ^ u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let part = f64::from(u32::try_from(random.next_u64() >> 32).unwrap_or(0)) / f64::from(u32::MAX);
        Some(wait.mul_f64(1.0 + JITTER * (2.0 * part - 1.0)))
    }
}

impl RetryAfter {
    /// Reads the value of the header: seconds, or a date in any of HTTP's three forms (RFC 9110 section 5.6.7).
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if value.is_empty() || value.len() > 64 {
            return None;
        }
        if value.bytes().all(|byte| byte.is_ascii_digit()) {
            // More seconds than fit are more than anybody waits.
            return Some(RetryAfter::Seconds(value.parse().unwrap_or(u64::MAX)));
        }
        let obsolete = |format: &str| {
            let time = BrokenDownTime::parse(format, value).ok()?.to_datetime().ok()?;
            TimeZone::UTC.to_timestamp(time).ok()
        };
        let date = rfc2822::DateTimeParser::new().parse_timestamp(value).ok();
        let date = date.or_else(|| obsolete("%A, %d-%b-%y %H:%M:%S GMT")).or_else(|| obsolete("%a %b %e %H:%M:%S %Y"));
        date.map(RetryAfter::At)
    }

    /// The earliest time that it allows.
    fn from(self, now: Timestamp) -> Timestamp {
        match self {
            RetryAfter::At(time) => time.max(now),
            RetryAfter::Seconds(seconds) => {
                let seconds = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
                now.checked_add(seconds).unwrap_or(Timestamp::MAX)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_767_225_600;

    fn now() -> Timestamp {
        Timestamp::from_second(NOW).expect("time")
    }

    fn answered(status: u16) -> AttemptResult {
        AttemptResult::Answered { status, retry_after: None }
    }

    fn seconds_until(decision: Decision) -> f64 {
        match decision {
            Decision::Retry { at, .. } => at.duration_since(now()).as_secs_f64(),
            other => panic!("no retry: {other:?}"),
        }
    }

    fn schedules() -> impl Strategy<Value = RetrySchedule> {
        (prop::sample::select(ScheduleName::ALL), any::<u64>()).prop_map(|(name, seed)| RetrySchedule { name, seed })
    }

    #[test]
    fn each_answer_means_what_the_specification_says() {
        let schedule = RetrySchedule { name: ScheduleName::Svix, seed: 1 };
        let next = |result| schedule.next(1, result, now());
        for status in [200, 204, 299] {
            assert_eq!(next(answered(status)), Decision::Delivered);
        }
        assert_eq!(next(answered(410)), Decision::Disabled);
        for status in [301, 302, 400, 404, 500, 503] {
            assert!(matches!(next(answered(status)), Decision::Retry { throttle: false, .. }), "{status}");
        }
        for status in [429, 502, 504] {
            assert!(matches!(next(answered(status)), Decision::Retry { throttle: true, .. }), "{status}");
        }
        for result in [AttemptResult::Timeout, AttemptResult::Broken] {
            assert!(matches!(next(result), Decision::Retry { throttle: false, .. }));
        }
    }

    #[test]
    fn schedules_have_their_published_waits() {
        let hours: [(ScheduleName, u64); 2] = [(ScheduleName::Svix, 27), (ScheduleName::Standard, 75)];
        for (name, total) in hours {
            let sum: Duration = name.waits().iter().sum();
            assert_eq!(sum, Duration::from_secs(total * 3600 + 35 * 60 + 5), "{name}");
        }
    }

    #[test]
    fn the_last_attempt_is_followed_by_none_and_a_late_success_counts() {
        for (name, attempts) in [(ScheduleName::Svix, 8), (ScheduleName::Standard, 10)] {
            let schedule = RetrySchedule { name, seed: 3 };
            assert!(matches!(schedule.next(attempts - 1, answered(500), now()), Decision::Retry { .. }));
            assert_eq!(schedule.next(attempts, answered(500), now()), Decision::Exhausted);
            assert_eq!(schedule.next(attempts, answered(200), now()), Decision::Delivered);
            assert_eq!(schedule.next(u32::MAX, AttemptResult::Timeout, now()), Decision::Exhausted);
        }
    }

    #[test]
    fn retry_after_is_read_in_every_form() {
        let date = RetryAfter::At(Timestamp::from_second(784_111_777).expect("time"));
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(RetryAfter::parse(text), Some(date), "{text}");
        }
        assert_eq!(RetryAfter::parse(" 120 "), Some(RetryAfter::Seconds(120)));
        assert_eq!(RetryAfter::parse("99999999999999999999999"), Some(RetryAfter::Seconds(u64::MAX)));
        for text in ["", "-5", "1.5", "soon", "Sun, 06 Nov"] {
            assert_eq!(RetryAfter::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn who_asks_for_more_than_a_week_is_not_tried_again() {
        let schedule = RetrySchedule { name: ScheduleName::Standard, seed: 3 };
        let asks = |seconds| {
            let result = AttemptResult::Answered { status: 503, retry_after: Some(RetryAfter::Seconds(seconds)) };
            schedule.next(1, result, now())
        };
        assert!((seconds_until(asks(604_800)) - 604_800.0).abs() < 1.0);
        assert_eq!((asks(604_801), asks(u64::MAX)), (Decision::Exhausted, Decision::Exhausted));
    }

    proptest! {
        #[test]
        fn jitter_stays_within_a_fifth(schedule in schedules(), number in 1u32..10) {
            let wait = schedule.name.waits().get(number as usize - 1);
            prop_assert_eq!(wait.is_some(), schedule.wait_after(number).is_some());
            if let (Some(wait), Some(jittered)) = (wait, schedule.wait_after(number)) {
                prop_assert!(jittered >= wait.mul_f64(0.799) && jittered <= wait.mul_f64(1.201));
            }
        }

        #[test]
        fn the_same_seed_gives_the_same_plan(schedule in schedules(), number in 1u32..12, status in 100u16..600) {
            let again = RetrySchedule { ..schedule };
            prop_assert_eq!(schedule.next(number, answered(status), now()), again.next(number, answered(status), now()));
        }

        #[test]
        fn no_attempt_comes_earlier_than_retry_after_says(schedule in schedules(), number in 1u32..8, asked in 0u64..600_000, by_date in any::<bool>()) {
            let value = if by_date {
                RetryAfter::At(now() + SignedDuration::from_secs(i64::try_from(asked).expect("small")))
            } else {
                RetryAfter::Seconds(asked)
            };
            let result = AttemptResult::Answered { status: 429, retry_after: Some(value) };
            let (asked_for, plain) = (schedule.next(number, result, now()), schedule.next(number, answered(429), now()));
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let least = asked as f64;
            prop_assert!(seconds_until(asked_for) >= least);
            prop_assert!((seconds_until(asked_for) - seconds_until(plain).max(least)).abs() < 1e-6);
        }

        #[test]
        fn no_header_makes_the_parser_panic(text in ".*") {
            let _ = RetryAfter::parse(&text);
        }
    }
}
