//! Columns to values.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::StorageError;
use crate::certification::Tier;
use crate::manifest::{Category, IntegrationName, IntegrationType, PricingModel};
use crate::wire::PackageSummary;

/// A time as it is stored.
pub(super) fn time(microseconds: i64) -> Result<Timestamp, StorageError> {
    Timestamp::from_microsecond(microseconds).map_err(|cause| StorageError::Damaged(cause.to_string()))
}

/// Reads a column that holds a word of a vocabulary.
pub(super) fn word<T>(
    row: &AnyRow,
    column: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<T, StorageError> {
    parse(&row.try_get::<String, _>(column)?).map_err(StorageError::Damaged)
}

/// What search shows of a package.
pub(super) fn summary_from_row(row: &AnyRow) -> Result<PackageSummary, StorageError> {
    Ok(PackageSummary {
        name: word(row, "name", IntegrationName::parse)?,
        title: row.try_get("title")?,
        summary: row.try_get("summary")?,
        kind: word(row, "kind", IntegrationType::parse)?,
        category: word(row, "category", Category::parse)?,
        pricing: word(row, "pricing", PricingModel::parse)?,
        tier: word(row, "tier", Tier::parse)?,
        latest: row.try_get("latest")?,
        updated_at: time(row.try_get("updated_at")?)?,
    })
}
