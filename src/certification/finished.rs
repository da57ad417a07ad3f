//! What a check came to.

use super::finding::{Finding, LeftOut, Level};
use crate::verdict::Verdict;

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in a few words.
    pub summary: String,
    /// What was found, sorted by place.
    pub findings: Vec<Finding>,
    /// What it comes to where nothing that was found fails it.
    otherwise: Box<(Verdict, String)>,
}

impl Finished {
    /// Holds.
    pub fn pass(summary: impl Into<String>) -> Self {
        Finished::with(Verdict::Pass, summary)
    }

    /// Ends with `verdict` and nothing to point at.
    pub fn with(verdict: Verdict, summary: impl Into<String>) -> Self {
        let summary = summary.into();
        Finished { verdict, summary: summary.clone(), findings: Vec::new(), otherwise: Box::new((verdict, summary)) }
    }

    /// Has no object here.
    pub fn not_applicable(summary: impl Into<String>) -> Self {
        Finished::with(Verdict::NotApplicable, summary)
    }

    /// Does not hold, for one reason.
    pub fn fail(finding: Finding) -> Self {
        Finished::from_findings(vec![finding], "")
    }

    /// Holds when nothing was found; holds with a warning when nothing worse was; else fails. Findings come sorted by
    /// place.
    pub fn from_findings(mut findings: Vec<Finding>, holds: impl Into<String>) -> Self {
        findings.sort_by(|a, b| (&a.path, a.line, a.column, &a.message).cmp(&(&b.path, b.line, b.column, &b.message)));
        Finished { findings, ..Finished::pass(holds) }.settled()
    }

    /// The same, which comes to `verdict` where nothing that was found fails it: neither a warning nor what was left out
    /// must hide that something else has no answer.
    #[must_use]
    pub fn otherwise(self, verdict: Verdict, summary: impl Into<String>) -> Self {
        Finished { otherwise: Box::new((verdict, summary.into())), ..self }.settled()
    }

    /// The same with its findings marked, judged by those that still count.
    pub(super) fn marked(self, mark: impl FnMut(Finding) -> Finding) -> Self {
        let counting = |findings: &[Finding]| findings.iter().filter(|finding| finding.counts()).count();
        let before = counting(&self.findings);
        let findings: Vec<_> = self.findings.into_iter().map(mark).collect();
        let changed = counting(&findings) != before;
        let marked = Finished { findings, verdict: self.verdict, summary: self.summary, otherwise: self.otherwise };
        if changed { marked.settled() } else { marked }
    }

    /// The same, judged by those findings that count.
    fn settled(self) -> Self {
        let weighing =
            |level| self.findings.iter().filter(|finding| finding.counts() && finding.level == level).count();
        let by_baseline = self.left_out(|why| matches!(why, LeftOut::Baseline));
        let (verdict, said) = match (weighing(Level::Error), weighing(Level::Warning)) {
            (0, _) if !self.otherwise.0.holds() => *self.otherwise.clone(),
            (0, 0) if by_baseline > 0 => (Verdict::Warn, String::new()),
            (0, 0) => *self.otherwise.clone(),
            (0, warnings) => (Verdict::Warn, counted(warnings, "warning")),
            (errors, _) => (Verdict::Fail, counted(errors, "finding")),
        };
        let suppressed = self.left_out(|why| !matches!(why, LeftOut::Baseline));
        let left_out = [(suppressed, "suppressed"), (by_baseline, "in the baseline")];
        let left_out = left_out.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        let said: Vec<_> = Some(said).filter(|said| !said.is_empty()).into_iter().chain(left_out).collect();
        Finished { verdict, summary: said.join(", "), ..self }
    }

    fn left_out(&self, by: impl Fn(&LeftOut) -> bool) -> usize {
        self.findings.iter().filter(|finding| finding.left_out.as_ref().is_some_and(&by)).count()
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_does_not_hide_what_has_no_answer() {
        let undecided =
            |finding| Finished::from_findings(vec![finding], "holds").otherwise(Verdict::Inconclusive, "no answer");
        assert_eq!(undecided(Finding::new("x")).verdict, Verdict::Fail);
        let marked = undecided(Finding::new("x")).marked(|finding| finding.left_out(LeftOut::Baseline));
        assert_eq!((marked.verdict, &*marked.summary), (Verdict::Inconclusive, "no answer, 1 in the baseline"));
    }

    #[test]
    fn neither_a_warning_nor_nothing_hides_what_has_no_answer() {
        for findings in [vec![], vec![Finding::new("x").warning()], vec![Finding::new("x").note()]] {
            let undecided = Finished::from_findings(findings, "holds").otherwise(Verdict::Inconclusive, "no answer");
            assert_eq!((undecided.verdict, &*undecided.summary), (Verdict::Inconclusive, "no answer"));
        }
        // Where it has an answer, a warning counts as ever.
        assert_eq!(Finished::from_findings(vec![Finding::new("x").warning()], "holds").verdict, Verdict::Warn);
        assert_eq!(Finished::from_findings(vec![Finding::new("x").note()], "holds").verdict, Verdict::Pass);
    }

    #[test]
    fn a_baseline_leaves_a_warning_and_a_suppression_none() {
        let marked = |why: LeftOut| Finished::fail(Finding::new("x")).marked(|finding| finding.left_out(why.clone()));
        assert_eq!(marked(LeftOut::Baseline).verdict, Verdict::Warn);
        assert_eq!(marked(LeftOut::Scanner { reason: None }).verdict, Verdict::Pass);
    }
}
