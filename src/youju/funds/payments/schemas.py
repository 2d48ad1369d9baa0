"""Payments as programs send and read them. Money is decimal text in CNY; accounts come masked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

Plain = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Money = Annotated[Decimal, Field(max_digits=16, decimal_places=2, gt=0, allow_inf_nan=False)]
Key = Annotated[int, Field(ge=1, le=9_000_000_000_000_000_000)]


class PaymentPayeeIn(Schema):
    """To whom."""

    name: str = Field(min_length=1, max_length=100, pattern=Plain)
    credit_code: str = Field("", max_length=18, pattern=Plain)
    account: str = Field(min_length=1, max_length=60, pattern=Plain)
    bank: str = Field(min_length=1, max_length=100, pattern=Plain)


class PaymentRequestIn(Schema):
    """A payment to ask for; ``project`` is the project's code in ``year``."""

    year: int = Field(ge=2000, le=2100)
    project: str = Field(min_length=1, max_length=64, pattern=Plain)
    payee: PaymentPayeeIn
    amount: Money
    purpose: str = Field(min_length=1, max_length=200, pattern=Plain)
    due_on: date
    contract: Key | None = None
    batch: Key | None = None
    tags: list[Annotated[str, Field(max_length=20, pattern=Plain)]] = Field(
        default_factory=list, max_length=10
    )
    explanation: str = Field("", max_length=400, pattern=Plain)


class PaymentStateOut(Schema):
    """How a payment stands."""

    number: str
    state: str
    revision: int


class PaymentLineOut(Schema):
    """A payment in a list."""

    number: str
    state: str
    revision: int
    project: str
    payee: str
    account: str
    bank: str
    amount: Decimal
    purpose: str
    due_on: date
    paid_on: date | None
    return_reason: str
    outcome: str
    requested_at: datetime


class PaymentListOut(Schema):
    """A page; ``next`` is the ``cursor`` of the next one."""

    items: list[PaymentLineOut]
    next: str | None


class PaymentAttemptOut(Schema):
    """One attempt at the bank."""

    reference: str
    file: str
    state: str
    amount: Decimal
    answered_on: date | None
    reason: str


class PaymentOut(PaymentLineOut):
    """A payment with its attempts at the bank."""

    attempts: list[PaymentAttemptOut]


class SpendingOut(Schema):
    """A project's progress; money in CNY, rates in per cent, null where there is none."""

    project: str
    name: str
    budget: Decimal
    paid: Decimal
    reserved: Decimal
    planned: Decimal | None
    executed_rate: Decimal | None
    expected_rate: Decimal
    forecast: Decimal
    colour: str
