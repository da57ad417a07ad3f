"""Calls to the system of record, and what they make of its faults."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Awaitable, Callable

import httpx
import pytest

from conftest import Records, RecordsServer
from integration import upstream
from integration.exchange import UpstreamError
from integration.retry import LONGEST_RETRY_AFTER, gap_after, parse_retry_after
from integration.tokens import TokenSource
from integration.upstream import Upstream, UpstreamUnavailable


def run(records: RecordsServer, work: Callable[[Upstream], Awaitable[object]], tokens: bool = False) -> None:
    async def main() -> None:
        async with httpx.AsyncClient(timeout=None) as client:
            source = TokenSource(client, records.url + "/oauth/token", "me", "a secret") if tokens else None
            await work(Upstream(client, records.url, source))

    asyncio.run(main())


def put(client: Upstream) -> Awaitable[None]:
    return client.put("/events/1", {"n": 1})


def once(fault: Callable[[Records], object]) -> Callable[[Records], object]:
    """The fault of the first call; the others are answered."""
    return lambda call: len(call.server.calls) == 1 and (fault(call) or True)


def reset(call: Records) -> None:
    call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.connection.close()


def cut_off(call: Records) -> None:
    call.answer(200, b"{", content_length="100")
    call.close_connection = True


def silent(call: Records) -> None:
    time.sleep(1)
    call.close_connection = True


@pytest.mark.parametrize("fault", [lambda call: call.answer(503), reset, cut_off, silent])
def test_a_call_that_fails_for_the_moment_is_made_again(
    records: RecordsServer, monkeypatch: pytest.MonkeyPatch, fault: Callable[[Records], object]
) -> None:
    monkeypatch.setattr(upstream, "CALL_LIMIT", 0.5)
    records.fault = once(fault)
    run(records, put)
    assert len(records.calls) == 2
    assert records.at("/events/1") == {"n": 1}


def test_it_gives_up_after_a_few_attempts(records: RecordsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream, "ATTEMPTS", 3)
    records.fault = lambda call: call.answer(503)
    with pytest.raises(UpstreamUnavailable):
        run(records, put)
    assert len(records.calls) == 3


def test_gaps_grow_and_are_of_a_length_of_their_own() -> None:
    for _ in range(100):
        gaps = [gap_after(attempt) for attempt in range(1, 6)]
        assert gaps == sorted(gaps) and gaps[0] >= 0.149 and gaps[-1] <= 4.01
    assert gap_after(1) != gap_after(1)


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 422])
def test_a_refusal_is_not_repeated(records: RecordsServer, status: int) -> None:
    records.fault = lambda call: call.answer(status, location="/elsewhere")
    with pytest.raises(UpstreamError):
        run(records, put)
    assert len(records.calls) == 1


def test_retry_after_holds_for_every_call(records: RecordsServer) -> None:
    seen: list[float] = []

    def limited(call: Records) -> bool:
        seen.append(time.monotonic())
        return len(seen) == 1 and call.answer(429, retry_after="1")

    async def two(client: Upstream) -> None:
        first = asyncio.create_task(client.put("/events/1", {}))
        while not seen:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        await asyncio.gather(first, client.put("/events/2", {}))

    records.fault = limited
    run(records, two)
    assert len(seen) == 3 and seen[1] - seen[0] >= 1


def test_retry_after_is_read_in_seconds_and_as_a_date() -> None:
    now = 784_111_775.0
    assert parse_retry_after("7", now) == 7
    assert parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == 2
    assert parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now + 9) == 0
    assert parse_retry_after("999999999", now) == LONGEST_RETRY_AFTER
    assert [parse_retry_after(text, now) for text in (None, "", "soon", "-1")] == [None] * 4


def test_a_token_is_fetched_once_and_anew_where_it_is_refused(records: RecordsServer) -> None:
    tokens: list[str] = []

    def guarded(call: Records) -> bool:
        if call.path == "/oauth/token":
            tokens.append(f"token-{len(tokens) + 1}")
            return call.answer(200, json.dumps({"access_token": tokens[-1], "expires_in": 3600}).encode())
        return call.headers["authorization"] == "Bearer token-1" and len(tokens) == 1 and refusing and call.answer(401)

    async def three(client: Upstream) -> None:
        nonlocal refusing
        await asyncio.gather(put(client), put(client))
        assert tokens == ["token-1"]
        refusing = True
        await put(client)

    refusing = False
    records.fault = guarded
    run(records, three, tokens=True)
    used = [headers["authorization"] for headers, (_, path) in zip(records.headers, records.calls) if path != "/oauth/token"]
    assert used == ["Bearer token-1"] * 3 + ["Bearer token-2"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"access_token": "t", "expires_in": []}'])
def test_without_a_token_no_call_is_made(records: RecordsServer, content: bytes) -> None:
    records.fault = lambda call: call.answer(200, content)
    with pytest.raises(UpstreamError):
        run(records, put, tokens=True)
    assert records.calls == [("POST", "/oauth/token")]
