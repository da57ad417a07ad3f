//! Storage: a database for what is known and a folder for blobs. SQL and paths stay in here.

mod audit;
mod blobs;
mod callers;
mod clients;
mod database;
mod devices;
mod error;
mod events;
mod grants;
mod installations;
mod keys;
mod leaks;
mod ledger;
mod packages;
mod people;
mod rows;
mod search;
mod tokens;
mod uploads;

pub(super) use audit::{AuditReader, Deed};
pub(super) use blobs::Blobs;
pub(super) use callers::{Caller, Credential, Trail};
pub(super) use clients::{NewClient, OAuthClient};
pub(super) use database::Storage;
pub(super) use devices::{NewDevice, Polled};
pub(super) use error::StorageError;
pub(super) use events::StoredEvent;
pub(super) use grants::{Consent, GrantKind};
pub(super) use installations::{InstallationsOf, NewInstallation};
pub(super) use keys::{BUILT_IN, NewKey};
pub(super) use ledger::{Appended, carrier_of};
pub(super) use packages::{NewVersion, Published};
pub(super) use people::{Identity, MemberChange, SignInUnderWay};
pub(super) use search::SearchQuery;
pub(super) use tokens::{Exchanged, Issued, Request as TokenRequest};
pub(super) use uploads::StoredUpload;
