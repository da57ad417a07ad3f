//! The sandbox's database, behind the marketplace's back.

use sqlx::{AnyConnection, Connection as _, Row as _};

use super::TestEnvironment;

impl TestEnvironment {
    /// Changes the sandbox's database, as the passing of time would.
    pub fn change_database(&self, statement: &str) {
        self.with_database(async |database| {
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(database).await.expect("changed");
        });
    }

    /// A number that a query of the sandbox's database gives.
    pub fn number_in_database(&self, query: &str) -> i64 {
        self.with_database(async |database| {
            sqlx::query(sqlx::AssertSqlSafe(query)).fetch_one(database).await.expect("row").get(0)
        })
    }

    /// The texts that a query of the sandbox's database gives, one a row.
    pub fn texts_in_database(&self, query: &str) -> Vec<String> {
        self.with_database(async |database| {
            let rows = sqlx::query(sqlx::AssertSqlSafe(query)).fetch_all(database).await.expect("rows");
            rows.iter().map(|row| row.get(0)).collect()
        })
    }

    fn with_database<T>(&self, work: impl AsyncFnOnce(&mut AnyConnection) -> T) -> T {
        let path = self.path("state/sandbox/data/marketplace.db");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(async {
            sqlx::any::install_default_drivers();
            let mut database = AnyConnection::connect(&format!("sqlite://{}", path.display())).await.expect("database");
            let outcome = work(&mut database).await;
            database.close().await.expect("closed");
            outcome
        })
    }
}
