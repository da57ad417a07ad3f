//! Handing a credential over to a program, which reads it from standard input. Neither its arguments nor its environment
//! hold the credential; what it prints is kept, and shown without the credential where it fails.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::process::{Job, KEPT, Supervised};
use crate::credential::{Program, redact};
use crate::error::{Error, Result};

/// Time that a program has.
pub const LIMIT: Duration = Duration::from_mins(1);

/// Why a credential was not handed over.
#[derive(Debug)]
pub enum Refused {
    /// The program says so: what it was to change is as it was.
    Said(Error),
    /// It was cut off; nobody knows what it has done.
    Unknown(Error),
}

/// Runs programs one after the other until one takes the credential; `proveniq` is the path of this program, which
/// supervises them.
pub async fn run(
    proveniq: &Path,
    folder: &Path,
    programs: &[Program],
    secret: &SecretString,
    limit: Duration,
) -> Result<(), Refused> {
    let mut refusals = Vec::new();
    for program in programs {
        match attempt(proveniq, folder, program, secret, limit).await {
            Ok(()) => return Ok(()),
            Err(Refused::Unknown(error)) => return Err(Refused::Unknown(error)),
            Err(Refused::Said(error)) => refusals.push(error),
        }
    }
    // The first one is the rule, and says why; the second is for a place that is not there yet.
    let refusal = refusals.into_iter().next().unwrap_or_else(|| Error::bug("there was no program to hand over to"));
    Err(Refused::Said(refusal))
}

async fn attempt(
    proveniq: &Path,
    folder: &Path,
    program: &Program,
    secret: &SecretString,
    limit: Duration,
) -> Result<(), Refused> {
    let words = program.words.join(" ");
    // A pager would wait for a person.
    let environment = BTreeMap::from([("AWS_PAGER".to_owned(), String::new())]);
    let job = Job { words: &program.words, folder, environment };
    let input = program.input.expose_secret().as_bytes();
    let mut running = Supervised::start_with_input(proveniq, &job, input).map_err(Refused::Said)?;
    let status = running.wait(limit).await;
    let printed = || {
        let text = running.output();
        redact(&text, secret.expose_secret(), text.len() >= KEPT)
    };
    match status {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(Refused::Said(
            Error::unreachable(format!("the hand-over with `{words}` failed: {status}")).with_log(printed()),
        )),
        None => Err(Refused::Unknown(
            Error::unreachable(format!("the hand-over with `{words}` did not end within {} s", limit.as_secs()))
                .with_log(printed()),
        )),
    }
}
