"""Stored rows → frozen facts for the rules, the writer and the JSON of the interface."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from youju.performance.targets import models
from youju.rules.performance.targets.facts import (
    Department,
    DocumentHead,
    Indicator,
    Project,
    Safeguard,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.values import parse_value


def as_printed(number: Decimal | None) -> str | None:
    """A stored number as the document printed it; a blank stays ``None``."""
    return None if number is None else format(number, "f")


def project(row: models.Project) -> Project:
    """One project table; ``plan``, ``goals`` and ``indicators`` should be prefetched."""
    return Project(
        code=row.code,
        name=row.name,
        budget=as_printed(row.budget),
        fiscal=as_printed(row.fiscal),
        other=as_printed(row.other),
        purpose=row.purpose,
        plan=plan(row),
        goals=tuple(goal.text for goal in row.goals.all()),
        indicators=tuple(indicator(each) for each in row.indicators.all()),
    )


def plan(row: models.Project) -> dict[str, str | None]:
    """The cumulative spending plan by month, in the order of the months."""
    return {point.month: as_printed(point.amount) for point in row.plan.all()}


def indicator(row: models.Indicator) -> Indicator:
    """One row of a project's table."""
    return Indicator(
        level1=row.level1,
        level2=row.level2,
        level3=row.level3,
        description=row.description,
        raw_value=row.raw_value,
        # Taken from the text anew, as the reader does: the stored parts are there to be queried.
        value=parse_value(row.raw_value),
        basis=row.basis,
    )


def document(row: models.TargetSet) -> TargetDocument:
    """The whole set exactly as it was read from its file: seven queries whatever its size."""
    projects = row.projects.prefetch_related("plan", "goals", "indicators")
    return TargetDocument(
        document=DocumentHead(row.unit_code, row.unit_name, row.money_unit, row.schema, row.stated_year),
        department=Department(
            goal=row.goal,
            subgoals=tuple(Subgoal(each.title, each.goal, each.indicator) for each in row.subgoals.all()),
            safeguards=tuple(Safeguard(each.title, each.text) for each in row.safeguards.all()),
        ),
        projects=tuple(project(each) for each in projects),
    )


def with_year(facts: TargetDocument, fiscal_year: int) -> TargetDocument:
    """The document with its fiscal year filled in, as the rules want it."""
    return replace(facts, document=replace(facts.document, fiscal_year=fiscal_year))


def serves(row: models.TargetSet) -> dict[str, tuple[int, ...]]:
    """Project code → the 1-based numbers of the sub-goals that it serves; projects that serve none are left out."""
    links: dict[str, tuple[int, ...]] = {}
    pairs = (
        models.ProjectSubgoal.objects.filter(project__target_set=row)
        .order_by("project__order", "subgoal__order")
        .values_list("project__code", "subgoal__order")
    )
    for code, order in pairs:
        links[code] = (*links.get(code, ()), order)
    return links


def lint_day(fiscal_year: int) -> date:
    """The day whose law judges a year's targets: they are approved with the budget, as the year begins."""
    return date(fiscal_year, 1, 1)
