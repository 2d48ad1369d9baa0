"""What the API of the goods room gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema


class RecognitionFinding(Schema):
    """What one rule said."""

    rule: str
    severity: Literal["error", "warning", "hint"]
    field: str
    message: str
    suggestion: str


class DecisionOut(Schema):
    """A decision of recognition. ``policy_hash`` names the policy files that it was made under."""

    decision: int
    good: str
    state: str
    outcome: Literal["recognised", "refused", "explain"]
    step: Literal["rules", "waits", "accepted", "rejected"]
    as_of: date
    policy_hash: str
    tariff: str | None
    rules: list[str]
    findings: list[RecognitionFinding]
    explanation: str
    decided_by: str
    decided_at: datetime
