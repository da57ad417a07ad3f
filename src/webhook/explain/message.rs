//! A request out of a file: an exchange as `listen` writes it, a JSON object with headers and body, or a raw HTTP request
//! as a tool dumps it.

use jiff::Timestamp;

use crate::webhook::exchange::{CapturedRequest, Header};
use crate::webhook::request_from_document;

/// Reads a request; the second value is when it was received, where that is told.
pub fn read_message(bytes: &[u8]) -> Result<(CapturedRequest, Option<Timestamp>), String> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return raw(bytes).map(|request| (request, None));
    }
    // One line of a stream, or a whole document.
    let mut documents = serde_json::Deserializer::from_slice(bytes).into_iter();
    let Some(Ok(document)) = documents.next() else {
        return Err("it begins like JSON, and is none".to_owned());
    };
    if documents.next().is_some() {
        return Err("it holds more than one JSON document: choose one exchange".to_owned());
    }
    request_from_document(&document)
}

/// Reads a dump: head, empty line, body. Lines of the head may begin with `> `, as curl shows what it sends.
fn raw(bytes: &[u8]) -> Result<CapturedRequest, String> {
    let mut rest = bytes;
    let mut lines = Vec::new();
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or("it has no empty line between headers and body")?;
        let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
        rest = &rest[end + 1..];
        let line = line.strip_prefix(b"> ").or(line.strip_prefix(b">")).unwrap_or(line);
        // What curl says beside the request.
        if line.starts_with(b"* ") || (lines.is_empty() && line.is_empty()) {
            continue;
        }
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let is_request =
        |line: &[u8]| line.ends_with(b"HTTP/1.1") || line.ends_with(b"HTTP/1.0") || line.ends_with(b"HTTP/2");
    let (first, headers) = match lines.split_first() {
        Some((first, headers)) if is_request(first) => (String::from_utf8_lossy(first).into_owned(), headers),
        _ => (String::new(), &lines[..]),
    };
    let headers = headers.iter().map(|line| header(line)).collect::<Option<Vec<_>>>();
    let headers = headers.ok_or("a line before the body is no header")?;
    let mut words = first.split(' ').map(str::to_owned);
    let mut request = CapturedRequest {
        method: words.next().filter(|word| !word.is_empty()).unwrap_or_else(|| "POST".to_owned()),
        path: words.next().unwrap_or_else(|| "/".to_owned()),
        headers,
        body: rest.to_vec(),
    };
    // A dump often has a line feed of its own behind the body.
    let announced = request.header("content-length").and_then(|text| text.trim().parse().ok());
    if let Some(length) = announced {
        request.body.truncate(length);
    }
    Ok(request)
}

fn header(line: &[u8]) -> Option<Header> {
    let at = line.iter().position(|byte| *byte == b':')?;
    let name = std::str::from_utf8(&line[..at]).ok()?.trim().to_ascii_lowercase();
    Some(Header { name, value: line[at + 1..].trim_ascii().to_vec() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dumps_of_several_tools_are_read() {
        let plain = b"POST /hook HTTP/1.1\r\nWebhook-Id: msg_1\r\nContent-Length: 2\r\n\r\n{}\n";
        let curl =
            b"* Connected to localhost\n> POST /hook HTTP/1.1\n> Webhook-Id: msg_1\n> Content-Length: 2\n>\n{}\n";
        let headers_alone = b"Webhook-Id:msg_1\nContent-Length: 2\n\n{}";
        for dump in [&plain[..], curl, headers_alone] {
            let (request, _) = read_message(dump).expect("request");
            assert_eq!((request.header("webhook-id"), request.body.as_slice()), (Some("msg_1"), &b"{}"[..]));
        }
        for bad in [&b""[..], b"hello", b"{", b"{}", b"{\"headers\":{}}", b"a b c\n\n", b"{}{}"] {
            assert!(read_message(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), json in any::<bool>()) {
            let bytes = if json { [b"{".as_slice(), &bytes].concat() } else { bytes };
            let _ = read_message(&bytes);
        }
    }
}
