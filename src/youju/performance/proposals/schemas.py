"""What the endpoints of proposals give. Points and numbers are text; blank is null."""

from __future__ import annotations

from datetime import date

from ninja import Schema


class ProposalLineOut(Schema):
    """A proposal in the list."""

    number: str
    year: int
    state: str
    rows: int
    edited: int


class ProposalsOut(Schema):
    """A page of proposals, the latest year first."""

    total: int
    items: list[ProposalLineOut]


class ProposedRowOut(Schema):
    """A proposed row; ``cures`` are rule, field, before, after."""

    code: str
    row: int
    level1: str
    level2: str
    former_name: str
    former_value: str
    reached: str
    url: str
    baseline: str | None
    last_year: str | None
    level3: str
    description: str
    raw_value: str
    basis: str
    method: str
    cures: list[list[str]]
    edited: bool
    reason: str


class ProposalOut(Schema):
    """A whole proposal."""

    number: str
    year: int
    unit: str
    until: date
    state: str
    rows: list[ProposedRowOut]


class TargetAuditLineOut(Schema):
    """An audit in the list."""

    number: str
    year: int
    version: int
    state: str
    total: str
    band: str
    marked: str | None
    marked_band: str


class TargetAuditsOut(Schema):
    """A page of audits, the newest first."""

    total: int
    items: list[TargetAuditLineOut]


class TargetAuditItemOut(Schema):
    """An item of an audit with both marks."""

    item: str
    part: str
    label: str
    full: str
    score: str
    reason: str
    mark: str | None
    why: str


class TargetAuditOut(TargetAuditLineOut):
    """A whole audit."""

    unit: str
    opinion: str
    items: list[TargetAuditItemOut]
