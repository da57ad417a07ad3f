//! Latencies of a load test: a histogram of bounded size, its percentiles, and how sure a percentile is.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Serialize, Serializer};

/// Longest latency that is told apart, in microseconds: an hour.
const LONGEST: u64 = 3_600_000_000;
/// Confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// A quantile that a report shows and a gate can bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantile {
    /// Half of the deliveries were as fast.
    P50,
    /// 90 of 100.
    P90,
    /// 95 of 100.
    P95,
    /// 99 of 100.
    P99,
    /// 999 of 1000.
    P999,
    /// All of them. Says what was seen, and nothing of what another run would see.
    Max,
}

impl Quantile {
    /// All quantiles, rising.
    pub const ALL: [Quantile; 6] =
        [Quantile::P50, Quantile::P90, Quantile::P95, Quantile::P99, Quantile::P999, Quantile::Max];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Quantile::P50 => "p50",
            Quantile::P90 => "p90",
            Quantile::P95 => "p95",
            Quantile::P99 => "p99",
            Quantile::P999 => "p99.9",
            Quantile::Max => "max",
        }
    }

    /// The share of deliveries at or below it.
    pub const fn share(self) -> f64 {
        match self {
            Quantile::P50 => 0.5,
            Quantile::P90 => 0.9,
            Quantile::P95 => 0.95,
            Quantile::P99 => 0.99,
            Quantile::P999 => 0.999,
            Quantile::Max => 1.0,
        }
    }
}

/// Latencies of deliveries that were accepted. Values keep three significant digits, so that memory stays at some 200 KiB
/// whatever the count is.
#[derive(Debug, Clone)]
pub struct Latencies(Histogram<u64>);

/// Where a percentile of the endpoint lies with a confidence of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    #[serde(rename = "low_ms", serialize_with = "milliseconds")]
    pub low: Duration,
    /// Upper end.
    #[serde(rename = "high_ms", serialize_with = "milliseconds")]
    pub high: Duration,
    /// The confidence, 0.95.
    pub confidence: f64,
}

/// The percentiles of a run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LatencySummary {
    /// Deliveries that are counted.
    pub count: u64,
    /// Arithmetic mean.
    #[serde(rename = "mean_ms", serialize_with = "milliseconds")]
    pub mean: Duration,
    /// 50th percentile.
    #[serde(rename = "p50_ms", serialize_with = "milliseconds")]
    pub p50: Duration,
    /// 90th percentile.
    #[serde(rename = "p90_ms", serialize_with = "milliseconds")]
    pub p90: Duration,
    /// 95th percentile.
    #[serde(rename = "p95_ms", serialize_with = "milliseconds")]
    pub p95: Duration,
    /// Confidence interval of the 95th percentile; absent below 72 deliveries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p95_interval: Option<Interval>,
    /// 99th percentile.
    #[serde(rename = "p99_ms", serialize_with = "milliseconds")]
    pub p99: Duration,
    /// 99.9th percentile.
    #[serde(rename = "p99_9_ms", serialize_with = "milliseconds")]
    pub p99_9: Duration,
    /// The longest.
    #[serde(rename = "max_ms", serialize_with = "milliseconds")]
    pub max: Duration,
}

/// Serialises a duration as milliseconds with microseconds behind the point.
pub(super) fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(as_milliseconds(*duration))
}

/// Milliseconds, rounded to microseconds.
#[expect(clippy::cast_precision_loss, reason = "an hour in microseconds is far below 2^53")]
fn as_milliseconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1e3
}

impl Default for Latencies {
    fn default() -> Self {
        #[expect(clippy::expect_used, reason = "1, an hour and 3 digits are bounds that hdrhistogram takes")]
        Latencies(Histogram::new_with_bounds(1, LONGEST, 3).expect("valid bounds"))
    }
}

impl Latencies {
    /// Adds one latency, counted from the time at which the delivery was due. More than an hour counts as an hour.
    pub fn record(&mut self, latency: Duration) {
        self.0.saturating_record(u64::try_from(latency.as_micros()).unwrap_or(LONGEST));
    }

    /// Adds all latencies of another recording.
    pub fn merge(&mut self, other: &Latencies) {
        // Both have the same bounds, which is the one thing that can be wrong here.
        let _ = self.0.add(&other.0);
    }

