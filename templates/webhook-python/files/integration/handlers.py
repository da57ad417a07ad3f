"""What this integration does with each event.

A handler calls the system of record. It may run again for the same delivery:
after a crash, or when it raised. So it writes with PUT under the identifier
that the ledger gave, and writing twice changes nothing.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from .events import LedgerEvent, ProofRequest
from .upstream import Upstream

Handler = Callable[[Upstream, dict[str, Any]], Awaitable[None]]


async def on_event_created(records: Upstream, data: dict[str, Any]) -> None:
    """Carries the event over."""
    event = LedgerEvent.model_validate(data)
    await records.put(event_path(event.id), data)


async def on_proof_requested(records: Upstream, data: dict[str, Any]) -> None:
    """Writes the SHA-256 of the event as the system of record answers it.

    Whoever may read there can compute it again. Deliveries may arrive in any
    order, so an event that is not there yet is no error: the digest is null.
    """
    request = ProofRequest.model_validate(data)
    event = await records.get(event_path(request.event_id))
    proof = {
        "event_id": request.event_id,
        "proof_type": request.proof_type,
        "algorithm": "sha256",
        "digest": None if event is None else hashlib.sha256(event).hexdigest(),
    }
    await records.put(f"/proofs/{quote(request.id, safe='')}", proof)


def event_path(event_id: str) -> str:
    """Where the system of record keeps an event."""
    return f"/ledger-events/{quote(event_id, safe='')}"


HANDLERS: dict[str, Handler] = {
    "ledger.event.created": on_event_created,
    "ledger.proof.requested": on_proof_requested,
}
