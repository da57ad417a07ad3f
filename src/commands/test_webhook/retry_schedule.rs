//! `test-webhook --retry-schedule`: when a delivery would be tried again.

use std::time::Duration;

use serde::Serialize;

use crate::error::Result;
use crate::stages::exercise;
use crate::ui::{Page, Render, Table, Tone};
use crate::webhook::{
    AnswerScript, Conclusion, Decision, RetrySchedule, ScheduleName, SimulatedAttempt, Simulation, simulate,
};

/// What a schedule makes of an endpoint's answers.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Simulated(Simulation);

/// Plays the answers against the schedule.
pub(super) fn run(name: ScheduleName, answers: &AnswerScript, seed: Option<u64>) -> Result<Simulated> {
    let seed = seed.map_or_else(exercise::fresh_seed, Ok)?;
    Ok(Simulated(simulate(&RetrySchedule { name, seed }, answers)))
}

impl Render for Simulated {
    fn schema(&self) -> &'static str {
        "proveniq.retry-schedule/1"
    }

    fn human(&self, page: &mut Page) {
        let Simulation { schedule, seed, attempts, conclusion, .. } = &self.0;
        page.toned(Tone::Strong, format!("retry schedule {schedule}, seed {seed}"));
        let mut table = Table::new(&["ATTEMPT", "AT", "WAIT", "ANSWER", "WHAT FOLLOWS"]);
        for attempt in attempts {
            let SimulatedAttempt { number, at, wait, answer, follows } = attempt;
            let plain = |text: String| (Tone::Plain, text);
            table.row([
                plain(number.to_string()),
                plain(clock_text(*at)),
                plain(clock_text(*wait)),
                plain(answer.clone()),
                meaning(*follows),
            ]);
        }
        page.block(&table.render());
        let tone = if *conclusion == Conclusion::Delivered { Tone::Good } else { Tone::Bad };
        let total = attempts.last().map_or(Duration::ZERO, |attempt| attempt.at);
        page.gap().toned(tone, format!("{conclusion}, after {}", clock_text(total)));
    }
}

fn meaning(follows: Decision) -> (Tone, String) {
    let (tone, text) = match follows {
        Decision::Delivered => (Tone::Good, "delivered"),
        Decision::Retry { throttle: true, .. } => (Tone::Warn, "another attempt; other deliveries slow down"),
        Decision::Retry { .. } => (Tone::Warn, "another attempt"),
        Decision::Disabled => (Tone::Bad, "the endpoint is disabled"),
        Decision::Exhausted => (Tone::Bad, "given up"),
    };
    (tone, text.to_owned())
}

/// Hours, minutes and seconds, as the schedules are published.
fn clock_text(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{:02}:{:02}:{:02}.{}", seconds / 3600, seconds / 60 % 60, seconds % 60, duration.subsec_millis() / 100)
}
