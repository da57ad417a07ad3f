//! The database: one writer, several readers, migrations run at start.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Connection as _, Executor as _, SqlSafeStr as _};

use super::audit::chain_identifier;
use super::{Blobs, StorageError};

const MIGRATIONS: [(i64, &str, &str); 12] = [
    (1, "begin", include_str!("migrations/0001_begin.sql")),
    (2, "search", include_str!("migrations/0002_search_sqlite.sql")),
    (3, "events", include_str!("migrations/0003_events_sqlite.sql")),
    (4, "identity", include_str!("migrations/0004_identity.sql")),
    (5, "rotation", include_str!("migrations/0005_rotation.sql")),
    (6, "leaks", include_str!("migrations/0006_leaks.sql")),
    (7, "housekeeping", include_str!("migrations/0007_housekeeping.sql")),
    (8, "signing_secrets", include_str!("migrations/0008_signing_secrets.sql")),
    (9, "holdings", include_str!("migrations/0009_holdings.sql")),
    (10, "attestations", include_str!("migrations/0010_attestations.sql")),
    (11, "lifecycle", include_str!("migrations/0011_lifecycle.sql")),
    (12, "deprecation", include_str!("migrations/0012_deprecation.sql")),
];

/// Every connection: readers never wait for the writer, a commit survives the loss of power, references hold.
const PRAGMAS: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;";

/// Database and blobs of one marketplace.
#[derive(Debug)]
pub(in crate::marketplace) struct Storage {
    pub(super) reader: AnyPool,
    pub(super) writer: AnyPool,
    pub(in crate::marketplace) blobs: Blobs,
    /// This process's chain of the audit log.
    pub(super) chain: String,
}

impl Storage {
    /// Opens the data folder, and makes it where it is missing.
    pub(in crate::marketplace) async fn open(folder: &Path) -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let blobs = Blobs::open(folder)?;
        let file = folder.join("marketplace.db");
        keep_private(&file)?;
        let url = database_url(&file)?;
        // A pool tries again until its time is over and then hides why a database cannot be used; one connection tells.
        let mut first = AnyConnection::connect(&url).await?;
        first.execute(PRAGMAS).await?;
        first.close().await?;
        let writer = pool(&url, 1).await?;
        let known = MIGRATIONS.map(|(version, name, sql)| {
            Migration::new(version, name.into(), MigrationType::Simple, AssertSqlSafe(sql).into_sql_str(), false)
        });
        Migrator::with_migrations(known.to_vec()).run(&writer).await?;
        let reader = pool(&url, 4).await?;
        let now = Timestamp::now();
        let storage = Storage { reader, writer, blobs, chain: chain_identifier(now)? };
        storage.open_chain(now).await?;
        Ok(storage)
    }
}

/// Makes the database where it is missing, readable by its owner alone: it holds signing secrets. The files that `SQLite`
/// puts beside it get the same mode; those that are there already are closed.
fn keep_private(file: &Path) -> Result<(), StorageError> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?;
    #[cfg(unix)]
    ["", "-wal", "-shm"].iter().try_for_each(|suffix| close_to_others(file, suffix))?;
    Ok(())
}

/// Takes a file of the database from everybody but its owner, where it is there.
#[cfg(unix)]
fn close_to_others(database: &Path, suffix: &str) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut file = database.as_os_str().to_owned();
    file.push(suffix);
    match std::fs::metadata(&file) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600))
        }
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

async fn pool(url: &str, connections: u32) -> Result<AnyPool, StorageError> {
    let options = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| Box::pin(async move { connection.execute(PRAGMAS).await.map(drop) }));
    Ok(options.connect(url).await?)
}

/// The URL of a file, with every odd character of its path escaped.
fn database_url(path: &Path) -> Result<String, StorageError> {
    let absolute = std::path::absolute(path)?;
    let url = url::Url::from_file_path(&absolute)
        .map_err(|()| StorageError::Damaged(format!("{} makes no database address", absolute.display())))?;
    Ok(format!("sqlite://{}?mode=rwc", url.path()))
}
