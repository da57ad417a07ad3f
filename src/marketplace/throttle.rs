//! How often somebody may do something: the generic cell rate algorithm (ITU-T I.371), one cell for each key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Keys that are remembered at once. Beyond it those that have rested are forgotten, and then all: memory stays bounded.
const MOST_KEYS: usize = 20_000;

/// Allows `burst` at once for each key, and one more every `interval`.
#[derive(Debug)]
pub(super) struct Throttle {
    burst: u32,
    interval: Duration,
    /// When the next one would be due if all came evenly, by key.
    due: Mutex<HashMap<String, Instant>>,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pass {
    /// Whether it may go on; otherwise after how long.
    pub(super) allowed: Result<(), Duration>,
    /// How many more may come at this moment.
    pub(super) remaining: u32,
    /// Time until all may come again.
    pub(super) reset: Duration,
}

impl Throttle {
    pub(super) fn new(burst: u32, interval: Duration) -> Self {
        Throttle { burst, interval, due: Mutex::default() }
    }

    /// How many may come at once.
    pub(super) fn burst(&self) -> u32 {
        self.burst
    }

    /// Time in which as many as may come at once are given back.
    pub(super) fn window(&self) -> Duration {
        self.interval * self.burst
    }

    /// Takes back the last attempt of a key: it was none that has to be slowed down.
    pub(super) fn forgive(&self, key: &str) {
        let mut cells = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(due) = cells.get_mut(key) {
            // A cell that lies in the past counts as rested.
            *due = due.checked_sub(self.interval).unwrap_or(*due);
        }
    }

    /// Counts an attempt at `now`; one that is refused does not count.
    pub(super) fn attempt(&self, key: &str, now: Instant) -> Pass {
        let mut cells = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let due = cells.get(key).copied().filter(|due| *due > now).unwrap_or(now) + self.interval;
        let ahead = due.saturating_duration_since(now);
        let room = self.window().saturating_sub(ahead);
        if ahead > self.window() {
            let wait = ahead.saturating_sub(self.window());
            return Pass { allowed: Err(wait), remaining: 0, reset: ahead.saturating_sub(self.interval) };
        }
        if cells.len() >= MOST_KEYS {
            cells.retain(|_, due| *due > now);
            if cells.len() >= MOST_KEYS {
                cells.clear();
            }
        }
        cells.insert(key.to_owned(), due);
        let left = room.as_nanos() / self.interval.as_nanos().max(1);
        Pass { allowed: Ok(()), remaining: u32::try_from(left).unwrap_or(u32::MAX), reset: ahead }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_allowed_and_then_one_an_interval() {
        let throttle = Throttle::new(3, Duration::from_secs(2));
        let start = Instant::now();
        let remaining: Vec<_> = (0..3).map(|_| throttle.attempt("a", start).remaining).collect();
        assert_eq!(remaining, [2, 1, 0]);
        let refused = throttle.attempt("a", start);
        assert_eq!((refused.allowed, refused.remaining), (Err(Duration::from_secs(2)), 0));
        assert!(throttle.attempt("b", start).allowed.is_ok(), "keys do not share");
        assert!(throttle.attempt("a", start + Duration::from_millis(1_999)).allowed.is_err());
        assert!(throttle.attempt("a", start + Duration::from_secs(2)).allowed.is_ok());
        assert_eq!(throttle.attempt("a", start + Duration::from_mins(1)).remaining, 2);
    }

    #[test]
    fn what_is_forgiven_does_not_count() {
        let throttle = Throttle::new(1, Duration::from_secs(2));
        let start = Instant::now();
        for _ in 0..3 {
            assert!(throttle.attempt("a", start).allowed.is_ok());
            throttle.forgive("a");
        }
        assert!(throttle.attempt("a", start).allowed.is_ok());
        assert!(throttle.attempt("a", start).allowed.is_err());
    }
}
