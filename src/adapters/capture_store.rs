//! Exchanges in an SQLite file that only its owner can read. Each is there before anything else happens with it, and
//! survives the sudden end of this program.

mod rows;

use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, Row as _, SqliteConnection};
use tokio::sync::Mutex;

use crate::error::{Error, Explain, Result};
use crate::webhook::exchange::{Arrival, Exchange, Forward, Source};

/// Tells a capture from any other SQLite file (`PRAGMA application_id`): "PVQC".
const APPLICATION: i64 = 0x5056_5143;
/// Version of the tables (`PRAGMA user_version`).
const VERSION: i64 = 1;

const TABLES: &str = "
CREATE TABLE exchanges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    origin TEXT,
    cursor INTEGER,
    replay_of INTEGER,
    event_type TEXT,
    message_id TEXT,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    headers BLOB NOT NULL,
    body BLOB NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0,
    url TEXT,
    elapsed_us INTEGER,
    status INTEGER,
    reply_headers BLOB,
    reply_body BLOB,
    reply_truncated INTEGER,
    failure_kind TEXT,
    failure TEXT
);
CREATE INDEX exchanges_message ON exchanges (message_id);
CREATE INDEX exchanges_cursor ON exchanges (origin, cursor);
";

/// A capture file that is open.
#[derive(Debug)]
pub struct CaptureStore {
    connection: Mutex<SqliteConnection>,
    path: PathBuf,
}

impl CaptureStore {
    /// Opens a capture, or begins one where there is no file. Any other file is refused and left as it is.
    pub async fn open_or_create(path: &Path) -> Result<Self> {
        if !path.exists() {
            create(path)?;
        }
        Self::opened(path).await
    }

