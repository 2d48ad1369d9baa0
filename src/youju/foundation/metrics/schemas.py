"""Metrics as programs read them: values are strings of decimal digits."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class MetricOut(Schema):
    """An entry of the catalogue."""

    code: str
    label: str
    label_en: str
    unit: str
    direction: str
    grain: str
    definition: str
    definition_en: str
    formula: str
    formula_hash: str
    tables: list[str]


class MetricPartOut(Schema):
    """A summand of a value."""

    part: str
    label: str
    value: str
    rows: int


class MetricRowOut(Schema):
    """A row behind a value: what it contributes, and where it opens."""

    part: str
    kind: str
    number: str
    url: str
    contribution: str


class MetricValueOut(Schema):
    """A value with everything it stands on."""

    code: str
    label: str
    unit: str
    period: str
    pilot: str
    value: str | None
    reason: str
    formula: str
    formula_hash: str
    engine: str
    as_of: datetime
    whole: bool
    parts: list[MetricPartOut]
    row_count: int
    rows: list[MetricRowOut]


class FrozenFigureOut(Schema):
    """A value as it was kept."""

    id: int
    code: str
    pilot: str
    period: str
    value: str | None
    unit: str
    engine: str
    as_of: datetime
    formula_hash: str
    row_count: int
    row_hash: str
    purpose: str
    frozen_by: str
    frozen_at: datetime
