"""What each event does, and how bad input is answered."""

import hashlib

import pytest

from conftest import EVENT, EVENT_PATH, PROOF_PATH, REQUEST, Endpoint, RecordsServer
from integration.body import LIMIT


def test_an_event_is_carried_over(endpoint: Endpoint, records: RecordsServer) -> None:
    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204
    assert records.calls == [("PUT", EVENT_PATH)]
    assert records.at(EVENT_PATH) == EVENT


def test_a_proof_is_computed_over_what_the_system_of_record_answers(endpoint: Endpoint, records: RecordsServer) -> None:
    endpoint.deliver("ledger.event.created", EVENT, webhook_id="msg_event")
    assert endpoint.deliver("ledger.proof.requested", REQUEST, webhook_id="msg_proof").status_code == 204
    assert records.at(PROOF_PATH) == {
        "event_id": EVENT["id"],
        "proof_type": REQUEST["proof_type"],
        "algorithm": "sha256",
        "digest": hashlib.sha256(records.resources[EVENT_PATH]).hexdigest(),
    }


def test_a_proof_of_an_unknown_event_has_no_digest(endpoint: Endpoint, records: RecordsServer) -> None:
    assert endpoint.deliver("ledger.proof.requested", REQUEST).status_code == 204
    assert records.at(PROOF_PATH)["digest"] is None


def test_an_unknown_event_is_acknowledged_and_ignored(endpoint: Endpoint, records: RecordsServer) -> None:
    assert endpoint.deliver("integration.installed", {}).status_code == 204
    assert records.calls == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"type":"ledger.event.created"}',
        '{"data":{}}',
        '{"type":1,"data":{}}',
        '{"type":"ledger.event.created","data":{}}',
        '{"type":"ledger.event.created","data":{"id":"\\ud800"}}',
        '{"type":"ledger.event.created","data":{"id":"evt_1","amount":NaN}}',
        '{"type":"ledger.proof.requested","data":{"id":"prf_1","event_id":7,"proof_type":"attestation"}}',
        '{"type":"ledger.event.created","data":' + "[" * 100_000,
    ],
    ids=range(12),
)
def test_a_signed_body_that_is_no_event_is_a_bad_request(endpoint: Endpoint, records: RecordsServer, body: str) -> None:
    answer = endpoint.post(body.encode(), endpoint.signed(body.encode()))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert records.calls == []


def test_a_body_of_one_mebibyte_is_read_and_one_byte_more_is_not(endpoint: Endpoint) -> None:
    body = b" " * LIMIT
    assert endpoint.post(body, endpoint.signed(body)).status_code == 400
    body += b" "
    answer = endpoint.post(body, endpoint.signed(body))
    assert answer.status_code == 413
    assert answer.json()["status"] == 413


def test_an_unknown_route_and_method_are_problems_too(endpoint: Endpoint) -> None:
    for path, status in [("/nowhere", 404), ("/webhooks/proveniq", 405)]:
        answer = endpoint.client.get(path)
        assert answer.status_code == answer.json()["status"] == status


def test_health_and_readiness(endpoint: Endpoint) -> None:
    assert endpoint.client.get("/healthz").status_code == 200
    assert endpoint.client.get("/readyz").status_code == 200
