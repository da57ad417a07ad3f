"""Logs as JSON, one object a line, on standard error."""

import json
import logging
from datetime import UTC, datetime

from . import NAME


class JsonFormatter(logging.Formatter):
    """Renders a record; what belongs to it beyond the message is in `extra={"fields": ...}`."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "integration": NAME,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def configure_logging(level: int) -> None:
    """Sends every logger, uvicorn's too, through the same formatter."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
