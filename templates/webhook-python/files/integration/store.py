"""The database: which deliveries were processed, and what came of them."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock

SCHEMA = """
CREATE TABLE IF NOT EXISTS deliveries (
    webhook_id   TEXT PRIMARY KEY,
    processed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE IF NOT EXISTS journal (
    event_id     TEXT PRIMARY KEY,
    content      TEXT NOT NULL,
    journaled_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE IF NOT EXISTS proofs (
    request_id   TEXT PRIMARY KEY,
    event_id     TEXT NOT NULL,
    proof_type   TEXT NOT NULL,
    digest       TEXT,
    requested_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS proofs_by_event ON proofs (event_id);
"""


class Store:
    """One SQLite file. A delivery and its effects share one transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = Lock()
        self._db = sqlite3.connect(folder / "integration.db", isolation_level=None, check_same_thread=False, timeout=10)
        self._db.execute("PRAGMA journal_mode = WAL")
        # FULL: a commit is on the disk before the delivery is acknowledged.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(SCHEMA)

    def once(self, webhook_id: str, work: Callable[[sqlite3.Connection], None]) -> bool:
        """Runs `work` unless the delivery was processed; says whether it ran.

        BEGIN IMMEDIATE makes a concurrent duplicate wait for this one. When
        `work` raises, the rollback forgets the delivery too, and a retry runs.
        """
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            insert = "INSERT OR IGNORE INTO deliveries (webhook_id) VALUES (?)"
            is_new = self._db.execute(insert, (webhook_id,)).rowcount == 1
            if is_new:
                work(self._db)
            return is_new

    def check(self) -> None:
        """Raises `sqlite3.Error` when the database does not answer."""
        with self._lock:
            self._db.execute("SELECT 1 FROM deliveries LIMIT 1")

    def close(self) -> None:
        """Waits for a running transaction and closes the database."""
        with self._lock:
            self._db.close()
