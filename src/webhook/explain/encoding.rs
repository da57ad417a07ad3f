//! The same text in another encoding.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode, percent_encode};

/// Largest text that comes out of a compressed body, in bytes.
const LARGEST: u64 = 8 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What may have been signed in place of `body`, in words that follow "signed was".
pub(super) fn variants(body: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let text = std::str::from_utf8(body).ok();
    let mut all = vec![
        ("the body with a byte order mark", [BYTE_ORDER_MARK, body].concat()),
        ("the body in base64", STANDARD.encode(body).into_bytes()),
        ("the body percent-encoded", percent_encode(body, NON_ALPHANUMERIC).to_string().into_bytes()),
        ("the text in UTF-8, which is Latin-1 here", from_latin1(body).into_bytes()),
    ];
    let mut add = |how, changed: Option<Vec<u8>>| all.extend(changed.map(|changed| (how, changed)));
    add("the body without its byte order mark", body.strip_prefix(BYTE_ORDER_MARK).map(<[u8]>::to_vec));
    add("the body decoded from base64", STANDARD.decode(body.trim_ascii()).ok());
    add("the text as it was before UTF-8 was read as Latin-1 and written as UTF-8", text.and_then(to_latin1));
    add("the UTF-8 of this UTF-16 text", from_utf16(body));
    add(
        "the text that this JSON string holds",
        text.and_then(|text| serde_json::from_str::<String>(text).ok()).map(String::into_bytes),
    );
    add("the body as a JSON string", text.and_then(|text| serde_json::to_string(text).ok()).map(String::into_bytes));
    add(
        "the text in UTF-16 (little endian)",
        text.map(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    );
    add("the text in UTF-16 (big endian)", text.map(|text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()));
    add(
        "the body decompressed from gzip",
        decompressed(flate2::read::MultiGzDecoder::new(body), body.starts_with(b"\x1f\x8b")),
    );
    add(
        "the body decompressed from deflate",
        decompressed(flate2::read::ZlibDecoder::new(body), body.starts_with(b"x")),
    );
    add("the body percent-decoded", body.contains(&b'%').then(|| percent_decode(body).collect()));
    add("the value of the form's first field", form_value(body));
    all
}

fn from_latin1(body: &[u8]) -> String {
    body.iter().map(|byte| char::from(*byte)).collect()
}

fn to_latin1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

fn from_utf16(body: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = body.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    let read = |decode: fn([u8; 2]) -> u16, pairs: &[[u8; 2]]| {
        String::from_utf16(&pairs.iter().map(|pair| decode(*pair)).collect::<Vec<_>>()).ok()
    };
    let text = match pairs[0] {
        [0xff, 0xfe] => read(u16::from_le_bytes, &pairs[1..]),
        [0xfe, 0xff] => read(u16::from_be_bytes, &pairs[1..]),
        // JSON begins with ASCII, which tells the order.
        [0, _] => read(u16::from_be_bytes, pairs),
        [_, 0] => read(u16::from_le_bytes, pairs),
        _ => None,
    };
    text.map(String::into_bytes)
}

fn decompressed(reader: impl std::io::Read, worth_trying: bool) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let whole = worth_trying && reader.take(LARGEST).read_to_end(&mut out).is_ok();
    (whole && !out.is_empty() && (out.len() as u64) < LARGEST).then_some(out)
}

/// The first field of `name=value&...`, decoded: how some senders put JSON into a form.
fn form_value(body: &[u8]) -> Option<Vec<u8>> {
    let at = body.iter().position(|byte| *byte == b'=').filter(|at| *at > 0 && *at <= 64)?;
    if !body[..at].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
        return None;
    }
    url::form_urlencoded::parse(body).next().map(|(_, value)| value.into_owned().into_bytes())
}
