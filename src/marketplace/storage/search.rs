//! Full-text search, which is of the engine's own kind: SQLite's FTS5.

use sqlx::AnyConnection;

use super::rows::summary_from_row;
use super::{Storage, StorageError};
use crate::manifest::{Category, Integration};
use crate::wire::PackageSummary;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(in crate::marketplace) struct SearchQuery {
    /// Words; each may be the beginning of a word. Empty finds all.
    pub(in crate::marketplace) words: String,
    pub(in crate::marketplace) category: Option<Category>,
    pub(in crate::marketplace) offset: i64,
    pub(in crate::marketplace) limit: i64,
}

impl Storage {
    /// Finds integrations: by relevance where words are given, else the most recent first.
    pub(in crate::marketplace) async fn search(
        &self,
        query: &SearchQuery,
    ) -> Result<Vec<PackageSummary>, StorageError> {
        let words = match_expression(&query.words);
        let statement = if words.is_empty() {
            "SELECT * FROM packages WHERE active = 1 AND $1 = '' AND ($2 = '' OR category = $2) ORDER BY updated_at DESC, name LIMIT $3 OFFSET $4"
        } else {
            "SELECT packages.* FROM package_search JOIN packages ON packages.name = package_search.name \
             WHERE package_search MATCH $1 AND ($2 = '' OR packages.category = $2) \
             ORDER BY bm25(package_search, 8.0, 4.0, 1.0, 1.0), packages.name LIMIT $3 OFFSET $4"
        };
        let rows = sqlx::query(statement)
            .bind(words)
            .bind(query.category.map_or("", Category::as_str))
            .bind(query.limit)
            .bind(query.offset)
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(summary_from_row).collect()
    }
}

/// Puts an integration into the index, in place of what was there; or takes it out, where nothing of it can be installed.
pub(super) async fn index(
    connection: &mut AnyConnection,
    identity: &Integration,
    active: bool,
) -> Result<(), StorageError> {
    let name = identity.name.to_string();
    sqlx::query("DELETE FROM package_search WHERE name = $1").bind(&name).execute(&mut *connection).await?;
    if !active {
        return Ok(());
    }
    sqlx::query("INSERT INTO package_search (name, title, summary, category) VALUES ($1, $2, $3, $4)")
        .bind(&name)
        .bind(&identity.title)
        .bind(&identity.summary)
        .bind(identity.category.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Turns what a person typed into an FTS5 expression of quoted prefixes: nothing of it is taken as an operator.
fn match_expression(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::match_expression;

    #[test]
    fn operators_are_words() {
        assert_eq!(match_expression("claim-sync"), "\"claim\"* \"sync\"*");
        assert_eq!(match_expression("a OR \"b* NEAR("), "\"a\"* \"OR\"* \"b\"* \"NEAR\"*");
        assert_eq!(match_expression(" ()*\" "), "");
    }
}
