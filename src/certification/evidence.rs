//! What was gathered before the checks look: the running integration, and what lies outside of the files.

use std::time::Duration;

use super::authorization::{ScopeRequest, Transcript};
use super::compatibility::Published;
use super::endpoint::EndpointTls;
use super::exceptions::Exceptions;
use super::finished::Finished;
use super::guide::CommandRun;
use super::history::History;
use super::imported::Imported;
use super::rebuilt::Rebuilt;
use super::work_tree::WorkTree;
use crate::advisory::Advisories;
use crate::verdict::Verdict;
use crate::webhook::{self, GateVerdict, Judgement, LoadReport, Recovery};

/// Something that was looked for: seen, or why it was not. A check that goes by it can never pass for want of it.
#[derive(Debug, Clone)]
pub enum Gathered<T> {
    /// It was seen.
    Seen(T),
    /// There is no such thing here.
    NotApplicable(String),
    /// It was not looked for.
    NotRun(String),
    /// It was looked for without an answer.
    Inconclusive(String),
}

impl<T> Gathered<T> {
    /// Judges what was seen; else says why there is nothing to judge.
    pub fn judge(&self, look: impl FnOnce(&T) -> Finished) -> Finished {
        match self {
            Gathered::Seen(seen) => look(seen),
            Gathered::NotApplicable(why) => Finished::not_applicable(why),
            Gathered::NotRun(why) => Finished::with(Verdict::NotRun, why),
            Gathered::Inconclusive(why) => Finished::with(Verdict::Inconclusive, why),
        }
    }
}

impl<T> Gathered<T> {
    /// What is made of what was seen; the reason stays where nothing was.
    pub fn and<U>(self, make: impl FnOnce(T) -> U) -> Gathered<U> {
        match self {
            Gathered::Seen(seen) => Gathered::Seen(make(seen)),
            Gathered::NotApplicable(why) => Gathered::NotApplicable(why),
            Gathered::NotRun(why) => Gathered::NotRun(why),
            Gathered::Inconclusive(why) => Gathered::Inconclusive(why),
        }
    }

    /// The reason of something else for not being seen; where that was seen, there is none and nothing was looked for.
    pub fn without<U>(self) -> Gathered<U> {
        match self {
            Gathered::Seen(_) => Gathered::default(),
            Gathered::NotApplicable(why) => Gathered::NotApplicable(why),
            Gathered::NotRun(why) => Gathered::NotRun(why),
            Gathered::Inconclusive(why) => Gathered::Inconclusive(why),
        }
    }
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Gathered::NotRun("it was not looked for here".to_owned())
    }
}

/// What was gathered.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Seed of what was sent to the integration.
    pub seed: Option<u64>,
    /// The suites of deliveries: delivery, and from `verified` on signature, replay and robustness.
    pub deliveries: Gathered<webhook::Report>,
    /// The suite of faults of upstreams.
    pub upstreams: Gathered<webhook::Report>,
    /// Latencies at the rate that the manifest declares.
    pub latency: Gathered<LatencyRun>,
    /// What other scanners found.
    pub imported: Gathered<Vec<Imported>>,
    /// What is left out of the verdicts.
    pub exceptions: Exceptions,
    /// The package, packed again.
    pub rebuilt: Gathered<Rebuilt>,
    /// The published version that this one follows.
    pub published: Gathered<Published>,
    /// The work tree besides what is shipped.
    pub work_tree: Gathered<WorkTree>,
    /// What was ever committed.
    pub history: Gathered<History>,
    /// A person's authorization.
    pub authorization: Gathered<Transcript>,
    /// Scopes that were asked for while it ran.
    pub scopes: Gathered<Vec<ScopeRequest>>,
    /// Crashes in the middle of work.
    pub recovery: Gathered<Recovery>,
    /// Commands of the setup guide that are marked as run.
    pub guide: Gathered<Vec<CommandRun>>,
    /// Advisories on the packages of the lockfiles.
    pub advisories: Gathered<Advisories>,
    /// What endpoints beyond this machine offer.
    pub endpoints: Gathered<Vec<EndpointTls>>,
}

impl Evidence {
    /// Gives one reason for all that only an integration that runs can show.
    pub fn leave_out_runs(&mut self, reason: &Gathered<()>) {
        self.deliveries = reason.clone().without();
        self.upstreams = reason.clone().without();
        self.latency = reason.clone().without();
        self.authorization = reason.clone().without();
        self.recovery = reason.clone().without();
        self.scopes = reason.clone().without();
    }
}

/// A run at a rate, judged by the standard gate.
#[derive(Debug, Clone)]
pub struct LatencyRun {
    /// What was sent and came back.
    pub report: LoadReport,
    /// Whether the gate is kept.
    pub gate: GateVerdict,
    /// How late this program's own clock ticked meanwhile, at p95: what a machine that is busy with something else adds.
    pub lateness: Duration,
    /// Whether what was acknowledged had its effect, once.
    pub work: Gathered<Judgement>,
}
