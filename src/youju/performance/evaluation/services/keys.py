"""Key evaluations: framework and weights, experts' points, report in words, the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance, start
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.facts import day_of
from youju.performance.evaluation.models import ExpertPoint, KeyEvaluation, KeyItem, SelfEvaluation
from youju.performance.evaluation.selectors.keys import case_of_key, items_of, result_of
from youju.performance.evaluation.services.filling import worded
from youju.performance.evaluation.services.locking import locked_key
from youju.performance.evaluation.services.refusing import EvaluationRefusedError
from youju.rules.performance.evaluation.judging import judge_key
from youju.rules.performance.evaluation.keys import framework
from youju.rules.performance.evaluation.lifecycle import KEY_FLOW, SCORING

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_EXPERT, _MOST_EXPERTS, _LONG, _COMMENT = 40, 20, 4000, 500


@transaction.atomic
def open_key(*, actor: User, fiscal_year: int, project_code: str) -> KeyEvaluation:
    """Begin a project's key evaluation with the house's framework.

    Raises:
        PermissionDenied: the actor scores no key evaluations.
        InputError: no self-evaluation of the project (404); there is a key evaluation already (409).
    """
    require(actor, permissions.SCORE)
    code = project_code.replace("\0", "").strip()
    head = SelfEvaluation.objects.filter(fiscal_year=fiscal_year, project_code=code).first()
    if head is None:
        raise InputError(f"{fiscal_year} 年没有项目 {code[:40]} 的自评", how="请先开始自评", status=404)
    if KeyEvaluation.objects.filter(fiscal_year=fiscal_year, project_code=code).exists():
        raise InputError("这个项目已有重点评价", where=head.project_name, how="请从列表里打开", status=409)
    day = day_of(fiscal_year)
    row = KeyEvaluation.objects.create(
        fiscal_year=fiscal_year, project_code=code, project_name=head.project_name, schema=head.schema, day=day,
        opened_by=actor.username, is_demo=head.is_demo,
    )  # fmt: skip
    KeyItem.objects.bulk_create(
        KeyItem(key=row, number=number, part=part, name=name, standard=standard, weight=weight)
        for number, (part, name, standard, weight) in enumerate(framework(law_on(day)), 1)
    )
    start(flow=KEY_FLOW, subject=events.key_subject(row), actor=actor)
    record(
        events.KEY_OPENED, events.key_subject(row), None, {"project_code": code, "fiscal_year": fiscal_year}
    )
    return row


@transaction.atomic
def frame_key(*, actor: User, key_id: int, weights: Mapping[int, Decimal]) -> KeyEvaluation:
    """Change the items' weights, before anybody has given points.

    Raises:
        PermissionDenied: the actor scores no key evaluations.
        InputError: none such (404), finished or scored already (409).
        EvaluationRefusedError: the weights do not make 100, or output and benefit weigh too little.
    """
    require(actor, permissions.SCORE)
    row = _open(key_id)
    if ExpertPoint.objects.filter(item__key=row).exists():
        raise InputError("已有专家打分，不能再改权重", where=str(row), how="请先删去打分", status=409)
    items = list(row.items.all())
    before = {str(each.number): str(each.weight) for each in items}
    for each in items:
        each.weight = weights.get(each.number, each.weight)
    EvaluationRefusedError.unless_clear(judge_key(case_of_key(row, items, {}), law_on(row.day)))
    KeyItem.objects.bulk_update(items, ["weight"])
    after = {str(each.number): str(each.weight) for each in items}
    record(events.KEY_FRAMED, events.key_subject(row), {"weight": before}, {"weight": after})
    return row


@transaction.atomic
def score_key(
    *,
    actor: User,
    key_id: int,
    expert: str,
    points: Mapping[int, Decimal | None],
    comments: Mapping[int, str] | None = None,
) -> KeyEvaluation:
    """Enter what one expert gave, item by item; ``None`` takes an item's points away.

    Raises:
        PermissionDenied: the actor scores no key evaluations.
        InputError: none such (404), finished (409), no name, too many experts.
        EvaluationRefusedError: points beyond the weight.
    """
    require(actor, permissions.SCORE)
    row = _open(key_id)
    name = worded(expert, _EXPERT)
    if not name:
        raise InputError("没有写专家姓名", where="专家", how="请填写")
    known = {each.number: each for each in row.items.all()}
    if unknown := sorted(set(points) - set(known)):
        raise InputError(f"没有第 {unknown[0]} 项", where=str(row), how="请刷新页面")
    if name not in row.experts and len(row.experts) >= _MOST_EXPERTS:
        raise InputError(f"专家至多 {_MOST_EXPERTS} 位", where=str(row), how="请核对姓名")
    for number, score in points.items():
        item = known[number]
        ExpertPoint.objects.filter(item=item, expert=name).delete()
        if score is not None:
            if not 0 <= score <= item.weight:
                raise InputError(
                    f"应在 0 到 {item.weight} 之间", where=f"第 {number} 项{item.name}", how="请改正"
                )
            words = worded((comments or {}).get(number, ""), _COMMENT)
            ExpertPoint.objects.create(
                item=item, expert=name, score=score, comment=words, entered_by=actor.username
            )
    given = set(ExpertPoint.objects.filter(item__key=row).values_list("expert", flat=True))
    row.experts = [each for each in dict.fromkeys([*row.experts, name]) if each in given]
    _settle(row)
    told = {str(number): None if score is None else str(score) for number, score in points.items()}
    record(events.KEY_SCORED, events.key_subject(row), None, {"expert": name, "score": told})
    return row


@transaction.atomic
def write_key(*, actor: User, key_id: int, experience: str, problems: str, advice: str) -> KeyEvaluation:
    """Write what the report says besides points.

    Raises:
        PermissionDenied: the actor scores no key evaluations.
        InputError: none such (404), finished (409), too long.
    """
    require(actor, permissions.SCORE)
    row = _open(key_id)
    row.experience, row.problems, row.advice = (
        worded(each, _LONG) for each in (experience, problems, advice)
    )
    row.save(update_fields=["experience", "problems", "advice"])
    after = {"experience": row.experience, "problems": row.problems, "advice": row.advice}
    record(events.KEY_WRITTEN, events.key_subject(row), None, after)
    return row


@transaction.atomic
def close_key(*, actor: User, key_id: int, expected: str = "") -> KeyEvaluation:
    """Finish a key evaluation.

    Raises:
        PermissionDenied: the actor scores no key evaluations.
        InputError: none such (404), finished already (409).
        EvaluationRefusedError: too few experts, weights or points that are wrong.
    """
    require(actor, permissions.VIEW)
    row = locked_key(key_id)
    case = advance(
        flow=KEY_FLOW, subject=events.key_subject(row), transition="close", actor=actor, expected=expected
    )
    items, points = items_of(row)
    EvaluationRefusedError.unless_clear(
        judge_key(case_of_key(row, items, points, closing=True), law_on(row.day))
    )
    _settle(row)
    row.state, row.closed_by, row.closed_at = case.state, actor.username, timezone.now()
    row.save()
    return row


def _settle(row: KeyEvaluation) -> None:
    found = result_of(row)
    row.total, row.grade = found.total, found.grade
    row.save()


def _open(key_id: int) -> KeyEvaluation:
    row = locked_key(key_id)
    if row.state != SCORING:
        raise InputError("重点评价已经完成", where=str(row), how="完成以后不再改", status=409)
    return row


def experts_of(row: KeyEvaluation) -> Sequence[str]:
    """Its experts in the order in which they were entered."""
    return tuple(row.experts)
