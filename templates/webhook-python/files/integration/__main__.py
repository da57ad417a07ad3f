"""Starts the integration: `python -m integration`."""

import logging
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import FrameType

import uvicorn

from .app import create_app
from .config import Config, ConfigError, load_dotenv
from .logs import configure_logging
from .signature import Verifier
from .store import Store


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
        uvicorn.run(
            create_app(Verifier(config.secrets), store),
            host=config.host,
            port=config.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
