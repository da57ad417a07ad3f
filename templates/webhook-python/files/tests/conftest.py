"""A real server on a free port, and a sender that signs as Proveniq does."""

import base64
import json
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from standardwebhooks import Webhook

from integration.app import WEBHOOK_PATH, create_app
from integration.signature import Verifier
from integration.store import Store

EVENT = {
    "id": "evt_0000000000000000000A",
    "kind": "claim.opened",
    "subject": {"type": "claim", "id": "CLM-2026-004417"},
}
REQUEST = {"id": "prf_0000000000000000000A", "event_id": EVENT["id"], "proof_type": "attestation"}


class Endpoint:
    """The running integration, seen from the sender's side."""

    def __init__(self, url: str, keys: list[bytes], database: Path) -> None:
        self.client = httpx.Client(base_url=url)
        self.keys = keys
        self._database = database

    def signed(self, body: bytes, webhook_id: str = "msg_1", age: int = 0, key: bytes | None = None) -> dict[str, str]:
        """Signs a body as it was `age` seconds ago."""
        moment = datetime.now(UTC) - timedelta(seconds=age)
        return {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": Webhook(key or self.keys[0]).sign(webhook_id, moment, body.decode()),
        }

    def post(self, body: bytes, headers: dict[str, Any]) -> httpx.Response:
        return self.client.post(WEBHOOK_PATH, content=body, headers=headers)

    def deliver(self, event_type: str, data: Any, **how: Any) -> httpx.Response:
        """Sends one signed event."""
        body = json.dumps({"type": event_type, "timestamp": "2026-01-31T12:00:00Z", "data": data}).encode()
        return self.post(body, self.signed(body, **how))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Reads what is stored, over a connection of its own."""
        with closing(sqlite3.connect(self._database)) as db:
            return db.execute(query).fetchall()


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    keys = [os.urandom(32), os.urandom(32)]
    with closing(Store(tmp_path)) as store, socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(Verifier(keys), store), log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        endpoint = Endpoint(f"http://127.0.0.1:{listener.getsockname()[1]}", keys, tmp_path / "integration.db")
        yield endpoint
        endpoint.client.close()
        server.should_exit = True
        thread.join()


@pytest.fixture
def secret() -> str:
    return "whsec_" + base64.b64encode(os.urandom(32)).decode()
