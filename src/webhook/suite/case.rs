//! A case, and what it does.

use crate::event::EventType;
use crate::manifest::vocabulary;
use crate::webhook::attempt::SignedEvent;
use crate::webhook::judge::Expectation;
use crate::webhook::upstream::Fault;

vocabulary! {
    /// A group of cases that is asked for by name.
    Suite, "suite" {
        /// Genuine deliveries of every type and shape.
        Delivery = "delivery",
        /// Forged, tampered, stale and oddly signed deliveries.
        Signature = "signature",
        /// Duplicates, and what they do.
        Replay = "replay",
        /// Input and connections that no marketplace would send on purpose.
        Robustness = "robustness",
        /// Faults of the systems that the integration calls.
        Upstream = "upstream",
    }
}

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Stable identifier, such as `signature.changed-body`.
    pub id: String,
    /// The suite it belongs to.
    pub suite: Suite,
    /// What the case does, in a few words.
    pub title: String,
    /// What the endpoint must do.
    pub expectation: Expectation,
    /// How to mend a handler that fails.
    pub help: &'static str,
    /// What is done.
    pub script: Script,
}

/// What a case does.
#[derive(Debug, Clone)]
pub enum Script {
    /// Sends one delivery and judges its answer.
    Send(SignedEvent),
    /// Sends deliveries at once and judges each answer.
    SendMany(Vec<SignedEvent>),
    /// Disturbs the endpoint, then sends a genuine delivery that must be accepted.
    Disturb {
        /// What is sent.
        event: SignedEvent,
        /// How it is sent.
        disturbance: Disturbance,
        /// The genuine delivery.
        after: SignedEvent,
    },
    /// Starts the integration with these secrets and sends one delivery.
    Restarted {
        /// What the integration is given.
        secrets: Secrets,
        /// What is sent.
        event: SignedEvent,
    },
    /// Sends an event more than once and counts what it does: the first one that has an effect, or one of this type.
    Repeat(Repetition, Option<EventType>),
    /// Sends forgeries, none of which may have an effect.
    Refuse(Vec<SignedEvent>),
    /// Sends an event while an upstream has a fault.
    Upstream {
        /// Name of the upstream.
        upstream: String,
        /// Its fault.
        fault: Fault,
    },
}

/// The signing secrets that an integration is started with while they rotate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// The new one and the old one.
    Both,
    /// The new one alone.
    New,
}

/// How a delivery disturbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disturbance {
    /// By what it is; it is sent as any other.
    Content,
    /// With this content type, or none.
    ContentType(Option<&'static str>),
    /// With this method.
    Method(&'static str),
    /// In small pieces over two seconds.
    Slow,
    /// Cut off in the middle of the body.
    Disconnect,
    /// Three at once on one connection, without waiting for the answers between.
    Pipelined,
}

/// How an event is sent more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repetition {
    /// Twice, one after the other.
    Sequence,
    /// Twenty times at once.
    Concurrent,
    /// Again after the integration was started anew.
    Restart,
    /// The same identifier with other content.
    OtherContent,
    /// Two events, the later one first.
    Reordered,
    /// Once, and forged: it must do nothing at all.
    Forged,
    /// Again after a while and many others.
    Later,
}
