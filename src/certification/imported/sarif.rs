//! Reads a SARIF 2.1.0 log as findings.

use std::collections::HashMap;

use super::log::{Component, External, Found, Kind, Level, Log, Message, Rule, Run, Suppression};
use super::place::{Origin, Place};
use crate::certification::finding::{Finding, LeftOut};
use crate::package::SourceTree;
use crate::scan::{Scanner, Severity};

/// Largest report that is read, in bytes.
pub const MOST_IMPORTED_BYTES: u64 = 50 << 20;
/// Most results of all the runs of a report.
const MOST_RESULTS: usize = 100_000;
/// Longest message, in characters.
const LONGEST_MESSAGE: usize = 500;

/// What one report holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The report, as it was named.
    pub file: String,
    /// The scanners that wrote it, one for each run.
    pub tools: Vec<String>,
    /// Results that are no more than notes, or say that something holds.
    pub left_aside: usize,
    findings: Vec<Finding>,
}

impl Imported {
    /// Reads a report; the error says what is wrong, and where.
    pub fn parse(file: &str, bytes: &[u8], origin: &Origin, tree: &dyn SourceTree) -> Result<Self, String> {
        // What the parser says repeats names of fields alone, never a value of the report.
        let log: Log = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .map_err(|cause| if cause.is_data() { told(&cause) } else { format!("it is no JSON: {cause}") })?;
        if log.version != "2.1.0" {
            return Err(format!("it is of SARIF version {:?}; 2.1.0 is understood", shortened(&log.version, 20)));
        }
        let results: usize = log.runs.0.iter().filter_map(|run| run.results.as_ref()).map(|found| found.0.len()).sum();
        if results > MOST_RESULTS {
            return Err(format!("it holds {results} results; {MOST_RESULTS} are taken in"));
        }
        let mut imported = Imported { file: file.to_owned(), tools: Vec::new(), left_aside: 0, findings: Vec::new() };
        let reader = Reader { origin, tree, scanner: Scanner::new() };
        for run in &log.runs.0 {
            imported.take(run, &reader)?;
        }
        Ok(imported)
    }

    /// What was found.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    fn take(&mut self, run: &Run, reader: &Reader<'_>) -> Result<(), String> {
        let tool = shortened(&run.tool.driver.name, 60);
        if run.external_property_file_references.as_ref().is_some_and(External::tells) {
            return Err(format!(
                "the run of {tool} has results or rules in other files, which are not read: have it write one"
            ));
        }
        let Some(results) = &run.results else {
            return Err(format!("the run of {tool} has no results: it did not get to look"));
        };
        if run.invocations.0.iter().any(|invocation| invocation.execution_successful == Some(false)) {
            return Err(format!("the run of {tool} says of itself that it did not succeed"));
        }
        let mut beside: Vec<String> = Vec::new();
        let rules = run.tool.driver.rules.0.iter().map(|rule| (rule.id.as_str(), rule)).collect();
        for found in &results.0 {
            match reader.finding(run, &rules, &tool, found) {
                None => self.left_aside += 1,
                Some(Read::Inside(finding)) => self.findings.push(finding),
                Some(Read::Beside(path)) => beside.push(path),
            }
        }
        if let Some(first) = beside.first() {
            let count = beside.len();
            let message = format!("{tool}: {count} findings lie outside of this project, such as in {first}");
            self.findings.push(Finding::new(message).rule(tool.clone()).warning());
        }
        self.tools.push(tool);
        Ok(())
    }
}

/// What the parser says, without the values that it met.
fn told(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    let named = text.starts_with("missing field") || text.starts_with("more than") || text.starts_with("recursion");
    let place = format!("at line {} column {}", cause.line(), cause.column());
    if named { text } else { format!("something there has another type than in SARIF 2.1.0, {place}") }
}

enum Read {
    Inside(Finding),
    Beside(String),
}

struct Reader<'a> {
    origin: &'a Origin,
    tree: &'a dyn SourceTree,
    scanner: Scanner,
}

