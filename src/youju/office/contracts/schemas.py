"""What the API of contracts takes and gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Tag = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[^\x00|]*$")]


class ContractIn(Schema):
    """A signed contract; the amount in CNY, days both included."""

    number: str = Field(min_length=1, pattern=PLAIN, max_length=40)
    title: str = Field(min_length=1, pattern=PLAIN, max_length=100)
    party: str = Field(min_length=1, pattern=PLAIN, max_length=100, description="对方名称")
    party_code: str = Field("", max_length=18, pattern=r"^([0-9A-HJ-NPQRTUWXY]{18})?$")
    amount: Decimal = Field(ge=0, max_digits=18, decimal_places=2, description="元")
    signed_on: date
    valid_from: date
    valid_to: date = Field(description="这一天仍然有效")
    tags: list[Tag] = Field(default_factory=list, max_length=20)
    project: str = Field("", pattern=PLAIN, max_length=30, description="项目编码")
    note: str = Field("", pattern=PLAIN, max_length=500)


class ContractLine(Schema):
    """A line of the register."""

    id: int
    number: str
    title: str
    party: str
    party_code: str
    amount: str
    signed_on: date
    valid_from: date
    valid_to: date
    state: str = Field(description="in_force、ended、void")
    ended_on: date | None
    tags: list[str]
    project: str


class ContractsOut(Schema):
    """A page of the register, the latest signed first; ``total`` counts all that fit."""

    total: int
    items: list[ContractLine]


class DeliverableOut(Schema):
    """What a contract delivers; the price in CNY."""

    id: int
    place: int
    title: str
    due_on: date
    price: str
    state: str = Field(description="pending、delivered、accepted、refused、dropped")
    delivered_on: date | None
    accepted_on: date | None
    accepted_by: str


class InstalmentOut(Schema):
    """A due payment in CNY; ``after``: place of the deliverable that must be accepted first."""

    place: int
    due_on: date
    amount: str
    after: int | None


class ContractOut(ContractLine):
    """A contract with what hangs on it."""

    note: str
    deliverables: list[DeliverableOut]
    instalments: list[InstalmentOut]
    opinions: int = Field(description="法律意见份数")
    hours: str = Field(description="法律顾问工时")
