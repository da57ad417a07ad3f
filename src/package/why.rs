//! Why a file of a project is in its package, or is not.

use std::fmt;

use serde::Serialize;

/// Why something is not in a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyOut {
    /// It is of a kind that no package holds, whatever `include` names.
    Never {
        /// The pattern.
        pattern: String,
    },
    /// A pattern of `exclude` names it.
    Excluded {
        /// The pattern.
        pattern: String,
    },
    /// No pattern of `include` names it.
    NotIncluded,
    /// git ignores it.
    Ignored,
    /// A folder with nothing in it that belongs.
    Nothing,
}

/// Why a file is in a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyIn {
    /// git tracks it.
    Tracked,
    /// git does not track it yet, and does not ignore it.
    Untracked,
    /// Nothing ignores it, where there is no repository to ask.
    NotIgnored,
    /// A pattern of `include` names it.
    Included {
        /// The pattern.
        pattern: String,
    },
    /// No package is one without it.
    Needed,
}

impl fmt::Display for WhyIn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhyIn::Tracked => out.write_str("tracked"),
            WhyIn::Untracked => out.write_str("not tracked yet, and not ignored"),
            WhyIn::NotIgnored => out.write_str("not ignored"),
            WhyIn::Included { pattern } => write!(out, "include {pattern:?}"),
            WhyIn::Needed => out.write_str("needed"),
        }
    }
}

impl fmt::Display for WhyOut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhyOut::Never { pattern } => write!(out, "never packed ({pattern})"),
            WhyOut::Excluded { pattern } => write!(out, "exclude {pattern:?}"),
            WhyOut::NotIncluded => out.write_str("no include pattern names it"),
            WhyOut::Ignored => out.write_str("git ignores it"),
            WhyOut::Nothing => out.write_str("nothing in it belongs"),
        }
    }
}
