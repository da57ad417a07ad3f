"""The HTTP application: receive, verify, parse, store once, acknowledge."""

import logging
import sqlite3

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from pydantic_core import from_json

from . import NAME
from .body import read_body
from .events import Event
from .handlers import HANDLERS
from .problems import answer_with_problems
from .signature import SignatureError, Verifier
from .store import Store

WEBHOOK_PATH = "/webhooks/proveniq"
log = logging.getLogger(__name__)


def create_app(verifier: Verifier, store: Store) -> FastAPI:
    """Wires the routes to their collaborators, which a test brings itself."""
    app = FastAPI(openapi_url=None)
    answer_with_problems(app)

    @app.post(WEBHOOK_PATH)
    async def receive(request: Request) -> Response:
        body = await read_body(request)
        webhook_id = verify(verifier, request, body)
        event = parse(body)
        outcome = await run_in_threadpool(process, store, webhook_id, event)
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


def process(store: Store, webhook_id: str, event: Event) -> str:
    """Returns once the outcome is on the disk: `stored`, `duplicate` or `ignored`."""
    handler = HANDLERS.get(event.type)
    if handler is None:
        return "ignored"
    try:
        is_new = store.once(webhook_id, lambda db: handler(db, event.data))
    except ValidationError:
        raise HTTPException(400, f"The data is not that of a {event.type} event.") from None
    except Exception:
        log.exception("handler failed", extra=fields(webhook_id, event))
        raise HTTPException(500, "The event could not be processed; send it again later.") from None
    return "stored" if is_new else "duplicate"


def fields(webhook_id: str, event: Event, **more: str) -> dict[str, dict[str, str]]:
    """Names a verified delivery in the log; its data stays out of it."""
    return {"fields": {"webhook_id": webhook_id, "event_type": event.type, **more}}
