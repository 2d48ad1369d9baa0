"""Writing one project table anew in place. Inner step: callers hold the version's lock and have checked permissions."""

from __future__ import annotations

from django.db.models import F

from youju.performance.targets import facts, models
from youju.performance.targets.services.storing import amount, content_hash, indicator_rows
from youju.rules.performance.targets.diff import CellChange, project_cells
from youju.rules.performance.targets.facts import Project

Cells = dict[str, str | None]


def rewrite_project(row: models.Project, wanted: Project) -> tuple[Cells, Cells]:
    """Make a stored table say what is wanted; what differed, before and after, by the cell's Chinese name.

    Nothing is written, and the revision stays, when nothing differs.
    """
    cells = list(project_cells(facts.project(row), wanted))
    if not cells:
        return {}, {}
    row.name, row.purpose = wanted.name, wanted.purpose
    row.budget, row.fiscal, row.other = map(amount, (wanted.budget, wanted.fiscal, wanted.other))
    row.revision += 1
    row.save(update_fields=["name", "purpose", "budget", "fiscal", "other", "revision"])
    row.plan.all().delete()
    row.goals.all().delete()
    row.indicators.all().delete()
    models.PlanPoint.objects.bulk_create(
        models.PlanPoint(project=row, month=month, amount=amount(text)) for month, text in wanted.plan.items()
    )
    models.ProjectGoal.objects.bulk_create(
        models.ProjectGoal(project=row, order=order, text=text) for order, text in enumerate(wanted.goals, 1)
    )
    models.Indicator.objects.bulk_create(indicator_rows(row, wanted))
    return by_cell(cells)


def by_cell(cells: list[CellChange]) -> tuple[Cells, Cells]:
    """Changed cells as the two states of an audit entry."""
    before: Cells = {}
    after: Cells = {}
    for cell in cells:
        name = f"{cell.place}，{cell.label}"
        before[name], after[name] = cell.before, cell.after
    return before, after


def touch(target_set: models.TargetSet) -> None:
    """Count a change of the version, and hash what it says now."""
    models.TargetSet.objects.filter(pk=target_set.pk).update(
        revision=F("revision") + 1, content_hash=content_hash(facts.document(target_set))
    )
    target_set.refresh_from_db(fields=["revision", "content_hash"])
