//! What can have gone wrong, in words, with how to mend it.

use serde::Serialize;

use super::content::{Algorithm, Content};

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A header that every delivery has is not there.
    HeaderMissing(&'static str),
    /// A header holds nothing that could be what it is for.
    HeaderUnreadable(&'static str),
    /// The headers have other names.
    HeaderNames(String),
    /// The signature header was changed on the way or was built wrongly.
    Header(HeaderFault),
    /// The key is not what the secret stands for.
    Secret(SecretFault),
    /// The body is not the one that was signed.
    Body(BodyFault),
    /// The timestamp is not the one that was signed, or of another unit.
    Timestamp(TimestampFault),
    /// The id is not the one that was signed.
    Id(String),
    /// Something else was signed, or in another way.
    Scheme(Content, Algorithm),
    /// The digest is in hexadecimal digits.
    Hexadecimal,
    /// The signature holds, and its timestamp is off by so many seconds: positive where it lies in the past.
    Late(i64),
}

/// What can happen to a signature header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderFault {
    /// `v1,` is missing.
    LabelMissing,
    /// Something else stands where `v1,` belongs.
    LabelChanged(String),
    /// Signatures are separated by commas.
    CommaList,
    /// It is quoted.
    Quoted,
    /// It is percent-encoded.
    PercentEncoded,
    /// Its plus signs became spaces.
    PlusLost,
    /// There is white space around it.
    WhiteSpace,
    /// It was put in lower case.
    LowerCased,
    /// It is in the URL-safe alphabet of base64.
    UrlSafe,
    /// Its padding is missing.
    PaddingStripped,
    /// It is base64 of hexadecimal digits.
    Base64OfHexadecimal,
}

/// What can be done wrongly with a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretFault {
    /// The whole text, prefix and all, was the key.
    WholeText,
    /// The base64 text without its prefix was the key.
    Base64Text,
    /// The whole text and a line feed were the key.
    TextAndLineFeed,
    /// The base64 text and a line feed were the key.
    Base64TextAndLineFeed,
    /// The whole text, prefix and all, was decoded as base64.
    PrefixDecoded,
    /// The decoded bytes in hexadecimal digits were the key.
    HexadecimalText,
}

/// How the signed body differs from the one at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyFault {
    /// In white space at an end.
    WhiteSpace(&'static str),
    /// In its line ends.
    LineEnds(&'static str),
    /// In how its JSON is written.
    Serialised(String),
    /// In its encoding.
    Encoded(&'static str),
    /// The one that was signed is the beginning of the one at hand, so many bytes.
    Longer(usize),
}

/// What can be wrong with a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFault {
    /// The header and the signature have milliseconds.
    Milliseconds,
    /// The header has seconds, and milliseconds were signed.
    MillisecondsSigned,
    /// The header has milliseconds, and seconds were signed.
    MillisecondsInHeader,
    /// Another second was signed: the header's timestamp is so many seconds later than it.
    Other(i64),
}

/// A fault in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// Stable identifier, such as `body.serialised`.
    pub id: &'static str,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: &'static str,
}

impl Fault {
    /// The fault in words.
    pub fn diagnosis(&self) -> Diagnosis {
        let (id, what, mend) = match self {
            Fault::HeaderMissing(name) => (
                "header.missing",
                format!("there is no {name} header"),
                "let the header through: proxies and frameworks drop or rename what they do not know",
            ),
            Fault::HeaderUnreadable(name) => (
                "header.unreadable",
                format!("the {name} header holds nothing that could be read as such"),
                "look at what is between the sender and you: the header was changed or cut off",
            ),
            Fault::HeaderNames(prefix) => (
                "header.names",
                format!("the headers are named {prefix}-id, {prefix}-timestamp and {prefix}-signature"),
                "name them webhook-id, webhook-timestamp and webhook-signature",
            ),
            Fault::Header(fault) => fault.diagnosis(),
            Fault::Secret(fault) => fault.diagnosis(),
            Fault::Body(fault) => fault.diagnosis(),
            Fault::Timestamp(fault) => fault.diagnosis(),
            Fault::Id(how) => (
                "id.changed",
                format!("the id that was signed is not that of the webhook-id header but {how}"),
                "sign and send the same id, byte for byte",
            ),
            Fault::Scheme(content, algorithm) => (
                "scheme.other",
                format!("signed was {} with {}", content.words(), algorithm.words()),
                "sign {id}.{timestamp}.{body} with HMAC-SHA256, as Standard Webhooks has it; or verify by that other scheme",
            ),
            Fault::Hexadecimal => (
                "scheme.hexadecimal",
                "the signature is written in hexadecimal digits".to_owned(),
                "write the digest's bytes in base64, behind v1,",
            ),
            Fault::Late(seconds) if *seconds >= 0 => (
                "timestamp.late",
                format!("the signature holds, and its timestamp was {seconds} s old when it was received"),
                "set the receiver's clock by NTP; where the delivery really waited, have it signed afresh: `listen replay --resign`",
            ),
            Fault::Late(seconds) => (
                "timestamp.future",
                format!("the signature holds, and its timestamp lay {} s in the future when it was received", -seconds),
                "set both clocks by NTP: one of them is wrong",
            ),
        };
        Diagnosis { id, what, mend }
    }
}

