//! Aligned columns for people.

use super::render::{Tone, printable};
use super::wrap::{WIDTH, wrapped};

/// Narrowest last column that is worth wrapping.
const NARROWEST: usize = 20;

/// A table whose columns are as wide as their widest cell; the last column is not padded.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<(Tone, String)>>,
    /// Whether the last cell takes as many lines as it needs.
    wraps: bool,
}

impl Table {
    /// Makes a table with a heading row.
    pub fn new(headings: &[&str]) -> Self {
        let heading = headings.iter().map(|text| (Tone::Dim, (*text).to_owned())).collect();
        Table { rows: vec![heading], wraps: false }
    }

    /// Makes a table without a heading row.
    pub fn bare() -> Self {
        Table::default()
    }

    /// The same table, whose last column is broken between words, so that lines fit 80 columns.
    #[must_use]
    pub fn wrapping(self) -> Self {
        Table { wraps: true, ..self }
    }

    /// Adds a row of toned cells.
    pub fn row<const N: usize>(&mut self, cells: [(Tone, String); N]) -> &mut Self {
        self.rows.push(cells.map(|(tone, text)| (tone, printable(&text).into_owned())).into());
        self
    }

    /// Renders the rows, each on a line.
    pub fn render(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|(_, text)| text.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            for (index, (tone, cell)) in row.iter().enumerate() {
                if index + 1 < row.len() {
                    text.push_str(&tone.paint(cell));
                    text.push_str(&" ".repeat(widths[index] - cell.chars().count() + 2));
                } else {
                    let before = widths[..index].iter().map(|width| width + 2).sum();
                    text.push_str(&self.last(*tone, cell, before));
                }
            }
            text.push('\n');
        }
        text
    }

    /// The last cell of a row, behind so many columns.
    fn last(&self, tone: Tone, cell: &str, before: usize) -> String {
        if !self.wraps || before + NARROWEST > WIDTH {
            return tone.paint(cell);
        }
        let indent = " ".repeat(before);
        let lines = wrapped(cell.split(' '), &indent, &indent);
        let painted: Vec<_> = lines.iter().map(|line| tone.paint(&line[before..])).collect();
        painted.join(&format!("\n{indent}"))
    }
}
