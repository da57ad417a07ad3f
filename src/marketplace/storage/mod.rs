//! Storage: a database for what is known and a folder for blobs. SQL and paths stay in here.

mod blobs;
mod database;
mod error;
mod events;
mod keys;
mod ledger;
mod packages;
mod rows;
mod search;
mod uploads;

pub(super) use blobs::Blobs;
pub(super) use database::Storage;
pub(super) use error::StorageError;
pub(super) use events::StoredEvent;
pub(super) use keys::{Caller, NewKey};
pub(super) use ledger::Appended;
pub(super) use packages::{NewVersion, Published};
pub(super) use search::SearchQuery;
pub(super) use uploads::StoredUpload;
