"""Figures for the home page, and the search over targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.urls import reverse

from youju.performance.targets import facts
from youju.performance.targets.models import Indicator, Project, Subgoal, TargetSet
from youju.performance.targets.selectors.sets import NUL, active_set, is_stale
from youju.rules.findings import Severity


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of one year's targets; ``budget`` is the sum as decimal digits in ``money_unit``."""

    target_set: TargetSet
    fiscal_year: int
    unit_name: str
    money_unit: str
    projects: int
    indicators: int
    budget: str
    errors: int
    warnings: int
    hints: int
    unserved: int
    version: int
    imported_at: datetime
    is_demo: bool
    stale: bool

    @property
    def findings(self) -> int:
        """How many findings there are altogether."""
        return self.errors + self.warnings + self.hints


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result: where it leads, its title, and the words around the match."""

    kind: str
    title: str
    excerpt: str
    url: str
    fiscal_year: int


def overview(*, year: int | None = None, unit: str | None = None) -> Overview | None:
    """The state of a year's targets (``None``: the latest), or ``None`` when nothing is stored."""
    target_set = active_set(year=year, unit=unit)
    return None if target_set is None else overview_of(target_set)


def overview_of(target_set: TargetSet) -> Overview:
    """The state of one set: two queries."""
    totals = _totals(target_set)
    counts = dict(
        target_set.findings.order_by()
        .values_list("severity")
        .annotate(count=Count("pk"))
        .values_list("severity", "count")
    )
    budget = totals["all_budget"]
    return Overview(
        target_set=target_set,
        fiscal_year=target_set.fiscal_year,
        unit_name=target_set.unit_name or target_set.unit_key,
        money_unit=target_set.money_unit,
        projects=int(str(totals["all_projects"] or 0)),
        indicators=int(str(totals["all_rows"] or 0)),
        budget="0" if budget is None else format(budget, "f"),
        errors=counts.get(Severity.ERROR.value, 0),
        warnings=counts.get(Severity.WARNING.value, 0),
        hints=counts.get(Severity.HINT.value, 0),
        unserved=int(str(totals["all_unserved"] or 0)),
        version=target_set.version,
        imported_at=target_set.imported_at,
        is_demo=target_set.is_demo,
        stale=is_stale(target_set),
    )


def _totals(target_set: TargetSet) -> Mapping[str, object]:
    """Projects, their budget, indicators and sub-goals that nothing serves, in one query: the home page asks for it."""
    projects = Project.objects.filter(target_set=OuterRef("pk")).order_by().values("target_set")
    rows = Indicator.objects.filter(project__target_set=OuterRef("pk")).order_by()
    unserved = Subgoal.objects.filter(target_set=OuterRef("pk"), served_by=None).order_by()
    return TargetSet.objects.values(
        all_projects=Subquery(projects.annotate(of=Count("pk")).values("of")),
        all_budget=Subquery(projects.annotate(of=Sum("budget")).values("of")),
        all_rows=Subquery(rows.values("project__target_set").annotate(of=Count("pk")).values("of")),
        all_unserved=Subquery(unserved.values("target_set").annotate(of=Count("pk")).values("of")),
    ).get(pk=target_set.pk)


def search(q: str, *, limit: int = 20) -> list[Hit]:
    """Projects and indicator rows of all active sets that contain every word of ``q``; an empty ``q`` finds none."""
    words = q.replace(NUL, "").split()
    if not words:
        return []
    projects = Project.objects.filter(target_set__is_active=True)
    rows = Indicator.objects.filter(project__target_set__is_active=True)
    for word in words:
        projects = projects.filter(
            Q(name__icontains=word)
            | Q(code__icontains=word)
            | Q(purpose__icontains=word)
            | Q(pk__in=Project.objects.filter(goals__text__icontains=word).values("pk"))
        )
        rows = rows.filter(
            Q(level3__icontains=word)
            | Q(description__icontains=word)
            | Q(raw_value__icontains=word)
            | Q(basis__icontains=word)
        )
    newest = "-target_set__fiscal_year"
    hits = [
        _project_hit(each) for each in projects.select_related("target_set").order_by(newest, "order")[:limit]
    ]
    found = rows.select_related("project__target_set").order_by(
        f"-project__{newest[1:]}", "project__order", "order"
    )
    return (hits + [_row_hit(each) for each in found[: limit - len(hits)]])[:limit]


def _address(project: Project, anchor: str = "") -> str:
    target_set = project.target_set
    query = f"?year={target_set.fiscal_year}"
    return reverse("targets:project", args=[project.code]) + query + anchor


def _project_hit(project: Project) -> Hit:
    budget = facts.as_printed(project.budget) or "未填"
    return Hit(
        kind="项目",
        title=project.name,
        excerpt=f"{project.code}，预算数 {budget} {project.target_set.money_unit}",
        url=_address(project),
        fiscal_year=project.target_set.fiscal_year,
    )


def _row_hit(row: Indicator) -> Hit:
    return Hit(
        kind="指标",
        title=f"{row.level3} {row.raw_value}",
        excerpt=f"{row.project.name}，第 {row.order} 行，{row.level2}，依据：{row.basis}",
        url=_address(row.project, f"#row-{row.order}"),
        fiscal_year=row.project.target_set.fiscal_year,
    )