type Words = (&'static str, String, &'static str);

impl HeaderFault {
    fn diagnosis(&self) -> Words {
        let (id, what, mend) = match self {
            HeaderFault::LabelMissing => {
                ("header.label-missing", "v1, is missing before the signature", "put v1, before each signature")
            }
            HeaderFault::LabelChanged(label) => {
                let what = format!("{label:?} stands before the signature in place of \"v1,\"");
                return ("header.label-changed", what, "put v1, before each signature");
            }
            HeaderFault::CommaList => (
                "header.comma-list",
                "signatures are separated by commas",
                "separate signatures by a space: a proxy that joins headers uses commas",
            ),
            HeaderFault::Quoted => ("header.quoted", "the signature is in quotes", "send it without quotes"),
            HeaderFault::PercentEncoded => {
                ("header.percent-encoded", "the signature is percent-encoded", "send it as it is: headers are not URLs")
            }
            HeaderFault::PlusLost => (
                "header.plus-lost",
                "plus signs of the signature became spaces",
                "send it as it is: something decoded it as a form",
            ),
            HeaderFault::WhiteSpace => ("header.white-space", "there is white space around the signature", "trim it"),
            HeaderFault::LowerCased => (
                "header.lower-cased",
                "the signature was put in lower case",
                "leave its case as it is: base64 tells cases apart",
            ),
            HeaderFault::UrlSafe => (
                "header.url-safe",
                "the signature is in the URL-safe alphabet of base64",
                "use the standard alphabet, with + and /",
            ),
            HeaderFault::PaddingStripped => {
                ("header.padding-stripped", "the padding of the signature is missing", "keep the = at its end")
            }
            HeaderFault::Base64OfHexadecimal => (
                "header.base64-of-hexadecimal",
                "the signature is base64 of hexadecimal digits",
                "write the digest's bytes in base64, not their digits",
            ),
        };
        (id, what.to_owned(), mend)
    }
}

impl SecretFault {
    fn diagnosis(self) -> Words {
        let (id, what) = match self {
            SecretFault::WholeText => {
                ("secret.not-decoded", "the whole text of the secret, whsec_ and all, was used as the key")
            }
            SecretFault::Base64Text => {
                ("secret.not-decoded", "the text behind whsec_ was used as the key without base64 decoding")
            }
            SecretFault::TextAndLineFeed => {
                ("secret.line-feed", "the text of the secret and a line feed were used as the key")
            }
            SecretFault::Base64TextAndLineFeed => {
                ("secret.line-feed", "the text behind whsec_ and a line feed were used as the key")
            }
            SecretFault::PrefixDecoded => {
                ("secret.prefix-decoded", "the secret was decoded with its prefix whsec_ still on it")
            }
            SecretFault::HexadecimalText => {
                ("secret.hexadecimal", "the key's bytes in hexadecimal digits were used as the key")
            }
        };
        (id, what.to_owned(), "take whsec_ off, decode what follows from base64, and use those bytes as the key")
    }
}

impl BodyFault {
    fn diagnosis(&self) -> Words {
        let raw = "verify the raw bytes of the body, before anything parses or rewrites it";
        match self {
            BodyFault::WhiteSpace(how) => {
                ("body.white-space", format!("the body that was signed is this one {how}"), raw)
            }
            BodyFault::LineEnds(how) => ("body.line-ends", format!("the body that was signed is this one {how}"), raw),
            BodyFault::Serialised(how) => {
                ("body.serialised", format!("the JSON was serialised anew: signed was {how}"), raw)
            }
            BodyFault::Encoded(how) => ("body.encoded", format!("the body was encoded anew: signed was {how}"), raw),
            BodyFault::Longer(bytes) => (
                "body.longer",
                format!("only the first {bytes} bytes of the body were signed"),
                "look for what appends to the body, or cuts it before it is signed",
            ),
        }
    }
}

impl TimestampFault {
    fn diagnosis(self) -> Words {
        let seconds = "use seconds since 1970, in the header and in what is signed";
        match self {
            TimestampFault::Milliseconds => {
                ("timestamp.milliseconds", "the timestamp is in milliseconds".to_owned(), seconds)
            }
            TimestampFault::MillisecondsSigned => {
                ("timestamp.milliseconds", "milliseconds were signed, and the header has seconds".to_owned(), seconds)
            }
            TimestampFault::MillisecondsInHeader => {
                ("timestamp.milliseconds", "seconds were signed, and the header has milliseconds".to_owned(), seconds)
            }
            TimestampFault::Other(off) => {
                let side = if off > 0 { "later" } else { "earlier" };
                let what = format!("the header's timestamp is {} s {side} than the one that was signed", off.abs());
                (
                    "timestamp.other",
                    what,
                    "read the clock once, and use that second in the header and in what is signed",
                )
            }
        }
    }
}
