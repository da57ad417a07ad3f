//! Aligned columns for people.

use super::render::{Tone, printable};

/// A table whose columns are as wide as their widest cell; the last column is not padded.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<(Tone, String)>>,
}

impl Table {
    /// Makes a table with a heading row.
    pub fn new(headings: &[&str]) -> Self {
        let heading = headings.iter().map(|text| (Tone::Dim, (*text).to_owned())).collect();
        Table { rows: vec![heading] }
    }

    /// Makes a table without a heading row.
    pub fn bare() -> Self {
        Table::default()
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
                let last = index + 1 == row.len();
                text.push_str(&tone.paint(cell));
                if !last {
                    text.push_str(&" ".repeat(widths[index] - cell.chars().count() + 2));
                }
            }
            text.push('\n');
        }
        text
    }
}
