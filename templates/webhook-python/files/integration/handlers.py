"""What this integration does with each event.

A handler runs inside the transaction that records the delivery. What it
writes there is stored exactly once; if it raises, nothing of it remains and
the next attempt runs it again. Calls to other systems do not belong here: a
transaction cannot take them back.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from typing import Any

from .events import LedgerEvent, ProofRequest

Handler = Callable[[sqlite3.Connection, dict[str, Any]], None]


def on_event_created(db: sqlite3.Connection, data: dict[str, Any]) -> None:
    """Journals the event, and proves it for the requests that came before it."""
    event = LedgerEvent.model_validate(data)
    content = canonical_json(data)
    db.execute("INSERT OR IGNORE INTO journal (event_id, content) VALUES (?, ?)", (event.id, content))
    db.execute(
        "UPDATE proofs SET digest = ? WHERE event_id = ? AND digest IS NULL",
        (journaled_digest(db, event.id), event.id),
    )


def on_proof_requested(db: sqlite3.Connection, data: dict[str, Any]) -> None:
    """Stores the proof; it stays open while the event is not journaled yet.

    Deliveries may arrive in any order, so a request for an event that is
    still on its way is no error.
    """
    request = ProofRequest.model_validate(data)
    db.execute(
        "INSERT OR IGNORE INTO proofs (request_id, event_id, proof_type, digest) VALUES (?, ?, ?, ?)",
        (request.id, request.event_id, request.proof_type, journaled_digest(db, request.event_id)),
    )


def journaled_digest(db: sqlite3.Connection, event_id: str) -> str | None:
    """Computes the SHA-256 of the event as journaled, which is never changed."""
    row = db.execute("SELECT content FROM journal WHERE event_id = ?", (event_id,)).fetchone()
    return hashlib.sha256(row[0].encode()).hexdigest() if row else None


def canonical_json(value: Any) -> str:
    """Writes JSON in one way only, so that anybody can compute the digest again."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


HANDLERS: dict[str, Handler] = {
    "ledger.event.created": on_event_created,
    "ledger.proof.requested": on_proof_requested,
}
