//! What deliveries would meet at an endpoint that answers as scripted, in virtual time.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};

use super::retry_schedule::{ATTEMPT_TIMEOUT, AttemptResult, Decision, RetryAfter, RetrySchedule};

/// Most answers of a script.
const MOST_ANSWERS: usize = 1000;
/// When virtual time begins, so that dates in a script mean the same on every day.
const BEGINNING: i64 = 1_767_225_600; // 2026-01-01T00:00:00Z

/// The answers of an endpoint, one for each attempt; the last one repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerScript(Vec<ScriptedAnswer>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct ScriptedAnswer {
    text: String,
    result: AttemptResult,
}

/// What a schedule makes of a script.
#[derive(Debug, Clone, Serialize)]
pub struct Simulation {
    /// Name of the schedule.
    pub schedule: &'static str,
    /// Seed of its jitter.
    pub seed: u64,
    /// When virtual time began.
    pub began_at: Timestamp,
    /// Each attempt.
    pub attempts: Vec<SimulatedAttempt>,
    /// What it came to in the end: delivered, disabled or exhausted.
    pub conclusion: Conclusion,
}

/// One attempt in virtual time.
#[derive(Debug, Clone, Serialize)]
pub struct SimulatedAttempt {
    /// Its number, from 1.
    pub number: u32,
    /// When it is sent, from the beginning.
    #[serde(rename = "at_seconds", serialize_with = "seconds")]
    pub at: Duration,
    /// How long it waited, from when the failure of the one before was known.
    #[serde(rename = "wait_seconds", serialize_with = "seconds")]
    pub wait: Duration,
    /// How the endpoint answers, as scripted.
    pub answer: String,
    /// What follows.
    pub follows: Decision,
}

/// How a message's attempts end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// The endpoint took it.
    Delivered,
    /// The endpoint asked for no more messages.
    Disabled,
    /// No attempt was left.
    Exhausted,
}

impl AnswerScript {
    /// Parses answers with commas between them: a status such as `503`, with what its `Retry-After` says where it has one
    /// (`429:retry-after=120`, or a date in quotation marks), `timeout` and `reset`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let answers = split(text).into_iter().take(MOST_ANSWERS + 1).map(ScriptedAnswer::parse);
        let answers = answers.collect::<Result<Vec<_>, _>>()?;
        if answers.len() > MOST_ANSWERS {
            return Err(format!("a script has at most {MOST_ANSWERS} answers"));
        }
        Ok(AnswerScript(answers))
    }

    fn answer(&self, number: u32) -> Option<&ScriptedAnswer> {
        let at = usize::try_from(number - 1).unwrap_or(usize::MAX);
        self.0.get(at).or(self.0.last())
    }
}

impl ScriptedAnswer {
    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let explain =
            || format!("{text:?} is no answer; write a status such as 503 or 429:retry-after=120, timeout, or reset");
        let result = match text {
            "timeout" => AttemptResult::Timeout,
            "reset" => AttemptResult::Broken,
            _ => {
                let (status, rest) = text.split_once(':').map_or((text, None), |(status, rest)| (status, Some(rest)));
                let digits = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
                let status = status.parse().ok().filter(|status| digits && (200..=599).contains(status));
                let value = rest.map(|rest| rest.strip_prefix("retry-after=").ok_or_else(explain)).transpose()?;
                let read = |value: &str| {
                    RetryAfter::parse(value.trim_matches('"')).ok_or_else(|| {
                        format!("{value:?} is no Retry-After; write seconds, or an HTTP date in quotation marks")
                    })
                };
                AttemptResult::Answered {
                    status: status.ok_or_else(explain)?,
                    retry_after: value.map(read).transpose()?,
                }
            }
        };
        Ok(ScriptedAnswer { text: text.to_owned(), result })
    }
}

