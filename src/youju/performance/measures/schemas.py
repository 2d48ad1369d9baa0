"""What the API of measures takes and gives."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""


class MeasuredRowOut(Schema):
    """An indicator row with its live value; decimals are texts, in the target's unit."""

    project_code: str
    project_name: str
    row: int
    level1: str
    level2: str
    level3: str
    raw_value: str
    operator: str | None
    number: str | None
    unit: str | None
    kind: str
    basis: str = Field(description="computed、attested、unbound")
    metric: str
    parameters: dict[str, str]
    reading: str
    value: str | None
    shown: str
    tier: str
    tier_rate: str | None
    degree: str | None = Field(description="完成程度，百分比")
    met: bool | None
    forecast: str | None
    forecast_method: str
    sample: str
    reason: str
    note: str
    as_of: datetime | None
    url: str
    adjusted: bool


class MeasuredRowsOut(Schema):
    """All rows of a year, or of one project, in the document's order."""

    fiscal_year: int
    until: date
    items: list[MeasuredRowOut]


class MeasureBindingOut(Schema):
    """A binding."""

    id: int
    fiscal_year: int
    project: str
    row: int
    level3: str
    basis: str
    metric: str
    parameters: dict[str, str]
    reading: str
    note: str
    version: int
    state: str
    confirmed_by: str
    approved_by: str


class MeasureBindingsOut(Schema):
    """A page of bindings; ``total`` counts all that fit."""

    total: int
    items: list[MeasureBindingOut]


class MeasureBindingIn(Schema):
    """What a row is to be measured by."""

    year: int = Field(ge=2000, le=2100)
    project: str = Field(max_length=64, pattern=PLAIN)
    row: int = Field(ge=1, le=10_000)
    basis: str = Field("computed", max_length=10, pattern=PLAIN)
    metric: str = Field("", max_length=200, pattern=PLAIN)
    parameters: dict[str, str] = Field(default_factory=dict)
    reading: str = Field("", max_length=20, pattern=PLAIN)
    note: str = Field("", max_length=500, pattern=PLAIN)


class MeasureApprovalIn(Schema):
    """Bindings to approve, by their keys; all or none."""

    bindings: list[int] = Field(min_length=1, max_length=500)


class MeasureStatementOut(Schema):
    """A statement or an adjustment."""

    id: int
    kind: str
    project: str
    row: int
    until: date
    value: str | None
    tier: str
    tier_rate: str | None
    state: str
    evidence: list[str]
