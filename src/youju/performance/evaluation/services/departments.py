"""The department's year: computed of its projects' evaluations, confirmed by the head."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import case as case_of
from youju.foundation.workflow.services import advance, start
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.facts import day_of
from youju.performance.evaluation.models import DepartmentEvaluation, DepartmentLine, SelfEvaluation
from youju.performance.evaluation.services.filling import worded
from youju.performance.evaluation.services.locking import locked_department
from youju.performance.evaluation.services.refusing import EvaluationRefusedError
from youju.performance.targets import selectors as targets
from youju.rules.performance.evaluation.departments import (
    PROJECT,
    Department,
    ProjectScore,
    SubgoalLink,
    scored_department,
)
from youju.rules.performance.evaluation.facts import EvaluationError
from youju.rules.performance.evaluation.judging import judge_department
from youju.rules.performance.evaluation.lifecycle import (
    CONFIRMED,
    DEPARTMENT_FLOW,
    DRAFTED,
    FROZEN,
)
from youju.rules.performance.evaluation.results import schema_code
from youju.rules.performance.evaluation.schemas import schema_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

_LONG = 4000
_REGION = 6


@transaction.atomic
def make_department(*, actor: User, fiscal_year: int, done: str | None = None) -> DepartmentEvaluation:
    """Compute the department's points of what its projects have now; a confirmed one stands as it is.

    Raises:
        PermissionDenied: the actor neither checks nor scores.
        InputError: no targets of the year (404), no project was handed in, or it is confirmed (409).
    """
    if not allowed(actor, permissions.CHECK):
        require(actor, permissions.SCORE)
    target_set = targets.active_set(year=fiscal_year)
    if target_set is None:
        raise InputError(f"没有 {fiscal_year} 年的绩效目标", how="请先导入或编制目标", status=404)
    row = DepartmentEvaluation.objects.select_for_update().filter(fiscal_year=fiscal_year).first()
    if row is not None and row.state == CONFIRMED:
        raise InputError("部门整体评价已经确认", where=str(row), how="确认以后不再计算", status=409)
    facts = department_facts(target_set)
    law = law_on(facts.day)
    if not facts.projects:
        raise InputError("还没有项目提交自评", how="请先完成项目自评", status=409)
    schema = schema_of(schema_code(facts.projects[0].code[:_REGION], law), law)
    try:
        found = scored_department(facts, schema, law)
    except EvaluationError as error:
        raise InputError(error.what, where=error.where, how=error.how) from error
    new = row is None
    if row is None:
        row = DepartmentEvaluation(fiscal_year=fiscal_year, state=DRAFTED, is_demo=target_set.is_demo)
    row.target_set, row.unit_name, row.money_unit = (
        target_set,
        target_set.unit_name or "",
        target_set.money_unit,
    )
    row.goal, row.schema, row.day = target_set.goal, schema.code, facts.day
    row.total, row.grade, row.made_by, row.made_at = found.total, found.grade, actor.username, timezone.now()
    row.findings = [each.as_json() for each in judge_department(facts, law)]
    if done is not None:
        row.done = worded(done, _LONG)
    row.save()
    row.lines.all().delete()
    codes = iter([each.code for each in facts.projects])
    DepartmentLine.objects.bulk_create(
        DepartmentLine(
            department=row, order=order, part=each.part, name=each.name, weight=each.weight, score=each.score,
            reason=each.reason, project_code=next(codes) if each.part == PROJECT else "",
        )
        for order, each in enumerate(found.lines, 1)
    )  # fmt: skip
    if new or case_of(events.department_subject(row)) is None:
        start(flow=DEPARTMENT_FLOW, subject=events.department_subject(row), actor=actor)
    after = {"total": str(row.total), "grade": row.grade, "count": len(facts.projects)}
    record(events.DEPARTMENT, events.department_subject(row), None, after)
    return row


@transaction.atomic
def confirm_department(*, actor: User, fiscal_year: int, expected: str = "") -> DepartmentEvaluation:
    """Confirm the department's points.

    Raises:
        PermissionDenied: the actor does not approve.
        InputError: nothing computed (404), confirmed already (409).
        EvaluationRefusedError: projects are missing.
    """
    require(actor, permissions.VIEW)
    row = locked_department(fiscal_year)
    case = advance(
        flow=DEPARTMENT_FLOW,
        subject=events.department_subject(row),
        transition="confirm",
        actor=actor,
        expected=expected,
    )
    facts = department_facts(row.target_set)
    EvaluationRefusedError.unless_clear(judge_department(facts, law_on(facts.day)))
    row.state, row.confirmed_by, row.confirmed_at = case.state, actor.username, timezone.now()
    row.save()
    return row


def department_facts(target_set: TargetSet) -> Department:
    """What the department's points are made of: the projects that were handed in, and which sub-goals they serve."""
    heads = list(
        SelfEvaluation.objects.filter(fiscal_year=target_set.fiscal_year, state__in=FROZEN).prefetch_related(
            "funds"
        )
    )
    page = targets.department_page(target_set)
    return Department(
        day=day_of(target_set.fiscal_year),
        projects=tuple(_score(each) for each in heads),
        subgoals=tuple(
            SubgoalLink(
                each.subgoal.order, each.subgoal.title, tuple(project.code for project in each.projects)
            )
            for each in page.subgoals
        ),
        expected=len(page.projects),
    )


def _score(head: SelfEvaluation) -> ProjectScore:
    whole = next((each for each in head.funds.all() if each.kind == "total"), None)
    settled = head.recheck_total is not None
    return ProjectScore(
        code=head.project_code,
        name=head.project_name,
        score=(head.recheck_total if settled else head.total) or Decimal(0),
        grade=head.recheck_grade if settled else head.grade,
        adjusted=whole.adjusted if whole else Decimal(0),
        executed=whole.executed if whole else Decimal(0),
    )
