//! Signing in where there is no browser: a code that a person types elsewhere (RFC 8628).

use std::time::{Duration, Instant};

use super::Obtained;
use crate::adapters::authorization_server::{AuthorizationServer, Polled, tokens_lost};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// Longest and shortest time between two questions, whatever the marketplace asks for.
const INTERVALS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_mins(1));

/// Shows a code and waits until the person has decided elsewhere. Where an answer was lost the marketplace is asked once more
/// before this ends: a code that comes again ends what was given for it.
pub async fn through_device(
    context: &Context,
    server: &AuthorizationServer,
    scopes: &str,
    patience: Duration,
) -> Result<Obtained> {
    let codes = server.begin_device(scopes).await?;
    context.output.address("Open", &codes.verification_uri);
    context.output.address("Code", &codes.user_code);
    let patience = patience.min(Duration::from_secs(codes.expires_in));
    let started = Instant::now();
    let mut interval = Duration::from_secs(codes.interval).clamp(INTERVALS.0, INTERVALS.1);
    let late = || {
        Error::new(Kind::Inconclusive, format!("nobody decided within {} s", patience.as_secs()))
            .hint("run `proveniq login --device` again for a fresh code")
    };
    let mut unanswered: Option<Error> = None;
    loop {
        let last = started.elapsed() + interval > patience;
        if last && unanswered.is_none() {
            return Err(late());
        }
        if !last {
            tokio::time::sleep(interval).await;
        }
        let finishing = context.interrupt.finishing()?;
        match server.poll_device(&codes).await {
            Ok(Polled::Done(login)) => return Ok(Obtained { login, finishing }),
            Ok(Polled::Pending) => unanswered = None,
            Ok(Polled::SlowDown) => {
                unanswered = None;
                interval = (interval + Duration::from_secs(5)).min(INTERVALS.1);
            }
            Ok(Polled::Denied) => return Err(Error::auth("the sign-in was refused in the browser")),
            Ok(Polled::Expired) => return Err(late()),
            // RFC 8628 section 3.5: a connection that fails is asked again, less often.
            Ok(Polled::Unanswered(error)) => {
                unanswered = Some(error);
                interval = (interval * 2).min(INTERVALS.1);
            }
            // The answer that was lost had the tokens; this one says that they were ended.
            Err(error) if unanswered.is_some() && error.kind() == Kind::Auth => return Err(tokens_lost()),
            Err(error) => return Err(error),
        }
        if last {
            let again = "sign in again with `proveniq login --device`";
            return Err(unanswered.map_or_else(late, |error| error.hint(again)));
        }
    }
}
