//! What a load test sends, and what it came to: `LoadPlan -> LoadTally -> LoadReport`.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::latency::{Latencies, LatencySummary};

/// When deliveries are due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// So many a second, evenly spread, whether or not earlier ones were answered (open loop). Latencies count from the
    /// time at which a delivery was due, so that waiting for a slow endpoint is part of them: no coordinated omission
    /// (Tene: How NOT to Measure Latency, 2013).
    Open {
        /// Deliveries a second, more than 0.
        rate: f64,
    },
    /// Each connection sends as soon as its last delivery was answered (closed loop). Shows the highest throughput;
    /// latencies count from sending and say nothing of an endpoint that others send to.
    Closed,
}

/// A load test: what is due, over what, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoadPlan {
    /// When deliveries are due.
    pub pace: Pace,
    /// Time in which deliveries fall due.
    pub duration: Duration,
    /// Connections that are kept open; each carries one delivery at a time.
    pub connections: usize,
    /// Time for each answer, from sending.
    pub timeout: Duration,
    /// Time for what is still to be sent when all is due; what has not begun by then is counted as unsent.
    pub drain: Duration,
}

/// Why a delivery failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadFailure {
    /// No connection could be made.
    Connect,
    /// No answer within the time limit.
    Timeout,
    /// The connection broke, or the answer was not HTTP.
    Broken,
    /// The endpoint fell so far behind that the delivery was never begun.
    Unsent,
    /// An answer that is no 2xx.
    Status(u16),
}

/// What happened, counted as it happens; of bounded size.
#[derive(Debug, Clone, Default)]
pub struct LoadTally {
    /// Latencies of deliveries that were answered with 2xx.
    pub latencies: Latencies,
    /// Deliveries that failed, by kind.
    pub failures: BTreeMap<LoadFailure, u64>,
    /// Deliveries that were sent once more, because the endpoint closed a kept connection as they were on their way.
    pub resent: u64,
}

/// What a load test came to.
#[derive(Debug, Clone, Serialize)]
pub struct LoadReport {
    /// Deliveries a second that were due; absent in a closed loop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// Time in which deliveries fell due.
    #[serde(rename = "duration_seconds", serialize_with = "seconds")]
    pub duration: Duration,
    /// Connections.
    pub connections: usize,
    /// Deliveries that were due; each is either delivered or failed.
    pub due: u64,
    /// Deliveries that were answered with 2xx.
    pub delivered: u64,
    /// Deliveries that failed.
    pub failed: u64,
    /// Failed deliveries by kind.
    pub errors: BTreeMap<LoadFailure, u64>,
    /// Deliveries that were sent once more on a fresh connection.
    pub resent: u64,
    /// Accepted deliveries a second, from the first to the end of the last.
    pub delivered_per_second: f64,
    /// Percentiles of accepted deliveries; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency: Option<LatencySummary>,
    /// All latencies, for gates.
    #[serde(skip)]
    pub latencies: Latencies,
}

impl LoadPlan {
    /// How many deliveries fall due in an open loop; `None` in a closed one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rates and durations are positive and bounded"
    )]
    pub fn due(&self) -> Option<u64> {
        match self.pace {
            Pace::Open { rate } => Some((rate * self.duration.as_secs_f64()).round().max(1.0) as u64),
            Pace::Closed => None,
        }
    }

    /// When delivery `index`, from 0, is due, counted from the start.
    #[expect(clippy::cast_precision_loss, reason = "indexes are far below 2^53")]
    pub fn due_at(&self, index: u64) -> Duration {
        match self.pace {
            Pace::Open { rate } => Duration::try_from_secs_f64(index as f64 / rate).unwrap_or(Duration::MAX),
            Pace::Closed => Duration::ZERO,
        }
    }
}

impl LoadTally {
    /// Counts a failed delivery.
    pub fn fail(&mut self, failure: LoadFailure) {
        *self.failures.entry(failure).or_default() += 1;
    }

    /// Counts so many deliveries that were never begun.
    pub fn leave_unsent(&mut self, count: u64) {
        if count > 0 {
            *self.failures.entry(LoadFailure::Unsent).or_default() += count;
        }
    }

    /// Adds what another part of the run counted.
    pub fn merge(&mut self, other: &LoadTally) {
        self.latencies.merge(&other.latencies);
        self.resent += other.resent;
        for (failure, count) in &other.failures {
            *self.failures.entry(*failure).or_default() += count;
        }
    }

    /// All deliveries that failed.
    pub fn failed(&self) -> u64 {
        self.failures.values().sum()
    }

    /// Closes the books of a plan that took `elapsed` from the first delivery to the end of the last.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn report(self, plan: &LoadPlan, elapsed: Duration) -> LoadReport {
        let (delivered, failed) = (self.latencies.count(), self.failed());
        LoadReport {
            rate: match plan.pace {
                Pace::Open { rate } => Some(rate),
                Pace::Closed => None,
            },
            duration: plan.duration,
            connections: plan.connections,
            due: delivered + failed,
            delivered,
            failed,
            errors: self.failures,
            resent: self.resent,
            delivered_per_second: (delivered as f64 / elapsed.as_secs_f64().max(1e-6) * 10.0).round() / 10.0,
            latency: self.latencies.summary(),
            latencies: self.latencies,
        }
    }
}

impl fmt::Display for LoadFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadFailure::Connect => f.write_str("connect"),
            LoadFailure::Timeout => f.write_str("timeout"),
            LoadFailure::Broken => f.write_str("broken"),
            LoadFailure::Unsent => f.write_str("unsent"),
            LoadFailure::Status(status) => write!(f, "status_{status}"),
        }
    }
}

impl Serialize for LoadFailure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(rate: f64, seconds: f64) -> LoadPlan {
        LoadPlan {
            pace: Pace::Open { rate },
            duration: Duration::from_secs_f64(seconds),
            connections: 1,
            timeout: Duration::from_secs(1),
            drain: Duration::from_secs(1),
        }
    }

    #[test]
    fn deliveries_fall_due_evenly_and_the_last_before_the_end() {
        for (rate, seconds, due) in
            [(100.0, 2.0, 200), (0.5, 4.0, 2), (3.0, 1.0, 3), (0.1, 1.0, 1), (1e6, 3600.0, 3_600_000_000)]
        {
            let plan = plan(rate, seconds);
            assert_eq!(plan.due(), Some(due));
            assert_eq!(plan.due_at(0), Duration::ZERO);
            assert!(plan.due_at(due - 1) < plan.duration, "{rate} {seconds}");
        }
        assert_eq!(plan(4.0, 1.0).due_at(3), Duration::from_millis(750));
    }

    #[test]
    fn each_delivery_is_either_delivered_or_failed() {
        let (mut first, mut second) = (LoadTally::default(), LoadTally::default());
        first.latencies.record(Duration::from_millis(3));
        first.fail(LoadFailure::Status(503));
        second.fail(LoadFailure::Status(503));
        second.fail(LoadFailure::Timeout);
        second.leave_unsent(2);
        first.merge(&second);
        let report = first.report(&plan(6.0, 1.0), Duration::from_secs(1));
        assert_eq!((report.due, report.delivered, report.failed), (6, 1, 5));
        let document = serde_json::to_value(&report).expect("JSON");
        assert_eq!(document["errors"], serde_json::json!({"status_503": 2, "timeout": 1, "unsent": 2}));
        assert_eq!(document["latency"]["count"], 1);
    }
}