impl Reader<'_> {
    /// A result as a finding; none where it is a note, or says that something holds.
    fn finding(&self, run: &Run, rules: &Rules<'_>, tool: &str, found: &Found) -> Option<Read> {
        let rule = rule_of(run, rules, found);
        let id = found.rule_id.as_deref().or(found.rule.as_ref().and_then(|rule| rule.id.as_deref()));
        let id = id.or(rule.map(|rule| rule.id.as_str())).unwrap_or("unnamed");
        let level = level_of(found, rule)?;
        let named = format!("{tool}/{}", shortened(id, 100));
        let message = self.message(found, rule, &named);
        let physical = found.locations.0.iter().find_map(|location| location.physical_location.as_ref());
        let location = physical.and_then(|physical| physical.artifact_location.as_ref());
        let finding = match location.and_then(|location| self.origin.place(run, location, self.tree)) {
            Some(Place::Beside(path)) => return Some(Read::Beside(shortened(&path, 200))),
            Some(Place::Inside(path)) => {
                let region = physical.and_then(|physical| physical.region.as_ref());
                let line = region.and_then(|region| region.start_line).filter(|line| *line > 0);
                let finding = Finding::at(&path, line, message);
                let column = region.and_then(|region| region.start_column).filter(|column| *column > 0);
                column.filter(|_| line.is_some()).into_iter().fold(finding, Finding::column)
            }
            Some(Place::Unknown(uri)) => Finding::new(format!("{message} (at {}, unknown here)", shortened(&uri, 200))),
            None => Finding::new(message),
        };
        let finding = match fingerprint_of(found) {
            Some(theirs) => finding.content(&format!("{named}\0{theirs}")),
            None => finding,
        };
        let finding = finding.rule(named);
        let finding = if level == Level::Error { finding } else { finding.warning() };
        Some(Read::Inside(match suppressed(found) {
            Some(all) => {
                let reason = all.iter().find_map(|suppression| suppression.justification.as_deref());
                finding.left_out(LeftOut::Scanner { reason: reason.map(|reason| self.clean(reason)) })
            }
            None => finding,
        }))
    }

    /// What the scanner says, without a secret that it repeats.
    fn message(&self, found: &Found, rule: Option<&Rule>, named: &str) -> String {
        let text = text_of(&found.message, rule).unwrap_or_else(|| "found, without a word on it".into());
        format!("{named}: {}", self.clean(&text))
    }

    fn clean(&self, text: &str) -> String {
        let holds_one = self.scanner.scan(text.as_bytes()).iter().any(|it| it.severity == Severity::Block);
        if holds_one {
            return "what it says holds a secret and is not repeated".to_owned();
        }
        shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "), LONGEST_MESSAGE)
    }
}

/// The rules of a run's driver by their names: a search for each result would be quadratic.
type Rules<'r> = HashMap<&'r str, &'r Rule>;

fn rule_of<'r>(run: &'r Run, rules: &Rules<'r>, found: &Found) -> Option<&'r Rule> {
    let reference = found.rule.as_ref();
    let extension = reference.and_then(|rule| rule.tool_component.as_ref()).and_then(|component| component.index);
    let extension = extension.and_then(|index| run.tool.extensions.0.get(usize::try_from(index).ok()?));
    let component: &Component = extension.unwrap_or(&run.tool.driver);
    let index =
        found.rule_index.or(reference.and_then(|rule| rule.index)).and_then(|index| usize::try_from(index).ok());
    let id = found.rule_id.as_deref().or(reference.and_then(|rule| rule.id.as_deref()));
    index.and_then(|index| component.rules.0.get(index)).or_else(|| rules.get(id?).copied())
}

/// `error` or `warning`; none for less, and for what says that something holds (SARIF 2.1.0 sections 3.27.9 and 3.27.10).
fn level_of(found: &Found, rule: Option<&Rule>) -> Option<Level> {
    if found.kind.is_some_and(|kind| kind != Kind::Fail) || found.baseline_state.as_deref() == Some("absent") {
        return None;
    }
    let configured = rule.and_then(|rule| rule.default_configuration.as_ref()?.level);
    let level = found.level.or(configured).unwrap_or(Level::Warning);
    matches!(level, Level::Error | Level::Warning).then_some(level)
}

/// The message, with its placeholders filled (SARIF 2.1.0 section 3.11).
fn text_of(message: &Message, rule: Option<&Rule>) -> Option<String> {
    let by_id = || rule?.message_strings.get(message.id.as_deref()?)?.text.clone();
    let text = message.text.clone().or_else(by_id)?;
    let filled = message.arguments.0.iter().take(10).enumerate();
    Some(filled.fold(text, |text, (index, argument)| text.replace(&format!("{{{index}}}"), argument)))
}

fn fingerprint_of(found: &Found) -> Option<String> {
    let known = &found.partial_fingerprints;
    let first = || known.iter().min().map(|(name, value)| format!("{name}={value}"));
    known.get("primaryLocationLineHash").cloned().or_else(first)
}

/// The suppressions of a result, where none is under review or rejected (SARIF 2.1.0 section 3.35).
fn suppressed(found: &Found) -> Option<&[Suppression]> {
    let all = &found.suppressions.0;
    let accepted = |suppression: &Suppression| matches!(suppression.status.as_deref(), None | Some("accepted"));
    (!all.is_empty() && all.iter().all(accepted)).then_some(all)
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
