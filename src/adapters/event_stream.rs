//! The client's end of a marketplace's event stream (server-sent events, HTML Living Standard section 9.2). Whatever the
//! other side does, a message is bounded in size and silence is bounded in time.

use std::time::Duration;

use reqwest::Response;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::marketplace_client::MarketplaceClient;
use super::webhook_sender::innermost;
use crate::error::{Error, Result};
use crate::wire::{StreamEnd, StreamReady, StreamedDelivery};

/// Largest message, in bytes: an event's body in base64 and its headers.
const LARGEST: usize = 1 << 20;
/// Time to open a stream.
const OPEN: Duration = Duration::from_secs(10);
/// Silence that is borne until the stream has said how often it speaks.
const FIRST_SILENCE: Duration = Duration::from_secs(10);
/// A stream that misses so many heartbeats is lost.
const MISSED_HEARTBEATS: u64 = 3;

/// A stream that is open.
#[derive(Debug)]
pub struct EventStream {
    response: Response,
    parser: Parser,
    silence: Duration,
}

/// What a stream says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// It is open.
    Ready(StreamReady),
    /// A delivery.
    Delivery(Box<StreamedDelivery>),
    /// It ends, and why.
    End(String),
}

impl EventStream {
    /// Opens the stream behind a cursor, or behind the end of the log.
    pub async fn open(client: &MarketplaceClient, after: Option<u64>) -> Result<Self> {
        let opened = timeout(OPEN, client.open_event_stream(after)).await.map_err(|_| {
            Error::unreachable(format!(
                "the marketplace at {} did not answer within {} s",
                client.address(),
                OPEN.as_secs()
            ))
        })?;
        Ok(EventStream { response: opened?, parser: Parser::default(), silence: FIRST_SILENCE })
    }

    /// The next thing it says; the error is why it is lost.
    pub async fn next(&mut self) -> Result<Item, String> {
        loop {
            while let Some(message) = self.parser.message()? {
                if let Some(item) = item_of(&message)? {
                    if let Item::Ready(ready) = &item {
                        self.silence = Duration::from_secs(MISSED_HEARTBEATS * ready.heartbeat_seconds.clamp(1, 60));
                    }
                    return Ok(item);
                }
            }
            let silent = |_| format!("the marketplace has been silent for {} s", self.silence.as_secs());
            match timeout(self.silence, self.response.chunk()).await.map_err(silent)? {
                Ok(Some(chunk)) => self.parser.feed(&chunk)?,
                Ok(None) => return Err("the marketplace closed the stream".to_owned()),
                Err(cause) => return Err(format!("the connection broke: {}", innermost(&cause))),
            }
        }
    }
}

fn item_of(message: &Message) -> Result<Option<Item>, String> {
    fn parsed<T: DeserializeOwned>(message: &Message) -> Result<T, String> {
        serde_json::from_str(&message.data)
            .map_err(|_| format!("the stream's {:?} is not as documented", message.event))
    }
    Ok(match message.event.as_str() {
        "ready" => Some(Item::Ready(parsed(message)?)),
        "delivery" => Some(Item::Delivery(Box::new(parsed(message)?))),
        "end" => Some(Item::End(parsed::<StreamEnd>(message)?.reason)),
        // A later marketplace may say more.
        _ => None,
    })
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    event: String,
    data: String,
}

/// Takes bytes and gives messages.
#[derive(Debug, Default)]
struct Parser {
    waiting: Vec<u8>,
    message: Message,
}

impl Parser {
    fn feed(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.waiting.extend_from_slice(bytes);
        // What arrived in one piece may hold several messages; what is left of them after parsing may not grow.
        if self.waiting.len() > 2 * LARGEST { Err("a message of the stream is too large".to_owned()) } else { Ok(()) }
    }

    /// The next whole message. Comments and what the format does not know are passed over.
    fn message(&mut self) -> Result<Option<Message>, String> {
        let mut at = 0;
        let mut whole = None;
        while let Some(length) = self.waiting[at..].iter().position(|byte| *byte == b'\n') {
            let line = &self.waiting[at..at + length];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            at += length + 1;
            if line.is_empty() {
                let message = std::mem::take(&mut self.message);
                if !message.data.is_empty() {
                    whole = Some(message);
                    break;
                }
                continue;
            }
            let line = std::str::from_utf8(line).map_err(|_| "the stream is not UTF-8".to_owned())?;
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match name {
                "event" => value.clone_into(&mut self.message.event),
                "data" => self.message.data.push_str(value),
                _ => {}
            }
            if self.message.data.len() > LARGEST {
                return Err("a message of the stream is too large".to_owned());
            }
        }
        self.waiting.drain(..at);
        if whole.is_none() && self.waiting.len() > LARGEST {
            return Err("a line of the stream is too long".to_owned());
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn messages(pieces: &[&[u8]]) -> Vec<(String, String)> {
        let mut parser = Parser::default();
        let mut all = Vec::new();
        for piece in pieces {
            parser.feed(piece).expect("bounded");
            while let Some(message) = parser.message().expect("well-formed") {
                all.push((message.event, message.data));
            }
        }
        all
    }

    proptest! {
        #[test]
        fn messages_are_the_same_however_they_are_cut(cut in 0usize..58) {
            let text = b": beat\n\nevent: a\r\nid: 1\ndata: {}\r\n\r\n:x\nevent: b\ndata: 1\n\n";
            let (first, second) = text.split_at(cut);
            let expected = [("a".to_owned(), "{}".to_owned()), ("b".to_owned(), "1".to_owned())];
            prop_assert_eq!(messages(&[first, second]), expected);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut parser = Parser::default();
            let _ = parser.feed(&bytes);
            while let Ok(Some(_)) = parser.message() {}
        }
    }

    #[test]
    fn a_message_without_end_is_refused() {
        let mut parser = Parser::default();
        let line = [b"data: ".as_slice(), &vec![b'x'; 1000], b"\n"].concat();
        let outcome = (0..3000).try_for_each(|_| parser.feed(&line).and_then(|()| parser.message().map(drop)));
        assert!(outcome.is_err());
        let mut parser = Parser::default();
        let outcome = (0..3000).try_for_each(|_| parser.feed(&[b'x'; 1000]).and_then(|()| parser.message().map(drop)));
        assert!(outcome.is_err());
    }
}
