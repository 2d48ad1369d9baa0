"""Settlement as banks' programs send and read it. Money is decimal text; amounts are in the line's currency unless said."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

Plain = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Money = Annotated[Decimal, Field(max_digits=16, decimal_places=2, gt=0, allow_inf_nan=False)]
Code = r"^[A-Z]{3}$"


class SettlementLineOut(Schema):
    """A line for a bank: how much is left, not whose it is (``consignor`` is masked)."""

    line: int
    declaration: str
    entry_number: str
    g_no: int
    currency: str
    declared: Decimal
    available: Decimal
    released_on: date
    consignor: str


class SettlementReserveIn(Schema):
    """An amount of a line to hold; ``hours`` null: as long as the policy allows."""

    line: int = Field(ge=1, le=9_000_000_000_000_000_000)
    amount: Money
    hours: int | None = Field(None, ge=1, le=100_000)
    reference: str = Field("", max_length=64, pattern=Plain)


class SettlementConfirmIn(Schema):
    """What came. ``amount`` null: all that was reserved; ``money`` in ``currency``, null: what the amount comes to."""

    reference: str = Field(min_length=1, max_length=64, pattern=Plain)
    received_on: date
    payer_name: str = Field(min_length=1, max_length=140, pattern=Plain)
    payer_country: str = Field("", pattern=r"^([A-Z]{2})?$")
    amount: Money | None = None
    money: Money | None = None
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    remark: str = Field("", max_length=200, pattern=Plain)


class SettlementReleaseIn(Schema):
    """Why it is let go."""

    reason: str = Field("", max_length=200, pattern=Plain)


class SettlementReservationOut(Schema):
    """A reservation. ``state``: ``held``, ``confirmed``, ``released``, ``expired``; ``receipt`` once confirmed."""

    number: str
    state: str
    declaration: str
    g_no: int
    currency: str
    amount: Decimal
    confirmed: Decimal
    reference: str
    expires_at: datetime
    receipt: str = ""
    suspense: Decimal | None = None


class SettlementReservationsOut(Schema):
    """A page; ``next`` is the ``cursor`` of the next one."""

    items: list[SettlementReservationOut]
    next: str | None


class SettlementReceiptIn(Schema):
    """A receipt to record."""

    bank: str = Field("", max_length=40, pattern=Plain)
    reference: str = Field(min_length=1, max_length=64, pattern=Plain)
    received_on: date
    currency: str = Field(pattern=Code)
    amount: Money
    payer_name: str = Field(min_length=1, max_length=140, pattern=Plain)
    payer_country: str = Field("", pattern=r"^([A-Z]{2})?$")
    payee: str = Field("", max_length=24, pattern=Plain)
    hint: str = Field("", max_length=40, pattern=Plain)
    remark: str = Field("", max_length=200, pattern=Plain)
    third_party: str = Field("", max_length=400, pattern=Plain)


class SettlementReceiptOut(Schema):
    """A receipt; ``suspense`` in its currency stands nowhere yet."""

    number: str
    state: str
    bank: str
    reference: str
    received_on: date
    currency: str
    amount: Decimal
    applied: Decimal
    returned: Decimal
    suspense: Decimal
    amount_cny: Decimal


class SettlementReceiptsOut(Schema):
    """A page; ``next`` is the ``cursor`` of the next one."""

    items: list[SettlementReceiptOut]
    next: str | None
