//! Request and response types that the client and the marketplace share. Data only.

mod accounts;
mod audit;
mod clients;
mod events;
mod installations;
mod keys;
mod leaks;
mod ledger;
mod packages;
mod problem;
mod reviews;
mod service;
mod signing_keys;
mod signing_secret;
mod uploads;

pub use accounts::{
    Account, Consent, Consents, CredentialKind, HeldCredential, Member, Members, Membership, Role, SetMember,
    SignInName,
};
pub use audit::{AuditChain, AuditChains, AuditPage, AuditRecord};
pub use clients::{Client, ClientList, CreateClient, CreatedClient};
pub use events::{EmitEvent, Emitted, EventList, LoggedEvent, StreamEnd, StreamReady, StreamedDelivery};
pub use installations::{Install, Installation, Installations};
pub use keys::{BeginRotation, CreateKey, CreatedKey, Key, KeyList, ShortenKey};
pub use leaks::{LEAK_KEY_IDENTIFIER, LEAK_SIGNATURE, LeakFeedback, LeakLabel, LeakedToken};
pub use ledger::{AppendEntry, EntryKind, LedgerEntry, LedgerPage, Subject, SubjectType};
pub use packages::{Deprecate, Package, PackageList, PackageSummary, SignedVersion, Version, VersionStatus, Yank};
pub use problem::{Code, PROBLEM_CONTENT_TYPE, PROBLEM_TYPE, Problem, Rejection};
pub use reviews::{Decision, Review, ReviewQueue, WaitingVersion};
pub use service::Service;
pub use signing_keys::{MarketplaceKey, RegisterSigningKey, RegisteredSigningKey, SigningKeyList};
pub use signing_secret::{PreviousSecret, RetireSecret, WebhookSecret};
pub use uploads::{Claim, CommitUpload, OpenUpload, RECEIPT_SCHEMA, Receipt, Upload};

/// Largest part of an upload that one request may carry, in bytes.
pub const PART_BYTES: usize = 8 << 20;

/// Header that names the offset of an upload's part, in bytes.
pub const UPLOAD_OFFSET: &str = "upload-offset";

/// Largest body of an event, in bytes.
pub const EVENT_BYTES: usize = 256 << 10;

/// Header that makes a write safe to repeat.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
