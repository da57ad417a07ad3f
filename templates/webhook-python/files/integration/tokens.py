"""Tokens of the system of record, by OAuth client credentials (RFC 6749 section 4.4)."""

import asyncio
import json
import time

import httpx

from .exchange import UpstreamError, exchange

# Tokens are fetched anew this long before they expire.
EARLY = 30.0


class TokenSource:
    """Fetches one token for all calls, and another when it is due."""

    def __init__(self, client: httpx.AsyncClient, url: str, client_id: str, client_secret: str) -> None:
        self._client = client
        self._url = url
        self._auth = httpx.BasicAuth(client_id, client_secret)
        self._lock = asyncio.Lock()
        self._header = ""
        self._expires = 0.0

    async def header(self) -> str:
        """Returns the `Authorization` header. Calls that need a token at once share one request for it."""
        async with self._lock:
            if time.monotonic() >= self._expires:
                await self._fetch()
            return self._header

    def refused(self, header: str) -> None:
        """Forgets a token that was refused, unless it has been replaced already."""
        if self._header == header:
            self._expires = 0.0

    async def _fetch(self) -> None:
        form = {"grant_type": "client_credentials"}
        answer = await exchange(self._client, "POST", self._url, data=form, auth=self._auth)
        if answer.status != 200:
            raise UpstreamError(f"the token endpoint answered {answer.status}")
        try:
            granted = json.loads(answer.body)
            token, lifetime = str(granted["access_token"]), float(granted.get("expires_in", 60))
        except (ValueError, TypeError, KeyError):
            raise UpstreamError("the token endpoint answered without a token") from None
        self._header = f"Bearer {token}"
        self._expires = time.monotonic() + lifetime - EARLY
