//! The cache of advisories: an SQLite file for each ecosystem, by package, so that looking up takes no time. A new one is
//! written beside the old one and takes its place when it is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rawzip::FileReader;
use serde::Serialize;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, QueryBuilder, Row as _, SqliteConnection};
use tokio::sync::mpsc::{self, Sender};

use super::unusable;
use crate::adapters::files::{self, Access};
use crate::advisory::{Advisories, Advisory, Affected, ArchiveBounds, ArchiveProblem, Ecosystem, Wanted, each_entry};
use crate::error::{Error, Explain, Result};

/// Tells the cache from any other SQLite file (`PRAGMA application_id`): "PVQA".
const APPLICATION: i64 = 0x5056_5141;
/// Version of the tables (`PRAGMA user_version`). One of another version counts as none.
const VERSION: i64 = 1;
/// Rows that are written at once.
const BATCH: usize = 500;

const TABLES: &str = "
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE advisories (package TEXT NOT NULL, document TEXT NOT NULL);
";

/// The cache of a folder.
#[derive(Debug)]
pub struct AdvisoryCache {
    folder: PathBuf,
}

/// What the cache of an ecosystem holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CacheState {
    /// Where it was fetched from.
    pub source: String,
    /// Entity tag of what was fetched.
    #[serde(skip)]
    pub etag: Option<String>,
    /// When it was fetched, or was seen to be unchanged.
    pub fetched: Timestamp,
    /// Advisories.
    pub advisories: u64,
    /// When the newest of them was changed.
    pub newest: Option<Timestamp>,
    /// Documents that could not be read: some of their names, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<String>,
    /// How many could not be read.
    pub unreadable_count: u64,
}

/// What the reader of the archive sends to the writer of the cache.
enum Part {
    Rows(Vec<(String, String)>),
    End(Result<Advisories, ArchiveProblem>),
}

impl AdvisoryCache {
    /// The cache in a folder.
    pub fn new(folder: &Path) -> Self {
        AdvisoryCache { folder: folder.to_owned() }
    }

    /// Folder of the cache.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether nothing was ever fetched.
    pub fn is_empty(&self) -> bool {
        Ecosystem::ALL.iter().all(|ecosystem| !self.path(*ecosystem).exists())
    }

    fn path(&self, ecosystem: Ecosystem) -> PathBuf {
        self.folder.join(format!("{}.db", ecosystem.file_name()))
    }

    /// What the cache of an ecosystem holds; `None` where there is none.
    pub async fn state(&self, ecosystem: Ecosystem) -> Result<Option<CacheState>> {
        let Some(mut connection) = self.open(ecosystem).await? else { return Ok(None) };
        read_state(&mut connection).await.or_usage(|| self.broken(ecosystem)).map(Some)
    }

    /// Finds what is known of `wanted`; `None` where there is no cache of any of its ecosystems.
    pub async fn find(&self, wanted: &Wanted, now: Timestamp) -> Result<Option<Advisories>> {
        let mut all = Advisories { origin: "the cache".into(), asked: now, ..Advisories::default() };
        let ecosystems: BTreeSet<_> = wanted.iter().map(|(ecosystem, _)| *ecosystem).collect();
        for ecosystem in ecosystems {
            let Some(mut connection) = self.open(ecosystem).await? else { continue };
            let broken = || self.broken(ecosystem);
            let state = read_state(&mut connection).await.or_usage(broken)?;
            let names: Vec<_> = wanted.iter().filter(|(of, _)| *of == ecosystem).map(|(_, name)| name).collect();
            let names = serde_json::to_string(&names).or_bug(broken)?;
            let query =
                sqlx::query("SELECT document FROM advisories WHERE package IN (SELECT value FROM json_each($1))");
            for row in query.bind(names).fetch_all(&mut connection).await.or_usage(broken)? {
                let document: String = row.try_get(0).or_usage(broken)?;
                all.found.push(serde_json::from_str(&document).or_usage(broken)?);
            }
            all.held.insert(ecosystem, state.advisories);
            all.newest = if all.held.len() == 1 { state.newest } else { all.newest.min(state.newest) };
            all.fetched = Some(all.fetched.map_or(state.fetched, |fetched| fetched.min(state.fetched)));
            all.unreadable_count += state.unreadable_count;
            all.unreadable.extend(state.unreadable);
        }
        Ok((!all.held.is_empty()).then_some(all))
    }

