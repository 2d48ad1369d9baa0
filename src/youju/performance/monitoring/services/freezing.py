"""The figures of a round as they stand on a day → its rows, kept as they were. Inner step: callers check permissions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.policies import law_on, policy_hash
from youju.funds.payments.selectors import Line
from youju.performance.measures.selectors import MeasuredRow
from youju.performance.monitoring.facts import expected, mean
from youju.performance.monitoring.models import MonitoredProject, MonitoredRow, Round
from youju.performance.monitoring.selectors.lists import section_named
from youju.rules.funds.payments.forecasting import METHOD
from youju.rules.law import Law
from youju.rules.performance.monitoring.colours import (
    execution_colour,
    rate_of,
    share_of,
    target_colour,
    worst,
)
from youju.rules.performance.monitoring.likelihood import suggest

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet

_WORDS = (
    "level1", "level2", "level3", "raw_value", "number", "kind", "metric", "value", "shown", "tier", "tier_rate", "degree",
    "forecast", "sample", "as_of", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What to freeze: the set, its rows in the document's order, budget lines by project code, the month and its last day."""

    target_set: TargetSet
    rows: Sequence[MeasuredRow]
    lines: Mapping[str, Line]
    month: int
    until: date
    freeze: int | None = None


@transaction.atomic
def freeze(wish: Wish, *, number: str, by: tuple[str, str], is_demo: bool = False) -> Round:
    """Write a round with its projects and rows; figures are never changed again (a trigger refuses it).

    Args:
        wish: what is frozen.
        number: of the round.
        by: username and name of who makes it.
        is_demo: whether it belongs to the demo.
    """
    law, kept = law_on(wish.until), wish.target_set
    row = Round.objects.create(
        number=number, year=kept.fiscal_year, month=wish.month, until=wish.until, target_set=kept.pk,
        target_version=kept.version, unit_key=kept.unit_key, unit_name=kept.unit_name or "",
        digest=digest_of(wish), freeze=wish.freeze, policy_hash=policy_hash(), made_by=by[0], made_name=by[1], is_demo=is_demo,
    )  # fmt: skip
    pairs = []
    for place, (code, group) in enumerate(groupby(wish.rows, key=lambda each: each.project_code), 1):
        own = list(group)
        project = _project(row, place, own[0], wish.lines.get(code), law)
        rows = [_row(project, each, law) for each in own]
        project.reached = mean([each.degree for each in rows if each.degree is not None])
        project.targets_colour = worst(each.colour for each in rows)
        pairs.append((project, rows))
    MonitoredProject.objects.bulk_create([project for project, _ in pairs])
    MonitoredRow.objects.bulk_create([each for _, rows in pairs for each in rows])
    return row


def digest_of(wish: Wish) -> str:
    """The sha256 of all that a round freezes, as JSON with sorted keys."""
    rows = [
        {name: _plain(getattr(each, name)) for name in (*_WORDS, "project_code", "row")} for each in wish.rows
    ]
    lines = {
        code: [str(line.budget), str(line.paid), str(line.forecast)]
        for code, line in sorted(wish.lines.items())
    }
    text = json.dumps([rows, lines], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _project(row: Round, place: int, first: MeasuredRow, line: Line | None, law: Law) -> MonitoredProject:
    project = MonitoredProject(round=row, place=place, code=first.project_code, name=first.project_name[:500])
    view = line.project if line else None
    if line is None or view is None:
        return project
    project.funds_id, project.initial, project.budget = view.id, view.initial, line.budget
    project.executed, project.forecast, project.method = line.paid, line.forecast, METHOD
    project.rate = rate_of(line.paid, line.budget)
    project.colour = execution_colour(project.rate, row.month, law)
    project.section = section_named(view.section)
    return project


def _row(project: MonitoredProject, each: MeasuredRow, law: Law) -> MonitoredRow:
    told: dict[str, Any] = {name: getattr(each, name) for name in _WORDS}
    for name, longest in (("level3", 500), ("raw_value", 500), ("shown", 300), ("sample", 200), ("url", 500)):
        told[name] = told[name][:longest]
    row = MonitoredRow(
        project=project,
        place=each.row,
        operator=each.operator or "",
        unit=each.unit or "",
        basis=each.basis.value,
        parameters=dict(each.parameters),
        method=each.forecast_method[:300],
        **told,
    )
    row.share = share_of(expected(row))
    row.colour = target_colour(row.share, law)
    row.suggested, row.why = suggest(expected(row), law)
    row.why = row.why[:300]
    return row


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value if value is None or isinstance(value, str | int) else str(value)
