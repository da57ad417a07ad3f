"""A delivery takes effect once, however often it is sent."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from conftest import EVENT, Endpoint
from integration import handlers


def test_a_duplicate_is_acknowledged_and_has_no_second_effect(endpoint: Endpoint) -> None:
    changed = {**EVENT, "id": "evt_0000000000000000000B"}
    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204
    assert endpoint.deliver("ledger.event.created", changed).status_code == 204
    assert endpoint.rows("SELECT event_id FROM journal") == [(EVENT["id"],)]


def test_concurrent_duplicates_run_once(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []

    def slow(db: sqlite3.Connection, data: dict[str, Any]) -> None:
        runs.append(data)
        time.sleep(0.1)

    monkeypatch.setitem(handlers.HANDLERS, "ledger.event.created", slow)
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: endpoint.deliver("ledger.event.created", EVENT), range(8))
    assert [answer.status_code for answer in answers] == [204] * 8
    assert len(runs) == 1


def test_a_failed_run_is_forgotten_so_that_a_retry_runs(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(db: sqlite3.Connection, data: dict[str, Any]) -> None:
        handlers.on_event_created(db, data)
        raise RuntimeError("the disk of a colleague is full")

    with monkeypatch.context() as patch:
        patch.setitem(handlers.HANDLERS, "ledger.event.created", failing)
        answer = endpoint.deliver("ledger.event.created", EVENT)
    assert answer.status_code == 500
    assert "colleague" not in answer.text and "Traceback" not in answer.text
    assert endpoint.rows("SELECT * FROM journal") == []

    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204
    assert len(endpoint.rows("SELECT * FROM journal")) == 1
