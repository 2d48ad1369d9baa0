"""What the endpoints of applications take and give. Money is CNY as text of decimal digits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

Money = Annotated[str, Field(description="元，十进制数字", examples=["500.00"])]


class EntitlementOut(Schema):
    """A policy for one of the enterprise's filings."""

    policy: str
    title: str
    party: int
    party_name: str
    amount: Money
    open: bool
    fits: bool
    application: str | None
    missing: list[dict[str, Any]]


class ClaimLineOut(Schema):
    """An application in a list."""

    number: str
    policy_code: str
    policy_title: str
    policy_hash: str
    party: int
    party_name: str
    state: str
    state_label: str
    revision: int
    amount: Money
    submitted_at: datetime | None


class ClaimsOut(Schema):
    """Applications."""

    total: int
    items: list[ClaimLineOut]


class ClaimClauseOut(Schema):
    """What one clause gives."""

    clause: str
    title: str
    reference: str
    base: str
    unit: str
    rate: str | None
    amount: Money
    sentence: str


class ClaimOut(ClaimLineOut):
    """An application with how its amount came about; the account is masked."""

    bank: str
    account_name: str
    account: str
    remark: str
    lines_count: int
    clauses: list[ClaimClauseOut]
    missing: list[dict[str, Any]]
    facts_hash: str
    award: str | None
    paid_on: date | None


class CountedLineOut(Schema):
    """A declared line that counts; ``value_usd`` in USD, ``teu`` the part of a container."""

    part: str
    source: int
    declaration: str
    g_no: int
    entry_number: str
    day: date
    product: str
    partner: str
    container: str
    value_usd: str
    teu: str


class CountedLinesOut(Schema):
    """Declared lines that count."""

    total: int
    items: list[CountedLineOut]


class ClaimAccountIn(Schema):
    """The account to pay to."""

    name: Annotated[str, Field(max_length=100)]
    bank: Annotated[str, Field(max_length=100)]
    number: Annotated[str, Field(max_length=40)]


class ClaimIn(Schema):
    """An application to begin."""

    policy: Annotated[str, Field(max_length=40)]
    party: Annotated[int, Field(ge=1, le=2**62)]
    account: ClaimAccountIn | None = None
    remark: Annotated[str, Field(max_length=500)] = ""


class ClaimStepIn(Schema):
    """A step with an application."""

    revision: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    reason: Annotated[str, Field(max_length=2000)] = ""
    expected: Annotated[str, Field(max_length=14)] = ""


class AwardRoundOut(Schema):
    """A round of awards."""

    number: str
    policy_code: str
    policy_title: str
    state: str
    state_label: str
    version: int
    list_hash: str
    shown_on: date | None
    shown_until: date | None
    decided_on: date | None
    lines: int
    amount: Money


class AwardRoundsOut(Schema):
    """Rounds of awards."""

    total: int
    items: list[AwardRoundOut]
