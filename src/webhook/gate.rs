//! A bound on a latency percentile, and whether a run keeps it.

use std::fmt;
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::latency::{Latencies, Quantile};
use super::span::{duration_text, exact_text, parse_duration};
use crate::verdict::Verdict;

/// A bound such as `p95<500ms`: the percentile of the endpoint must lie below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// Which percentile.
    pub quantile: Quantile,
    /// What it must lie below.
    pub bound: Duration,
}

/// Whether a run keeps a gate, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateVerdict {
    /// The gate as it is typed.
    pub gate: Gate,
    /// Pass, fail or inconclusive.
    pub verdict: Verdict,
    /// What decided it, in words.
    pub reason: String,
}

impl Gate {
    /// The bound of the marketplace's certification, and of a search for the highest rate that names none.
    pub const STANDARD: Gate = Gate { quantile: Quantile::P95, bound: Duration::from_millis(500) };

    /// Parses a percentile, `<` and a duration.
    pub fn parse(text: &str) -> Result<Self, String> {
        let names = || Quantile::ALL.map(Quantile::as_str).join(", ");
        let (name, bound) = text.split_once('<').ok_or_else(|| {
            format!("{text:?} is no gate; write one of {}, then < and a duration, such as p95<500ms", names())
        })?;
        let quantile = Quantile::ALL.into_iter().find(|quantile| quantile.as_str() == name.trim());
        let quantile =
            quantile.ok_or_else(|| format!("{:?} is no percentile of a gate; known: {}", name.trim(), names()))?;
        Ok(Gate { quantile, bound: parse_duration(bound.trim())? })
    }

    /// Judges a run. Deliveries that failed make it fail, however fast the others were: a delivery that is lost has no
    /// latency, and leaving it out would reward an endpoint for losing the slow ones. Else the whole confidence interval
    /// of the percentile decides: below the bound passes, at or above it fails, and one that spans the bound, or too few
    /// deliveries for an interval, is inconclusive. The maximum has no interval: the longest latency seen decides.
    pub fn judge(&self, latencies: &Latencies, failed: u64) -> GateVerdict {
        let (verdict, reason) = self.decide(latencies, failed);
        GateVerdict { gate: *self, verdict, reason }
    }

    fn decide(&self, latencies: &Latencies, failed: u64) -> (Verdict, String) {
        if failed > 0 {
            return (Verdict::Fail, format!("{failed} deliveries failed, and a lost delivery has no latency"));
        }
        let name = self.quantile.as_str();
        let Some(value) = latencies.quantile(self.quantile) else {
            return (Verdict::Inconclusive, "nothing was delivered".to_owned());
        };
        let (count, bound) = (latencies.count(), exact_text(self.bound));
        if self.quantile == Quantile::Max {
            let verdict = if value < self.bound { Verdict::Pass } else { Verdict::Fail };
            return (verdict, format!("the longest of {count} took {}", duration_text(value)));
        }
        let Some(interval) = latencies.interval(self.quantile) else {
            let least = Latencies::least(self.quantile);
            return (Verdict::Inconclusive, format!("{count} deliveries are too few for {name}, {least} are needed"));
        };
        let between = format!(
            "{name} lies between {} and {} with 95 % confidence",
            duration_text(interval.low),
            duration_text(interval.high)
        );
        if interval.high < self.bound {
            (Verdict::Pass, between)
        } else if interval.low >= self.bound {
            (Verdict::Fail, between)
        } else {
            (Verdict::Inconclusive, format!("{between}, and {bound} is in between"))
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}<{}", self.quantile.as_str(), exact_text(self.bound))
    }
}

impl Serialize for Gate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(count: u64, microseconds: impl Fn(u64) -> u64) -> Latencies {
        let mut latencies = Latencies::default();
        (0..count).for_each(|at| latencies.record(Duration::from_micros(microseconds(at))));
        latencies
    }

    fn verdict(gate: &str, latencies: &Latencies, failed: u64) -> Verdict {
        Gate::parse(gate).expect(gate).judge(latencies, failed).verdict
    }

    #[test]
    fn a_gate_is_read_as_it_is_shown() {
        for text in ["p50<250us", "p90<1.5s", "p95<500ms", "p99<2s", "p99.9<900ms", "max<10s"] {
            assert_eq!(Gate::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(Gate::parse("p95<500ms"), Ok(Gate::STANDARD));
        assert_eq!(Gate::parse(" p95 < 500ms "), Ok(Gate::STANDARD));
    }

    #[test]
    fn what_is_no_gate_is_refused_with_what_is_allowed() {
        for (text, part) in [
            ("p95", "such as p95<500ms"),
            ("p95>5s", "such as p95<500ms"),
            ("p42<5s", "known: p50, p90, p95, p99, p99.9, max"),
            ("p95<5", "us, ms, s, m, h"),
            ("p95<0s", "out of range"),
        ] {
            let why = Gate::parse(text).expect_err(text);
            assert!(why.contains(part), "{why}");
        }
    }

    #[test]
    fn the_whole_interval_decides() {
        // 1 to 1000 us: the p95 lies between 936 and 964 us.
        let latencies = run(1000, |at| at + 1);
        assert_eq!(verdict("p95<1ms", &latencies, 0), Verdict::Pass);
        assert_eq!(verdict("p95<900us", &latencies, 0), Verdict::Fail);
        assert_eq!(verdict("p95<950us", &latencies, 0), Verdict::Inconclusive);
        assert_eq!(verdict("max<1.1ms", &latencies, 0), Verdict::Pass);
        assert_eq!(verdict("max<1ms", &latencies, 0), Verdict::Fail);
    }

    #[test]
    fn too_few_deliveries_decide_nothing_and_lost_ones_fail() {
        assert_eq!(verdict("p95<1s", &run(71, |_| 5), 0), Verdict::Inconclusive);
        assert_eq!(verdict("p95<1s", &run(72, |_| 5), 0), Verdict::Pass);
        assert_eq!(verdict("p95<1s", &Latencies::default(), 0), Verdict::Inconclusive);
        assert_eq!(verdict("p95<1s", &run(1000, |_| 5), 1), Verdict::Fail);
    }
}
