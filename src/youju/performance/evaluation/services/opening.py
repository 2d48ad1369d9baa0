"""A year's self-evaluations, begun for every project of the year's targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import start_many
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.facts import agreed, day_of
from youju.performance.evaluation.models import EvaluationRow, SelfEvaluation
from youju.performance.targets import selectors as targets
from youju.rules.performance.evaluation.lifecycle import SELF_FLOW
from youju.rules.performance.evaluation.results import schema_code
from youju.rules.performance.targets.facts import Project, TargetDocument

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

REGION = 6
"""The first digits of a project's code: the region."""


@transaction.atomic
def open_year(*, actor: User, fiscal_year: int, schema: str = "") -> int:
    """Begin the self-evaluations of a year's projects that have none yet; how many were begun.

    Args:
        actor: who begins.
        fiscal_year: whose targets.
        schema: a scoring schema in place of the one of the region by policy.

    Raises:
        PermissionDenied: the actor neither fills in nor checks self-evaluations.
        InputError: the year has no targets (404), or they are not approved.
    """
    if not allowed(actor, permissions.FILL):
        require(actor, permissions.CHECK)
    target_set = targets.active_set(year=fiscal_year)
    if target_set is None:
        raise InputError(f"没有 {fiscal_year} 年的绩效目标", how="请先导入或编制目标", status=404)
    if not agreed(target_set):
        raise InputError(
            f"{fiscal_year} 年的绩效目标还没有批准",
            where=str(target_set),
            how="请先办完审批，再开始自评",
            status=409,
        )
    document = targets.document(target_set)
    there = set(SelfEvaluation.objects.filter(fiscal_year=fiscal_year).values_list("project_code", flat=True))
    made = SelfEvaluation.objects.bulk_create(
        head_of(target_set, document, each, order, schema, actor)
        for order, each in enumerate(document.projects, 1)
        if each.code not in there
    )
    known = {each.code: each for each in document.projects}
    EvaluationRow.objects.bulk_create(row for head in made for row in rows_of(head, known[head.project_code]))
    if made:
        start_many(flow=SELF_FLOW, subjects=[events.self_subject(each) for each in made], actor=actor)
        after = {"count": len(made), "schema": made[0].schema}
        record(events.OPENED, events.year_subject(fiscal_year), None, after)
    return len(made)


def rows_of(head: SelfEvaluation, project: Project) -> list[EvaluationRow]:
    """The rows of a project's table, without values."""
    return [
        EvaluationRow(
            evaluation=head,
            number=number,
            level1=each.level1,
            level2=each.level2,
            level3=each.level3,
            target=each.raw_value,
            operator=each.value.operator or "",
            unit=each.value.unit or "",
            kind=each.value.kind.value,
        )
        for number, each in enumerate(project.indicators, 1)
    ]


def head_of(  # noqa: PLR0917
    target_set: TargetSet, document: TargetDocument, project: Project, order: int, schema: str, actor: User
) -> SelfEvaluation:
    """The self-evaluation of one project of a set, not saved; ``order`` counts from 1."""
    law = law_on(day_of(target_set.fiscal_year))
    return SelfEvaluation(
        target_set=target_set,
        fiscal_year=target_set.fiscal_year,
        project_code=project.code,
        project_name=project.name,
        unit_name=document.document.unit_name or "",
        money_unit=document.document.money_unit,
        order=order,
        schema=schema or schema_code(project.code[:REGION], law),
        goals="\n".join(project.goals),
        opened_by=actor.username,
        is_demo=target_set.is_demo,
    )
