//! The greeting of a client that knows nothing newer than an old version of TLS (RFC 2246, RFC 4346). No library that is fit
//! for use today can send it.

use std::io::{self, Read};

use rustls::pki_types::ServerName;

use crate::certification::{Answer, OldVersion};

const HANDSHAKE: u8 = 22;
const ALERT: u8 = 21;
const SERVER_HELLO: u8 = 2;

/// What such clients offered: ECDHE and RSA with AES and 3DES, in CBC mode.
const SUITES: [u16; 9] = [0xc009, 0xc00a, 0xc013, 0xc014, 0x0033, 0x0039, 0x002f, 0x0035, 0x000a];
/// x25519, secp256r1, secp384r1.
const GROUPS: [u16; 3] = [0x001d, 0x0017, 0x0018];

fn number(version: OldVersion) -> u16 {
    match version {
        OldVersion::Tls10 => 0x0301,
        OldVersion::Tls11 => 0x0302,
    }
}

/// Random bytes of a greeting.
pub(super) fn random() -> Result<[u8; 32], String> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|cause| cause.to_string())?;
    Ok(random)
}

/// The record of a greeting that offers `version` at most.
pub(super) fn hello(version: OldVersion, name: &ServerName<'_>, random: &[u8; 32]) -> Vec<u8> {
    let mut extensions = Vec::new();
    if let ServerName::DnsName(name) = name {
        let entry = [&[0][..], &prefixed(name.as_ref().as_bytes())].concat();
        extensions.extend(extension(0, &prefixed(&entry)));
    }
    extensions.extend(extension(10, &prefixed(&words(&GROUPS))));
    // Points uncompressed.
    extensions.extend(extension(11, &[1, 0]));
    let body = [
        &number(version).to_be_bytes()[..],
        random,
        // No session to resume.
        &[0],
        &prefixed(&words(&SUITES)),
        // No compression.
        &[1, 0],
        &prefixed(&extensions),
    ]
    .concat();
    let length = u32::try_from(body.len()).unwrap_or_default().to_be_bytes();
    let message = [&[1][..], &length[1..], &body].concat();
    // The record itself is of the oldest version, as clients had it.
    [&[HANDSHAKE, 3, 1][..], &prefixed(&message)].concat()
}

/// Tells by the first bytes of an answer whether the greeting was taken.
pub(super) fn is_taken(answer: &mut impl Read, version: OldVersion) -> io::Result<Answer<bool>> {
    // Head of the record: kind, version, length. An alert is short, and some leave the connection open behind it.
    let mut head = [0; 5];
    answer.read_exact(&mut head)?;
    if head[0] != HANDSHAKE {
        let stranger = || Answer::Unclear("it does not answer with TLS".to_owned());
        return Ok(if head[0] == ALERT { Answer::Is(false) } else { stranger() });
    }
    // Head of the message: kind, length, then the version that was chosen.
    let mut message = [0; 6];
    answer.read_exact(&mut message)?;
    let chosen = u16::from_be_bytes([message[4], message[5]]);
    Ok(Answer::Is(message[0] == SERVER_HELLO && chosen <= number(version)))
}

fn extension(kind: u16, content: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &prefixed(content)].concat()
}

/// Content behind its length in two bytes.
fn prefixed(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or_default();
    [&length.to_be_bytes()[..], content].concat()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}
