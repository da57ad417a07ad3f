"""The HTTP application: receive, verify, parse, work once, acknowledge."""

import logging
import math
import sqlite3

from fastapi import FastAPI, HTTPException, Request, Response
from pydantic import ValidationError
from pydantic_core import from_json

from . import NAME
from .body import read_body
from .events import Event
from .handlers import HANDLERS
from .problems import answer_with_problems
from .signature import SignatureError, Verifier
from .store import Store
from .upstream import Upstream, UpstreamUnavailable

WEBHOOK_PATH = "/webhooks/proveniq"
log = logging.getLogger(__name__)


def create_app(verifier: Verifier, store: Store, records: Upstream) -> FastAPI:
    """Wires the routes to their collaborators, which a test brings itself."""
    app = FastAPI(openapi_url=None)
    answer_with_problems(app)

    @app.post(WEBHOOK_PATH)
    async def receive(request: Request) -> Response:
        body = await read_body(request)
        webhook_id = verify(verifier, request, body)
        event = parse(body)
        outcome = await process(store, records, webhook_id, event)
        log.info("delivery acknowledged", extra=fields(webhook_id, event, outcome=outcome))
        return Response(status_code=204)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok", "integration": NAME}

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        try:
            store.check()
        except sqlite3.Error:
            log.exception("database does not answer")
            raise HTTPException(503, "The database does not answer.") from None
        return {"status": "ready"}

    return app


def verify(verifier: Verifier, request: Request, body: bytes) -> str:
    """Comes before parsing: nothing of an unsigned body is looked at."""
    try:
        return verifier.verify(request.headers, body)
    except SignatureError as error:
        log.warning("delivery refused", extra={"fields": {"reason": str(error)}})
        raise HTTPException(401, str(error)) from None


def parse(body: bytes) -> Event:
    """Reads the envelope that every event has."""
    try:
        return Event.model_validate(from_json(body, allow_inf_nan=False))
    except ValueError:
        raise HTTPException(400, "The body is not a JSON object with a type and data.") from None


async def process(store: Store, records: Upstream, webhook_id: str, event: Event) -> str:
    """Returns once the work is done and that is on the disk: `done`, `duplicate` or `ignored`."""
    handler = HANDLERS.get(event.type)
    if handler is None:
        return "ignored"
    try:
        is_new = await store.once(webhook_id, lambda: handler(records, event.data))
    except ValidationError:
        raise HTTPException(400, f"The data is not that of a {event.type} event.") from None
    except UpstreamUnavailable as error:
        log.warning("delivery put off", extra=fields(webhook_id, event, reason=str(error)))
        headers = None if error.retry_after is None else {"Retry-After": str(math.ceil(error.retry_after))}
        raise HTTPException(503, "The work cannot be done now; send it again later.", headers) from None
    except Exception:
        log.exception("handler failed", extra=fields(webhook_id, event))
        raise HTTPException(500, "The event could not be processed; send it again later.") from None
    return "done" if is_new else "duplicate"


def fields(webhook_id: str, event: Event, **more: str) -> dict[str, dict[str, str]]:
    """Names a verified delivery in the log; its data stays out of it."""
    return {"fields": {"webhook_id": webhook_id, "event_type": event.type, **more}}
