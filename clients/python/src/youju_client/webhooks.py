"""Webhooks: is this event from the server whose secret we hold, and new?"""

from __future__ import annotations

import hmac
import time
from datetime import datetime

from pydantic import BaseModel

HEADER = "Youju-Signature"


class BadSignatureError(Exception):
    """The event is not signed with the secret, or it is too old."""


class Record(BaseModel):
    """The record whose state changed; ``url`` is where the API gives it."""

    kind: str
    number: str
    state_before: str | None
    state_after: str | None
    url: str


class Event(BaseModel):
    """One event. ``id`` is the same at each delivery; of two events of one record the later has the larger ``sequence``."""

    id: str
    type: str
    occurred_at: datetime
    sequence: int
    record: Record


def verify(
    body: bytes, signature: str, *secrets: str, tolerance: float = 300, now: float | None = None
) -> Event:
    """The event, when its signature fits one of the secrets. Compares in constant time.

    Args:
        body: the bytes that came, unchanged.
        signature: the header ``Youju-Signature``.
        secrets: ours; two while the secret is being exchanged.
        tolerance: seconds that the event may be old or ahead.
        now: the time in seconds, in place of the clock's.

    Raises:
        BadSignatureError: it does not fit, or is too old.
    """
    parts = [part.partition("=") for part in signature.split(",")]
    stamp = next((value for name, _, value in parts if name == "t"), "")
    marks = [value for name, _, value in parts if name == "v1"]
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 15):
        raise BadSignatureError("the signature has no time")
    said = stamp.encode() + b"." + body
    fits = False
    for secret in secrets:
        expected = hmac.digest(secret.encode(), said, "sha256").hex()
        for mark in marks:
            fits |= hmac.compare_digest(expected.encode(), mark.encode())
    if not fits:
        raise BadSignatureError("the signature fits no secret")
    if abs((time.time() if now is None else now) - int(stamp)) > tolerance:
        raise BadSignatureError("the event is too old")
    return Event.model_validate_json(body)