/// Plays a script against a schedule. Answers take no time, but for those that never come.
pub fn simulate(schedule: &RetrySchedule, script: &AnswerScript) -> Simulation {
    let began_at = Timestamp::from_second(BEGINNING).unwrap_or_default();
    let since_beginning = |time: Timestamp| Duration::try_from(time.duration_since(began_at)).unwrap_or_default();
    let (mut attempts, mut sent_at, mut wait) = (Vec::new(), began_at, Duration::ZERO);
    let mut conclusion = Conclusion::Exhausted;
    for number in 1.. {
        let Some(answer) = script.answer(number) else { break };
        let takes = if answer.result == AttemptResult::Timeout { ATTEMPT_TIMEOUT } else { Duration::ZERO };
        let known_at = sent_at.checked_add(takes).unwrap_or(sent_at);
        let follows = schedule.next(number, answer.result, known_at);
        attempts.push(SimulatedAttempt {
            number,
            at: since_beginning(sent_at),
            wait,
            answer: answer.text.clone(),
            follows,
        });
        match follows {
            Decision::Retry { at, .. } => {
                wait = Duration::try_from(at.duration_since(known_at).max(SignedDuration::ZERO)).unwrap_or_default();
                sent_at = at;
                continue;
            }
            Decision::Delivered => conclusion = Conclusion::Delivered,
            Decision::Disabled => conclusion = Conclusion::Disabled,
            Decision::Exhausted => {}
        }
        break;
    }
    Simulation { schedule: schedule.name.as_str(), seed: schedule.seed, began_at, attempts, conclusion }
}

/// Splits at commas that are not between quotation marks.
fn split(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .collect()
}

impl fmt::Display for Conclusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Conclusion::Delivered => "delivered",
            Conclusion::Disabled => "the endpoint is disabled",
            Conclusion::Exhausted => "given up: no attempt is left",
        })
    }
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    // Milliseconds are as fine as anybody's clock here.
    serializer.serialize_f64((duration.as_secs_f64() * 1e3).round() / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::ScheduleName;
    use proptest::prelude::*;

    fn play(name: ScheduleName, script: &str) -> Simulation {
        simulate(&RetrySchedule { name, seed: 7 }, &AnswerScript::parse(script).expect(script))
    }

    #[test]
    fn a_script_is_played_and_its_last_answer_repeats() {
        let ends = |script: &str| {
            let simulation = play(ScheduleName::Svix, script);
            (simulation.attempts.len(), simulation.conclusion)
        };
        assert_eq!(ends("200"), (1, Conclusion::Delivered));
        assert_eq!(ends("503,503,429:retry-after=120,timeout,reset,200"), (6, Conclusion::Delivered));
        assert_eq!(ends("500, 410"), (2, Conclusion::Disabled));
        assert_eq!(ends("503"), (8, Conclusion::Exhausted));
        assert_eq!(ends("302"), (8, Conclusion::Exhausted));
    }

    #[test]
    fn waits_count_from_the_failure_and_a_timeout_takes_its_time() {
        let attempts = play(ScheduleName::Svix, "timeout,503:retry-after=100000,200").attempts;
        assert_eq!((attempts[0].at, attempts[0].wait), (Duration::ZERO, Duration::ZERO));
        assert_eq!(attempts[1].at, Duration::from_secs(15) + attempts[1].wait);
        assert!((4.0..=6.0).contains(&attempts[1].wait.as_secs_f64()));
        assert_eq!(attempts[2].wait, Duration::from_secs(100_000));
    }

    #[test]
    fn a_date_counts_from_the_beginning_of_virtual_time() {
        let attempts = play(ScheduleName::Svix, r#"503:retry-after="Thu, 01 Jan 2026 01:00:00 GMT",200"#).attempts;
        assert_eq!(attempts[1].at, Duration::from_hours(1));
    }

    #[test]
    fn what_is_no_script_is_refused_with_what_is_allowed() {
        for text in ["", "200,", "99", "600", "abc", "2000", "503:after=5", "+20"] {
            let why = AnswerScript::parse(text).expect_err(text);
            assert!(why.contains("write a status such as 503"), "{why}");
        }
        assert!(AnswerScript::parse("503:retry-after=soon").expect_err("no date").contains("write seconds"));
        assert!(AnswerScript::parse(&"200,".repeat(5000)).expect_err("long").contains("at most 1000"));
    }

    proptest! {
        #[test]
        fn attempts_come_in_order_and_end(seed in any::<u64>(), script in proptest::collection::vec("(200|302|410|429:retry-after=[0-9]{1,5}|50[0-4]|timeout|reset)", 1..12)) {
            for &name in ScheduleName::ALL {
                let simulation = simulate(&RetrySchedule { name, seed }, &AnswerScript::parse(&script.join(",")).expect("script"));
                prop_assert!(simulation.attempts.len() <= 10);
                prop_assert!(simulation.attempts.windows(2).all(|two| two[0].at < two[1].at && two[1].number == two[0].number + 1));
            }
        }
    }
}
