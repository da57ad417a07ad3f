"""One call over HTTP, and its answer."""

import time
from dataclasses import dataclass
from typing import Any

import httpx

from .retry import TEMPORARY, parse_retry_after

LARGEST_ANSWER = 16 * 1024 * 1024


class UpstreamError(Exception):
    """The upstream refused a call: the same call would be refused again."""


class Temporary(Exception):
    """The call failed for the moment; `retry_after` has the seconds that the upstream asked for."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Answer:
    """An answer that came whole."""

    status: int
    body: bytes


async def exchange(client: httpx.AsyncClient, method: str, url: str, **request: Any) -> Answer:
    """Raises `Temporary` when there was no whole answer, or one that says "not now"."""
    body = bytearray()
    try:
        async with client.stream(method, url, **request) as answer:
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise UpstreamError(f"the answer is larger than {LARGEST_ANSWER} bytes")
    except httpx.TransportError as error:
        raise Temporary("no whole answer") from error
    if answer.status_code in TEMPORARY:
        retry_after = parse_retry_after(answer.headers.get("retry-after"), time.time())
        raise Temporary(f"answered {answer.status_code}", retry_after)
    return Answer(answer.status_code, bytes(body))
