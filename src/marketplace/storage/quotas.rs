//! How much one account or publisher may have: bounds that no honest use reaches, so that nobody fills the marketplace.
//! What is counted was added before in the same transaction, so that of those who come at once none is missed.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use super::StorageError;

/// Most living keys of an account: one for each machine of a large fleet, and still ten pages to look through.
pub(in crate::marketplace) const MOST_KEYS: i64 = 1_000;
/// Most living keys of an account while keys rotate: each may have a successor beside it.
const MOST_ROTATING: i64 = 2 * MOST_KEYS;
/// Most living clients of a publisher, or of an account outside of publishers: an integration has one, and a publisher's
/// list of them is one answer.
pub(in crate::marketplace) const MOST_CLIENTS: i64 = 500;
/// Most publishers that an account has founded: names are given for ever.
pub(in crate::marketplace) const MOST_PUBLISHERS: i64 = 100;

/// Tells whether the account's keys are as many as may be at most.
pub(super) async fn keys_fit(
    connection: &mut AnyConnection,
    account: &str,
    rotating: bool,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let count = "SELECT count(*) AS held FROM api_keys WHERE account = $1 AND revoked_at IS NULL AND bootstrap = 0 \
                 AND (expires_at IS NULL OR expires_at > $2)";
    let query = sqlx::query(count).bind(account).bind(now.as_microsecond());
    let held: i64 = query.fetch_one(connection).await?.try_get("held")?;
    Ok(held <= if rotating { MOST_ROTATING } else { MOST_KEYS })
}

/// Tells whether the clients of a publisher, or of an account outside of publishers, are as many as may be at most.
pub(super) async fn clients_fit(
    connection: &mut AnyConnection,
    account: &str,
    publisher: Option<&str>,
) -> Result<bool, StorageError> {
    let (count, whose) = match publisher {
        Some(publisher) => {
            ("SELECT count(*) AS held FROM oauth_clients WHERE publisher = $1 AND ended_at IS NULL", publisher)
        }
        None => (
            "SELECT count(*) AS held FROM oauth_clients WHERE account = $1 AND publisher IS NULL AND ended_at IS NULL",
            account,
        ),
    };
    let held: i64 = sqlx::query(count).bind(whose).fetch_one(connection).await?.try_get("held")?;
    Ok(held <= MOST_CLIENTS)
}

/// Tells whether the publishers that an account has founded are as many as may be at most.
pub(super) async fn publishers_fit(connection: &mut AnyConnection, account: &str) -> Result<bool, StorageError> {
    let count = "SELECT count(*) AS held FROM publishers WHERE account = $1";
    let held: i64 = sqlx::query(count).bind(account).fetch_one(connection).await?.try_get("held")?;
    Ok(held <= MOST_PUBLISHERS)
}
