//! The rotation of a credential as a state machine. It does nothing by itself: it says which step is next, is told what
//! came of it, and is written to disk in between. A step that was cut off is done again, so each may happen twice.
//!
//! The order keeps a working credential in the store at every moment: the fresh one is stored beside the old one, handed
//! over, put in the place of the old one, and only then is the end of the old one set.

use serde::{Deserialize, Serialize};

use super::{StoreKind, Target};

/// What rotates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Subject {
    /// An API key.
    Key {
        /// Identifier of the old key.
        id: String,
        /// Where the old key comes from.
        source: KeySource,
        /// Where the fresh key is stored; nowhere where it is only handed over.
        store: Option<StoreKind>,
    },
    /// The secret that the account's deliveries are signed with. The marketplace keeps it readable.
    SigningSecret,
}

/// Where the old key comes from, and with it the right to rotate it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    /// A store of this machine: the key rotates itself.
    Store,
    /// `PROVENIQ_API_KEY`: the key rotates itself.
    Environment,
    /// Neither: a credential that may administer keys rotates it.
    Administrator,
}

/// A rotation that is under way. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// Profile that it belongs to.
    pub profile: String,
    /// Origin of the marketplace.
    pub origin: String,
    /// Name of the key here.
    pub name: String,
    /// What rotates.
    pub subject: Subject,
    /// Seconds that the old credential has left once the fresh one is in place.
    pub grace: u32,
    /// Folder that relative paths and programs of targets mean.
    pub folder: String,
    /// Where the fresh credential is handed over to, in this order.
    pub targets: Vec<Target>,
    /// How far it has come.
    pub phase: Phase,
}

/// How far a rotation has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum Phase {
    /// The marketplace is asked, or is about to be. Whether it has answered is not known.
    Asking {
        /// Idempotency-Key of the request.
        request: String,
    },
    /// A request, or what it made, is of no use: nobody has the secret.
    Lost {
        /// Idempotency-Key of the request.
        request: String,
    },
    /// There is a fresh credential that works, stored beside the old one.
    Made {
        /// Idempotency-Key of the request that made it.
        request: String,
        /// Its identifier.
        successor: String,
        /// Targets that have it.
        given: usize,
    },
    /// The fresh credential has the old one's place in the store.
    Placed {
        /// Idempotency-Key of the request that made it.
        request: String,
        /// Its identifier.
        successor: String,
    },
    /// The end of the old one is set.
    Retired {
        /// Idempotency-Key of the request that made the fresh one.
        request: String,
    },
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Make sure that nothing of this request lives or ever will.
    Cancel {
        /// Idempotency-Key of the request.
        request: String,
    },
    /// Have a fresh credential made, prove that it works, and store it beside the old one.
    Make {
        /// Idempotency-Key of the request.
        request: String,
    },
    /// Hand the fresh credential over to a target.
    HandOver {
        /// Place of the target in the list.
        target: usize,
    },
    /// Put the fresh credential in the old one's place in the store.
    Place {
        /// Identifier of the fresh credential.
        successor: String,
    },
    /// Set the end of the old credential.
    Retire,
    /// Remove what the rotation kept for itself.
    Clear,
}

/// What came of a step that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// A request is given up; the next one goes by this name.
    Cancelled {
        /// Idempotency-Key of the next request.
        next: String,
    },
    /// There is a fresh credential.
    Made {
        /// Its identifier.
        successor: String,
    },
    /// The step was done, and nothing needs to be known of it.
    Plainly,
}

impl Rotation {
    /// The step that is next; the rotation is over after [`Step::Clear`].
    pub fn next(&self) -> Step {
        match &self.phase {
            Phase::Asking { request } => Step::Make { request: request.clone() },
            Phase::Lost { request } => Step::Cancel { request: request.clone() },
            Phase::Made { given, .. } if *given < self.targets.len() => Step::HandOver { target: *given },
            Phase::Made { successor, .. } => Step::Place { successor: successor.clone() },
            Phase::Placed { .. } => Step::Retire,
            Phase::Retired { .. } => Step::Clear,
        }
    }

    /// The rotation after the step that [`Rotation::next`] named was done.
    #[must_use]
    pub fn after(mut self, done: Done) -> Self {
        self.phase = match (self.phase, done) {
            (Phase::Lost { .. }, Done::Cancelled { next }) => Phase::Asking { request: next },
            (Phase::Asking { request }, Done::Made { successor }) => Phase::Made { request, successor, given: 0 },
            (Phase::Made { request, successor, given }, _) if given < self.targets.len() => {
                Phase::Made { request, successor, given: given + 1 }
            }
            (Phase::Made { request, successor, .. }, _) => Phase::Placed { request, successor },
            (Phase::Placed { request, .. }, _) => Phase::Retired { request },
            (phase, _) => phase,
        };
        self
    }

    /// The rotation as it goes on after it was cut off. A request for a key is given up: its answer may be lost, and what
    /// it made with it. `has_secret` tells whether the fresh key is at hand.
    #[must_use]
    pub fn resumed(mut self, has_secret: bool) -> Self {
        let is_key = matches!(self.subject, Subject::Key { .. });
        self.phase = match self.phase {
            Phase::Asking { request } if is_key => Phase::Lost { request },
            Phase::Made { request, given, .. } if is_key && !has_secret && self.needs_secret(given) => {
                Phase::Lost { request }
            }
            phase => phase,
        };
        self
    }

    /// Whether the fresh key itself is needed from here on.
    fn needs_secret(&self, given: usize) -> bool {
        given < self.targets.len() || matches!(self.subject, Subject::Key { store: Some(_), .. })
    }

    /// The request whose work can still be taken back; `None` once the fresh credential has the old one's place.
    pub fn revocable(&self) -> Option<&str> {
        match &self.phase {
            Phase::Asking { request } | Phase::Lost { request } | Phase::Made { request, .. } => Some(request),
            Phase::Placed { .. } | Phase::Retired { .. } => None,
        }
    }

    /// The request that made, or is to make, the fresh credential.
    pub fn request(&self) -> &str {
        match &self.phase {
            Phase::Asking { request }
            | Phase::Lost { request }
            | Phase::Made { request, .. }
            | Phase::Placed { request, .. }
            | Phase::Retired { request } => request,
        }
    }

    /// Identifier of the fresh credential, where it is known.
    pub fn successor(&self) -> Option<&str> {
        match &self.phase {
            Phase::Made { successor, .. } | Phase::Placed { successor, .. } => Some(successor),
            _ => None,
        }
    }

    /// Targets that have the fresh credential.
    pub fn given(&self) -> &[Target] {
        match self.phase {
            Phase::Asking { .. } | Phase::Lost { .. } => &[],
            Phase::Made { given, .. } => &self.targets[..given.min(self.targets.len())],
            Phase::Placed { .. } | Phase::Retired { .. } => &self.targets,
        }
    }

    /// Where the fresh key is stored.
    pub fn store(&self) -> Option<StoreKind> {
        match self.subject {
            Subject::Key { store, .. } => store,
            Subject::SigningSecret => None,
        }
    }
}
