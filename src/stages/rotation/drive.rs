//! Driving a rotation: a step, then the journal, then the next step; and what happens where one fails.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Serialize;

use crate::adapters::handover;
use crate::adapters::journal::Journal;
use crate::adapters::marketplace_client::MarketplaceClient;
use crate::adapters::process;
use crate::context::Context;
use crate::credential::{ApiKey, Done, Phase, Rotation, Step, StoreKind, Subject, Target};
use crate::error::{Error, Result};
use crate::stages::new_key::PATIENCE;
use crate::wire::Key;

/// A rotation that this process has in hand.
#[derive(Debug)]
pub struct Rotating<'a> {
    pub(super) context: &'a Context,
    pub(super) journal: Journal,
    pub(super) rotation: Rotation,
    /// Acts with the old key, or with a credential that may administer keys.
    pub(super) owner: MarketplaceClient,
    pub(super) limit: Duration,
    pub(super) replace: bool,
    /// The fresh key, where it is at hand.
    pub(super) secret: Option<ApiKey>,
    /// Both signing secrets, as an integration is given them.
    pub(super) values: Option<SecretString>,
    pub(super) fresh: Option<Key>,
    pub(super) old_ends: Option<Timestamp>,
}

/// A finished rotation.
#[derive(Debug, Serialize)]
pub struct Rotated {
    /// Name of the key.
    pub name: String,
    /// Marketplace.
    pub marketplace: String,
    /// Profile.
    pub profile: String,
    /// What rotated.
    pub rotated: Subject,
    /// When the old credential ends, where it is known.
    pub old_expires_at: Option<Timestamp>,
    /// The fresh key, where it was made or seen by this process.
    pub key: Option<Key>,
    /// Where the fresh key is stored.
    pub stored: Option<StoreKind>,
    /// Targets that have the fresh credential.
    pub targets: Vec<Target>,
}

/// Why a step was not done, and what that means for the rotation.
pub(super) enum Failure {
    /// The marketplace refused to begin: there is nothing to take back.
    Refused(Error),
    /// What was made is of no use to anybody, and is taken back.
    Undo(Error),
    /// Both credentials work; it can go on later.
    Later(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Undo(error)
    }
}

impl<'a> Rotating<'a> {
    pub(super) fn new(context: &'a Context, journal: Journal, rotation: Rotation, owner: MarketplaceClient) -> Self {
        Rotating {
            context,
            journal,
            rotation,
            owner,
            limit: handover::LIMIT,
            replace: false,
            secret: None,
            values: None,
            fresh: None,
            old_ends: None,
        }
    }

    /// The same, giving up a rotation that others began and never finished.
    #[must_use]
    pub fn replacing(self, replace: bool) -> Self {
        Rotating { replace, ..self }
    }

    /// The same, with so much time for each program that is handed over to.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Rotating { limit, ..self }
    }

    /// Whether the secret goes to standard output.
    pub fn uses_stdout(&self) -> bool {
        self.rotation.targets.contains(&Target::Stdout)
    }

    /// Goes on to the end. What fails leaves the old credential as it is: the fresh one is taken back where nobody has it,
    /// and else the journal stays, so that it can go on.
    pub async fn run(mut self) -> Result<Rotated> {
        let outcome = tokio::select! {
            outcome = self.steps() => outcome,
            () = process::interrupted() => Err(match self.rotation.phase {
                Phase::Asking { .. } | Phase::Lost { .. } => Failure::Undo(Error::interrupted()),
                _ => Failure::Later(Error::interrupted()),
            }),
        };
        match outcome {
            Ok(()) => Ok(self.rotated()),
            Err(failure) => Err(self.failed(failure).await),
        }
    }

    async fn steps(&mut self) -> Result<(), Failure> {
        loop {
            let step = self.rotation.next();
            let done = match &step {
                Step::Cancel { request } => self.cancel(request).await.map_err(Failure::Later)?,
                Step::Make { request } => self.make(request).await?,
                Step::HandOver { target } => self.give(*target).await?,
                Step::Place { .. } => self.place().await.map_err(Failure::Later)?,
                Step::Retire => self.retire().await.map_err(Failure::Later)?,
                Step::Clear => {
                    self.forget_beside(self.rotation.request()).map_err(Failure::Later)?;
                    return self.journal.clear().map_err(Failure::Later);
                }
            };
            self.note(done)?;
        }
    }

    /// Writes down that a step is done. Where that fails, nothing that was done is lost: the step is done again.
    fn note(&mut self, done: Done) -> Result<(), Failure> {
        self.rotation = self.rotation.clone().after(done);
        let harmless = matches!(self.rotation.phase, Phase::Made { given: 0, .. });
        let failed = |error| if harmless { Failure::Undo(error) } else { Failure::Later(error) };
        self.journal.write(&self.rotation).map_err(failed)
    }

    async fn failed(&self, failure: Failure) -> Error {
        let (error, taken_back) = match failure {
            Failure::Refused(error) => (error, self.journal.clear().is_ok()),
            Failure::Undo(error) => {
                let taking_back = tokio::time::timeout(PATIENCE, self.take_back());
                (error, taking_back.await.is_ok_and(|outcome| outcome.is_ok()))
            }
            Failure::Later(error) => (error, false),
        };
        if taken_back {
            return error.hint("nothing was changed: the old one stays as it is");
        }
        error.hint("the old one still works: go on with `proveniq keys rotate --resume`, or take it back with --abort")
    }

    /// Takes back what was made, as long as the old credential has its place.
    pub(super) async fn take_back(&self) -> Result<()> {
        let request = self.rotation.revocable().ok_or_else(|| self.is_placed())?;
        if let Err(error) = self.cancel_request(request).await {
            // An old key that works no more cannot take anything back; the fresh one can.
            let secret = self.secret.clone().ok_or(error)?;
            self.owner.acting_with(secret).revoke_key("current").await?;
        }
        self.forget_beside(request)?;
        self.journal.clear()
    }

    /// That it is too late to take anything back.
    pub(super) fn is_placed(&self) -> Error {
        Error::conflict(format!("the fresh one has the place of {:?} already", self.rotation.name))
            .hint("finish the rotation with `proveniq keys rotate --resume`")
    }

    fn rotated(self) -> Rotated {
        Rotated {
            marketplace: self.owner.origin(),
            stored: self.rotation.store(),
            name: self.rotation.name,
            profile: self.rotation.profile,
            rotated: self.rotation.subject,
            old_expires_at: self.old_ends,
            key: self.fresh,
            targets: self.rotation.targets,
        }
    }
}