    /// Notes that what is kept was still the newest at `now`.
    pub async fn touch(&self, ecosystem: Ecosystem, now: Timestamp) -> Result<()> {
        let failed = || self.broken(ecosystem);
        let options = SqliteConnectOptions::new().filename(self.path(ecosystem));
        let mut connection = options.disable_statement_logging().connect().await.or_usage(failed)?;
        let update = sqlx::query("UPDATE state SET value = $1 WHERE name = 'fetched'").bind(now.to_string());
        update.execute(&mut connection).await.or_usage(failed)?;
        connection.close().await.or_usage(failed)
    }

    /// Makes the cache of an ecosystem anew from an archive, and puts it in the place of the one before.
    pub async fn replace(&self, ecosystem: Ecosystem, archive: File, from: &CacheState) -> Result<CacheState> {
        let failed = || format!("cannot write the cache of advisories in {}", self.folder.display());
        files::create_folder(&self.folder, Access::Shared)?;
        let new = files::temporary(&self.folder, Access::Shared).or_usage(failed)?;
        let options = SqliteConnectOptions::new()
            .filename(new.path())
            // The file counts from its renaming on, so that no journal has to undo anything.
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off);
        let mut connection = options.disable_statement_logging().connect().await.or_usage(failed)?;
        connection.execute(TABLES).await.or_usage(failed)?;
        let read = fill(&mut connection, archive, ecosystem).await.or_usage(failed)?;
        let read = read.map_err(|problem| unusable(&from.source, problem))?;
        if read.held.is_empty() {
            return Err(Error::usage(format!("{} holds no advisories of {ecosystem}", from.source))
                .hint("{ecosystem} in an address stands for npm, PyPI and crates.io"));
        }
        let state = CacheState {
            advisories: read.held.get(&ecosystem).copied().unwrap_or_default(),
            newest: read.newest,
            unreadable: read.unreadable,
            unreadable_count: read.unreadable_count,
            ..from.clone()
        };
        finish(&mut connection, &state).await.or_usage(failed)?;
        connection.close().await.or_usage(failed)?;
        new.as_file().sync_all().or_usage(failed)?;
        new.persist(self.path(ecosystem)).map_err(|failure| Error::usage(failed()).because(failure.error))?;
        Ok(state)
    }

    async fn open(&self, ecosystem: Ecosystem) -> Result<Option<SqliteConnection>> {
        let path = self.path(ecosystem);
        if !path.exists() {
            return Ok(None);
        }
        let broken = || self.broken(ecosystem);
        let options = SqliteConnectOptions::new().filename(&path).read_only(true);
        let mut connection = options.disable_statement_logging().connect().await.or_usage(broken)?;
        let own = sqlx::query("SELECT (SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version)")
            .fetch_one(&mut connection)
            .await
            .and_then(|row| Ok((row.try_get::<i64, _>(0)?, row.try_get::<i64, _>(1)?)))
            .map_err(|cause| {
                Error::usage(broken()).because(cause).hint("make it anew: `proveniq advisories update`")
            })?;
        Ok((own == (APPLICATION, VERSION)).then_some(connection))
    }

    fn broken(&self, ecosystem: Ecosystem) -> String {
        format!("the cache of advisories in {} cannot be read", self.path(ecosystem).display())
    }
}

/// Reads the archive on a thread of its own and writes what it sends. Where this ends before, the thread ends too.
async fn fill(
    connection: &mut SqliteConnection,
    archive: File,
    ecosystem: Ecosystem,
) -> sqlx::Result<Result<Advisories, ArchiveProblem>> {
    let (sender, mut parts) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || read(archive, ecosystem, &sender));
    connection.execute("BEGIN").await?;
    while let Some(part) = parts.recv().await {
        match part {
            Part::Rows(rows) => {
                let mut insert = QueryBuilder::new("INSERT INTO advisories (package, document) ");
                insert.push_values(rows, |mut row, (package, document)| {
                    row.push_bind(package).push_bind(document);
                });
                insert.build().execute(&mut *connection).await?;
            }
            Part::End(read) => {
                connection.execute("COMMIT").await?;
                return Ok(read);
            }
        }
    }
    Err(sqlx::Error::WorkerCrashed)
}

