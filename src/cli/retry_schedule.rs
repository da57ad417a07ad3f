//! The retry schedules of `test-webhook`.

use clap::Args;

use crate::webhook::{AnswerScript, ScheduleName};

/// What does not go together with a schedule, for which nothing is sent.
const SENT: [&str; 9] = ["suites", "cases", "list_cases", "watch", "reports", "events", "data", "rate", "saturate"];

/// What deliveries would meet, in virtual time.
#[derive(Debug, Clone, Args)]
pub struct RetryScheduleArgs {
    /// Show when a delivery would be tried again, in virtual time: svix or standard
    #[arg(long, value_name = "NAME", value_parser = ScheduleName::parse, conflicts_with_all = SENT)]
    pub retry_schedule: Option<ScheduleName>,
    /// How the endpoint answers, the last answer again and again: such as 503,429:retry-after=120,timeout,reset,200
    #[arg(long, value_name = "SCRIPT", default_value = "503", value_parser = AnswerScript::parse, requires = "retry_schedule")]
    pub answers: AnswerScript,
}
