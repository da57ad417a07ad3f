//! Bodies that may have been signed in place of the one at hand.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::encoding;
use super::fault::{BodyFault, Fault};
use super::layout;

/// A body, and what must have gone wrong where it is the one that was signed.
pub(super) type Candidate = (Option<Fault>, Vec<u8>);

/// Largest body that is changed at all, in bytes.
pub(super) const LARGEST: usize = 4 << 20;
/// Largest body whose JSON is written in all ways, in bytes.
const LARGEST_JSON: usize = 1 << 20;

/// The body at hand and all others, each once: those that differ least first.
pub(super) fn candidates(body: &[u8]) -> Vec<Candidate> {
    let mut all = vec![(None, body.to_vec())];
    if body.len() > LARGEST {
        return all;
    }
    let mut seen = BTreeSet::from([Sha256::digest(body)]);
    let ends = white_space(body).into_iter().map(|(how, changed)| (BodyFault::WhiteSpace(how), changed));
    let lines = line_ends(body).into_iter().map(|(how, changed)| (BodyFault::LineEnds(how), changed));
    let encoded = encoding::variants(body).into_iter().map(|(how, changed)| (BodyFault::Encoded(how), changed));
    let serialised = if body.len() <= LARGEST_JSON { layout::variants(body) } else { Vec::new() };
    let serialised = serialised.into_iter().map(|(how, changed)| (BodyFault::Serialised(how), changed));
    for (fault, changed) in ends.chain(lines).chain(encoded).chain(serialised) {
        if seen.insert(Sha256::digest(&changed)) {
            all.push((Some(Fault::Body(fault)), changed));
        }
    }
    all
}

fn white_space(body: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let is_nul = |byte: &u8| *byte == 0;
    let without_nuls = body.len() - body.iter().rev().take_while(|byte| is_nul(byte)).count();
    let mut all = vec![
        ("with a line feed at its end", [body, b"\n"].concat()),
        ("with a carriage return and a line feed at its end", [body, b"\r\n"].concat()),
        ("with a space at its end", [body, b" "].concat()),
        ("with two line feeds at its end", [body, b"\n\n"].concat()),
        ("without the white space at both ends", body.trim_ascii().to_vec()),
        ("without the white space at its end", body.trim_ascii_end().to_vec()),
        ("without the white space at its beginning", body.trim_ascii_start().to_vec()),
        ("without the zero bytes at its end", body[..without_nuls].to_vec()),
    ];
    let shorter = [
        ("without the line feed at its end", &b"\n"[..]),
        ("without the carriage return and line feed at its end", b"\r\n"),
    ];
    let cut = shorter.into_iter().filter_map(|(how, end)| Some((how, body.strip_suffix(end)?.to_vec())));
    // The plainest words for what both would do come first.
    all.splice(0..0, cut);
    all
}

fn line_ends(body: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let without: Vec<u8> = replaced(body, b"\r\n", b"\n");
    vec![
        ("with a line feed for each carriage return and line feed", without.clone()),
        ("with a carriage return and a line feed for each line feed", replaced(&without, b"\n", b"\r\n")),
        ("without its line ends", replaced(&without, b"\n", b"")),
    ]
}

fn replaced(body: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}
