"""What the API of tasks takes and gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Tag = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[^\x00|]*$")]

KindOf = Literal["work", "request", "dispute", "rectification", "training", "research"]
StateOf = Literal["planned", "under_way", "done", "accepted", "cancelled"]


class OfficeTaskIn(Schema):
    """A task to be planned; with ``every`` it comes again until the day ``until``."""

    kind: Literal["work", "rectification", "training", "research"]
    title: str = Field(min_length=1, pattern=PLAIN, max_length=100)
    due_on: date = Field(description="期限；重复的任务是第一次的期限")
    starts_on: date | None = None
    details: str = Field("", pattern=PLAIN, max_length=2000)
    tags: list[Tag] = Field(default_factory=list, max_length=20)
    project: str = Field("", pattern=PLAIN, max_length=30, description="项目编码")
    section: str = Field("", pattern=PLAIN, max_length=8, description="科室代码")
    person: str = Field("", pattern=PLAIN, max_length=64, description="办理人的账号；空为待认领")
    acceptor: str = Field("", pattern=PLAIN, max_length=64, description="验收人的账号；空为办理人以外的人")
    every: Literal["once", "week", "month", "quarter", "half", "year"] = "once"
    until: date | None = Field(None, description="排到哪一天；重复的必填")


class MatterIn(Schema):
    """A logistics request or a dispute, brought in the name of the caller's organisation."""

    kind: Literal["request", "dispute"]
    topic: str = Field(pattern=PLAIN, max_length=10, description="事由的代码")
    title: str = Field(min_length=1, pattern=PLAIN, max_length=100)
    details: str = Field(min_length=1, pattern=PLAIN, max_length=2000)
    contact_name: str = Field(min_length=1, pattern=PLAIN, max_length=50)
    contact_phone: str = Field(pattern=r"^[0-9+()\- ]{7,20}$", description="加密保存")
    other_side: str = Field("", pattern=PLAIN, max_length=100, description="纠纷的对方")
    other_code: str = Field("", pattern=PLAIN, max_length=32)
    reference: str = Field("", pattern=PLAIN, max_length=100, description="有关单号")
    amount: Decimal | None = Field(None, ge=0, max_digits=18, decimal_places=2, description="涉及金额，元")


class OfficeTaskLine(Schema):
    """A line of the list."""

    id: int
    number: str
    kind: KindOf
    title: str
    state: StateOf
    due_on: date
    late: bool
    person: str
    section: str
    tags: list[str]
    project: str
    accepted_on: date | None


class OfficeTasksOut(Schema):
    """A page of the list, the soonest due first; ``total`` counts all that fit."""

    total: int
    items: list[OfficeTaskLine]


class OfficeTaskOut(OfficeTaskLine):
    """One task. ``next``: the steps that the caller may take now."""

    details: str
    starts_on: date
    received_on: date
    acceptor: str
    done_on: date | None
    accepted_by: str
    evidence: list[str] = Field(description="证明文件的名称")
    next: list[str]


class OfficeTasksMade(Schema):
    """The tasks that were planned, in order of their days."""

    items: list[OfficeTaskLine]


class MatterOut(Schema):
    """A request or dispute as its bringer sees it."""

    id: int
    number: str
    kind: Literal["request", "dispute"]
    title: str
    state: StateOf
    received_on: date
    due_on: date
    outcome: str
    result: str


class MattersOut(Schema):
    """What the caller's organisation brought, newest first."""

    total: int
    items: list[MatterOut]
