//! Reads the answer to a delivery as its bytes come: RFC 9112, as much as a sender needs. Bodies are counted and dropped.

use std::io::{self, ErrorKind};

use memchr::memchr;

/// Longest head of an answer, informational ones included, in bytes.
const MOST_HEAD: usize = 32 << 10;
/// Longest body; one that is longer may have no end, and is no answer.
const MOST_BODY: u64 = 1 << 20;
/// Longest line that begins a chunk, and longest part behind the last chunk.
const MOST_CHUNK_LINE: usize = 4 << 10;

/// An answer that has come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answered {
    /// HTTP status, never an informational one.
    pub(super) status: u16,
    /// Whether the connection can carry another delivery.
    pub(super) reusable: bool,
}

/// Reads one answer after the other.
#[derive(Debug, Default)]
pub(super) struct ResponseReader {
    state: State,
    /// The head so far, where it came in several parts.
    head: Vec<u8>,
    /// Bytes of all heads of this answer.
    head_bytes: usize,
    body_bytes: u64,
    status: u16,
    keep_alive: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Head,
    /// So many bytes of body are still to come.
    Length(u64),
    /// The connection's end is the body's end.
    UntilClose,
    /// In the line that begins a chunk: its size so far, bytes of the line, whether an extension has begun.
    ChunkLine {
        size: u64,
        length: usize,
        extension: bool,
    },
    /// So many bytes of a chunk are still to come.
    Chunk(u64),
    /// The line break behind a chunk.
    ChunkEnd,
    /// Behind the last chunk: bytes so far, bytes of the present line.
    Trailer {
        length: usize,
        line: usize,
    },
    Done,
}

/// What the head says of the body.
struct Head {
    status: u16,
    keep_alive: bool,
    body: State,
}

impl ResponseReader {
    /// Makes ready for the next answer.
    pub(super) fn reset(&mut self) {
        self.state = State::Head;
        self.head.clear();
        self.head_bytes = 0;
        self.body_bytes = 0;
    }

    /// Whether any byte of the answer has come.
    pub(super) fn has_begun(&self) -> bool {
        self.state != State::Head || self.head_bytes > 0 || !self.head.is_empty()
    }

    /// Takes what has come; an answer once it is whole. An error where it is not HTTP or too long.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> io::Result<Option<Answered>> {
        let mut rest = bytes;
        while self.state != State::Done && !rest.is_empty() {
            let taken = self.step(rest)?;
            rest = &rest[taken..];
            if self.body_bytes > MOST_BODY {
                return Err(broken("the answer's body is too long"));
            }
        }
        // Bytes behind the answer belong to nothing that was asked for.
        let reusable = self.keep_alive && rest.is_empty();
        Ok((self.state == State::Done).then_some(Answered { status: self.status, reusable }))
    }

    /// Takes the end of the connection; an answer where that is the end of its body.
    pub(super) fn end(&self) -> Option<Answered> {
        (self.state == State::UntilClose).then_some(Answered { status: self.status, reusable: false })
    }

    /// Takes a part of the bytes, at least one; returns how many.
    fn step(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.state {
            State::Head => self.head(bytes),
            State::Length(left) => Ok(self.body(bytes, left, State::Length, State::Done)),
            State::Chunk(left) => Ok(self.body(bytes, left, State::Chunk, State::ChunkEnd)),
            State::UntilClose => {
                self.body_bytes += bytes.len() as u64;
                Ok(bytes.len())
            }
            State::ChunkLine { size, length, extension } => self.chunk_line(bytes[0], size, length, extension),
            State::ChunkEnd => {
                match bytes[0] {
                    b'\r' => {}
                    b'\n' => self.state = State::ChunkLine { size: 0, length: 0, extension: false },
                    _ => return Err(broken("a chunk is longer than it said")),
                }
                Ok(1)
            }
            State::Trailer { length, line } => self.trailer(bytes[0], length, line),
            State::Done => Ok(bytes.len()),
        }
    }

    fn head(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A head mostly comes whole and is read where it lies.
        let before = self.head.len();
        if before > 0 {
            self.head.extend_from_slice(bytes);
        }
        let whole = if before > 0 { &self.head } else { bytes };
        let Some(end) = head_end(whole) else {
            if before == 0 {
                self.head.extend_from_slice(bytes);
            }
            return match self.head_bytes + self.head.len() {
                length if length > MOST_HEAD => Err(broken("the answer's head is too long")),
                _ => Ok(bytes.len()),
            };
        };
        let head = parse_head(&whole[..end])?;
        self.head.clear();
        self.head_bytes += end;
        if self.head_bytes > MOST_HEAD {
            return Err(broken("the answer's head is too long"));
        }
        // Informational answers precede the real one (RFC 9110 section 15.2).
        if head.status >= 200 {
            (self.status, self.keep_alive, self.state) = (head.status, head.keep_alive, head.body);
        }
        Ok(end - before)
    }

    fn body(&mut self, bytes: &[u8], left: u64, more: fn(u64) -> State, end: State) -> usize {
        let taken = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        self.body_bytes += taken as u64;
        let left = left - taken as u64;
        self.state = if left == 0 { end } else { more(left) };
        taken
    }

    fn chunk_line(&mut self, byte: u8, size: u64, length: usize, extension: bool) -> io::Result<usize> {
        self.state = match (byte, char::from(byte).to_digit(16)) {
            (b'\n', _) if length == 0 => return Err(broken("a chunk has no size")),
            (b'\n', _) if size == 0 => State::Trailer { length: 0, line: 0 },
            (b'\n', _) => State::Chunk(size),
            (b'\r', _) => State::ChunkLine { size, length, extension },
            _ if length > MOST_CHUNK_LINE => return Err(broken("a chunk's line is too long")),
            (_, Some(digit)) if !extension && size < 1 << 56 => {
                State::ChunkLine { size: size * 16 + u64::from(digit), length: length + 1, extension }
            }
            (b';' | b' ' | b'\t', _) if length > 0 => State::ChunkLine { size, length: length + 1, extension: true },
            _ if extension => State::ChunkLine { size, length: length + 1, extension },
            _ => return Err(broken("a chunk's size is no number")),
        };
        Ok(1)
    }

    fn trailer(&mut self, byte: u8, length: usize, line: usize) -> io::Result<usize> {
        self.state = match byte {
            b'\n' if line == 0 => State::Done,
            _ if length > MOST_CHUNK_LINE => return Err(broken("what follows the last chunk is too long")),
            b'\n' => State::Trailer { length: length + 1, line: 0 },
            b'\r' => State::Trailer { length: length + 1, line },
            _ => State::Trailer { length: length + 1, line: line + 1 },
        };
        Ok(1)
    }
}

