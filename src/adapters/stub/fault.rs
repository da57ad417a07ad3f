//! When a stub's fault meets a call, and what it does to it.

use std::time::Duration;

use jiff::Timestamp;

use crate::webhook::{Call, Fault};

/// Seconds of `Retry-After`: real time passes, so it is short.
const RETRY_AFTER: u64 = 2;
/// 503s before an upstream is there again.
const UNAVAILABLE: usize = 3;

/// A fault under way.
#[derive(Debug)]
pub(super) struct FaultState {
    fault: Fault,
    unsafe_only: bool,
    hits: usize,
    refused: Option<Credential>,
    over: bool,
    /// When the time of `Retry-After` is over.
    pub(super) not_before: Option<Duration>,
}

/// What a call brought to be let in; nothing is a credential too.
#[derive(Debug)]
struct Credential(Option<String>);

/// What happens to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// It is answered as usual.
    Normal,
    /// It is answered with a status and a header.
    Status(u16, Option<(&'static str, String)>),
    /// Its connection is reset.
    Reset,
    /// It is not answered.
    Silence,
    /// Its answer is cut off.
    Truncated,
    /// Its answer comes slowly.
    Slow,
}

impl FaultState {
    pub(super) fn new(fault: Fault, unsafe_only: bool) -> Self {
        FaultState { fault, unsafe_only, hits: 0, refused: None, over: false, not_before: None }
    }

    /// The first delivery is over. A refused token stays refused where new ones are to be had.
    pub(super) fn end(&mut self, has_tokens: bool) {
        self.over = self.fault != Fault::Unauthorized || !has_tokens;
    }

    /// Decides about a call that came at `now`.
    pub(super) fn meet(&mut self, call: &Call, now: Timestamp) -> Effect {
        if self.unsafe_only && !call.is_unsafe() {
            return Effect::Normal;
        }
        self.hits += 1;
        let first = self.hits == 1;
        let refused = self.fault == Fault::Unauthorized && !self.over && self.is_refused(call);
        match self.fault {
            Fault::RetryAfterSeconds if first => {
                self.not_before = Some(call.at + Duration::from_secs(RETRY_AFTER));
                Effect::Status(429, Some(("retry-after", RETRY_AFTER.to_string())))
            }
            Fault::RetryAfterDate if first => {
                let (date, left) = date_ahead(now);
                self.not_before = Some(call.at + left);
                Effect::Status(429, Some(("retry-after", date)))
            }
            Fault::Unavailable if self.hits <= UNAVAILABLE => Effect::Status(503, None),
            Fault::Outage if !self.over => Effect::Status(503, None),
            Fault::Unauthorized if refused => {
                Effect::Status(401, Some(("www-authenticate", "Bearer error=\"invalid_token\"".to_owned())))
            }
            Fault::BadRequest if !self.over => Effect::Status(400, None),
            Fault::Forbidden if !self.over => Effect::Status(403, None),
            Fault::Reset if first => Effect::Reset,
            Fault::Timeout if first => Effect::Silence,
            Fault::Truncated if first => Effect::Truncated,
            Fault::Slow if first => Effect::Slow,
            _ => Effect::Normal,
        }
    }

    /// The credential of the first call is refused, with every call that brings it again.
    fn is_refused(&mut self, call: &Call) -> bool {
        self.refused.get_or_insert_with(|| Credential(call.credential.clone())).0 == call.credential
    }
}

/// An HTTP date that lies 2 to 3 seconds ahead (RFC 9110 section 5.6.7: dates have whole seconds), and the time until then.
fn date_ahead(now: Timestamp) -> (String, Duration) {
    let second = now.as_second() + RETRY_AFTER.cast_signed() + 1;
    let date = Timestamp::from_second(second).unwrap_or(now);
    (http_date(date), Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

/// Formats a time as an HTTP date.
pub(super) fn http_date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_http() {
        let time = Timestamp::from_second(784_111_777).expect("time");
        assert_eq!(http_date(time), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
