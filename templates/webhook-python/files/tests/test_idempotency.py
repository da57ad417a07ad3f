"""The work of a delivery is done once, however often it is sent."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EVENT, EVENT_PATH, Endpoint, Records, RecordsServer
from integration import handlers


def test_a_duplicate_is_acknowledged_and_has_no_second_effect(endpoint: Endpoint, records: RecordsServer) -> None:
    changed = {**EVENT, "id": "evt_0000000000000000000B"}
    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204
    assert endpoint.deliver("ledger.event.created", changed).status_code == 204
    assert records.calls == [("PUT", EVENT_PATH)]


def test_concurrent_duplicates_run_once(endpoint: Endpoint, records: RecordsServer) -> None:
    def slow(call: Records) -> None:
        time.sleep(0.2)

    records.fault = slow
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: endpoint.deliver("ledger.event.created", EVENT), range(8))
        assert [answer.status_code for answer in answers] == [204] * 8
    assert records.calls == [("PUT", EVENT_PATH)]


def test_a_failed_run_is_forgotten_so_that_a_retry_runs(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(*_: object) -> None:
        raise RuntimeError("the disk of a colleague is full")

    with monkeypatch.context() as patch:
        patch.setitem(handlers.HANDLERS, "ledger.event.created", failing)
        answer = endpoint.deliver("ledger.event.created", EVENT)
    assert answer.status_code == 500
    assert "colleague" not in answer.text and "Traceback" not in answer.text
    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204


def test_a_delivery_that_is_put_off_is_done_later(endpoint: Endpoint, records: RecordsServer) -> None:
    records.fault = lambda call: call.answer(429, retry_after="60")
    answer = endpoint.deliver("ledger.event.created", EVENT)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert len(records.calls) == 1


def test_what_the_system_of_record_refuses_is_not_repeated(endpoint: Endpoint, records: RecordsServer) -> None:
    records.fault = lambda call: call.answer(400)
    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 500
    assert len(records.calls) == 1
    records.fault = lambda call: False
    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204
