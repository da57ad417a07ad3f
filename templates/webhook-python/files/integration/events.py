"""The shape of events: as much of it as this integration relies on.

Unknown keys are accepted, so that the ledger can add to its events.
"""

from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_.:-]{1,128}$")]


class Event(BaseModel):
    """The envelope of every event; `data` depends on `type`."""

    type: str
    data: dict[str, Any]


class LedgerEvent(BaseModel):
    """`data` of `ledger.event.created`."""

    id: Identifier


class ProofRequest(BaseModel):
    """`data` of `ledger.proof.requested`."""

    id: Identifier
    event_id: Identifier
    proof_type: str
