"""What the API of internal supervision takes and gives."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""


class AuditFindingLine(Schema):
    """A line of the list of findings; amounts in CNY as text."""

    number: str
    title: str
    category: str = Field(description="payment、subsidy、contract、asset、task、control")
    seriousness: str = Field(description="minor、major、grave")
    state: str = Field(description="noted、rectifying、replied、verified、closed、withdrawn")
    section: str = Field(description="责任科室代码")
    basis: str
    amount: str | None
    record_kind: str = Field(description="所关联记录的种类，例如 payments.payment；没有的为空")
    record_key: str
    record: str
    found_on: date
    due_on: date | None
    late: bool
    reopened: int


class AuditFindingsOut(Schema):
    """A page of findings, the latest found first; ``total`` counts all that fit."""

    total: int
    items: list[AuditFindingLine]


class AuditReplyOut(Schema):
    """What a section answered."""

    round: int
    text: str
    by: str
    at: datetime


class AuditFindingOut(AuditFindingLine):
    """A finding with its replies."""

    description: str
    suggestion: str
    record_amount: str | None
    noticed_on: date | None
    replied_on: date | None
    closed_on: date | None
    reopened_why: str
    replies: list[AuditReplyOut]


class AuditReplyIn(Schema):
    """A reply; its evidence was uploaded before."""

    text: str = Field(min_length=1, max_length=2000, pattern=PLAIN)
    state: str = Field("", max_length=12, pattern=PLAIN, description="看到的状态；已经变了的不办理")


class AuditStratumOut(Schema):
    """A stratum as it was drawn: ``[lower, upper)`` in CNY."""

    lower: str
    upper: str | None
    count: int
    total: str
    taken: int
    certain: bool


class AuditSampledOut(Schema):
    """A unit of a sample with its random number and what it showed."""

    place: int
    key: str
    label: str
    amount: str
    stratum: int
    number: str
    conclusion: str


class AuditSampleOut(Schema):
    """A sample with all that is needed to draw it again."""

    number: str
    population: str
    since: date
    until: date
    project: str
    seed: str
    size: int
    limits: list[str]
    certainty: str | None
    allocation: str
    method: str
    hash: str = Field(description="总体文本的 SHA-256")
    count: int
    total: str
    strata: list[AuditStratumOut]
    items: list[AuditSampledOut]


class AuditRedrawnOut(Schema):
    """What drawing again gave: the same sample or not; ``changed``: whether today's records differ from the kept population."""

    same: bool
    keys: list[str]
    now: int | None
    changed: bool | None
