//! The forms of a report.

use crate::manifest::vocabulary;

vocabulary! {
    /// A form of a report.
    Form, "form of report" {
        /// Text for people.
        Human = "human",
        /// The document that `--json` prints.
        Json = "json",
        /// SARIF 2.1.0, as GitHub code scanning takes it.
        Sarif = "sarif",
        /// XML that CI systems show as tests.
        Junit = "junit",
        /// Commands that make GitHub Actions annotate a change.
        Github = "github",
    }
}
