//! One connection of a stub: requests in, recorded, answers or faults out. The bytes are handled here, since no HTTP
//! server offers to break its own connections.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::Shared;
use super::fault::{Effect, http_date};
use crate::package::hex;
use crate::webhook::{Call, Reply};

/// Longest head and body of a request, in bytes.
const LONGEST_HEAD: usize = 64 << 10;
const LONGEST_BODY: usize = 32 << 20;
const MOST_HEADERS: usize = 100;
/// Bytes that are read at once.
const CHUNK: usize = 16 << 10;
/// Time for which a fault keeps silent: longer than any limit that a call should have.
const SILENCE: Duration = Duration::from_secs(40);
/// Pieces and pause of a slow answer.
const SLOW_PIECES: usize = 10;
const SLOW_PAUSE: Duration = Duration::from_millis(150);
/// Path behind which a stub gives tokens.
const TOKEN_PATH: &str = "/oauth/token";

struct Request {
    method: String,
    path: String,
    authorization: Option<Vec<u8>>,
    key: Option<String>,
    body: Vec<u8>,
    keep_alive: bool,
}

/// Serves requests until the client closes, or one cannot be read.
pub(super) async fn serve(shared: Arc<Shared>, mut stream: TcpStream) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await {
        let at = shared.begin();
        let going_on = respond(&shared, &mut stream, &request, at).await;
        shared.end();
        if !going_on || !request.keep_alive {
            return;
        }
    }
}

/// Answers a request; tells whether the connection can go on.
async fn respond(shared: &Shared, stream: &mut TcpStream, request: &Request, at: Duration) -> bool {
    let now = shared.epoch.now();
    let digest = |bytes: &[u8]| hex(&Sha256::digest(bytes));
    let mut call = Call {
        upstream: shared.name.clone(),
        method: request.method.clone(),
        path: request.path.clone(),
        body_digest: digest(&request.body),
        body_length: request.body.len(),
        credential: request.authorization.as_deref().map(digest),
        key: request.key.clone(),
        at,
        reply: Reply::None,
    };
    if request.method == "POST" && request.path.split('?').next().is_some_and(|path| path.ends_with(TOKEN_PATH)) {
        call.reply = Reply::Token;
        shared.record(call);
        shared.record_token_request(&request.body);
        let token =
            serde_json::json!({ "access_token": shared.next_token(), "token_type": "Bearer", "expires_in": 3600 });
        return write(stream, &answer(now, 200, None, &token.to_string())).await;
    }
    let (effect, number) = {
        let mut state = shared.state();
        let effect = state.fault.as_mut().map_or(Effect::Normal, |fault| fault.meet(&call, now));
        (effect, state.calls.len())
    };
    let (status, body) = shared.answers.answer(&request.method, &request.path, number);
    call.reply = match &effect {
        Effect::Normal | Effect::Slow => Reply::Whole(status),
        Effect::Status(status, _) => Reply::Whole(*status),
        Effect::Truncated => Reply::Truncated(status),
        Effect::Reset | Effect::Silence => Reply::None,
    };
    shared.record(call);
    match effect {
        Effect::Normal => write(stream, &answer(now, status, None, &body)).await,
        Effect::Status(status, header) => write(stream, &answer(now, status, header, &problem(status))).await,
        Effect::Truncated => {
            let whole = answer(now, status, None, &padded(&body));
            // What is left out is more than half of the body, so that no client takes it for whole.
            write(stream, &whole[..whole.len() - 64]).await;
            false
        }
        Effect::Slow => write_slowly(stream, &answer(now, status, None, &padded(&body))).await,
        Effect::Reset => {
            reset(stream);
            false
        }
        Effect::Silence => {
            wait_for_close(stream).await;
            false
        }
    }
}

fn problem(status: u16) -> String {
    serde_json::json!({ "title": "fault of the stub", "status": status }).to_string()
}

/// A body of 128 bytes at least; white space behind JSON means nothing.
fn padded(body: &str) -> String {
    format!("{body:<128}")
}

