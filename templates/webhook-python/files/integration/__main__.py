"""Starts the integration: `python -m integration`."""

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import FrameType

import httpx
import uvicorn

from .app import create_app
from .config import Config, ConfigError, Records, load_dotenv
from .logs import configure_logging
from .signature import Verifier
from .store import Store
from .tokens import TokenSource
from .upstream import Upstream


def stop(signum: int, frame: FrameType | None) -> None:
    """Ends the process with exit code 0.

    uvicorn raises the signal once more after its graceful shutdown; without
    this handler the process would then die by it, which reads as a crash.
    """
    sys.exit(0)


def main() -> int:
    """Reads the configuration, opens the database and serves until stopped."""
    try:
        load_dotenv(Path(".env"), os.environ)
        config = Config.from_environment(os.environ)
        store = Store(config.data_dir)
    except ConfigError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except (OSError, sqlite3.Error) as error:
        print(f"error: DATA_DIR cannot be used: {error}", file=sys.stderr)
        return 2

    configure_logging(logging.INFO)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with closing(store):
        asyncio.run(serve(config, store))
    return 0


async def serve(config: Config, store: Store) -> None:
    """Serves until stopped. Redirects of the system of record are not followed: they could lead a token elsewhere."""
    async with httpx.AsyncClient(timeout=None, follow_redirects=False, trust_env=False) as client:
        app = create_app(Verifier(config.secrets), store, upstream(client, config.records))
        server = uvicorn.Config(
            app,
            host=config.host,
            port=config.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
        await uvicorn.Server(server).serve()


def upstream(client: httpx.AsyncClient, records: Records) -> Upstream:
    """Tokens come from the system of record itself: what it gave is shown to no other host."""
    tokens = None
    if records.client_id:
        tokens = TokenSource(client, records.url + "/oauth/token", records.client_id, records.client_secret)
    return Upstream(client, records.url, tokens)


if __name__ == "__main__":
    sys.exit(main())
