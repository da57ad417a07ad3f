"""Reading a request body without trusting its size."""

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

LIMIT = 1024 * 1024
DISCARD_LIMIT = 16 * LIMIT


async def read_body(request: Request) -> bytes:
    """Returns the raw body, and keeps no more than 1 MiB of it.

    The raw bytes matter: a body that was parsed and written again no longer
    matches its signature. The rest of a body that is too large is discarded
    as it comes, within bounds: many senders read the answer only after they
    have sent everything.
    """
    body = bytearray()
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= LIMIT:
                body += chunk
            elif size > DISCARD_LIMIT:
                break
    except ClientDisconnect:
        raise HTTPException(400, "The body ended early.") from None
    if size > LIMIT:
        raise HTTPException(413, "The body is larger than 1 MiB.", {"Connection": "close"})
    return bytes(body)
