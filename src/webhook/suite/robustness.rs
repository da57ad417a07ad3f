//! Input and connections that no marketplace would send on purpose. All of it is signed with the right secret, so that it
//! gets past the verification; afterwards a genuine delivery must still be accepted.

use super::case::{Case, Disturbance, Script, Suite};
use super::plan::Ground;
use crate::event::Event;
use crate::webhook::attempt::SignedEvent;
use crate::webhook::judge::Expectation::{self, Accepted, Answered, AnsweredOrClosed, Refused};

const MALFORMED: &str =
    "catch what the parser raises and answer 400; an answer of 5xx makes the marketplace send it again";
const SIZE: &str = "bound the body, answer 413 beyond the bound, and go on serving";
const DEEP: &str = "bound the depth of the JSON that you parse, or catch the parser's error, and answer 400";
const NO_BREAK: &str = "answer 4xx to what you do not take; an error must not reach the client as 5xx";
const SERVE: &str = "read the request as it comes, with a time limit of seconds, and keep serving others meanwhile";

/// The suite.
pub(super) fn cases(ground: &Ground<'_>) -> Vec<Case> {
    use Disturbance::{Content, ContentType, Disconnect, Method, Pipelined, Slow};
    let with = |body: Vec<u8>| move |event: Event| Event { body: body.into(), ..event };
    let sized = |size: usize| move |event: Event| Event { body: padded(&event.body, size).into(), ..event };
    let whole = |event: Event| event;
    let text = |body: &str| with(body.as_bytes().to_vec());
    let mut maker = Maker { ground, step: 300, cases: Vec::new() };
    maker.add("malformed-json", "a body that is not JSON", Refused, MALFORMED, Content, text("{\"type\": \"ledger.ev"));
    maker.add("empty-body", "an empty body", Refused, MALFORMED, Content, text(""));
    maker.add("not-an-object", "JSON that is no object", Refused, MALFORMED, Content, text("[null, 7, \"x\"]"));
    maker.add("not-utf8", "a body that is not UTF-8", Refused, MALFORMED, Content, with(not_utf8()));
    maker.add("duplicate-keys", "an object that names a key twice", Answered, NO_BREAK, Content, |event| Event {
        body: with_duplicate(&event.body).into(),
        ..event
    });
    maker.add("deep-nesting", "100,000 lists inside each other", Answered, DEEP, Content, |event| Event {
        body: nested(&event.body).into(),
        ..event
    });
    maker.add("body-1-mib", "a body of 1 MiB", Answered, SIZE, Content, sized(1 << 20));
    maker.add("body-20-mib", "a body of 20 MiB", AnsweredOrClosed, SIZE, Content, sized(20 << 20));
    maker.add(
        "wrong-content-type",
        "content type text/plain",
        Answered,
        NO_BREAK,
        ContentType(Some("text/plain")),
        whole,
    );
    maker.add("no-content-type", "no content type", Answered, NO_BREAK, ContentType(None), whole);
    maker.add("method-get", "GET instead of POST", Answered, NO_BREAK, Method("GET"), whole);
    maker.add("method-head", "HEAD instead of POST", Answered, NO_BREAK, Method("HEAD"), whole);
    maker.add("slow-sender", "a delivery in small pieces over two seconds", Accepted, SERVE, Slow, whole);
    maker.add("disconnect", "a delivery that is cut off", Expectation::Unharmed, SERVE, Disconnect, whole);
    maker.add("pipelined", "three deliveries at once on one connection", Accepted, SERVE, Pipelined, whole);
    maker.cases
}

struct Maker<'a> {
    ground: &'a Ground<'a>,
    step: u64,
    cases: Vec<Case>,
}

impl Maker<'_> {
    fn add(
        &mut self,
        id: &str,
        title: &str,
        expectation: Expectation,
        help: &'static str,
        disturbance: Disturbance,
        change: impl FnOnce(Event) -> Event,
    ) {
        let event = SignedEvent::genuine(change(self.ground.event(self.step)), self.ground.signer);
        let after = SignedEvent::genuine(self.ground.event(self.step + 1), self.ground.signer);
        self.step += 2;
        self.cases.push(Case {
            id: format!("robustness.{id}"),
            suite: Suite::Robustness,
            title: title.to_owned(),
            expectation,
            help,
            script: Script::Disturb { event, disturbance, after },
        });
    }
}

fn not_utf8() -> Vec<u8> {
    [&b"{\"type\": \"ledger.event.created\", \"data\": \""[..], &[0xff, 0xfe, 0xc3, 0x28], b"\"}"].concat()
}

/// White space in front of the last brace, up to `size` bytes: the meaning stays.
fn padded(body: &[u8], size: usize) -> Vec<u8> {
    let end = body.iter().rposition(|&byte| byte == b'}').unwrap_or(body.len());
    let mut padded = body[..end].to_vec();
    padded.resize(size.saturating_sub(body.len() - end).max(end), b' ');
    padded.extend_from_slice(&body[end..]);
    padded
}

/// The body with another member of the first key in front of its last brace.
fn with_duplicate(body: &[u8]) -> Vec<u8> {
    let end = body.iter().rposition(|&byte| byte == b'}').unwrap_or(body.len());
    [&body[..end], b", \"type\": \"ledger.event.created\"", &body[end..]].concat()
}

/// The body with a member of 100,000 lists.
fn nested(body: &[u8]) -> Vec<u8> {
    const DEPTH: usize = 100_000;
    let end = body.iter().rposition(|&byte| byte == b'}').unwrap_or(body.len());
    [&body[..end], b", \"nested\": ", &[b'['].repeat(DEPTH), &[b']'].repeat(DEPTH), &body[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{EventType, sample};

    #[test]
    fn padding_keeps_the_meaning_and_gives_the_size() {
        let body = sample(EventType::LedgerEventCreated, 1).body;
        let padded = padded(&body, 1 << 20);
        assert_eq!(padded.len(), 1 << 20);
        let parse = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON");
        assert_eq!(parse(&padded), parse(&body));
        parse(&with_duplicate(&body));
    }
}
