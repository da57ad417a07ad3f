//! Which cases a run has.

use super::case::{Case, Suite};
use super::{delivery, replay, robustness, signature, upstream};
use crate::event::{Event, EventType, sample};
use crate::webhook::signer::Signer;

/// What the cases are made of.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Event types of the endpoint, at least one.
    pub events: &'a [EventType],
    /// Payload that is sent instead of samples.
    pub data: Option<&'a Event>,
    /// Who signs.
    pub signer: &'a Signer,
    /// Who signed before the secret was rotated; only where the endpoint can be given secrets.
    pub old_signer: Option<&'a Signer>,
    /// Names of the systems that the integration calls, the ledger included; empty where they cannot be watched.
    pub upstreams: &'a [String],
    /// Seed of payloads, ids and forged keys.
    pub seed: u64,
}

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Suites, in the order in which they are listed here.
    pub suites: Vec<Suite>,
    /// Identifiers of single cases.
    pub cases: Vec<String>,
    /// Events that are sent as they are, without a control.
    pub sends: Vec<Event>,
}

impl Ground<'_> {
    /// An event with an id of its own for every step.
    pub fn event(&self, step: u64) -> Event {
        let seed = self.seed.wrapping_add(step);
        match self.data {
            Some(data) => data.renewed(seed),
            None => sample(self.events.first().copied().unwrap_or(EventType::WebhookPing), seed),
        }
    }

    /// The cases of a suite.
    fn cases_of(&self, suite: Suite) -> Vec<Case> {
        match suite {
            Suite::Delivery => delivery::cases(self),
            Suite::Signature => signature::cases(self),
            Suite::Replay => replay::cases(self),
            Suite::Robustness => robustness::cases(self),
            Suite::Upstream => upstream::cases(self.upstreams),
        }
    }
}

/// Plans a run: the control, then what was asked for, suite by suite. An unknown case is an error that names the nearest
/// one. Suites that nothing was asked of are not made: some of their bodies are large.
pub fn plan(ground: &Ground<'_>, selection: &Selection) -> Result<Vec<Case>, String> {
    let touched = |suite: &Suite| {
        let named = |id: &String| id.strip_prefix(suite.as_str()).is_some_and(|rest| rest.starts_with('.'));
        selection.suites.contains(suite) || selection.cases.iter().any(named)
    };
    let cases = Suite::ALL.iter().filter(|suite| touched(suite)).flat_map(|suite| ground.cases_of(*suite));
    let asked = |case: &Case| selection.suites.contains(&case.suite) || selection.cases.contains(&case.id);
    let asked: Vec<_> = cases.filter(asked).collect();
    let unknown = |id: &&String| *id != "control" && asked.iter().all(|case| case.id != **id);
    if let Some(unknown) = selection.cases.iter().find(unknown) {
        return Err(format!("there is no case {unknown:?} here; the nearest one is {}", nearest(ground, unknown)));
    }
    let sends = delivery::sends(&selection.sends, ground);
    let control = (sends.is_empty() || !asked.is_empty()).then(|| delivery::control(ground));
    Ok(sends.into_iter().chain(control).chain(asked).collect())
}

fn nearest(ground: &Ground<'_>, unknown: &str) -> String {
    let all = Suite::ALL.iter().flat_map(|suite| ground.cases_of(*suite));
    let near = |case: Case| (strsim::normalized_damerau_levenshtein(&case.id, unknown), case.id);
    all.map(near).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::{Scheme, SigningSecret};
    use std::collections::BTreeSet;

    fn ids(scheme: Scheme, suites: &[Suite]) -> Vec<String> {
        let signer = Signer::symmetric(scheme, [SigningSecret::from_text("a secret").expect("secret")]);
        let upstreams = ["ledger".to_owned()];
        let events = [EventType::LedgerEventCreated];
        let ground = Ground {
            events: &events,
            data: None,
            signer: &signer,
            old_signer: Some(&signer),
            upstreams: &upstreams,
            seed: 1,
        };
        let selection = Selection { suites: suites.to_vec(), ..Selection::default() };
        plan(&ground, &selection).expect("plan").into_iter().map(|case| case.id).collect()
    }

    #[test]
    fn ids_are_unique_and_the_control_comes_first() {
        let ids = ids(Scheme::Standard, Suite::ALL);
        assert_eq!(ids[0], "control");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn a_scheme_has_only_the_cases_that_it_can_tell() {
        let github = ids(Scheme::Github, &[Suite::Signature]);
        assert!(github.contains(&"signature.changed-tail".to_owned()));
        assert!(!github.contains(&"signature.stale".to_owned()));
        assert!(!ids(Scheme::Stripe, &[Suite::Signature]).contains(&"signature.changed-id".to_owned()));
    }
}