fn answer(now: Timestamp, status: u16, header: Option<(&'static str, String)>, body: &str) -> Vec<u8> {
    let header = header.map(|(name, value)| format!("{name}: {value}\r\n")).unwrap_or_default();
    let length = if status == 204 { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    format!(
        "HTTP/1.1 {status} \r\ndate: {}\r\ncontent-type: application/json\r\n{length}{header}\r\n{}",
        http_date(now),
        if status == 204 { "" } else { body }
    )
    .into_bytes()
}

async fn write(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok() && stream.flush().await.is_ok()
}

async fn write_slowly(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    for piece in bytes.chunks(bytes.len().div_ceil(SLOW_PIECES)) {
        tokio::time::sleep(SLOW_PAUSE).await;
        if !write(stream, piece).await {
            return false;
        }
    }
    true
}

/// Makes closing send a reset instead of an end (`SO_LINGER` of zero).
fn reset(stream: &TcpStream) {
    #[cfg(unix)]
    let _ = rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO));
    #[cfg(not(unix))]
    let _ = stream;
}

async fn wait_for_close(stream: &mut TcpStream) {
    let mut chunk = [0; 1024];
    let closed = async { while stream.read(&mut chunk).await.is_ok_and(|count| count > 0) {} };
    let _ = tokio::time::timeout(SILENCE, closed).await;
}

async fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    buffer.reserve(CHUNK);
    stream.read_buf(buffer).await.ok().filter(|count| *count > 0).map(drop)
}

/// Reads one request from the front of `buffer` and what follows; `None` at the end or where it is no HTTP.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Request> {
    let (mut request, framing, head) = loop {
        match parse_head(buffer)? {
            Head::Whole(request, framing, head) => break (request, framing, head),
            Head::Partial if buffer.len() > LONGEST_HEAD => return None,
            Head::Partial => read_more(stream, buffer).await?,
        }
    };
    buffer.drain(..head);
    if framing.expects_continue {
        write(stream, b"HTTP/1.1 100 Continue\r\n\r\n").await;
    }
    request.body = if framing.chunked {
        read_chunks(stream, buffer).await?
    } else {
        while buffer.len() < framing.length {
            read_more(stream, buffer).await?;
        }
        buffer.drain(..framing.length).collect()
    };
    Some(request)
}

/// How the body ends (RFC 9112 section 6).
struct Framing {
    length: usize,
    chunked: bool,
    expects_continue: bool,
}

/// A head that was looked for at the front of a buffer.
enum Head {
    /// The request without its body, how that ends, and the length of the head.
    Whole(Request, Framing, usize),
    /// There is more to come.
    Partial,
}

fn parse_head(buffer: &[u8]) -> Option<Head> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(head) = parsed.parse(buffer).ok()? else { return Some(Head::Partial) };
    let value = |name: &str| {
        parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value)
    };
    let has = |name: &str, word: &str| value(name).is_some_and(|value| value.eq_ignore_ascii_case(word.as_bytes()));
    let length = match value("content-length") {
        None => 0,
        Some(text) => std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|length| *length <= LONGEST_BODY)?,
    };
    let framing = Framing {
        length,
        chunked: has("transfer-encoding", "chunked"),
        expects_continue: has("expect", "100-continue"),
    };
    let request = Request {
        method: parsed.method?.to_owned(),
        path: parsed.path?.to_owned(),
        authorization: value("authorization").map(<[u8]>::to_vec),
        key: value("idempotency-key").map(|key| String::from_utf8_lossy(key).into_owned()),
        body: Vec::new(),
        keep_alive: parsed.version == Some(1) && !has("connection", "close"),
    };
    Some(Head::Whole(request, framing, head))
}

async fn read_chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let (start, size) = loop {
            match httparse::parse_chunk_size(buffer).ok()? {
                httparse::Status::Complete((start, size)) => break (start, usize::try_from(size).ok()?),
                httparse::Status::Partial => read_more(stream, buffer).await?,
            }
        };
        if body.len() + size > LONGEST_BODY {
            return None;
        }
        while buffer.len() < start + size + 2 {
            read_more(stream, buffer).await?;
        }
        body.extend_from_slice(&buffer[start..start + size]);
        buffer.drain(..start + size + 2);
        if size == 0 {
            return Some(body);
        }
    }
}