/// Where the head ends: behind its empty line. A lone line feed counts as a line break (RFC 9112 section 2.2).
fn head_end(bytes: &[u8]) -> Option<usize> {
    let mut line_start = 0;
    while let Some(length) = memchr(b'\n', &bytes[line_start..]) {
        let line = &bytes[line_start..line_start + length];
        line_start += length + 1;
        if matches!(line, [] | [b'\r']) {
            return Some(line_start);
        }
    }
    None
}

fn parse_head(bytes: &[u8]) -> io::Result<Head> {
    let mut lines = Lines(bytes);
    let first = lines.next().unwrap_or_default();
    let (minor, status) = match first {
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', minor @ (b'0' | b'1'), b' ', rest @ ..] => (*minor, status(rest)?),
        _ => return Err(broken("the answer is not HTTP/1.1")),
    };
    if status == 101 {
        return Err(broken("the endpoint changed the protocol"));
    }
    let mut keep_alive = minor == b'1';
    let (mut length, mut chunked, mut coded) = (None, false, false);
    for line in lines {
        let Some(colon) = memchr(b':', line) else { continue };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            let read = number(value).ok_or_else(|| broken("the answer's length is no number"))?;
            if length.is_some_and(|known| known != read) {
                return Err(broken("the answer has two lengths"));
            }
            length = Some(read);
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            coded = true;
            chunked = tokens(value).last().is_some_and(|token| token.eq_ignore_ascii_case(b"chunked"));
        } else if name.eq_ignore_ascii_case(b"connection") {
            for token in tokens(value) {
                keep_alive &= !token.eq_ignore_ascii_case(b"close");
                keep_alive |= minor == b'0' && token.eq_ignore_ascii_case(b"keep-alive");
            }
        }
    }
    // RFC 9112 section 6.3.
    let body = match (status, chunked, length) {
        (..200 | 204 | 304, ..) => State::Done,
        (_, true, _) => State::ChunkLine { size: 0, length: 0, extension: false },
        (_, false, Some(0)) if !coded => State::Done,
        (_, false, Some(length)) if !coded => State::Length(length),
        _ => State::UntilClose,
    };
    Ok(Head { status, keep_alive, body })
}

/// The lines of a head, without their breaks.
struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let end = memchr(b'\n', self.0)?;
        let line = self.0[..end].strip_suffix(b"\r").unwrap_or(&self.0[..end]);
        self.0 = &self.0[end + 1..];
        Some(line)
    }
}

fn status(text: &[u8]) -> io::Result<u16> {
    let digits = text.get(..3).filter(|_| matches!(text.get(3), None | Some(b' ')));
    let status = digits.and_then(number).and_then(|number| u16::try_from(number).ok());
    status.filter(|status| (100..=999).contains(status)).ok_or_else(|| broken("the answer has no status"))
}

