"""Which deliveries were processed."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Lock

from fastapi.concurrency import run_in_threadpool

SCHEMA = """
CREATE TABLE IF NOT EXISTS deliveries (
    webhook_id   TEXT PRIMARY KEY,
    processed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS deliveries_by_time ON deliveries (processed_at);
"""
# Longer than the marketplace tries a delivery for.
KEPT = "-3 days"


class Store:
    """One SQLite file: a row for each delivery whose work is done."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = Lock()
        self._running: dict[str, asyncio.Future[None]] = {}
        self._db = sqlite3.connect(folder / "integration.db", isolation_level=None, check_same_thread=False, timeout=10)
        self._db.execute("PRAGMA journal_mode = WAL")
        # FULL: a row is on the disk before its delivery is acknowledged.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(SCHEMA)

    async def once(self, webhook_id: str, work: Callable[[], Awaitable[None]]) -> bool:
        """Runs `work` unless it was done for this delivery; says whether it ran.

        The delivery is claimed before the work and recorded after it. A
        duplicate that comes in between waits and shares the outcome; when the
        work raises, or a crash comes in between, the next attempt runs it again.
        """
        if first := self._running.get(webhook_id):
            await asyncio.shield(first)
            return False
        claim = self._running[webhook_id] = asyncio.get_running_loop().create_future()
        try:
            is_new = not await run_in_threadpool(self._is_done, webhook_id)
            if is_new:
                await work()
                await run_in_threadpool(self._record, webhook_id)
            claim.set_result(None)
            return is_new
        except BaseException as error:
            if isinstance(error, Exception):
                claim.set_exception(error)
                claim.exception()  # Nobody may be waiting for it.
            else:
                claim.cancel()
            raise
        finally:
            del self._running[webhook_id]

    def check(self) -> None:
        """Raises `sqlite3.Error` when the database does not answer."""
        self._is_done("")

    def close(self) -> None:
        """Waits for a running statement and closes the database."""
        with self._lock:
            self._db.close()

    def _is_done(self, webhook_id: str) -> bool:
        with self._lock:
            row = self._db.execute("SELECT 1 FROM deliveries WHERE webhook_id = ?", (webhook_id,)).fetchone()
            return row is not None

    def _record(self, webhook_id: str) -> None:
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("INSERT OR IGNORE INTO deliveries (webhook_id) VALUES (?)", (webhook_id,))
            self._db.execute("DELETE FROM deliveries WHERE processed_at < datetime('now', ?)", (KEPT,))
