"""A whole round as plain data, for programs and the command line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.performance.monitoring.models import MonitoredProject, MonitoredRow, Round
from youju.performance.monitoring.selectors.holding import holds_payments
from youju.performance.monitoring.selectors.lists import round_of
from youju.rules.performance.monitoring.colours import by_time
from youju.rules.performance.monitoring.lifecycle import DROPPED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def whole_round(actor: User, number: str) -> dict[str, Any]:
    """A round with its projects and rows; five queries.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    return _told(round_of(actor, number))


def round_in_month(year: int, month: int) -> dict[str, Any] | None:
    """The same of a month's round that was not dropped, for the server's own command line; ``None`` without one."""
    found = Round.objects.filter(year=year, month=month).exclude(state=DROPPED).order_by("-pk").first()
    return None if found is None else _told(found)


def _told(row: Round) -> dict[str, Any]:
    projects = list(row.projects.prefetch_related("rows"))
    held = holds_payments([each.funds_id for each in projects if each.funds_id is not None])
    return {
        "number": row.number,
        "year": row.year,
        "month": row.month,
        "until": row.until,
        "unit": row.unit_name or row.unit_key,
        "version": row.target_version,
        "state": row.state,
        "time": str(by_time(row.month)),
        "digest": row.digest,
        "projects": [_project(each, each.funds_id in held) for each in projects],
    }


def _project(each: MonitoredProject, held: bool) -> dict[str, Any]:
    names = (
        "place",
        "code",
        "name",
        "section",
        "method",
        "colour",
        "targets_colour",
        "explanation",
        "measure",
    )
    money = ("initial", "budget", "executed", "rate", "forecast")
    return (
        {name: getattr(each, name) for name in names}
        | {name: _text(getattr(each, name)) for name in money}
        | {
            "held": held,
            "rows": [_row(row) for row in each.rows.all()],
        }
    )


def _row(row: MonitoredRow) -> dict[str, Any]:
    names = (
        "level1", "level2", "level3", "colour", "metric", "url", "suggested", "likelihood", "cause", "explanation", "measure",
        "remark",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names} | {
        "row": row.place,
        "target": row.raw_value,
        "done": row.shown or _with_unit(row.value, row.unit) or row.tier,
        "ahead": _with_unit(row.forecast, row.unit) or row.tier,
        "share": _text(row.share),
    }


def _with_unit(value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{value.normalize():f}{unit}"


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
