//! The parts of the evidence, and which of them a check goes by.

use crate::certification::{Check, Kind, RuleSet, Tier};
use crate::error::{Error, Result};

/// A part of the evidence that needs the running integration, or runs something else of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Genuine deliveries.
    Deliveries,
    /// The suites of deliveries that are not genuine, or not for the first time.
    Forgeries,
    /// Faults of upstreams.
    Upstreams,
    /// Latency at the declared rate.
    Latency,
    /// A person's authorization.
    Authorization,
    /// Crashes.
    Recovery,
    /// Commands of the setup guide.
    Guide,
    /// Endpoints beyond this machine.
    Endpoints,
}

const ALL: [Part; 8] = [
    Part::Deliveries,
    Part::Forgeries,
    Part::Upstreams,
    Part::Latency,
    Part::Authorization,
    Part::Recovery,
    Part::Guide,
    Part::Endpoints,
];

/// Parts that are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts([bool; ALL.len()]);

impl Parts {
    /// Everything that a tier needs.
    pub fn of_tier(tier: Tier) -> Self {
        Parts(ALL.map(|part| part.tier() <= tier))
    }

    /// What the named checks go by, as far as the tier needs them.
    pub fn of_checks(rules: &RuleSet, ids: &[String], tier: Tier) -> Result<Self> {
        let known = |id: &String| {
            rules.check(id).ok_or_else(|| {
                let ids: Vec<_> = rules.checks.iter().map(|check| check.id).collect();
                Error::usage(format!("there is no check {id:?} in the rules {}", rules.version))
                    .hint(format!("the checks are {}", ids.join(", ")))
            })
        };
        let checks = ids.iter().map(known).collect::<Result<Vec<_>>>()?;
        let above = checks.iter().find(|check| check.tier > tier);
        if let Some(check) = above {
            return Err(Error::usage(format!("{} belongs to tier {}", check.id, check.tier))
                .hint(format!("ask for it with --tier {}", check.tier)));
        }
        Ok(Parts(ALL.map(|part| checks.iter().any(|check| part.is_for(check)))))
    }

    /// Whether a part is gathered.
    pub fn has(self, part: Part) -> bool {
        ALL.iter().zip(self.0).any(|(known, taken)| *known == part && taken)
    }

    /// Whether any of them needs the running integration.
    pub fn start_it(self) -> bool {
        let needs_it = |part: &Part| !matches!(part, Part::Guide | Part::Endpoints);
        ALL.into_iter().filter(needs_it).any(|part| self.has(part))
    }
}

impl Part {
    /// The seed of a part within a run's. Parts share the integration's store, side by side and one after the other, so that
    /// none may send the ids of another.
    pub(super) fn seed(self, run: u64) -> u64 {
        run.wrapping_add((self as u64) << 32)
    }

    /// The lowest tier that needs it.
    fn tier(self) -> Tier {
        match self {
            Part::Deliveries => Tier::Listed,
            Part::Forgeries | Part::Upstreams | Part::Latency | Part::Authorization | Part::Guide | Part::Endpoints => {
                Tier::Verified
            }
            Part::Recovery => Tier::Premier,
        }
    }

    /// Whether a check goes by it.
    fn is_for(self, check: &Check) -> bool {
        let parts: &[Part] = match check.id {
            "REL-EVENTS" => &[Part::Deliveries],
            "REL-RETRY" | "PERF-RATELIMIT" => &[Part::Upstreams],
            "PERF-LATENCY" => &[Part::Latency],
            "SEC-OAUTH-FLOW" => &[Part::Authorization],
            "SEC-SCOPES" => &[Part::Authorization, Part::Deliveries],
            "REL-RECOVERY" => &[Part::Recovery],
            "DOC-SETUP-RUN" => &[Part::Guide],
            "SEC-TLS" => &[Part::Endpoints],
            _ if check.kind == Kind::Dynamic => &[Part::Deliveries, Part::Forgeries],
            _ => &[],
        };
        parts.contains(&self)
    }
}