    /// Opens a capture that is there.
    pub async fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::usage(format!("there is no capture {}", path.display()))
                .hint("make one with `proveniq listen --capture FILE`"));
        }
        Self::opened(path).await
    }

    async fn opened(path: &Path) -> Result<Self> {
        let failed = || format!("cannot open the capture {}", path.display());
        let options = SqliteConnectOptions::new().filename(path).busy_timeout(std::time::Duration::from_secs(5));
        let mut connection = options.disable_statement_logging().connect().await.or_usage(failed)?;
        let not_ours = || {
            Error::usage(format!("{} is no capture of proveniq", path.display()))
                .hint("name another file; this one is left as it is")
        };
        let application =
            pragma(&mut connection, "PRAGMA application_id").await.map_err(|cause| not_ours().because(cause))?;
        let tables = pragma(&mut connection, "SELECT count(*) FROM sqlite_master").await.or_usage(failed)?;
        match (application, tables) {
            (0, 0) => begin(&mut connection).await.or_usage(failed)?,
            (APPLICATION, _) => {}
            _ => return Err(not_ours()),
        }
        let version = pragma(&mut connection, "PRAGMA user_version").await.or_usage(failed)?;
        if version != VERSION {
            return Err(Error::usage(format!("the capture {} is of another version of proveniq", path.display())));
        }
        Ok(CaptureStore { connection: Mutex::new(connection), path: path.to_owned() })
    }

    /// Keeps what came in, before it goes anywhere; returns its number. `origin` is the marketplace it came from.
    pub async fn begin(&self, arrival: &Arrival, origin: Option<&str>) -> Result<u64> {
        let (cursor, replay_of) = match arrival.source {
            Source::Marketplace { cursor } => (Some(cursor), None),
            Source::Local => (None, None),
            Source::Replay { of } => (None, Some(of)),
        };
        let request = &arrival.request;
        let query = sqlx::query(
            "INSERT INTO exchanges \
             (received_at, origin, cursor, replay_of, event_type, message_id, method, path, headers, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        )
        .bind(arrival.received_at.as_microsecond())
        .bind(origin)
        .bind(cursor.map(rows::signed))
        .bind(replay_of.map(rows::signed))
        .bind(&arrival.event_type)
        .bind(request.header("webhook-id"))
        .bind(&request.method)
        .bind(&request.path)
        .bind(rows::header_lines(&request.headers))
        .bind(&request.body);
        let mut connection = self.connection.lock().await;
        let row = query.fetch_one(&mut *connection).await.or_usage(|| self.failed("write"))?;
        Ok(rows::unsigned(row.get("id")))
    }

    /// Keeps what became of an exchange; `None` where it was not passed on.
    pub async fn finish(&self, id: u64, forward: Option<&Forward>) -> Result<()> {
        let reply = forward.and_then(|forward| forward.result.as_ref().ok());
        let failure = forward.and_then(|forward| forward.result.as_ref().err());
        let (failure_kind, failure) = failure.map(rows::failure_columns).unzip();
        let query = sqlx::query(
            "UPDATE exchanges SET finished = 1, url = $2, elapsed_us = $3, status = $4, reply_headers = $5, \
             reply_body = $6, reply_truncated = $7, failure_kind = $8, failure = $9 WHERE id = $1",
        )
        .bind(rows::signed(id))
        .bind(forward.map(|forward| forward.url.as_str()))
        .bind(forward.map(|forward| rows::signed(forward.elapsed_us)))
        .bind(reply.map(|reply| i64::from(reply.status)))
        .bind(reply.map(|reply| rows::header_lines(&reply.headers)))
        .bind(reply.map(|reply| reply.body.as_slice()))
        .bind(reply.map(|reply| reply.truncated))
        .bind(failure_kind)
        .bind(failure);
        let mut connection = self.connection.lock().await;
        query.execute(&mut *connection).await.or_usage(|| self.failed("write")).map(drop)
    }

    /// Finds an exchange by its number, or the last one with a `webhook-id`: one that came in, before any replay of it.
    pub async fn find(&self, id: &str) -> Result<Exchange> {
        let query = match id.parse::<i64>() {
            Ok(number) => sqlx::query("SELECT * FROM exchanges WHERE id = $1").bind(number),
            Err(_) => sqlx::query(
                "SELECT * FROM exchanges WHERE message_id = $1 ORDER BY replay_of IS NOT NULL, id DESC LIMIT 1",
            )
            .bind(id.to_owned()),
        };
        let mut connection = self.connection.lock().await;
        let row = query.fetch_optional(&mut *connection).await.or_usage(|| self.failed("read"))?;
        let row = row.ok_or_else(|| {
            Error::usage(format!("there is no exchange {id:?} in {}", self.path.display()))
                .hint("`listen` shows the id of each exchange; a webhook-id is fine too")
        })?;
        rows::exchange(&row).or_usage(|| self.failed("read"))
    }

    /// Position behind which to go on: that of the last delivery of a marketplace whose end is known. One whose end is not
    /// known, because the program was ended meanwhile, comes again.
    pub async fn last_cursor(&self, origin: &str) -> Result<Option<u64>> {
        let query = sqlx::query(
            "SELECT max(CASE WHEN finished = 1 THEN cursor ELSE cursor - 1 END) AS last FROM exchanges \
             WHERE origin = $1 AND cursor IS NOT NULL",
        )
        .bind(origin);
        let mut connection = self.connection.lock().await;
        let row = query.fetch_one(&mut *connection).await.or_usage(|| self.failed("read"))?;
        Ok(row.get::<Option<i64>, _>("last").map(rows::unsigned))
    }

    /// Closes the file, so that its journal is merged.
    pub async fn close(self) -> Result<()> {
        let path = self.path;
        self.connection.into_inner().close().await.or_usage(|| format!("cannot close the capture {}", path.display()))
    }

    fn failed(&self, what: &str) -> String {
        format!("cannot {what} the capture {}", self.path.display())
    }
}

/// Makes an empty file that only its owner can read.
fn create(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map(drop).or_usage(|| format!("cannot make the capture {}", path.display()))
}

async fn pragma(connection: &mut SqliteConnection, sql: &'static str) -> sqlx::Result<i64> {
    sqlx::query(sql).fetch_one(connection).await?.try_get(0)
}

/// Begins an empty capture. A journal beside the file keeps what was written when this program is ended by force.
async fn begin(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    connection.execute("PRAGMA journal_mode = WAL").await?;
    let mut transaction = connection.begin().await?;
    transaction.execute(TABLES).await?;
    transaction.execute(sqlx::AssertSqlSafe(format!("PRAGMA application_id = {APPLICATION}"))).await?;
    transaction.execute(sqlx::AssertSqlSafe(format!("PRAGMA user_version = {VERSION}"))).await?;
    transaction.commit().await
}
