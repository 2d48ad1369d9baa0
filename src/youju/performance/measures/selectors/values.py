"""The value of an indicator row: from which records or which signed statement it comes, and how far it got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Basis(StrEnum):
    """What a row's value stands on. No row's value is typed."""

    COMPUTED = "computed"
    ATTESTED = "attested"
    UNBOUND = "unbound"


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An attested adjustment: two persons signed that the record's value is not the year's, and why."""

    computed: Decimal | None
    reason: str
    signed_by: str
    countersigned_by: str
    evidence: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One of a document's indicator rows with its live value.

    ``row`` is the 1-based place in the project's table. ``number`` is the target's number and ``value`` the actual one, both in
    ``unit`` of the target (a metric in CNY is told in 万元 where the target is). A qualitative row has ``tier`` (reached, partly,
    missed) and ``tier_rate`` (0–100) instead. ``degree`` is the share of the target reached in per cent by the row's direction,
    not capped; NULL where there is none. ``forecast`` is the value expected at the year's end and ``forecast_method`` says how.
    ``url`` opens the formula and the rows behind the value. ``sample`` tells a survey's n and interval, empty elsewhere.

    ``met`` is whether the target is reached, ``less`` whether less is better. ``reason`` says in Chinese why there is no value,
    ``note`` what was assumed (a target without a unit). ``reading`` is the way in which a value becomes a tier. ``page`` is the
    row's page in this room; ``name_hash`` and the project recognise the row in other versions of its document. ``trend`` holds
    (last day of a month, value of the year up to it), in the target's unit, or in the metric's own where the target is no number.
    """

    project_code: str
    project_name: str
    row: int
    level1: str
    level2: str
    level3: str
    raw_value: str
    operator: str | None
    number: Decimal | None
    unit: str | None
    kind: str
    basis: Basis
    metric: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    value: Decimal | None = None
    shown: str = ""
    tier: str = ""
    tier_rate: Decimal | None = None
    degree: Decimal | None = None
    trend: tuple[tuple[date, Decimal | None], ...] = ()
    forecast: Decimal | None = None
    forecast_method: str = ""
    sample: str = ""
    as_of: datetime | None = None
    url: str = ""
    adjusted: Adjusted | None = None
    reason: str = ""
    note: str = ""
    met: bool | None = None
    less: bool = False
    reading: str = ""
    page: str = ""
    name_hash: str = ""

    @property
    def has_value(self) -> bool:
        """Whether there is a number or a tier."""
        return self.value is not None or bool(self.tier)
