//! What a case or a check came to.

use crate::manifest::vocabulary;

vocabulary! {
    /// What a case or a check came to.
    Verdict, "verdict" {
        /// Holds.
        Pass = "pass",
        /// Does not hold.
        Fail = "fail",
        /// Holds, but wants attention.
        Warn = "warn",
        /// Has no object here.
        NotApplicable = "not_applicable",
        /// Could not be run.
        NotRun = "not_run",
        /// Ran without an answer.
        Inconclusive = "inconclusive",
    }
}

impl Verdict {
    /// Whether it stands in the way of nothing. A warning holds: it passed, and wants attention.
    pub fn holds(self) -> bool {
        matches!(self, Verdict::Pass | Verdict::Warn | Verdict::NotApplicable)
    }
}
