//! Runs of the characters that tokens and base 64 are made of, and the tokens that begin in them.
//!
//! Most tokens hold twenty such characters in a row, which texts and programs seldom do: their keywords are looked for
//! in those runs alone.

use std::ops::Range;

/// Fewest characters of a run.
pub(super) const LONG: usize = 20;
/// Bytes that are judged together.
const BLOCK: usize = 64;
/// Size of the table of beginnings, as a power of two.
const BITS: u32 = 12;

/// Calls `found` with each run in `bytes`.
pub(super) fn runs(bytes: &[u8], mut found: impl FnMut(Range<usize>)) {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut last = [0; BLOCK];
    // The last block has at least one byte that belongs to no run, so that each run has an end.
    last[..rest.len()].copy_from_slice(rest);
    // How many bytes before the block belong to a run that may go on in it.
    let mut before = 0;
    for (number, block) in blocks.iter().chain([&last]).enumerate() {
        let at = number * BLOCK;
        let marks = marks(block);
        if marks == u64::MAX {
            before += BLOCK;
            continue;
        }
        let ahead = marks.trailing_ones() as usize;
        if before + ahead >= LONG {
            found(at - before..at + ahead);
        }
        before = marks.leading_ones() as usize;
        // What begins and ends within the block.
        let mut within = marks & u64::MAX << ahead & u64::MAX >> before;
        let mut begins = long(within);
        while begins != 0 {
            let start = begins.trailing_zeros();
            let length = (within >> start).trailing_ones();
            within &= u64::MAX << (start + length);
            begins = long(within);
            found(at + start as usize..at + (start + length) as usize);
        }
    }
}

/// A bit where a run has [`LONG`] bytes ahead of it.
fn long(marks: u64) -> u64 {
    let two = marks & marks >> 1;
    let four = two & two >> 2;
    let eight = four & four >> 4;
    let sixteen = eight & eight >> 8;
    sixteen & four >> 16
}

/// A bit for each byte that is one of a run.
fn marks(block: &[u8; BLOCK]) -> u64 {
    /// Gathers the lowest bits of eight bytes in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let marks = block.map(|byte| u8::from(belongs(byte)));
    let (eights, _) = marks.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56)
}

/// Whether a byte is one of a run.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "without branches and tables many bytes are judged at once")]
pub(super) const fn belongs(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    // From `+` to `9` there are digits, and `,` and `.` besides.
    let digit_or_sign = (byte.wrapping_sub(b'+') < 15) & (byte != b',') & (byte != b'.');
    letter | digit_or_sign | (byte == b'_')
}

/// The keywords of tokens that are found by their runs.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// For the hash of three bytes, where its tokens begin in `tokens`, plus one.
    heads: Box<[u16; 1 << BITS]>,
    tokens: Vec<Token>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Token {
    hash: usize,
    keyword: &'static [u8],
    rule: usize,
}

impl Beginnings {
    /// Prepares the search for keywords, each with the number of its rule.
    pub(super) fn new(keywords: impl IntoIterator<Item = (&'static str, usize)>) -> Self {
        let token = |(text, rule): (&'static str, usize)| {
            let keyword = text.as_bytes();
            Token { hash: hash(keyword), keyword, rule }
        };
        let mut tokens: Vec<_> = keywords.into_iter().map(token).collect();
        tokens.sort_unstable();
        let mut heads = Box::new([0; 1 << BITS]);
        for (at, token) in tokens.iter().enumerate().rev() {
            heads[token.hash] = u16::try_from(at + 1).unwrap_or(0);
        }
        Beginnings { heads, tokens }
    }

    /// Calls `found` with the rule and the place of each keyword from which enough of the run remains. A word begins
    /// with the run, behind the letters of an escape such as `\n` or `%20`, and behind a sign.
    pub(super) fn find(&self, bytes: &[u8], run: &Range<usize>, mut found: impl FnMut(usize, Range<usize>)) {
        for at in run.start..=run.end - LONG {
            if at > run.start + 2 && !matches!(bytes[at - 1], b'-' | b'+' | b'/') {
                continue;
            }
            let hash = hash(&bytes[at..]);
            let Some(first) = usize::from(self.heads[hash]).checked_sub(1) else { continue };
            for token in self.tokens[first..].iter().take_while(|token| token.hash == hash) {
                if bytes[at..].starts_with(token.keyword) {
                    found(token.rule, at..at + token.keyword.len());
                }
            }
        }
    }
}

/// Of the first three bytes.
fn hash(bytes: &[u8]) -> usize {
    let text = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
    (text.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_wherever_they_begin_and_however_long_they_are() {
        for before in 0..140 {
            for length in [19, 20, 21, 64, 200] {
                let text = format!("{}{}.", ".".repeat(before), "x".repeat(length));
                let mut found = Vec::new();
                runs(text.as_bytes(), |run| found.push(run));
                let expected = (length >= LONG).then_some(before..before + length);
                assert_eq!(found, Vec::from_iter(expected), "{before} {length}");
                // The same at the end of the text.
                let mut found = Vec::new();
                runs(text.trim_end_matches('.').as_bytes(), |run| found.push(run));
                assert_eq!(found.len(), usize::from(length >= LONG), "{before} {length}");
            }
        }
    }

    #[test]
    fn characters_of_base64_belong() {
        let all: Vec<u8> = (0..=u8::MAX).filter(|byte| belongs(*byte)).collect();
        let known = (0..=u8::MAX).filter(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte));
        assert_eq!(all, known.collect::<Vec<_>>());
    }

    #[test]
    fn tokens_begin_with_a_run_and_behind_signs_and_escapes() {
        let beginnings = Beginnings::new([("abc_", 1), ("abd", 2)]);
        let found = |text: &str| {
            let mut found = Vec::new();
            runs(text.as_bytes(), |run| {
                beginnings.find(text.as_bytes(), &run, |rule, place| found.push((rule, place.start)));
            });
            found
        };
        let rest = "0".repeat(17);
        assert_eq!(found(&format!(" abc_{rest} abd{rest}")), [(1, 1), (2, 23)]);
        assert_eq!(found(&format!("\\nabc_{rest}%20abd{rest}")), [(1, 2), (2, 26)]);
        assert_eq!(found(&format!("path/abc_{rest}")), [(1, 5)]);
        assert_eq!(found(&format!("xyzabc_{rest}")), []);
        assert_eq!(found(&format!("abc_{}", &rest[..15])), [], "too short");
    }
}
