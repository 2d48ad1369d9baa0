"""A round as plain data, all that its form prints."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.foundation.identity.limits import sections
from youju.rules.performance.monitoring.colours import by_time

if TYPE_CHECKING:
    from youju.performance.monitoring.models import MonitoredProject, MonitoredRow, Round

_WAN, _CENT = Decimal(10_000), Decimal("0.01")


def context_of(row: Round, projects: Iterable[MonitoredProject], *, pictures: bool = True) -> dict[str, Any]:
    """What the template is made of; money in 万元 as the form states it. ``rows`` of each project are loaded."""
    return {
        "number": row.number,
        "year": row.year,
        "month": row.month,
        "until": row.until.isoformat(),
        "unit": row.unit_name or row.unit_key,
        "digest": row.digest,
        "time": str(by_time(row.month)),
        "pictures": pictures,
        "approved": f"{row.approved_name} {row.approved_on}" if row.approved_on else "",
        "projects": [_project(each) for each in projects],
    }


def wan(value: Decimal | None) -> str:
    """CNY in 万元, to the hundredth; empty where there is none."""
    return "" if value is None else f"{(value / _WAN).quantize(_CENT)}"


def plain(value: Decimal | None) -> str:
    """A number without needless noughts; empty where there is none."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if value else "0"


def _project(row: MonitoredProject) -> dict[str, Any]:
    return {
        "place": row.place,
        "code": row.code,
        "name": row.name,
        "section": sections().get(row.section, ""),
        "initial": wan(row.initial),
        "budget": wan(row.budget),
        "executed": wan(row.executed),
        "rate": "" if row.rate is None else f"{row.rate}%",
        "forecast": wan(row.forecast),
        "method": row.method,
        "colour": row.colour,
        "reached": "" if row.reached is None else str(row.reached),
        "targets_colour": row.targets_colour,
        "explanation": row.explanation,
        "measure": row.measure,
        "rows": [_row(each) for each in row.rows.all()],
    }


def _row(row: MonitoredRow) -> dict[str, Any]:
    names = (
        "place",
        "level1",
        "level2",
        "level3",
        "raw_value",
        "unit",
        "metric",
        "basis",
        "likelihood",
        "cause",
    )
    return {name: getattr(row, name) for name in names} | {
        "done": done_of(row),
        "ahead": ahead_of(row),
        "explanation": row.explanation,
        "measure": row.measure,
        "remark": row.remark,
        "colour": row.colour,
    }


def done_of(row: MonitoredRow) -> str:
    """What was reached, as people read it."""
    return row.shown or (f"{plain(row.value)}{row.unit}" if row.value is not None else row.tier)


def ahead_of(row: MonitoredRow) -> str:
    """What is expected, as people read it; a qualitative row its tier."""
    return f"{plain(row.forecast)}{row.unit}" if row.forecast is not None else row.tier
