//! Columns to values and back.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::webhook::exchange::{Arrival, CapturedRequest, Exchange, Failure, Forward, Header, Reply, Source};

pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Headers as lines, each ended by a line feed, which no name or value can hold (RFC 9110 section 5.5).
pub(super) fn header_lines(headers: &[Header]) -> Vec<u8> {
    let lines = headers.iter().map(|header| [header.name.as_bytes(), b": ", &header.value, b"\n"].concat());
    lines.collect::<Vec<_>>().concat()
}

fn headers(lines: &[u8]) -> Vec<Header> {
    let header = |line: &[u8]| {
        let at = line.windows(2).position(|two| two == b": ")?;
        Some(Header { name: String::from_utf8_lossy(&line[..at]).into_owned(), value: line[at + 2..].to_vec() })
    };
    lines.split(|byte| *byte == b'\n').filter_map(header).collect()
}

pub(super) fn failure_columns(failure: &Failure) -> (&'static str, String) {
    match failure {
        Failure::Unreachable(why) => ("unreachable", why.clone()),
        Failure::Timeout(seconds) => ("timeout", seconds.to_string()),
        Failure::Broken(why) => ("broken", why.clone()),
    }
}

fn failure(kind: &str, text: String) -> Failure {
    match kind {
        "unreachable" => Failure::Unreachable(text),
        "timeout" => Failure::Timeout(text.parse().unwrap_or(0)),
        _ => Failure::Broken(text),
    }
}

/// Reads a row back.
pub(super) fn exchange(row: &SqliteRow) -> sqlx::Result<Exchange> {
    let received_at = Timestamp::from_microsecond(row.try_get("received_at")?).unwrap_or_default();
    let cursor: Option<i64> = row.try_get("cursor")?;
    let replay_of: Option<i64> = row.try_get("replay_of")?;
    let source = match (cursor, replay_of) {
        (Some(cursor), _) => Source::Marketplace { cursor: unsigned(cursor) },
        (None, Some(of)) => Source::Replay { of: unsigned(of) },
        (None, None) => Source::Local,
    };
    let request = CapturedRequest {
        method: row.try_get("method")?,
        path: row.try_get("path")?,
        headers: headers(row.try_get("headers")?),
        body: row.try_get("body")?,
    };
    let arrival = Arrival { received_at, source, event_type: row.try_get("event_type")?, request };
    let url: Option<String> = row.try_get("url")?;
    let forward = url.map(|url| forward(row, url)).transpose()?;
    Ok(Exchange { id: unsigned(row.try_get("id")?), arrival, forward })
}

fn forward(row: &SqliteRow, url: String) -> sqlx::Result<Forward> {
    let status: Option<i64> = row.try_get("status")?;
    let result = match status {
        Some(status) => Ok(Reply {
            status: u16::try_from(status).unwrap_or(0),
            headers: headers(row.try_get("reply_headers")?),
            body: row.try_get("reply_body")?,
            truncated: row.try_get("reply_truncated")?,
        }),
        None => Err(failure(row.try_get("failure_kind")?, row.try_get("failure")?)),
    };
    Ok(Forward { url, elapsed_us: unsigned(row.try_get("elapsed_us")?), result })
}
