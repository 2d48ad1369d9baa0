"""What every endpoint answers when it refuses: one schema for all rooms, so that a client has one error to understand."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import ConfigDict


class RefusalFinding(Schema):
    """What one rule said; further keys say where (``line``, ``order``, ``container``, …)."""

    model_config = ConfigDict(extra="allow")

    rule: str
    severity: str
    message: str
    suggestion: str = ""
    field: str | None = None
    line: int | None = None


class RefusedOut(Schema):
    """Why a request was refused, in one Chinese sentence; ``findings`` where rules are the reason."""

    detail: str
    findings: list[RefusalFinding] = []


REFUSED: dict[int, Any] = {404: RefusedOut, 409: RefusedOut, 422: RefusedOut}
"""What an endpoint that changes something may answer instead: not there, not now, not so."""
