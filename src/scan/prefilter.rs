//! Where keywords are, in one pass over the bytes.
//!
//! Of each keyword a window of four bytes is chosen, rare ones first. A table of bits says which three bytes occur in a
//! window, whatever their case, and is asked at every second byte only: one of the window's two halves falls on it. Few
//! places remain, at which the keywords themselves are compared. Unlike an automaton no step waits for the one before,
//! so that this runs at the speed of a search for a few words, and it is ready at once.

/// Clears what tells capitals from small letters.
const FOLD: u64 = 0x2020_2020_2020_2020;
const GRAM: u64 = 0xff_ffff;
const BITS: u32 = 18;
/// Letters, the most common ones first, as texts and programs have them.
const COMMON: &[u8] = b" etaoinsrlcdpumhgfbyvkwxjqz";
/// What may precede a token, beside what no text holds: a keyword of three bytes has no second half to be found by.
const BEFORE: &[u8] = b" \t\n\0\"'`=:(,;/<>[{@|&%.-+$*_\xbf\xbc\xbd\xa0nrtdf0";

/// A text to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Keyword<'k> {
    /// At least three bytes.
    pub(super) text: &'k [u8],
    /// Whether it is the same in capitals.
    pub(super) any_case: bool,
    /// Whether it may stand in the middle of a word, where it has three bytes.
    pub(super) inside: bool,
}

/// Many keywords, ready to be looked for.
#[derive(Debug)]
pub(super) struct Prefilter {
    bits: Box<[u64]>,
    /// For each gram's hash, where its candidates begin in `candidates`, plus one.
    heads: Box<[u16]>,
    candidates: Vec<Candidate>,
    texts: Vec<(Box<[u8]>, bool)>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    hash: u32,
    keyword: u16,
    /// Where the gram is in its keyword; -1 where it begins one byte before.
    offset: i8,
    /// The byte behind the gram, where the keyword goes on; the one before it is known by the other gram.
    next: Option<u8>,
}

impl Prefilter {
    /// Prepares the search.
    pub(super) fn new(keywords: &[Keyword<'_>]) -> Self {
        let mut candidates = Vec::with_capacity(keywords.len() * 4);
        for (number, keyword) in keywords.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            let mut add = |gram: [u8; 3], offset: i8| {
                let behind = usize::try_from(i32::from(offset) + 3).ok().and_then(|at| keyword.text.get(at));
                let next = behind.map(|byte| byte | 0x20);
                candidates.push(Candidate { hash: hash(folded(gram)), keyword: number, offset, next });
            };
            if let [first, second, third] = *keyword.text {
                add([first, second, third], 0);
                let any = (0..=u8::MAX).filter(|before| keyword.inside || BEFORE.contains(before));
                any.for_each(|before| add([before, first, second], -1));
                continue;
            }
            let at = rarest_window(keyword.text);
            let offset = i8::try_from(at).unwrap_or(0);
            if let [a, b, c, d] = keyword.text[at..at + 4] {
                add([a, b, c], offset);
                add([b, c, d], offset + 1);
            }
        }
        candidates.sort_unstable_by_key(|candidate| (candidate.hash, candidate.keyword, candidate.offset));
        candidates.dedup_by_key(|candidate| (candidate.hash, candidate.keyword, candidate.offset));
        let mut bits = vec![0_u64; 1 << (BITS - 6)].into_boxed_slice();
        let mut heads = vec![0_u16; 1 << BITS].into_boxed_slice();
        for (at, candidate) in candidates.iter().enumerate().rev() {
            bits[candidate.hash as usize >> 6] |= 1 << (candidate.hash & 63);
            heads[candidate.hash as usize] = u16::try_from(at + 1).unwrap_or(0);
        }
        let texts = keywords.iter().map(|keyword| (keyword.text.into(), keyword.any_case)).collect();
        Prefilter { bits, heads, candidates, texts }
    }

    /// Calls `found` with each keyword's number and place, in the order of places but for a few bytes.
    pub(super) fn find(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut at = 0;
        for block in bytes.windows(20).step_by(18) {
            for ahead in [0, 6, 12] {
                let word = word(block, ahead);
                let hits = self.hits(word);
                if hits != 0 {
                    self.look(bytes, word, hits, at + ahead, &mut found);
                }
            }
            at += 18;
        }
        while at < bytes.len() {
            let mut rest = [0_u8; 8];
            let there = &bytes[at..bytes.len().min(at + 8)];
            rest[..there.len()].copy_from_slice(there);
            let word = u64::from_le_bytes(rest) | FOLD;
            self.look(bytes, word, self.hits(word), at, &mut found);
            at += 6;
        }
    }

    /// Bytes of a keyword.
    pub(super) fn length(&self, keyword: usize) -> usize {
        self.texts[keyword].0.len()
    }

