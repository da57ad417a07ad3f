"""A real server on a free port, a sender that signs as Proveniq does, and a system of record."""

import asyncio
import base64
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from standardwebhooks import Webhook

from integration.app import WEBHOOK_PATH, create_app
from integration.signature import Verifier
from integration.store import Store
from integration.upstream import Upstream

EVENT = {
    "id": "evt_0000000000000000000A",
    "kind": "claim.opened",
    "subject": {"type": "claim", "id": "CLM-2026-004417"},
}
EVENT_PATH = f"/ledger-events/{EVENT['id']}"
REQUEST = {"id": "prf_0000000000000000000A", "event_id": EVENT["id"], "proof_type": "attestation"}
PROOF_PATH = f"/proofs/{REQUEST['id']}"


class Records(BaseHTTPRequestHandler):
    """Keeps what is put. `fault` may take a call over: it answers the call itself, and returns true."""

    protocol_version = "HTTP/1.1"
    server: "RecordsServer"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.calls.append((self.command, self.path))
        self.server.headers.append(dict(self.headers))
        if self.server.fault(self):
            return
        if self.command == "PUT":
            self.server.resources[self.path] = body
            self.answer(200)
        else:
            content = self.server.resources.get(self.path)
            self.answer(404 if content is None else 200, content or b"")

    do_GET = do_POST = do_PUT

    def answer(self, status: int, content: bytes = b"", **headers: str) -> bool:
        self.send_response(status)
        for name, value in {"content-length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)
        return True

    def log_message(self, *_: Any) -> None:
        pass


class RecordsServer(ThreadingHTTPServer):
    """The system of record, and the calls to it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Records)
        self.calls: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.resources: dict[str, bytes] = {}
        self.fault: Callable[[Records], Any] = lambda call: False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def at(self, path: str) -> Any:
        return json.loads(self.resources[path])


@pytest.fixture
def records() -> Iterator[RecordsServer]:
    with RecordsServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        yield server
        server.shutdown()


class Endpoint:
    """The running integration, seen from the sender's side."""

    def __init__(self, url: str, keys: list[bytes]) -> None:
        self.client = httpx.Client(base_url=url, timeout=30)
        self.keys = keys

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


@pytest.fixture
def endpoint(tmp_path: Path, records: RecordsServer) -> Iterator[Endpoint]:
    keys = [os.urandom(32), os.urandom(32)]
    with closing(Store(tmp_path)) as store, socket.create_server(("127.0.0.1", 0)) as listener:
        thread = ServerThread(keys, store, records.url, listener)
        thread.start()
        while not thread.is_serving() and thread.is_alive():
            time.sleep(0.01)
        endpoint = Endpoint(f"http://127.0.0.1:{listener.getsockname()[1]}", keys)
        yield endpoint
        endpoint.client.close()
        thread.stop()


class ServerThread(threading.Thread):
    """The application as `__main__` serves it, on a socket that listens already."""

    def __init__(self, keys: list[bytes], store: Store, records: str, listener: socket.socket) -> None:
        super().__init__()
        self._verifier, self._store, self._records, self._listener = Verifier(keys), store, records, listener
        self._server: uvicorn.Server | None = None

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        async with httpx.AsyncClient(timeout=None) as client:
            app = create_app(self._verifier, self._store, Upstream(client, self._records))
            self._server = uvicorn.Server(uvicorn.Config(app, log_config=None))
            await self._server.serve(sockets=[self._listener])

    def is_serving(self) -> bool:
        return self._server is not None and self._server.started

    def stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
        self.join()


@pytest.fixture
def secret() -> str:
    return "whsec_" + base64.b64encode(os.urandom(32)).decode()
