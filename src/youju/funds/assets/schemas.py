"""What the API of assets takes and gives."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""


class AssetLine(Schema):
    """A line of the register; money in CNY."""

    id: int
    number: str
    name: str
    category: str
    category_name: str
    model: str
    serial: str
    cost: str
    depreciated: str
    net: str
    acquired_on: date
    months: int = Field(description="折旧月数，0 为不计提")
    section: str
    place: str
    keeper: str
    state: str = Field(description="in_use、idle、lent、leaving、disposed")
    project: str


class AssetsOut(Schema):
    """A page of the register by number; ``total`` counts all that fit."""

    total: int
    items: list[AssetLine]


class AssetFundingOut(Schema):
    """What a payment paid of it, CNY."""

    payment: str
    amount: str
    line: str


class AssetChargeOut(Schema):
    """A month of depreciation, CNY; ``booked``: whether it was charged."""

    month: str
    amount: str
    accumulated: str
    booked: bool


class AssetOut(AssetLine):
    """An asset with what paid for it and its whole schedule."""

    depreciated_to: date | None
    disposed_on: date | None
    counted_on: date | None
    note: str
    fundings: list[AssetFundingOut]
    schedule: list[AssetChargeOut]


class AssetCountIn(Schema):
    """One count. The id is the sender's own; sent again, it writes nothing."""

    id: uuid.UUID
    text: str = Field(min_length=1, max_length=200, pattern=PLAIN, description="资产编号，或标签里的网址")
    made_at: datetime = Field(description="清点的时间，带时区")
    place: str = Field("", max_length=60, pattern=PLAIN, description="实际地点，和清单一样的不填")
    note: str = Field("", max_length=200, pattern=PLAIN)


class AssetCountsIn(Schema):
    """Counts of one round, in any order."""

    counts: list[AssetCountIn] = Field(min_length=1, max_length=500)


class AssetCountOut(Schema):
    """What became of a count."""

    id: uuid.UUID
    number: str
    outcome: str = Field(description="new、again（以前收到过）、conflict（别人盘过）、unreadable")
    result: str = Field(description="found、misplaced、surplus、missing，空为未盘")
    message: str


class AssetCountsOut(Schema):
    """The answers, in the order sent."""

    counts: list[AssetCountOut]