    /// A bit for each of the three grams of `word` that is known.
    fn hits(&self, word: u64) -> u64 {
        self.has(word & GRAM) | self.has((word >> 16) & GRAM) << 1 | self.has((word >> 32) & GRAM) << 2
    }

    fn has(&self, gram: u64) -> u64 {
        let hash = hash(gram);
        (self.bits[hash as usize >> 6] >> (hash & 63)) & 1
    }

    fn look(&self, bytes: &[u8], word: u64, hits: u64, at: usize, found: &mut impl FnMut(usize, usize)) {
        for step in 0..3 {
            if hits >> step & 1 != 0 {
                self.compare(bytes, hash((word >> (16 * step)) & GRAM), at + 2 * step, found);
            }
        }
    }

    fn compare(&self, bytes: &[u8], hash: u32, at: usize, found: &mut impl FnMut(usize, usize)) {
        let Some(first) = usize::from(self.heads[hash as usize]).checked_sub(1) else { return };
        let next = bytes.get(at + 3).map(|byte| byte | 0x20);
        for candidate in self.candidates[first..].iter().take_while(|candidate| candidate.hash == hash) {
            if candidate.next.is_some() && candidate.next != next {
                continue;
            }
            let Some(start) = at.checked_add_signed(-isize::from(candidate.offset)) else { continue };
            let (text, any_case) = &self.texts[usize::from(candidate.keyword)];
            let Some(there) = bytes.get(start..start + text.len()) else { continue };
            if there == &**text || *any_case && there.eq_ignore_ascii_case(text) {
                found(usize::from(candidate.keyword), start);
            }
        }
    }
}

fn word(block: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&block[at..at + 8]);
    u64::from_le_bytes(word) | FOLD
}

fn folded([first, second, third]: [u8; 3]) -> u64 {
    (u64::from_le_bytes([first, second, third, 0, 0, 0, 0, 0]) | FOLD) & GRAM
}

/// Spreads the 24 bits of a gram over the table.
fn hash(gram: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the upper bits of 32 are wanted")]
    let low = (gram as u32).wrapping_mul(0x9E37_79B1);
    low >> (32 - BITS)
}

/// Where the four bytes of `text` begin that are met least.
fn rarest_window(text: &[u8]) -> usize {
    let common = |byte: &u8| {
        let rank = COMMON.iter().position(|known| *known == byte.to_ascii_lowercase());
        rank.map_or(0, |rank| COMMON.len() - rank)
    };
    let score = |at: &usize| text[*at..at + 4].iter().map(common).sum::<usize>();
    (0..=text.len() - 4).take(64).min_by_key(score).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [(&str, bool); 6] =
        [("hf_", false), ("AKIA", false), ("passw", true), ("api_key", true), ("://", false), ("PRIVATE KEY", false)];

    fn keywords() -> Vec<Keyword<'static>> {
        WORDS
            .iter()
            .map(|(text, any_case)| Keyword { text: text.as_bytes(), any_case: *any_case, inside: false })
            .collect()
    }

    fn found(text: &[u8]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        Prefilter::new(&keywords()).find(text, |keyword, at| found.push((at, keyword)));
        found.sort_unstable();
        found
    }

    #[test]
    fn keywords_are_found_at_every_place_and_once() {
        for (number, (word, any_case)) in WORDS.iter().enumerate() {
            for before in 0..50 {
                let text = format!("{}={word}{}", "-".repeat(before), ".".repeat(before % 23));
                assert_eq!(found(text.as_bytes()), [(before + 1, number)], "{text}");
                let other = text.to_uppercase();
                let expected = usize::from(*any_case || *word == other.trim_matches(['-', '=', '.']));
                assert_eq!(found(other.as_bytes()).len(), expected, "{other}");
            }
        }
        assert_eq!(found(b"hf_"), [(0, 0)]);
        assert_eq!(found(b"://"), [(0, 4)]);
        assert_eq!(found(b""), []);
    }

    proptest! {
        #[test]
        fn what_a_plain_search_finds_is_found(text in "[-=:/ AIKhf_pasw]{0,80}") {
            let plain = WORDS.iter().enumerate().filter(|(_, (word, _))| word.len() > 3).flat_map(|(number, (word, any_case))| {
                let text = if *any_case { text.to_lowercase() } else { text.clone() };
                let word = if *any_case { word.to_lowercase() } else { (*word).to_owned() };
                (0..text.len()).filter(|at| text[*at..].starts_with(&word)).map(|at| (at, number)).collect::<Vec<_>>()
            });
            let mut plain: Vec<_> = plain.collect();
            plain.sort_unstable();
            let seen: Vec<_> = found(text.as_bytes()).into_iter().filter(|(_, number)| WORDS[*number].0.len() > 3).collect();
            prop_assert_eq!(seen, plain);
        }
    }
}
