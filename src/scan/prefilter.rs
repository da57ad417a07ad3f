//! Where keywords are, in one pass over the bytes.
//!
//! Of each keyword a window of four bytes is chosen, rare ones first. A table says which three bytes occur in a
//! window, whatever their case, and is asked at every second byte only: one of the window's two halves falls on it. A
//! second table is then asked for the two windows that may be there. Few places remain, at which the keywords themselves
//! are compared. Unlike an automaton no step waits for the one before, so that this runs at the speed of a search for a
//! few words, and it is ready at once; both tables fit the processor's nearest cache.
//!
//! A block of the text goes through these steps one after the other. Each writes down the places that remain without
//! asking which they are: a place that does not remain is overwritten by the next. A branch that cannot be foreseen costs
//! as much as ten such steps.

/// Clears what tells capitals from small letters.
const FOLD: u64 = 0x2020_2020_2020_2020;
/// Bytes of a text that go through the steps together.
const BLOCK: usize = 4096;
/// Halves that are asked for at once.
const GROUP: u16 = 4;
/// What is dropped of the 16 bits of a half's hash, so that its table is small enough.
const DROPPED: u32 = 1;
/// Size of the table that says which windows there are, in bits and as a power of two.
const KNOWN_BITS: u32 = 16;
/// Size of the table that says where a window's keywords are, as a power of two.
const WINDOW_BITS: u32 = 13;
/// Letters and what joins them in names, the most common ones first, as texts and programs have them.
const COMMON: &[u8] = b" etaoinsr_lcdpumhg-fbyvkwxjqz";
/// Three letters that are met most, in texts and programs of several languages, the most common ones first.
const PIECES: &[u8] =
    b"ionthetioingentselelfstrateconterresatiforameonstypypeturnamsereststaerrersandassectallintistverretpardatodedef\
    trireqequrroilecomoneortrorreaetumenextrinvalusefiltesprournnteitecodporgetptilasinenstessratbleacksetlinsioend\
    notdertedperclactiqueultpretatrefatathioutcaltorindureletoptcatuesithablimptrupatnonromputfroageonthiseadmatkey\
    lisertpuberempliremetrsinsewittemalulueinsarglocthotineatormalitraourspacheelendeathesporeeraeveberasepescesmpo\
    redherarearaplenallicencexpnceappmbetexivedisomppacideetecharecacemodarsliblescrethaimelatrameriponopehatartice\
    rsetarizestedirrcetimonfhreicadesementslenhanactounawssoupecspontifiekenainifibactenquitchattcanatupanuctfinurc\
    renplascrdenlseordrmamansinrepnfidocvensubworrucesuokeocadinspeyouuncecossemestokritsuldelcriensuirntarvivicacccce\
    llblbapplpliervrvebucucktiaialcliliecususticuthaut";
/// What may precede a token, beside what no text holds: a keyword of three bytes has no window of its own.
const BEFORE: &[u8] = b" \t\n\0\"'`=:(,;/<>[{@|&%.-+$*_\xbf\xbc\xbd\xa0nrtdf0";
/// What may precede what is in the middle of a word.
const WITHIN: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789_~.+-";

/// A text to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Keyword<'k> {
    /// At least three bytes.
    pub(super) text: &'k [u8],
    /// Whether it is the same in capitals.
    pub(super) any_case: bool,
    /// Whether it stands in the middle of a word, where it has three bytes.
    pub(super) inside: bool,
}

/// Many keywords, ready to be looked for.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// 1 where a hash is that of half a window.
    halves: Box<[u8]>,
    /// A bit for each hash of a window.
    known: Box<[u64]>,
    /// For each window's hash, where its candidates begin in `candidates`, plus one.
    heads: Box<[u16]>,
    candidates: Vec<Candidate>,
    texts: Vec<(Box<[u8]>, bool)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    hash: u32,
    window: u32,
    keyword: u16,
    /// Where the window is in its keyword; -1 where it begins one byte before.
    offset: i8,
}