fn number(text: &[u8]) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= 18 && text.iter().all(u8::is_ascii_digit);
    digits.then(|| text.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

fn tokens(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Feeds an answer whole, and byte for byte; both must come to the same.
    fn read(text: &str) -> Result<Option<Answered>, String> {
        let mut whole = ResponseReader::default();
        let at_once = whole.feed(text.as_bytes()).map_err(|why| why.to_string());
        let mut slow = ResponseReader::default();
        let mut last = Ok(None);
        for byte in text.as_bytes() {
            last = slow.feed(&[*byte]).map_err(|why| why.to_string());
            if last != Ok(None) {
                break;
            }
        }
        assert_eq!(at_once, last, "{text:?}");
        at_once
    }

    fn answered(status: u16, reusable: bool) -> Answered {
        Answered { status, reusable }
    }

    #[test]
    fn answers_end_where_their_framing_says() {
        for (text, due) in [
            ("HTTP/1.1 204 No Content\r\n\r\n", Some(answered(204, true))),
            ("HTTP/1.1 200\r\ncontent-length: 3\r\n\r\nabc", Some(answered(200, true))),
            ("HTTP/1.1 200 OK\nContent-Length: 0\n\n", Some(answered(200, true))),
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nConnection: Close\r\n\r\nab", Some(answered(200, false))),
            ("HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n", Some(answered(200, false))),
            ("HTTP/1.0 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n", Some(answered(200, true))),
            ("HTTP/1.1 304 Not Modified\r\ncontent-length: 500\r\n\r\n", Some(answered(304, true))),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n",
                Some(answered(201, true)),
            ),
            (
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                Some(answered(200, true)),
            ),
            (
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\nx-after: 1\r\n\r\n",
                Some(answered(200, true)),
            ),
            ("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab", None),
            ("HTTP/1.1 200 OK\r\n\r\nuntil the end", None),
        ] {
            assert_eq!(read(text), Ok(due), "{text:?}");
        }
    }

    #[test]
    fn the_end_of_the_connection_ends_a_body_without_a_length_only() {
        let mut reader = ResponseReader::default();
        assert_eq!(reader.feed(b"HTTP/1.1 200 OK\r\n\r\nbody").expect("HTTP"), None);
        assert_eq!(reader.end(), Some(Answered { status: 200, reusable: false }));
        reader.reset();
        assert!(!reader.has_begun());
        assert_eq!(reader.feed(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nbody").expect("HTTP"), None);
        assert_eq!(reader.end(), None);
    }

    #[test]
    fn what_is_not_http_is_refused() {
        for text in [
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/2 200\r\n\r\n",
            "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn heads_and_trailers_without_end_are_cut_and_long_bodies_not_read_to_theirs() {
        let endless = |begin: &str, part: &str| {
            let mut reader = ResponseReader::default();
            let mut fed = reader.feed(begin.as_bytes());
            for _ in 0..100_000 {
                if !matches!(fed, Ok(None)) {
                    break;
                }
                fed = reader.feed(part.as_bytes());
                assert!(reader.head.len() <= MOST_HEAD + part.len());
            }
            fed
        };
        assert!(endless("HTTP/1.1 200 OK\r\n", "x-more: and more\r\n").is_err());
        assert!(endless("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n").is_err());
        let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        assert!(endless(&format!("{chunked}0\r\n"), "x-more: and more\r\n").is_err());
        assert!(endless(&format!("{chunked}1;"), "extended").is_err());
        assert_eq!(endless(chunked, "4\r\nabcd\r\n").expect("HTTP"), None, "100,000 small chunks are below the limit");
        assert!(endless(&format!("{chunked}ffffffff\r\n"), &"x".repeat(5000)).is_err());
        assert!(endless("HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n", &"x".repeat(5000)).is_err());
        assert!(endless("HTTP/1.1 200 OK\r\n\r\n", &"x".repeat(5000)).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_and_parts_do_not_matter(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in any::<prop::sample::Index>()) {
            let text = [b"HTTP/1.1 200 OK\r\n".as_slice(), &bytes].concat();
            let mut whole = ResponseReader::default();
            let due = whole.feed(&text).map_err(|why| why.to_string());
            let mut parted = ResponseReader::default();
            let (first, second) = text.split_at(cut.index(text.len()));
            let mut seen = parted.feed(first).map_err(|why| why.to_string());
            if seen == Ok(None) {
                seen = parted.feed(second).map_err(|why| why.to_string());
                prop_assert_eq!(seen.map(|answer| answer.map(|answer| answer.status)), due.map(|answer| answer.map(|answer| answer.status)));
            }
        }
    }
}