    /// How many were recorded.
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The value of a quantile, at most 0.1 % above the true one; `None` where nothing was recorded.
    pub fn quantile(&self, quantile: Quantile) -> Option<Duration> {
        let value = || match quantile {
            Quantile::Max => self.0.max(),
            _ => self.0.value_at_quantile(quantile.share()).min(self.0.max()),
        };
        (!self.0.is_empty()).then(|| Duration::from_micros(value()))
    }

    /// The confidence interval of a quantile, from the order statistics: with `n` latencies the number of those below the
    /// true quantile is binomial with `n` and its share, so that the quantile lies between the `l`-th and the `u`-th
    /// smallest latency unless that number falls into one of two tails of at most 2.5 % each (Hahn, Meeker and Escobar:
    /// Statistical Intervals, 2nd edition, section 5.2; the tails are summed exactly). Nothing is assumed of the
    /// distribution but that latencies are independent of each other, which they are the less, the longer stalls last.
    ///
    /// `None` below [`Latencies::least`] deliveries, and for the maximum.
    pub fn interval(&self, quantile: Quantile) -> Option<Interval> {
        let (low, high) = ranks(self.count(), quantile)?;
        Some(Interval { low: self.at_rank(low), high: self.at_rank(high), confidence: CONFIDENCE })
    }

    /// Fewest deliveries for which a quantile has an interval: 72 for the p95, 368 for the p99.
    pub fn least(quantile: Quantile) -> u64 {
        // The upper end exists where all latencies below the quantile are a tail: share^n <= 2.5 %; the lower end
        // likewise. No power of the maximum's share ever is.
        if quantile == Quantile::Max {
            return u64::MAX;
        }
        let widest = quantile.share().max(1.0 - quantile.share());
        let least = (((1.0 - CONFIDENCE) / 2.0).ln() / widest.ln()).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 6 and 3688")]
        let least = least as u64;
        least
    }

    /// The percentiles; `None` where nothing was recorded.
    pub fn summary(&self) -> Option<LatencySummary> {
        Some(LatencySummary {
            count: self.count(),
            mean: Duration::try_from_secs_f64(self.0.mean() / 1e6).unwrap_or_default(),
            p50: self.quantile(Quantile::P50)?,
            p90: self.quantile(Quantile::P90)?,
            p95: self.quantile(Quantile::P95)?,
            p95_interval: self.interval(Quantile::P95),
            p99: self.quantile(Quantile::P99)?,
            p99_9: self.quantile(Quantile::P999)?,
            max: self.quantile(Quantile::Max)?,
        })
    }

    /// The `rank`-th smallest latency, from 1.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    fn at_rank(&self, rank: u64) -> Duration {
        // The middle of the rank's step, so that no rounding leads to a neighbour.
        let value = self.0.value_at_quantile((rank as f64 - 0.5) / self.count() as f64);
        Duration::from_micros(value.min(self.0.max()))
    }
}

