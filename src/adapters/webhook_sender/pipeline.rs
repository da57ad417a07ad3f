//! Several requests on one connection without waiting between. HTTP clients do not offer it, so the bytes are written
//! here.

use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::Url;

use crate::webhook::{Answer, Attempt, SendFailure};

/// Longest answer that is read, head and body, in bytes.
const LONGEST: usize = 256 << 10;
const MOST_HEADERS: usize = 100;

/// Sends the attempts and reads as many answers as come, up to one for each.
pub(super) async fn send(url: &Url, attempts: &[Attempt]) -> Result<Vec<Answer>, SendFailure> {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default().unwrap_or(80);
    let connected = TcpStream::connect((host, port)).await;
    let mut stream = connected.map_err(|cause| SendFailure::Connect(cause.to_string()))?;
    let broken = |cause: std::io::Error| SendFailure::Broken(cause.to_string());
    let bytes: Vec<u8> = attempts.iter().flat_map(|attempt| request(url, attempt)).collect();
    let started = Instant::now();
    stream.write_all(&bytes).await.map_err(broken)?;
    let (mut answers, mut buffer) = (Vec::new(), Vec::new());
    while answers.len() < attempts.len() {
        match parse(&buffer)? {
            Some((mut answer, length)) => {
                answer.elapsed = started.elapsed();
                answers.push(answer);
                buffer.drain(..length);
            }
            None if buffer.len() > LONGEST => return Err(SendFailure::Broken("the answer is too long".to_owned())),
            None => {
                let mut chunk = [0; 8192];
                match stream.read(&mut chunk).await.map_err(broken) {
                    Ok(count) if count > 0 => buffer.extend_from_slice(&chunk[..count]),
                    // A server may close after an answer; what it did not answer it did not take.
                    _ if !answers.is_empty() && buffer.is_empty() => break,
                    Ok(_) => return Err(SendFailure::Broken("closed without an answer".to_owned())),
                    Err(failure) => return Err(failure),
                }
            }
        }
    }
    Ok(answers)
}

fn request(url: &Url, attempt: &Attempt) -> Vec<u8> {
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let mut bytes = format!("{} {target} HTTP/1.1\r\nhost: {host}\r\n", attempt.method).into_bytes();
    for (name, value) in &attempt.headers {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes.extend(format!("content-length: {}\r\n\r\n", attempt.body.len()).into_bytes());
    bytes.extend_from_slice(&attempt.body);
    bytes
}

/// Parses one answer from the front of `buffer`; `None` until it is whole.
fn parse(buffer: &[u8]) -> Result<Option<(Answer, usize)>, SendFailure> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let parsed =
        response.parse(buffer).map_err(|cause| SendFailure::Broken(format!("the answer is not HTTP: {cause}")))?;
    let httparse::Status::Complete(head) = parsed else { return Ok(None) };
    let status = response.code.unwrap_or_default();
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let named = |name: &str| response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
    let rest = &buffer[head..];
    let body = if status == 204 || status == 304 || (100..200).contains(&status) {
        Some((Vec::new(), 0))
    } else if named("transfer-encoding").is_some_and(|header| text(header.value).eq_ignore_ascii_case("chunked")) {
        chunked(rest)?
    } else {
        let length = named("content-length").and_then(|header| text(header.value).trim().parse::<usize>().ok());
        let length = length.unwrap_or(0);
        rest.get(..length).map(|body| (body.to_vec(), length))
    };
    let Some((body, length)) = body else { return Ok(None) };
    let headers = response.headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect();
    Ok(Some((Answer { status, headers, body, elapsed: std::time::Duration::ZERO }, head + length)))
}

/// Decodes a chunked body (RFC 9112 section 7.1); `None` until it is whole.
fn chunked(bytes: &[u8]) -> Result<Option<(Vec<u8>, usize)>, SendFailure> {
    let broken = || SendFailure::Broken("the answer's chunks are not HTTP".to_owned());
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let (start, size) = match httparse::parse_chunk_size(&bytes[at..]).map_err(|_| broken())? {
            httparse::Status::Complete((start, size)) => (start, usize::try_from(size).map_err(|_| broken())?),
            httparse::Status::Partial => return Ok(None),
        };
        let end = (at + start).checked_add(size).ok_or_else(broken)?;
        let Some(chunk) = bytes.get(at + start..end) else { return Ok(None) };
        if bytes.len() < end + 2 {
            return Ok(None);
        }
        body.extend_from_slice(chunk);
        at = end + 2;
        if size == 0 {
            return Ok(Some((body, at)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_split_where_they_end() {
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nHTTP/1.1 204";
        let (first, length) = parse(bytes).expect("HTTP").expect("whole");
        assert_eq!((first.status, first.body.as_slice()), (200, &b"ok"[..]));
        let (second, next) = parse(&bytes[length..]).expect("HTTP").expect("whole");
        assert_eq!((second.status, second.body.as_slice()), (202, &b"hi"[..]));
        assert!(parse(&bytes[length + next..]).expect("HTTP").is_none());
        assert!(parse(b"SSH-2.0-OpenSSH\r\n").is_err());
    }
}
