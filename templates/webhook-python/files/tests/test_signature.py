"""Only what Proveniq signed, and signed recently, gets in."""

import os
from typing import Any

import pytest

from conftest import EVENT, Endpoint, RecordsServer

BODY = b'{"type":"ledger.event.created","data":{"id":"evt_0000000000000000000A"}}'


def assert_refused(endpoint: Endpoint, body: bytes, headers: dict[str, Any]) -> None:
    """Sends a genuine delivery first: a refusal proves nothing if everything is refused."""
    assert endpoint.deliver("webhook.ping", {}).status_code == 204
    answer = endpoint.post(body, headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_every_secret_of_a_rotation_is_accepted(endpoint: Endpoint) -> None:
    for number, key in enumerate(endpoint.keys):
        answer = endpoint.deliver("ledger.event.created", EVENT, webhook_id=f"msg_{number}", key=key)
        assert answer.status_code == 204


@pytest.mark.parametrize("age", [290, -290])
def test_a_timestamp_within_the_tolerance_is_accepted(endpoint: Endpoint, age: int) -> None:
    assert endpoint.deliver("ledger.event.created", EVENT, age=age).status_code == 204


@pytest.mark.parametrize("age", [310, -310])
def test_a_timestamp_outside_the_tolerance_is_refused(endpoint: Endpoint, age: int) -> None:
    assert_refused(endpoint, BODY, endpoint.signed(BODY, age=age))


def test_a_forged_signature_is_refused(endpoint: Endpoint) -> None:
    assert_refused(endpoint, BODY, endpoint.signed(BODY, key=os.urandom(32)))


def test_a_changed_body_is_refused(endpoint: Endpoint) -> None:
    assert_refused(endpoint, BODY + b" ", endpoint.signed(BODY))


def test_a_body_that_is_not_utf8_is_refused(endpoint: Endpoint) -> None:
    assert_refused(endpoint, BODY + b"\xff", endpoint.signed(BODY))


def test_a_second_signature_in_the_list_counts(endpoint: Endpoint) -> None:
    headers = endpoint.signed(BODY)
    headers["webhook-signature"] = "v1a,c29tZXRoaW5n garbage v1,!!! " + headers["webhook-signature"]
    assert endpoint.post(BODY, headers).status_code == 204


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_or_garbled_header_is_refused(endpoint: Endpoint, name: str) -> None:
    genuine = endpoint.signed(BODY)
    assert_refused(endpoint, BODY, {key: value for key, value in genuine.items() if key != name})
    for garbled in ["", "garbage", b"\xff\xfe", "v1,%%%", "v1,AAAA", "v1,", "1e9", "T.5", "-1"]:
        assert_refused(endpoint, BODY, {**genuine, name: garbled})


def test_an_id_with_a_dot_is_refused(endpoint: Endpoint) -> None:
    assert_refused(endpoint, BODY, endpoint.signed(BODY, webhook_id="msg_1.2"))


def test_a_forgery_has_no_effect(endpoint: Endpoint, records: RecordsServer) -> None:
    assert endpoint.post(BODY, endpoint.signed(BODY, key=os.urandom(32))).status_code == 401
    assert records.calls == []


def test_a_timestamp_that_is_no_whole_number_is_refused(endpoint: Endpoint) -> None:
    headers = endpoint.signed(BODY)
    headers["webhook-timestamp"] += ".0"
    assert_refused(endpoint, BODY, headers)
