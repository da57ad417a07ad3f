//! Readings of a signature header: as it should be, and as what changes headers on their way leaves it.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::fault::{Fault, HeaderFault};

/// Longest header that is looked at, in bytes, and most signatures in it.
const LONGEST: usize = 8192;
const MOST: usize = 64;

const URL_SAFE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A digest that a header may hold, with what must have gone wrong where it does.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) faults: Vec<Fault>,
    digest: Digest,
}

#[derive(Debug, Clone)]
enum Digest {
    Exact(Vec<u8>),
    LowerCased(String),
}

impl Reading {
    /// Tells whether the header holds `digest` when it is read this way.
    pub(super) fn holds(&self, digest: &[u8]) -> bool {
        match &self.digest {
            Digest::Exact(bytes) => bytes == digest,
            Digest::LowerCased(text) => {
                let expected = STANDARD.encode(digest);
                expected != *text && expected.to_ascii_lowercase() == *text
            }
        }
    }
}

/// All readings of a header, those with fewer faults first.
pub(super) fn readings(header: &[u8]) -> Vec<Reading> {
    let header = &header[..header.len().min(LONGEST)];
    let text = String::from_utf8_lossy(header);
    let mut all = Vec::new();
    for (transform, text) in transformed(&text) {
        for (faults, signature) in signatures(&text) {
            let before = transform.iter().cloned().chain(faults);
            let before: Vec<_> = before.map(Fault::Header).collect();
            for (fault, digest) in decoded(&signature) {
                all.push(Reading { faults: before.iter().cloned().chain(fault).collect(), digest });
            }
        }
    }
    all.sort_by_key(|reading| reading.faults.len());
    all.truncate(MOST * 4);
    all
}

/// The header as it is, and as it was before something happened to the whole of it.
fn transformed(text: &str) -> Vec<(Option<HeaderFault>, String)> {
    let mut all = vec![(None, text.to_owned())];
    let mut add = |fault, changed: String| {
        if changed != text {
            all.push((Some(fault), changed));
        }
    };
    add(HeaderFault::WhiteSpace, text.trim().to_owned());
    add(HeaderFault::Quoted, text.replace(['"', '\''], ""));
    add(HeaderFault::PercentEncoded, percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned());
    // A space before a label separates; any other was a plus sign.
    let kept = text.replace(" v1,", "\0v1,").replace(' ', "+").replace('\0', " ");
    add(HeaderFault::PlusLost, kept);
    all
}

/// What stands where a signature may stand.
fn signatures(text: &str) -> Vec<(Vec<HeaderFault>, String)> {
    let strict = |part: &str| part.strip_prefix("v1,").map(|signature| (vec![], signature.to_owned()));
    let mut found: Vec<_> = text.split(' ').filter_map(strict).take(MOST).collect();
    if text.contains(",v1,") || text.contains(", v1,") {
        let parts = text.split("v1,").skip(1).take(MOST).map(|part| part.trim_end_matches([',', ' ']).to_owned());
        found.extend(parts.map(|signature| (vec![HeaderFault::CommaList], signature)));
    }
    // With another label, as in `V1,...`, `sha256=...` or `t=1,v1=...`, or without one.
    if let Some((label, signature)) = text.trim().split_once(',').filter(|(label, _)| is_label(label) && *label != "v1")
    {
        found.push((vec![HeaderFault::LabelChanged(format!("{label},"))], signature.to_owned()));
    }
    for part in text.split([' ', ',']).filter(|part| !part.is_empty()).take(MOST) {
        found.push((vec![HeaderFault::LabelMissing], part.to_owned()));
    }
    for part in text.split([' ', ',', ';']).take(MOST) {
        if let Some((label, signature)) = part.split_once(['=', ':']).filter(|(label, _)| is_label(label)) {
            found.push((
                vec![HeaderFault::LabelChanged(format!("{label}{}", &part[label.len()..=label.len()]))],
                signature.to_owned(),
            ));
        }
    }
    found
}

fn is_label(text: &str) -> bool {
    (1..=12).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Digests that a signature may stand for.
fn decoded(signature: &str) -> Vec<(Option<Fault>, Digest)> {
    let is_digest = |bytes: &Vec<u8>| matches!(bytes.len(), 20 | 32 | 64);
    let mut found = Vec::new();
    let mut add = |fault: Option<Fault>, bytes: Option<Vec<u8>>| {
        found.extend(bytes.filter(is_digest).map(|bytes| (fault, Digest::Exact(bytes))));
    };
    let standard = STANDARD.decode(signature).ok();
    let digits = standard.as_ref().and_then(|bytes| from_hexadecimal(std::str::from_utf8(bytes).ok()?));
    add(Some(Fault::Header(HeaderFault::Base64OfHexadecimal)), digits);
    let has_standard = standard.is_some();
    add(None, standard);
    if !has_standard {
        add(Some(Fault::Header(HeaderFault::PaddingStripped)), STANDARD_NO_PAD.decode(signature).ok());
        add(Some(Fault::Header(HeaderFault::UrlSafe)), URL_SAFE.decode(signature).ok());
    }
    add(Some(Fault::Hexadecimal), from_hexadecimal(signature));
    if signature.len() >= 28 && !signature.bytes().any(|byte| byte.is_ascii_uppercase()) {
        found.push((Some(Fault::Header(HeaderFault::LowerCased)), Digest::LowerCased(signature.to_owned())));
    }
    found
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
