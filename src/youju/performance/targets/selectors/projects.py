"""Projects for the list and for the page in the layout of the official form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from youju.performance.targets import facts
from youju.performance.targets.models import Finding, Indicator, Project, Subgoal, TargetSet
from youju.performance.targets.selectors.sets import NUL
from youju.rules.findings import Severity
from youju.rules.performance.targets.codes import ProjectCode

FUNDS = {"fiscal": "只有财政资金", "other": "有其他资金", "carried": "往年编码", "new": "当年编码"}
"""What ``funds`` filters by: the source of the money, and whether the code is of an earlier year."""

_PARTS = {
    "code": "name",
    "name": "name",
    "budget": "money",
    "fiscal": "money",
    "other": "money",
    "purpose": "purpose",
    "plan": "plan",
    "goals": "goals",
}
"""Field of a finding → the row of the form; any other field belongs to the table as a whole."""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of the project list; amounts as printed, plan as share of the budget (0–1) where both are stated."""

    number: int
    code: str
    name: str
    budget: str | None
    fiscal: str | None
    other: str | None
    plan: Mapping[str, str | None]
    errors: int
    warnings: int
    hints: int
    amount: Decimal | None

    @property
    def findings(self) -> int:
        """How many findings stand at the project."""
        return self.errors + self.warnings + self.hints


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbouring project: where previous and next lead."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the form with its findings; a span of 0 means that a cell above covers this one."""

    row: Indicator
    level1_span: int
    level2_span: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """All that the page of one project shows."""

    target_set: TargetSet
    project: Project
    budget: str | None
    plan: Mapping[str, str | None]
    goals: tuple[str, ...]
    rows: tuple[IndicatorRow, ...]
    findings: tuple[Finding, ...]
    at_part: Mapping[str, tuple[Finding, ...]]
    serves: tuple[Subgoal, ...]
    previous: Place | None
    next: Place | None
    fiscal: str | None = None
    other: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def plan_cells(self) -> list[tuple[int, str | None]]:
        """The spending plan as (month, amount), in the order of the form."""
        return [(int(month), amount) for month, amount in self.plan.items()]


def project_rows(
    target_set: TargetSet,
    *,
    text: str = "",
    severity: str = "",
    funds: str = "",
    codes: Sequence[str] | None = None,
    plans: bool = True,
) -> list[ProjectRow]:
    """The projects of a set that fit the filters, in the order printed: two queries, one without the plans.

    Args:
        target_set: which document.
        text: words that name, code, purpose, goals or indicators contain.
        severity: only projects with a finding this heavy.
        funds: a key of ``FUNDS``.
        codes: only these projects.
        plans: whether the spending plans are read as well.
    """
    projects: QuerySet[Project] = target_set.projects.all()
    for word in text.replace(NUL, "").split():
        projects = projects.filter(
            Q(name__icontains=word)
            | Q(code__icontains=word)
            | Q(purpose__icontains=word)
            | Q(pk__in=Project.objects.filter(goals__text__icontains=word).values("pk"))
            | Q(pk__in=_with_indicator(word).values("project"))
        )
    if severity in set(Severity):
        projects = projects.filter(pk__in=Finding.objects.filter(severity=severity).values("project"))
    if codes is not None:
        projects = projects.filter(code__in=codes)
    counted = projects.annotate(
        errors=Count("findings", filter=Q(findings__severity=Severity.ERROR)),
        warnings=Count("findings", filter=Q(findings__severity=Severity.WARNING)),
        hints=Count("findings", filter=Q(findings__severity=Severity.HINT)),
    )
    found = counted.order_by("order")
    rows = [_row(project, plans) for project in (found.prefetch_related("plan") if plans else found)]
    return [row for row in rows if not funds or funds in funds_of(row, target_set.fiscal_year)]


def _with_indicator(word: str) -> QuerySet[Indicator]:
    return Indicator.objects.filter(
        Q(level3__icontains=word)
        | Q(description__icontains=word)
        | Q(raw_value__icontains=word)
        | Q(basis__icontains=word)
    )


def _row(project: Project, plans: bool) -> ProjectRow:
    counts = {name: getattr(project, name) for name in ("errors", "warnings", "hints")}
    return ProjectRow(
        number=project.order,
        code=project.code,
        name=project.name,
        budget=facts.as_printed(project.budget),
        fiscal=facts.as_printed(project.fiscal),
        other=facts.as_printed(project.other),
        plan=facts.plan(project) if plans else {},
        amount=project.budget,
        **counts,
    )


def funds_of(row: ProjectRow, fiscal_year: int) -> set[str]:
    """The kinds of funds (keys of ``FUNDS``) that a project belongs to."""
    kinds = {"other" if row.other and Decimal(row.other) else "fiscal"}
    with suppress(ValueError):
        kinds.add("carried" if ProjectCode.parse(row.code).year < fiscal_year else "new")
    return kinds


def project_page(target_set: TargetSet, code: str) -> ProjectPage | None:
    """One project with its rows, findings, sub-goals and neighbours, or ``None``; as many queries for any size."""
    project = target_set.projects.filter(code=code.replace(NUL, "")).prefetch_related("plan", "goals").first()
    if project is None:
        return None
    found = list(project.findings.all())
    places = list(target_set.projects.order_by("order").values_list("code", "name"))
    here = next(index for index, (each, _) in enumerate(places) if each == code)
    return ProjectPage(
        target_set=target_set,
        project=project,
        budget=facts.as_printed(project.budget),
        fiscal=facts.as_printed(project.fiscal),
        other=facts.as_printed(project.other),
        plan=facts.plan(project),
        goals=tuple(goal.text for goal in project.goals.all()),
        rows=_indicator_rows(list(project.indicators.all()), found),
        findings=tuple(found),
        at_part=_by_part(found),
        serves=tuple(Subgoal.objects.filter(served_by__project=project).order_by("order")),
        previous=Place(*places[here - 1]) if here else None,
        next=Place(*places[here + 1]) if here + 1 < len(places) else None,
        counts={each.value: sum(one.severity == each for one in found) for each in Severity},
    )


def part_of(field: str | None) -> str:
    """The part of the form beside which a finding about a field stands: ``name``, ``money``, …, else ``table``."""
    return _PARTS.get((field or "").partition(".")[0], "table")


def _by_part(found: list[Finding]) -> dict[str, tuple[Finding, ...]]:
    """The findings that stand at no indicator row, by the part of the form beside which they are shown."""
    parts: dict[str, tuple[Finding, ...]] = {}
    for each in found:
        if each.row is None:
            part = part_of(each.field)
            parts[part] = (*parts.get(part, ()), each)
    return parts


def _indicator_rows(rows: list[Indicator], found: list[Finding]) -> tuple[IndicatorRow, ...]:
    spans1, spans2 = [0] * len(rows), [0] * len(rows)
    index = 0
    for _, one in groupby(rows, key=lambda row: row.level1):
        first = list(one)
        spans1[index] = len(first)
        for _, two in groupby(first, key=lambda row: row.level2):
            size = len(list(two))
            spans2[index] = size
            index += size
    return tuple(
        IndicatorRow(
            row, spans1[place], spans2[place], tuple(each for each in found if each.row == row.order)
        )
        for place, row in enumerate(rows)
    )
