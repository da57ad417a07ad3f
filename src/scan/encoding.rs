//! Texts in other clothes: UTF-16, and base 64 within a text.

use std::io::{self, Read};
use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Fewest characters of base 64 that may hold a secret.
const FEWEST: usize = 24;
/// Most characters of a run that are decoded: what is longer is a picture or a program.
const MOST: usize = 64 * 1024;
const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// Order of the bytes of UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// Tells whether a text that begins with `head` is UTF-16, by its mark or by the zeros of its Latin letters.
pub(super) fn utf16_order(head: &[u8]) -> Option<Order> {
    match head {
        [0xff, 0xfe, ..] => return Some(Order::Little),
        [0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    let head = &head[..head.len().min(512) & !1];
    let pairs = head.chunks_exact(2);
    let count = |at: usize| pairs.clone().filter(|pair| pair[at] == 0 && pair[1 - at] != 0).count();
    let (little, big, all) = (count(1), count(0), head.len() / 2);
    let most = |these: usize, others: usize| all >= 4 && these * 10 >= all * 7 && others * 10 < all;
    if most(little, big) { Some(Order::Little) } else { most(big, little).then_some(Order::Big) }
}

/// The same text in UTF-8; what is not UTF-16 in it is replaced.
pub(super) fn from_utf16(bytes: &[u8], order: Order) -> Vec<u8> {
    let units = bytes.chunks_exact(2).map(|pair| match order {
        Order::Little => u16::from_le_bytes([pair[0], pair[1]]),
        Order::Big => u16::from_be_bytes([pair[0], pair[1]]),
    });
    let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    // The mark is no character of the text.
    text.strip_prefix('\u{feff}').unwrap_or(&text).as_bytes().to_vec()
}

/// Reads UTF-16 as UTF-8.
pub(super) struct Utf8Of<R> {
    reader: R,
    order: Order,
    /// Bytes of a character that is not whole yet.
    rest: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    begun: bool,
}

impl<R: Read> Utf8Of<R> {
    pub(super) fn new(reader: R, order: Order) -> Self {
        Utf8Of { reader, order, rest: Vec::new(), text: Vec::new(), given: 0, begun: false }
    }

    /// Decodes some more; tells whether there was more.
    fn refill(&mut self) -> io::Result<bool> {
        let mut units = std::mem::take(&mut self.rest);
        let read = self.reader.by_ref().take(16 * 1024).read_to_end(&mut units)?;
        if read > 0 {
            let whole = units.len() & !1;
            let high = |pair: &[u8]| {
                let upper = if self.order == Order::Little { pair[1] } else { pair[0] };
                (0xd8..0xdc).contains(&upper)
            };
            let keep = if whole >= 2 && high(&units[whole - 2..whole]) { whole - 2 } else { whole };
            self.rest = units.split_off(keep);
        }
        let text = from_utf16(&units, self.order);
        // The mark is stripped from the beginning alone.
        self.text = if self.begun && units_begin_with_mark(&units, self.order) {
            [b"\xef\xbb\xbf", &*text].concat()
        } else {
            text
        };
        self.begun = true;
        self.given = 0;
        Ok(read > 0)
    }
}

fn units_begin_with_mark(units: &[u8], order: Order) -> bool {
    units.starts_with(if order == Order::Little { &[0xff, 0xfe] } else { &[0xfe, 0xff] })
}

impl<R: Read> Read for Utf8Of<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if !self.refill()? {
                break;
            }
        }
        let count = buffer.len().min(self.text.len() - self.given);
        buffer[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// Whether a run may be base 64 that is worth to be decoded, with the signs that fill it up.
pub(super) fn base64_run(bytes: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    let padding = bytes[run.end..].iter().take(2).take_while(|byte| **byte == b'=').count();
    (FEWEST..=MOST).contains(&run.len()).then_some(run.start..run.end + padding)
}

/// What each character of base 64 stands for, in both alphabets.
const SEXTETS: [u32; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut sextets = [0; 256];
    let mut sextet = 0;
    while sextet < 64 {
        sextets[alphabet[sextet as usize] as usize] = sextet;
        sextet += 1;
    }
    sextets[b'-' as usize] = 62;
    sextets[b'_' as usize] = 63;
    sextets
};

/// Whether the three bytes that four characters stand for are of a text: most runs are names, and fail here at little cost.
fn stands_for_text(four: &[u8]) -> bool {
    let bits = four.iter().fold(0, |bits, byte| bits << 6 | SEXTETS[usize::from(*byte)]);
    let [_, bytes @ ..] = bits.to_be_bytes();
    is_text(&bytes)
}

/// Decodes a run where it is base 64 of a text.
pub(super) fn decoded(run: &[u8]) -> Option<Vec<u8>> {
    if !run.chunks_exact(4).take(4).all(stands_for_text) {
        return None;
    }
    let url = run.iter().any(|byte| matches!(byte, b'-' | b'_'));
    // A name or a path has no mixture of cases and digits, and hex decodes to no text.
    let has = |is: fn(&u8) -> bool| run.iter().take(64).any(is);
    if !has(u8::is_ascii_lowercase) || !has(u8::is_ascii_uppercase) {
        return None;
    }
    let engine = if url { &URL_SAFE } else { &STANDARD };
    let head = engine.decode(&run[..run.len().min(32) & !3]).ok()?;
    if !is_text(&head) {
        return None;
    }
    let decoded = engine.decode(run).ok()?;
    is_text(&decoded).then_some(decoded)
}

fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::run;

    #[test]
    fn utf16_is_told_by_mark_and_by_letters() {
        let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        assert_eq!(utf16_order(&little("\u{feff}a")), Some(Order::Little));
        assert_eq!(utf16_order(&big("plain text")), Some(Order::Big));
        assert_eq!(utf16_order(&little("plain text")), Some(Order::Little));
        for other in [&b"plain text"[..], &[0; 64], b"", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"] {
            assert_eq!(utf16_order(other), None);
        }
        assert_eq!(from_utf16(&little("\u{feff}kéy 🔑"), Order::Little), "kéy 🔑".as_bytes());
    }

    #[test]
    fn runs_of_base64_are_found_wherever_they_begin() {
        let text = "a secret that was wrapped";
        let wrapped = URL_SAFE.encode(text);
        for before in 0..60 {
            let bytes = format!("{} {wrapped} and more", ".".repeat(before));
            let mut runs = Vec::new();
            run::runs(bytes.as_bytes(), |run| runs.extend(base64_run(bytes.as_bytes(), run)));
            let decoded: Vec<_> = runs.into_iter().filter_map(|run| decoded(&bytes.as_bytes()[run])).collect();
            assert_eq!(decoded, [text.as_bytes()], "{before}");
        }
        assert_eq!(decoded(b"ThisIsJustALongNameOfSomething12"), None);
    }
}
