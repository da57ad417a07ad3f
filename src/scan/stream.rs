//! Files that are larger than one would hold in memory: read in windows that overlap.

use std::io::{self, Read};

use super::encoding::Utf8Of;
use super::finding::Finding;
use super::nature::{HEAD, Nature};
use super::place::Places;
use super::scanner::Scanner;

/// Bytes that are looked at together: what fits the processor's cache is looked at faster.
const WINDOW: usize = 1 << 20;
/// Bytes that the next window repeats; longer than any secret.
const OVERLAP: usize = 64 * 1024;

/// What was read of a file, and what was found in it.
#[derive(Debug, Default)]
pub struct Streamed {
    /// Secrets, by place.
    pub findings: Vec<Finding>,
    /// Bytes that were read.
    pub bytes: u64,
    /// Whether there were more findings than are kept, so that the rest was not read.
    pub cut_short: bool,
}

/// When the reading of a file stops.
pub struct Bounds<'b> {
    /// Findings after which the rest is not read.
    pub most: usize,
    /// Asked between two windows.
    pub stop: &'b dyn Fn() -> bool,
}

impl Scanner {
    /// Finds the secrets of a file of any size in bounded memory. `buffer` may be used for one file after another.
    pub fn stream(
        &self,
        path: &str,
        mut reader: impl Read,
        buffer: &mut Vec<u8>,
        bounds: &Bounds<'_>,
    ) -> io::Result<Streamed> {
        buffer.clear();
        buffer.reserve(WINDOW);
        let whole = fill(&mut reader, buffer)?;
        let nature = Nature::of(path, &buffer[..buffer.len().min(HEAD)]);
        let Some(order) = nature.order else {
            return self.windows(path, reader, buffer, whole, nature, bounds);
        };
        let head = std::mem::take(buffer);
        let mut text = Utf8Of::new(io::Cursor::new(head).chain(reader), order);
        let whole = fill(&mut text, buffer)?;
        self.windows(path, text, buffer, whole, Nature { order: None, ..nature }, bounds)
    }

    fn windows(
        &self,
        path: &str,
        mut reader: impl Read,
        buffer: &mut Vec<u8>,
        mut whole: bool,
        nature: Nature,
        bounds: &Bounds<'_>,
    ) -> io::Result<Streamed> {
        let mut streamed = Streamed::default();
        let mut places = Places::new();
        // What is found in the overlap is found again in the next window.
        let mut ahead = 0;
        loop {
            let end = if whole { buffer.len() } else { buffer.len() - OVERLAP / 2 };
            // Holes of a file cost their reading alone.
            let blank = is_blank(buffer);
            if !blank {
                streamed.findings.extend(self.placed(path, buffer, nature, ahead..end, &mut places));
            }
            streamed.cut_short = streamed.findings.len() > bounds.most;
            streamed.findings.truncate(bounds.most);
            if whole || streamed.cut_short || (bounds.stop)() {
                streamed.bytes += buffer.len() as u64;
                return Ok(streamed);
            }
            // A window begins a little before what is wanted of it, so that what precedes a match is seen.
            let next = buffer.len() - OVERLAP;
            if blank {
                places.skip(next);
            } else {
                places.advance(buffer, next);
            }
            streamed.bytes += next as u64;
            buffer.drain(..next);
            ahead = OVERLAP / 2;
            whole = fill(&mut reader, buffer)?;
        }
    }
}

/// Whether it is one byte again and again, and no line ends.
fn is_blank(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| *first != b'\n') && bytes[1..] == bytes[..bytes.len() - 1]
}

/// Fills the buffer up to a window; tells whether the end was reached.
fn fill(reader: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let missing = WINDOW.saturating_sub(buffer.len());
    let read = reader.take(missing as u64).read_to_end(buffer)?;
    Ok(read < missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::SplitMix64;
    use crate::scan::synthesise;

    fn found(path: &str, text: &[u8]) -> Vec<(usize, usize)> {
        let streamed =
            Scanner::new().stream(path, text, &mut Vec::new(), &Bounds { most: 1000, stop: &|| false }).expect("read");
        assert!(!streamed.cut_short);
        streamed.findings.iter().map(|finding| (finding.line, finding.column)).collect()
    }

    #[test]
    fn secrets_are_found_once_wherever_windows_meet() {
        let key = synthesise("ghp_{30}{crc}", &mut SplitMix64::new(3));
        let line = format!("{}\n", "-".repeat(99));
        for near in [WINDOW - OVERLAP, WINDOW - OVERLAP / 2, WINDOW, 2 * WINDOW - OVERLAP - OVERLAP / 2] {
            for shift in [0, 17, 39, 40, 41, 60] {
                let before = (near - shift) / 100;
                let text =
                    format!("{}{} {key}\n{}", line.repeat(before), "-".repeat((near - shift) % 100), line.repeat(9000));
                let expected = [(before + 1, (near - shift) % 100 + 2)];
                assert_eq!(found("a.txt", text.as_bytes()), expected, "{near} {shift}");
            }
        }
    }

    #[test]
    fn long_utf16_is_read_as_text() {
        let key = synthesise("ghp_{30}{crc}", &mut SplitMix64::new(3));
        let text = format!("\u{feff}{}key = {key}\n", "line 🔑\n".repeat(200_000));
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(found("a.txt", &units), [(200_001, 7)]);
    }

    #[test]
    fn too_many_findings_end_the_reading() {
        let text = synthesise("ghp_{30}{crc}\n", &mut SplitMix64::new(3)).repeat(100_000);
        let streamed = Scanner::new()
            .stream("a", text.as_bytes(), &mut Vec::new(), &Bounds { most: 10, stop: &|| false })
            .expect("read");
        assert!(streamed.cut_short && streamed.findings.len() == 10);
    }
}
