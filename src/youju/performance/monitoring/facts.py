"""Rows of the tables as the rules MON-… look at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from youju.rules.performance.monitoring.facts import (
    Expected,
    OrderFacts,
    OrderMoment,
    ProjectFacts,
    RoundFacts,
    RowFacts,
)
from youju.rules.performance.monitoring.judging import Facts
from youju.rules.performance.monitoring.lifecycle import OPEN

if TYPE_CHECKING:
    from youju.performance.monitoring.models import MonitoredProject, MonitoredRow, Order, Round


def row_key(project: MonitoredProject, row: MonitoredRow) -> str:
    """A row as forms and imports name it: the project's place and the row's, ``3-7``."""
    return f"{project.place}-{row.place}"


def expected(row: MonitoredRow) -> Expected:
    """What a row is expected to come to."""
    return Expected(row.level1, row.level2, row.operator or None, row.number, row.forecast, row.tier_rate)


def row_facts(project: MonitoredProject, row: MonitoredRow, day: date) -> RowFacts:
    """A row as it stands."""
    return RowFacts(
        day=day,
        key=row_key(project, row),
        name=f"第 {project.place} 个项目第 {row.place} 行“{row.level3}”",
        suggested=row.suggested,
        likelihood=row.likelihood,
        cause=row.cause,
        explanation=row.explanation,
        measure=row.measure,
    )


def project_facts(project: MonitoredProject, day: date) -> ProjectFacts:
    """A project as it stands."""
    return ProjectFacts(day, project.code, project.colour, project.explanation, project.measure)


def all_facts(row: Round, day: date) -> Iterator[Facts]:
    """The round, its projects and their rows; two queries."""
    yield RoundFacts(day, row.year, row.month)
    for project in row.projects.prefetch_related("rows"):
        yield project_facts(project, day)
        for each in project.rows.all():
            yield row_facts(project, each, day)


def order_facts(row: Order, moment: OrderMoment, day: date, evidence: int = 0, actor: str = "") -> OrderFacts:
    """An order at a moment."""
    return OrderFacts(
        moment, day, row.issued_on, row.due_on, row.state in OPEN, evidence, row.replied_by, actor
    )


def mean(degrees: list[Decimal]) -> Decimal | None:
    """The mean of degrees, each at most 100; ``None`` without any."""
    if not degrees:
        return None
    total = sum((min(each, Decimal(100)) for each in degrees), Decimal(0))
    return (total / len(degrees)).quantize(Decimal("0.01"))
