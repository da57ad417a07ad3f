"""Verification of Standard Webhooks signatures (scheme v1, HMAC-SHA256)."""

import re
from collections.abc import Iterable, Mapping

from standardwebhooks import Webhook, WebhookVerificationError

TIMESTAMP = re.compile(r"[1-9][0-9]*")
SIGNATURE = re.compile(r"v1,[A-Za-z0-9+/]{43}=")


class SignatureError(Exception):
    """The delivery does not prove that it comes from Proveniq."""


class Verifier:
    """Accepts what any of the secrets signed, so that they rotate without a gap."""

    def __init__(self, secrets: Iterable[bytes]) -> None:
        self._webhooks = [Webhook(secret) for secret in secrets]

    def verify(self, headers: Mapping[str, str], body: bytes) -> str:
        """Returns the delivery's id, or raises `SignatureError`.

        The library checks the signature over the raw body and the age of the
        timestamp, 300 seconds both ways. It reads "1e9" as a number, and one
        malformed entry of the list makes it fail on the whole, so only
        canonical timestamps and well-formed entries reach it.
        """
        delivery_id = headers.get("webhook-id", "")
        timestamp = headers.get("webhook-timestamp", "")
        signatures = [s for s in headers.get("webhook-signature", "").split() if SIGNATURE.fullmatch(s)]
        if not delivery_id:
            raise SignatureError("The webhook-id header is missing.")
        if "." in delivery_id:
            # What is signed is id.timestamp.body: a part of such an id could pass for the timestamp.
            raise SignatureError("The webhook-id header has a dot.")
        if not TIMESTAMP.fullmatch(timestamp):
            raise SignatureError("The webhook-timestamp header is not a number of seconds.")
        if not signatures:
            raise SignatureError("The webhook-signature header has no v1 signature.")

        canonical = {
            "webhook-id": delivery_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": " ".join(signatures),
        }
        for webhook in self._webhooks:
            try:
                webhook.verify(body, canonical, json_parse=False)
                return delivery_id
            except (WebhookVerificationError, UnicodeDecodeError):
                continue
        raise SignatureError("No signature matches the body, or the timestamp is not within 300 seconds.")
