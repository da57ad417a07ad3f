"""Calls to the system of record, which bear its faults.

A call that fails for the moment is made again, a few times, with gaps that
grow, and never before the time that the upstream names. Since a call may be
made again after an answer that was lost, each one is idempotent: PUT or GET.
"""

import asyncio
import time
from typing import Any

import httpx

from .exchange import Answer, Temporary, UpstreamError, exchange
from .retry import gap_after
from .tokens import TokenSource

ATTEMPTS = 5
CALL_LIMIT = 5.0
# All attempts at a call: the marketplace gives a delivery up after 15 seconds.
TOTAL_LIMIT = 10.0


class UpstreamUnavailable(Exception):
    """The call keeps failing; `retry_after` has the seconds that the upstream asked for."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Upstream:
    """A system over HTTP, with JSON bodies."""

    def __init__(self, client: httpx.AsyncClient, url: str, tokens: TokenSource | None = None) -> None:
        self._client = client
        self._url = url
        self._tokens = tokens
        # No call is made before this time: a rate limit holds for all of them.
        self._not_before = 0.0

    async def put(self, path: str, value: Any) -> None:
        """Creates or replaces a resource."""
        answer = await self._call("PUT", path, json=value)
        require_success("PUT", path, answer)

    async def get(self, path: str) -> bytes | None:
        """Reads a resource, byte for byte; `None` where there is none."""
        answer = await self._call("GET", path)
        if answer.status == 404:
            return None
        require_success("GET", path, answer)
        return answer.body

    async def _call(self, method: str, path: str, **request: Any) -> Answer:
        deadline = time.monotonic() + TOTAL_LIMIT
        attempt = 0
        while True:
            attempt += 1
            await self._wait_until_allowed(deadline)
            try:
                async with asyncio.timeout(min(CALL_LIMIT, deadline - time.monotonic())):
                    return await self._authorized(method, path, **request)
            except TimeoutError:
                failure = Temporary("no answer in time")
            except Temporary as error:
                failure = error
            self._not_before = max(self._not_before, time.monotonic() + (failure.retry_after or 0.0))
            gap = gap_after(attempt)
            if attempt == ATTEMPTS or time.monotonic() + gap >= deadline:
                raise UpstreamUnavailable(f"{method} {path} keeps failing: {failure}", failure.retry_after)
            await asyncio.sleep(gap)

    async def _wait_until_allowed(self, deadline: float) -> None:
        while (wait := self._not_before - time.monotonic()) > 0:
            if self._not_before >= deadline:
                raise UpstreamUnavailable("the upstream asked to be left alone", wait)
            await asyncio.sleep(wait)

    async def _authorized(self, method: str, path: str, **request: Any) -> Answer:
        """Brings a token where there are any; one that is refused is replaced once, and never used again."""
        url = self._url + path
        if self._tokens is None:
            return await exchange(self._client, method, url, **request)
        header = await self._tokens.header()
        answer = await exchange(self._client, method, url, headers={"authorization": header}, **request)
        if answer.status != 401:
            return answer
        self._tokens.refused(header)
        header = await self._tokens.header()
        return await exchange(self._client, method, url, headers={"authorization": header}, **request)


def require_success(method: str, path: str, answer: Answer) -> None:
    """Raises `UpstreamError` for an answer that is final and no success."""
    if not 200 <= answer.status <= 299:
        raise UpstreamError(f"{method} {path} was answered with {answer.status}")