fn read(archive: File, ecosystem: Ecosystem, sender: &Sender<Part>) {
    let mut read = Advisories::default();
    let mut rows = Vec::new();
    let length = archive.metadata().map_or(0, |metadata| metadata.len());
    let mut take = |name: &str, bytes: Result<&[u8], String>| {
        match bytes.and_then(Advisory::parse) {
            Ok(advisory) => keep(&advisory, ecosystem, &mut read, &mut rows),
            Err(why) => read.add_unreadable(name, &why),
        }
        // Nobody listens any more where this program was asked to end.
        let is_heard = rows.len() < BATCH || sender.blocking_send(Part::Rows(std::mem::take(&mut rows))).is_ok();
        if is_heard { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let ended = each_entry(FileReader::from(archive), length, &ArchiveBounds::STANDARD, &mut take);
    if !rows.is_empty() && sender.blocking_send(Part::Rows(rows)).is_err() {
        return;
    }
    // Without a listener there is nobody to tell.
    let _ = sender.blocking_send(Part::End(ended.map(|()| read)));
}

/// Keeps an advisory under each package of the ecosystem that it speaks of, with what it says of that one.
fn keep(advisory: &Advisory, ecosystem: Ecosystem, read: &mut Advisories, rows: &mut Vec<(String, String)>) {
    let mut by_name: BTreeMap<String, Vec<Affected>> = BTreeMap::new();
    for affected in &advisory.affected {
        if let Some((_, name)) = affected.names().filter(|(its, _)| *its == ecosystem) {
            by_name.entry(name).or_default().push(affected.clone());
        }
    }
    if by_name.is_empty() {
        return;
    }
    *read.held.entry(ecosystem).or_default() += 1;
    read.newest = read.newest.max(advisory.modified);
    if advisory.withdrawn.is_some() {
        return;
    }
    for (name, affected) in by_name {
        // Strings, numbers and what was JSON before always serialise.
        let document = serde_json::to_string(&Advisory { affected, ..advisory.clone() }).unwrap_or_default();
        rows.push((name, document));
    }
}

async fn finish(connection: &mut SqliteConnection, state: &CacheState) -> sqlx::Result<()> {
    let unreadable = serde_json::to_string(&state.unreadable).unwrap_or_default();
    let values = [
        ("source", Some(state.source.clone())),
        ("etag", state.etag.clone()),
        ("fetched", Some(state.fetched.to_string())),
        ("advisories", Some(state.advisories.to_string())),
        ("newest", state.newest.map(|newest| newest.to_string())),
        ("unreadable", Some(unreadable)),
        ("unreadable_count", Some(state.unreadable_count.to_string())),
    ];
    for (name, value) in values.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let insert = sqlx::query("INSERT INTO state (name, value) VALUES ($1, $2)").bind(name).bind(value);
        insert.execute(&mut *connection).await?;
    }
    connection.execute("CREATE INDEX advisories_package ON advisories (package)").await?;
    let marks = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};");
    connection.execute(sqlx::AssertSqlSafe(marks)).await.map(drop)
}

async fn read_state(connection: &mut SqliteConnection) -> sqlx::Result<CacheState> {
    let rows = sqlx::query("SELECT name, value FROM state").fetch_all(connection).await?;
    let pairs = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    let values = pairs.collect::<sqlx::Result<BTreeMap<String, String>>>()?;
    let value = |name: &str| values.get(name).cloned();
    let number = |name: &str| value(name).and_then(|value| value.parse().ok()).unwrap_or_default();
    Ok(CacheState {
        source: value("source").unwrap_or_default(),
        etag: value("etag"),
        fetched: value("fetched").and_then(|time| time.parse().ok()).unwrap_or_default(),
        advisories: number("advisories"),
        newest: value("newest").and_then(|time| time.parse().ok()),
        unreadable: value("unreadable").and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default(),
        unreadable_count: number("unreadable_count"),
    })
}
