//! What the endpoint showed, for people and as JSON.

use serde::Serialize;

use crate::error::Kind;
use crate::stages::exercise::Exercised;
use crate::ui::{Page, Render, Table, Tone};
use crate::verdict::Verdict;
use crate::webhook::{CaseReport, Report};

/// What the endpoint showed.
#[derive(Serialize)]
pub(in crate::commands) struct Tested {
    #[serde(flatten)]
    report: Report,
    /// The end of the integration's output, where a case did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

impl Tested {
    /// Takes the report, and what the integration wrote where it matters.
    pub(in crate::commands) fn new(exercised: Exercised) -> Self {
        let failed = exercised.report.kind().is_some();
        let output = Some(exercised.output).filter(|text| failed && !text.is_empty());
        Tested { report: exercised.report, output }
    }
}

impl Render for Tested {
    fn schema(&self) -> &'static str {
        "proveniq.test-webhook/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("{}, seed {}", self.report.endpoint, self.report.seed));
        page.block(&table(&self.report));
        let telling = self.report.cases.iter().filter(|case| case.verdict != Verdict::Warn);
        for case in telling.filter(|case| case.exchange.is_some() || case.help.is_some()) {
            details(page, case);
        }
        if let Some(output) = &self.output {
            page.gap().toned(Tone::Dim, "the integration's output ended with:");
            page.lines("  | ", output.trim_end().lines());
        }
        page.gap().line(summary(&self.report));
    }

    fn verdict(&self) -> Option<Kind> {
        self.report.kind()
    }
}

fn summary(report: &Report) -> String {
    let summary = &report.summary;
    let undecided = summary.inconclusive + summary.not_run;
    let warnings = match summary.warnings {
        0 => String::new(),
        1 => " (1 with a warning)".to_owned(),
        count => format!(" ({count} with a warning)"),
    };
    format!("{} passed{warnings}, {} failed, {undecided} undecided", summary.passed, summary.failed)
}

fn table(report: &Report) -> String {
    let mut table = Table::new(&["VERDICT", "CASE", "WHAT HAPPENED"]);
    for case in &report.cases {
        let tone = tone_of(case.verdict);
        table.row([
            (tone, case.verdict.to_string()),
            (Tone::Plain, case.id.clone()),
            (Tone::Plain, case.reason.clone()),
        ]);
    }
    table.render()
}

/// Tone of a verdict.
pub(in crate::commands) fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Pass => Tone::Good,
        Verdict::Fail => Tone::Bad,
        Verdict::NotApplicable => Tone::Dim,
        Verdict::Warn | Verdict::NotRun | Verdict::Inconclusive => Tone::Warn,
    }
}

fn details(page: &mut Page, case: &CaseReport) {
    page.gap().toned(tone_of(case.verdict), format!("{}: {} ({})", case.id, case.reason, case.title));
    if let Some(help) = case.help {
        page.line(format!("  to mend: {help}"));
    }
    let Some(exchange) = &case.exchange else { return };
    page.toned(Tone::Dim, "  sent:");
    for (name, value) in &exchange.request_headers {
        page.line(format!("    {name}: {value}"));
    }
    page.lines("    ", exchange.request_body.lines());
    if let Some(status) = exchange.response_status {
        page.toned(Tone::Dim, "  answered:");
        page.line(format!("    HTTP {status}"));
        page.lines("    ", exchange.response_body.iter().flat_map(|body| body.lines()));
    }
    if let Some(reproduce) = &case.reproduce {
        page.toned(Tone::Dim, "  again:");
        page.line(format!("    {reproduce}"));
    }
}
