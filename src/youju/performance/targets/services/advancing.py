"""Taking a version on its way: submit, review, approve, publish, send back, withdraw, drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import policy_hash
from youju.performance.targets import models, permissions, selectors
from youju.performance.targets.services.funding import take_up
from youju.performance.targets.services.linting import lint_set
from youju.performance.targets.services.storing import lock_unit_year
from youju.performance.targets.services.versions import locked_set, settle, step
from youju.rules.performance.targets.lifecycle import FLOW, INNER, PUBLISHED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def take_step(
    *, actor: User, target_set_id: int, transition: str, reason: str = "", expected: str = ""
) -> models.TargetSet:
    """Take one step of the life cycle with a version; who may take it is judged by the workflow (substitutes included).

    Args:
        actor: who takes it.
        target_set_id: the version.
        transition: a step of ``FLOW`` that is not an inner one.
        reason: in words, where the step needs one.
        expected: the state that the actor saw; another one now is refused.

    Raises:
        InputError: no such version or step; errors are open or warnings unanswered (submit); somebody was faster (409).
        PermissionDenied: no permission, or barred by two-person control.
    """
    require(actor, permissions.VIEW)
    if transition in INNER or transition not in {each.code for each in FLOW.transitions}:
        raise InputError(f"没有“{transition[:40]}”这个步骤", how="请刷新页面后重试")
    found = models.TargetSet.objects.filter(pk=target_set_id).first()
    if found is None:
        raise InputError("没有这个版本", how="请回到版本列表重新选择", status=404)
    # The year first, then the version: publishing touches two versions, and everybody locks in this order.
    lock_unit_year(found.unit_key, found.fiscal_year)
    target_set = locked_set(target_set_id)
    before = _published(target_set) if transition == "publish" else None
    reason = reason.replace("\0", "")
    if before is None:
        step(target_set, transition, actor=actor, reason=reason, expected=expected)
    else:
        _publish_over(before, target_set, actor=actor, reason=reason, expected=expected)
    if transition == "submit":
        # Who may not submit learns that first; a refusal here takes the step back with the transaction.
        require_submittable(target_set)
    if transition == "publish":
        take_up(target_set, actor)
    settle(target_set.unit_key, target_set.fiscal_year)
    target_set.refresh_from_db()
    return target_set


@transaction.atomic
def take_step_once(
    *, actor: User, target_set_id: int, transition: str, key: str, reason: str = "", expected: str = ""
) -> models.TargetSet:
    """As :func:`take_step`, for programs: the same request under the same key is one step, however often it is sent.

    Raises:
        InputError: the key is missing or too long, or it was used for another step (422); else as ``take_step``.
    """
    require(actor, permissions.VIEW)
    longest = models.StepRequest._meta.get_field("key").max_length or 0
    if not key or len(key) > longest or "\0" in key:
        raise InputError(
            "请求缺少幂等键", where="Idempotency-Key 标头", how=f"每次办理带一个新的键，1 到 {longest} 个字符"
        )
    found = models.TargetSet.objects.filter(pk=target_set_id).first()
    if found is None:
        raise InputError("没有这个版本", how="请先查询版本列表", status=404)
    # Two copies of one request arrive at once: the second waits here and then finds the first one's row.
    lock_unit_year(found.unit_key, found.fiscal_year)
    earlier = models.StepRequest.objects.filter(user=actor, key=key).first()
    if earlier is not None:
        if (earlier.target_set_id, earlier.transition) != (target_set_id, transition):
            raise InputError("这个幂等键已用于另一次办理", where="Idempotency-Key 标头", how="请换一个新的键")
        return models.TargetSet.objects.get(pk=target_set_id)
    target_set = take_step(
        actor=actor, target_set_id=target_set_id, transition=transition, reason=reason, expected=expected
    )
    models.StepRequest.objects.create(
        user=actor, key=key, target_set=target_set, transition=transition, state=target_set.state
    )
    return target_set


def require_submittable(target_set: models.TargetSet) -> None:
    """Refuse a version that was submitted before it was ready, saying all that is missing.

    Raises:
        InputError: errors are open, warnings have no answer, an adjustment has no reason.
    """
    if target_set.linted_policy_hash != policy_hash():
        lint_set(target_set)
    missing = selectors.readiness(target_set).missing
    if missing:
        raise InputError(
            "还不能提交：" + "；".join(missing),
            how="请逐条改正或答复后再提交",
            status=409,
        )


def _published(target_set: models.TargetSet) -> models.TargetSet | None:
    """The version that a published one takes the place of, locked."""
    return (
        models.TargetSet.objects.select_for_update(of=("self",))
        .filter(unit_key=target_set.unit_key, fiscal_year=target_set.fiscal_year, state=PUBLISHED)
        .first()
    )


def _publish_over(
    before: models.TargetSet, target_set: models.TargetSet, *, actor: User, reason: str, expected: str
) -> None:
    """Publish an adjustment. The old version steps back first, one published version being all that a year may have;
    when the new one may not be published, the transaction takes both steps back.
    """
    why = (
        f"{target_set.adjust_document} {target_set.adjust_reason}".strip()
        or f"第 {target_set.version} 版公开"
    )
    step(before, "supersede", actor=actor, reason=why)
    step(target_set, "publish", actor=actor, reason=reason, expected=expected)
