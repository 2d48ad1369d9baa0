"""The signature of an event: HMAC-SHA256 over ``timestamp.body`` with the endpoint's secret.

Header ``Youju-Signature: t=1700000000,v1=<hex>``; two ``v1`` while two secrets are valid. The receiver computes the same over
the bytes that came, compares in constant time, and refuses what is older than it wants (``youju_client.webhooks.verify``).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence

HEADER = "Youju-Signature"


def new_secret() -> str:
    """A secret with 256 random bits."""
    return f"yjwh_{secrets.token_urlsafe(32)}"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """64 hex digits."""
    return hmac.digest(secret.encode(), str(timestamp).encode() + b"." + body, "sha256").hex()


def header(secrets_: Sequence[str], timestamp: int, body: bytes) -> str:
    """The value of the header, a ``v1`` for each secret."""
    return ",".join([f"t={timestamp}", *(f"v1={signature(each, timestamp, body)}" for each in secrets_)])
