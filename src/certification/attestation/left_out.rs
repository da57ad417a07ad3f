//! How many findings of a check do not count, so that whoever reads a verdict knows what it was reached without.

use serde::{Deserialize, Serialize};

use crate::certification::finding::{Finding, LeftOut};

/// Findings of a check that do not count, by who left them out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutCounts {
    /// The project's suppressions.
    pub suppressed: u32,
    /// A baseline, with which no tier is reached.
    pub baseline: u32,
    /// Other scanners, which were told to.
    pub by_scanners: u32,
}

impl LeftOutCounts {
    /// Counts what was left out of findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut counts = LeftOutCounts::default();
        for why in findings.iter().filter_map(|finding| finding.left_out.as_ref()) {
            let count = match why {
                LeftOut::Suppression { .. } => &mut counts.suppressed,
                LeftOut::Baseline => &mut counts.baseline,
                LeftOut::Scanner { .. } => &mut counts.by_scanners,
            };
            *count = count.saturating_add(1);
        }
        counts
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        u64::from(self.suppressed) + u64::from(self.baseline) + u64::from(self.by_scanners)
    }
}
