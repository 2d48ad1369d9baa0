"""What the API of report checks takes and gives."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema


class ReportCheckLine(Schema):
    """A run; counts are zero while it waits."""

    id: int
    number: str
    name: str
    year: int
    state: str = Field(description="waiting、done、failed")
    fault: str
    figures: int
    agrees: int
    disagrees: int
    unjudged: int
    made_by: str
    made_at: datetime


class ReportChecksOut(Schema):
    """A page of runs, the newest first."""

    total: int
    items: list[ReportCheckLine]


class ReportVerdictOut(Schema):
    """One figure of the report with what is said of it."""

    passage: int
    place: str
    start: int
    end: int
    printed: str
    outcome: str = Field(description="agrees、disagrees、unjudged")
    what: str
    right: str
    rule: str
    why: str
    how: str
    source: str
    url: str


class ReportChangeOut(Schema):
    """A figure whose verdict differs from the run before."""

    place: str
    printed: str
    what: str
    before: str
    after: str


class ReportCheckOut(ReportCheckLine):
    """A run with every verdict."""

    facts_hash: str
    follows: int | None = Field(description="上一次核对的 id")
    changes: list[ReportChangeOut]
    verdicts: list[ReportVerdictOut]
