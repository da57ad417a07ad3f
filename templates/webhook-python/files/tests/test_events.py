"""What each event does, and how bad input is answered."""

import hashlib
import json

import pytest

from conftest import EVENT, REQUEST, Endpoint
from integration.body import LIMIT


def digest_of(data: dict) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def test_an_event_is_journaled(endpoint: Endpoint) -> None:
    assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204
    [(event_id, content)] = endpoint.rows("SELECT event_id, content FROM journal")
    assert event_id == EVENT["id"]
    assert json.loads(content) == EVENT


def test_a_proof_is_computed_over_the_journaled_event(endpoint: Endpoint) -> None:
    endpoint.deliver("ledger.event.created", EVENT, webhook_id="msg_event")
    assert endpoint.deliver("ledger.proof.requested", REQUEST, webhook_id="msg_proof").status_code == 204
    assert endpoint.rows("SELECT request_id, digest FROM proofs") == [(REQUEST["id"], digest_of(EVENT))]


def test_a_proof_that_was_requested_first_is_computed_later(endpoint: Endpoint) -> None:
    assert endpoint.deliver("ledger.proof.requested", REQUEST, webhook_id="msg_proof").status_code == 204
    assert endpoint.rows("SELECT digest FROM proofs") == [(None,)]
    endpoint.deliver("ledger.event.created", EVENT, webhook_id="msg_event")
    assert endpoint.rows("SELECT digest FROM proofs") == [(digest_of(EVENT),)]


def test_an_unknown_event_is_acknowledged_and_ignored(endpoint: Endpoint) -> None:
    assert endpoint.deliver("integration.installed", {}).status_code == 204
    assert endpoint.rows("SELECT * FROM deliveries") == []


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
def test_a_signed_body_that_is_no_event_is_a_bad_request(endpoint: Endpoint, body: str) -> None:
    answer = endpoint.post(body.encode(), endpoint.signed(body.encode()))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert endpoint.rows("SELECT * FROM deliveries") == []


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
