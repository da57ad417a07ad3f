//! The search for the highest rate that an endpoint bears: which rate to try next.

/// Rates closer together than this are not told apart.
const CLOSE: f64 = 1.02;
/// The first rate tried, as a share of the highest throughput.
const FIRST: f64 = 0.95;
/// By how much the rate falls while none has held.
const FALL: f64 = 0.6;

/// Narrows the highest rate that holds, from above until one holds and then by halves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateSearch {
    held: Option<f64>,
    /// Rates from here on do not hold.
    limit: f64,
    /// Nothing was tried so far.
    fresh: bool,
}

impl RateSearch {
    /// Begins below the highest throughput that was seen, in deliveries a second.
    pub fn below(maximum: f64) -> Self {
        RateSearch { held: None, limit: maximum, fresh: true }
    }

    /// The rate to try next; `None` once the answer is known closely enough, or no rate above 1 in 10 seconds holds.
    pub fn next_rate(&self) -> Option<f64> {
        let rate = match self.held {
            None if self.fresh => self.limit * FIRST,
            None => self.limit * FALL,
            Some(held) if self.limit / held < CLOSE => return None,
            Some(held) => f64::midpoint(held, self.limit),
        };
        // A rate that people can type.
        let rate = if rate >= 100.0 { rate.floor() } else { (rate * 10.0).floor() / 10.0 };
        (rate >= 0.1 && self.held.is_none_or(|held| rate > held)).then_some(rate)
    }

    /// Takes in whether a rate held.
    pub fn record(&mut self, rate: f64, held: bool) {
        self.fresh = false;
        if held {
            self.held = Some(rate);
        } else {
            self.limit = rate;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_highest_rate_that_holds_is_found_within_a_few_tries(maximum in 50.0f64..100_000.0, share in 0.05f64..1.0) {
            let truth = maximum * share;
            let mut search = RateSearch::below(maximum);
            let (mut best, mut tries) = (0.0, 0);
            while let Some(rate) = search.next_rate() {
                prop_assert!(rate <= maximum);
                let held = rate <= truth;
                if held {
                    best = rate;
                }
                search.record(rate, held);
                tries += 1;
            }
            prop_assert!(tries <= 14, "{tries}");
            prop_assert!(best <= truth && best >= truth / 1.06 - 0.2, "{best} of {truth}");
        }
    }

    #[test]
    fn an_endpoint_that_bears_nothing_ends_the_search() {
        let mut search = RateSearch::below(1000.0);
        let mut tries = 0;
        while let Some(rate) = search.next_rate() {
            search.record(rate, false);
            tries += 1;
        }
        assert!(tries < 30, "{tries}");
    }
}
