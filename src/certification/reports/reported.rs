//! What a report is about.

use std::cell::RefCell;

use crate::certification::engine::Certification;
use crate::certification::finding::Finding;
use crate::package::SourceTree;

/// Longest file whose lines are measured, in bytes.
const LONGEST_FILE: u64 = 4 << 20;

/// A certification with what it is of.
#[derive(Clone, Copy)]
pub struct Reported<'a> {
    /// Name of the integration.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// What it came to.
    pub certification: &'a Certification,
    /// The files that were looked at.
    pub tree: &'a dyn SourceTree,
    /// The project's folder below that of its repository, with '/' at its end; empty where they are the same.
    pub below_repository: &'a str,
}

/// A span of one line: line and columns from 1, the last one behind the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) line: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Reported<'_> {
    /// The path of a finding, as the repository has it.
    pub(super) fn path(&self, finding: &Finding) -> Option<String> {
        finding.path.as_ref().map(|path| format!("{}{path}", self.below_repository))
    }
}

/// Measures the lines that findings stand on. Findings come sorted by place, so that the lines of one file are kept.
pub(super) struct Spans<'a> {
    tree: &'a dyn SourceTree,
    lines: RefCell<(String, Vec<usize>)>,
}

impl<'a> Spans<'a> {
    pub(super) fn new(reported: &Reported<'a>) -> Self {
        Spans { tree: reported.tree, lines: RefCell::default() }
    }

    /// From where a finding is to the end of its line; one column where the line cannot be seen.
    pub(super) fn of(&self, finding: &Finding) -> Span {
        let line = finding.line.unwrap_or(1).max(1);
        let start = finding.column.unwrap_or(1).max(1);
        let length = finding.path.as_deref().and_then(|path| self.length(path, line)).unwrap_or_default();
        Span { line, start, end: (length + 1).max(start + 1) }
    }

    fn length(&self, path: &str, line: usize) -> Option<usize> {
        let mut kept = self.lines.borrow_mut();
        if kept.0 != path {
            let bytes = if self.tree.contains(path) { self.tree.read(path, LONGEST_FILE).ok() } else { None };
            let lengths = bytes.unwrap_or_default().split(|byte| *byte == b'\n').map(characters).collect();
            *kept = (path.to_owned(), lengths);
        }
        kept.1.get(line - 1).copied()
    }
}

fn characters(line: &[u8]) -> usize {
    String::from_utf8_lossy(line).trim_end().chars().count()
}
