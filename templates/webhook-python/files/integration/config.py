"""Configuration, read once from the environment at start."""

import base64
import binascii
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

SECRET_PREFIX = "whsec_"


class ConfigError(Exception):
    """Says which variable is wrong, and never repeats a secret's value."""


@dataclass(frozen=True)
class Records:
    """The system of record, and who the integration is there, where it takes tokens."""

    url: str
    client_id: str = ""
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Config:
    """What the process needs to know before it serves."""

    host: str
    port: int
    data_dir: Path
    records: Records
    secrets: tuple[bytes, ...] = field(repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Config":
        """Checks everything at start, so that nothing fails at the first delivery."""
        return cls(
            host=environ.get("HOST") or "127.0.0.1",
            port=parse_port(environ.get("PORT") or "3000"),
            data_dir=Path(environ.get("DATA_DIR") or "data"),
            records=parse_records(environ),
            secrets=parse_secrets(environ.get("PROVENIQ_WEBHOOK_SECRET", "")),
        )


def parse_port(text: str) -> int:
    """Takes a port number; 0 lets the system choose a free one."""
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65535:
        raise ConfigError(f"PORT must be a number from 0 to 65535, not {text!r}")
    return int(text)


def parse_records(environ: Mapping[str, str]) -> Records:
    """Takes an address, and a client with its secret or neither."""
    url = environ.get("SYSTEM_OF_RECORD_URL") or "http://127.0.0.1:4000"
    client = environ.get("SYSTEM_OF_RECORD_CLIENT_ID", ""), environ.get("SYSTEM_OF_RECORD_CLIENT_SECRET", "")
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", url):
        raise ConfigError("SYSTEM_OF_RECORD_URL is not an http or https address without user, query and fragment")
    if any(client) and not all(client):
        raise ConfigError("SYSTEM_OF_RECORD_CLIENT_ID and SYSTEM_OF_RECORD_CLIENT_SECRET are set together, or neither")
    return Records(url.rstrip("/"), *client)


def parse_secrets(text: str) -> tuple[bytes, ...]:
    """Takes all signing secrets: there are two while one replaces the other."""
    secrets = tuple(parse_secret(word) for word in text.split())
    if not secrets:
        raise ConfigError("PROVENIQ_WEBHOOK_SECRET is not set: put it in the environment or in .env")
    return secrets


def parse_secret(text: str) -> bytes:
    """Decodes one `whsec_` secret of Standard Webhooks."""
    encoded = text.removeprefix(SECRET_PREFIX)
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not text.startswith(SECRET_PREFIX) or not 24 <= len(key) <= 64:
        raise ConfigError(
            "PROVENIQ_WEBHOOK_SECRET is malformed: each secret is whsec_ and the base64 of 24 to 64 bytes"
        )
    return key


def load_dotenv(path: Path, environ: MutableMapping[str, str]) -> None:
    """Adds the variables of a `.env` file; those already set stay as they are."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.strip().removeprefix("export ").partition("=")
        if separator and not name.startswith("#"):
            environ.setdefault(name.strip(), unquote(value.strip()))


def unquote(value: str) -> str:
    """Removes one pair of surrounding quotes, as a shell would."""
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