impl Prefilter {
    /// Prepares the search.
    pub(super) fn new(keywords: &[Keyword<'_>]) -> Self {
        let mut candidates = Vec::with_capacity(keywords.len() * 2);
        let commonness = Commonness::new();
        let mut halves = vec![0; 1 << 16].into_boxed_slice();
        let mut known = vec![0_u64; 1 << (KNOWN_BITS - 6)].into_boxed_slice();
        for (number, keyword) in keywords.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            let mut add = |window: [u8; 4], offset: i8| {
                let window = folded(window);
                for half in [window, window >> 8] {
                    let [one, two, three, _] = half.to_le_bytes();
                    halves[usize::from(half_hash([one, two], [three, 0]))] = 1;
                }
                let (word, bit) = known_place(window);
                known[word] |= 1 << bit;
                candidates.push(Candidate { hash: window_hash(window), window, keyword: number, offset });
            };
            if let [first, second, third] = *keyword.text {
                let before = if keyword.inside { WITHIN } else { BEFORE };
                for before in before {
                    add([*before, first, second, third], -1);
                }
                continue;
            }
            let at = commonness.rarest_window(keyword.text);
            if let [a, b, c, d] = keyword.text[at..at + 4] {
                add([a, b, c, d], i8::try_from(at).unwrap_or(0));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut heads = vec![0_u16; 1 << WINDOW_BITS].into_boxed_slice();
        for (at, candidate) in candidates.iter().enumerate().rev() {
            heads[candidate.hash as usize] = u16::try_from(at + 1).unwrap_or(0);
        }
        let texts = keywords.iter().map(|keyword| (keyword.text.into(), keyword.any_case)).collect();
        Prefilter { halves, known, heads, candidates, texts }
    }

    /// Calls `found` with each keyword's number and place, in the order of places but for a few bytes.
    pub(super) fn find(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        let (Some(halves), Some(known)) = (self.halves.first_chunk(), self.known.first_chunk()) else { return };
        let mut steps = Steps::new();
        for start in (0..bytes.len()).step_by(BLOCK) {
            if let Some(block) = bytes[start..].first_chunk() {
                steps.hash(block);
            } else {
                let mut rest = [0; BLOCK + 2];
                let there = &bytes[start..];
                rest[..there.len()].copy_from_slice(there);
                steps.hash(&rest);
            }
            steps.groups(halves);
            steps.halves(halves);
            let end = bytes.len() - start;
            for window in steps.windows(known, |half| around(bytes, start + half.min(end))) {
                // A window that begins before the text holds a keyword that begins with it.
                let at = (start + usize::from(*window)).checked_sub(1);
                if at.is_none_or(|at| at < bytes.len()) {
                    self.look(bytes, at, &mut found);
                }
            }
        }
    }

    /// Bytes of a keyword.
    pub(super) fn length(&self, keyword: usize) -> usize {
        self.texts[keyword].0.len()
    }

    /// Looks for the window that begins at `start`.
    fn look(&self, bytes: &[u8], start: Option<usize>, found: &mut impl FnMut(usize, usize)) {
        let around = around(bytes, start.map_or(0, |start| start + 1));
        #[expect(clippy::cast_possible_truncation, reason = "the lower four bytes are the window")]
        let window = around as u32;
        let head = self.heads[window_hash(window) as usize];
        if head != 0 {
            self.compare(bytes, window, usize::from(head) - 1, start, found);
        }
    }

    /// Compares the keywords that have `window`, which begins at `start`; before the first byte where that is `None`.
    fn compare(
        &self,
        bytes: &[u8],
        window: u32,
        first: usize,
        start: Option<usize>,
        found: &mut impl FnMut(usize, usize),
    ) {
        let hash = window_hash(window);
        let candidates = self.candidates[first..].iter().take_while(|candidate| candidate.hash == hash);
        for candidate in candidates.filter(|candidate| candidate.window == window) {
            let behind = start.map_or(0, |start| start + 1);
            // A window in a keyword begins at its offset, so that the keyword begins before it, or one byte behind.
            let Some(start) = behind.checked_add_signed(-1 - isize::from(candidate.offset)) else { continue };
            let (text, any_case) = &self.texts[usize::from(candidate.keyword)];
            let Some(there) = bytes.get(start..start + text.len()) else { continue };
            if there == &**text || *any_case && there.eq_ignore_ascii_case(text) {
                found(usize::from(candidate.keyword), start);
            }
        }
    }
}

/// What remains of a block after each step.
struct Steps {
    /// Hashes of all halves.
    hashes: [u16; BLOCK / 2],
    /// Groups with a half that may be known, by number.
    groups: [u16; BLOCK / 2 / GROUP as usize],
    groups_left: usize,
    /// Halves that may be known, by number.
    halves: [u16; BLOCK / 2],
    halves_left: usize,
    /// Windows that may be known: the place of each in the block, plus one.
    windows: [u16; BLOCK],
}

impl Steps {
    fn new() -> Self {
        Steps {
            hashes: [0; BLOCK / 2],
            groups: [0; BLOCK / 2 / GROUP as usize],
            groups_left: 0,
            halves: [0; BLOCK / 2],
            halves_left: 0,
            windows: [0; BLOCK],
        }
    }

    fn hash(&mut self, block: &[u8; BLOCK + 2]) {
        let (pairs, _) = block.as_chunks::<2>();
        for ((hash, pair), next) in self.hashes.iter_mut().zip(pairs).zip(&pairs[1..]) {
            *hash = half_hash(*pair, *next);
        }
    }

    fn groups(&mut self, known: &[u8; 1 << 16]) {
        let mut left = 0;
        let (groups, _) = self.hashes.as_chunks::<{ GROUP as usize }>();
        for (number, group) in (0..).zip(groups) {
            let any = group.iter().fold(0, |any, hash| any | known[usize::from(*hash)]);
            self.groups[left] = number;
            left += usize::from(any);
        }
        self.groups_left = left;
    }

    fn halves(&mut self, known: &[u8; 1 << 16]) {
        let mut left = 0;
        let (groups, _) = self.hashes.as_chunks::<{ GROUP as usize }>();
        for group in &self.groups[..self.groups_left] {
            for (number, hash) in (group * GROUP..).zip(&groups[usize::from(*group)]) {
                self.halves[left] = number;
                left += usize::from(known[usize::from(*hash)]);
            }
        }
        self.halves_left = left;
    }

    /// The half that was seen is the last of a window that begins one byte before, or the first of one there.
    fn windows(&mut self, known: &[u64; 1 << (KNOWN_BITS - 6)], around: impl Fn(usize) -> u64) -> &[u16] {
        let mut left = 0;
        for half in &self.halves[..self.halves_left] {
            let around = around(2 * usize::from(*half));
            for behind in [0, 1] {
                #[expect(clippy::cast_possible_truncation, reason = "the lower four bytes are the window")]
                let (word, bit) = known_place((around >> (8 * behind)) as u32);
                self.windows[left] = 2 * half + behind;
                left += usize::from(known[word] >> bit & 1 == 1);
            }
        }
        &self.windows[..left]
    }
}

/// Of three bytes, the last of which begins the next pair, whatever their case; the processor takes eight at once.
#[inline]
fn half_hash(pair: [u8; 2], next: [u8; 2]) -> u16 {
    let pair = u16::from_le_bytes(pair) | 0x2020;
    let next = u16::from_le_bytes(next) & 0xff | 0x20;
    pair.wrapping_mul(0x9E37).wrapping_add(next.wrapping_mul(0x6D2B)) >> DROPPED
}

/// The word and the bit that tell of a window.
#[inline]
fn known_place(window: u32) -> (usize, u32) {
    let hash = window.wrapping_mul(0x9E37_79B1) >> (32 - KNOWN_BITS);
    ((hash >> 6) as usize, hash & 63)
}

/// The byte before `at`, and the seven from there on; zeros where the text has none.
#[inline]
fn around(bytes: &[u8], at: usize) -> u64 {
    let mut around = [0; 8];
    if let Some(there) = at.checked_sub(1).and_then(|from| bytes.get(from..from + 8)) {
        around.copy_from_slice(there);
    } else {
        let skipped = usize::from(at == 0);
        let there = &bytes[at + skipped - 1..bytes.len().min(at + 7)];
        around[skipped..skipped + there.len()].copy_from_slice(there);
    }
    u64::from_le_bytes(around) | FOLD
}

fn folded(window: [u8; 4]) -> u32 {
    u32::from_le_bytes(window) | 0x2020_2020
}

#[inline]
fn window_hash(window: u32) -> u32 {
    window.wrapping_mul(0x9E37_79B1) >> (32 - WINDOW_BITS)
}

/// How often halves are met, compared with others: a table, since each keyword asks for all of its halves.
struct Commonness(Box<[u16]>);

impl Commonness {
    fn new() -> Self {
        let mut pieces = vec![0; 1 << 15].into_boxed_slice();
        for (rank, piece) in (0..).zip(PIECES.chunks_exact(3)) {
            pieces[Self::place(piece)] = 500 - rank;
        }
        Commonness(pieces)
    }

    /// Where the four bytes of `text` begin that are met least.
    fn rarest_window(&self, text: &[u8]) -> usize {
        let score = |at: &usize| self.of(&text[*at..at + 3]) + self.of(&text[at + 1..at + 4]);
        (0..=text.len() - 4).take(64).min_by_key(score).unwrap_or(0)
    }

    fn of(&self, half: &[u8]) -> u16 {
        let known = if half.iter().all(u8::is_ascii_alphabetic) { self.0[Self::place(half)] } else { 0 };
        if known > 0 { known } else { half.iter().map(|byte| letter(*byte)).sum() }
    }

    fn place(half: &[u8]) -> usize {
        half.iter().fold(0, |place, byte| place << 5 | usize::from(byte & 0x1f))
    }
}

/// How often a byte is met, compared with others.
fn letter(byte: u8) -> u16 {
    let ranks = COMMON.iter().rev().zip(1..);
    ranks.into_iter().find_map(|(known, rank)| known.eq_ignore_ascii_case(&byte).then_some(rank)).unwrap_or(0)
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
