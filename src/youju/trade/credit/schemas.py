"""What the API of credit gives and takes. Points are strings of decimal digits."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""


class CreditRecordOut(Schema):
    """A record that counts, as its room told it."""

    kind: str
    title: str
    key: str
    day: date
    number: str
    url: str
    count: int
    outcome: str


class CreditItemOut(Schema):
    """Points of one item with the records behind them."""

    code: str
    title: str
    most: str
    points: str
    sentence: str
    against: list[CreditRecordOut]
    fitting: list[CreditRecordOut]


class CreditScoreLine(Schema):
    """A line of a month's scores."""

    party: int
    number: str
    name: str
    month: str = Field(description="例如 2023-12")
    total: str
    most: str
    grade: str
    revision: int


class CreditScoresOut(Schema):
    """A page of a month's scores, the best first; ``total`` counts all that fit."""

    total: int
    items: list[CreditScoreLine]


class CreditScoreOut(CreditScoreLine):
    """A party's score, item by item; the points of the items add up to ``total``."""

    day: date
    ceiling: str
    items: list[CreditItemOut]
    digest: str
    scored_at: datetime


class CreditPleaIn(Schema):
    """An appeal or a repair; files with pictures are added on the page."""

    kind: str = Field(description="appeal 或 repair", pattern=r"^(appeal|repair)$")
    record: str = Field(
        description="记录：种类和编号，例如 declarations.rejected:123", max_length=120, pattern=PLAIN
    )
    reason: str = Field(max_length=1000, pattern=PLAIN)
    evidence: str = Field(description="证据的文字说明，存为一份文本文件", max_length=10_000, pattern=PLAIN)
    month: str = Field("", description="对哪个月的得分，缺省为最近一期", max_length=7, pattern=PLAIN)


class CreditPleaOut(Schema):
    """An appeal or a repair."""

    id: int
    number: str
    kind: str
    state: str
    record: str
    reason: str
    finding: str
    decision: str
    asked_at: datetime
    decided_at: datetime | None


class CreditPleasOut(Schema):
    """A page of appeals and repairs, the newest first."""

    total: int
    items: list[CreditPleaOut]