/// The ranks whose values enclose a quantile of `count` independent values with the confidence of all intervals.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the count")]
fn ranks(count: u64, quantile: Quantile) -> Option<(u64, u64)> {
    if count < Latencies::least(quantile) {
        return None;
    }
    let (n, p) = (count as f64, quantile.share());
    // What lies further than 12 standard deviations from the mean adds nothing that an f64 could hold.
    let reach = 12.0 * (n * p * (1.0 - p)).sqrt() + 10.0;
    let first = (n * p - reach).max(0.0) as u64;
    let last = ((n * p + reach) as u64).min(count);
    let mode = ((n + 1.0) * p) as u64;
    let mode = mode.clamp(first, last);
    // Weights relative to that of the mode, by the ratio of neighbours; their sum is the unit.
    let odds = p / (1.0 - p);
    let mut weights = vec![1.0; usize::try_from(last - first + 1).ok()?];
    let middle = usize::try_from(mode - first).ok()?;
    for at in middle + 1..weights.len() {
        let k = (first + at as u64) as f64;
        weights[at] = weights[at - 1] * odds * (n - k + 1.0) / k;
    }
    for at in (0..middle).rev() {
        let k = (first + at as u64) as f64;
        weights[at] = weights[at + 1] * (k + 1.0) / ((n - k) * odds);
    }
    let tail = weights.iter().sum::<f64>() * (1.0 - CONFIDENCE) / 2.0;
    // Largest l with P(fewer than l below) <= 2.5 %, smallest u with P(u or more below) <= 2.5 %.
    let steps_within = |weights: &mut dyn Iterator<Item = &f64>| {
        let mut sum = 0.0;
        weights
            .take_while(|weight| {
                sum += **weight;
                sum <= tail
            })
            .count() as u64
    };
    let low = first + steps_within(&mut weights.iter());
    let high = last + 1 - steps_within(&mut weights.iter().rev());
    (low >= 1 && high <= count).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::SplitMix64;
    use proptest::prelude::*;

    #[test]
    fn ranks_are_those_of_the_published_tables() {
        // Conover, Practical Nonparametric Statistics; R: qbinom(c(.025, .975), n, p) + c(0, 1).
        assert_eq!(ranks(100, Quantile::P50), Some((40, 61)));
        assert_eq!(ranks(500, Quantile::P95), Some((465, 485)));
        assert_eq!(ranks(71, Quantile::P95), None);
        assert_eq!(ranks(72, Quantile::P95).map(|(_, high)| high), Some(72));
        assert_eq!(ranks(1_000_000, Quantile::Max), None);
    }

    #[test]
    fn the_least_count_is_where_the_ranks_begin() {
        for quantile in Quantile::ALL.into_iter().filter(|quantile| *quantile != Quantile::Max) {
            let least = Latencies::least(quantile);
            assert!(ranks(least, quantile).is_some(), "{quantile:?}");
            assert!(ranks(least - 1, quantile).is_none(), "{quantile:?}");
        }
        assert_eq!((Latencies::least(Quantile::P95), Latencies::least(Quantile::P99)), (72, 368));
    }

    #[test]
    fn percentiles_are_the_values_at_their_ranks() {
        let mut latencies = Latencies::default();
        (1..=1000).for_each(|step| latencies.record(Duration::from_micros(step)));
        let summary = latencies.summary().expect("recorded");
        let expected = [500, 900, 950, 990, 999, 1000].map(Duration::from_micros);
        assert_eq!([summary.p50, summary.p90, summary.p95, summary.p99, summary.p99_9, summary.max], expected);
        let interval = summary.p95_interval.expect("enough");
        assert_eq!((interval.low, interval.high), (Duration::from_micros(936), Duration::from_micros(964)));
    }

    #[test]
    fn nothing_recorded_has_no_percentile_and_too_long_counts_as_an_hour() {
        assert_eq!(Latencies::default().summary(), None);
        let mut latencies = Latencies::default();
        latencies.record(Duration::from_hours(30));
        assert!(latencies.quantile(Quantile::Max).expect("recorded") >= Duration::from_mins(59));
    }

    #[test]
    fn the_interval_covers_the_true_percentile_as_often_as_it_says() {
        // Uniform latencies below 1000 us, so the true p95 is 950 us. 97 % or so of intervals must hold it: the ranks are
        // whole numbers, so a little more than 95 % is due. The seed is fixed.
        let mut random = SplitMix64::new(1);
        let holds = (0..1000).filter(|_| {
            let mut latencies = Latencies::default();
            (0..500).for_each(|_| latencies.record(Duration::from_micros(random.below(1000) as u64 + 1)));
            let interval = latencies.interval(Quantile::P95).expect("enough");
            interval.low <= Duration::from_micros(950) && Duration::from_micros(950) <= interval.high
        });
        let covered = holds.count();
        assert!((935..=985).contains(&covered), "{covered} of 1000");
    }

    proptest! {
        #[test]
        fn an_interval_encloses_its_percentile(values in proptest::collection::vec(1u64..5_000_000, 72..600)) {
            let mut latencies = Latencies::default();
            for value in &values {
                latencies.record(Duration::from_micros(*value));
            }
            for quantile in Quantile::ALL {
                let value = latencies.quantile(quantile).expect("recorded");
                if let Some(interval) = latencies.interval(quantile) {
                    prop_assert!(interval.low <= value && value <= interval.high);
                }
            }
        }
    }
}
