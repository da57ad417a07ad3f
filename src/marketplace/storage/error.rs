//! What can go wrong in storage.

use std::io;

/// A failure of the database or of the blob folder.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// The database could not be brought up to date.
    #[error("the database could not be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// A file could not be read or written.
    #[error("a file could not be read or written")]
    Io(#[source] io::Error),
    /// There is no room left.
    #[error("there is no room left on the disk")]
    Full(#[source] io::Error),
    /// What is stored makes no sense: it was damaged or written by another program.
    #[error("what is stored is damaged: {0}")]
    Damaged(String),
}

/// `SQLITE_FULL`: the disk is full, or the database reached its bound.
const SQLITE_FULL: &str = "13";

impl From<sqlx::Error> for StorageError {
    fn from(cause: sqlx::Error) -> Self {
        let full = cause
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .is_some_and(|code| code == SQLITE_FULL);
        if full { StorageError::Full(io::ErrorKind::StorageFull.into()) } else { StorageError::Database(cause) }
    }
}

impl From<io::Error> for StorageError {
    fn from(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                StorageError::Full(cause)
            }
            _ => StorageError::Io(cause),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StorageError {
    fn from(cause: sqlx::migrate::MigrateError) -> Self {
        StorageError::Migration(cause)
    }
}

/// Tells whether a statement failed because a unique value is there already.
pub(super) fn is_unique_violation(cause: &sqlx::Error) -> bool {
    cause.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
