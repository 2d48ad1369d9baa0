"""Which version is which: the one on its way, the one shown by default, the state beside the case. Inner steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.foundation.workflow import services as flow
from youju.performance.targets import models
from youju.performance.targets.events import set_subject
from youju.rules.performance.targets.lifecycle import DRAFT, DROPPED, FLOW, OPEN, settled

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def locked_set(target_set_id: int) -> models.TargetSet:
    """A version, locked until the transaction ends.

    Raises:
        InputError: there is none (404).
    """
    found = models.TargetSet.objects.select_for_update(of=("self",)).filter(pk=target_set_id).first()
    if found is None:
        raise InputError("没有这个版本", how="请回到版本列表重新选择", status=404)
    return found


def locked_draft(target_set_id: int) -> models.TargetSet:
    """A version that may change in place.

    Raises:
        InputError: it is none (404), or past its draft (409).
    """
    found = locked_set(target_set_id)
    if found.state == DRAFT:
        return found
    if found.state in OPEN:
        word = FLOW.state(found.state).label
        raise InputError(
            f"第 {found.version} 版{word}，不能再改", how="要修改，请先由提交人撤回或由办理人退回", status=409
        )
    if found.is_active:
        raise InputError(f"第 {found.version} 版已公开，不能再改", how="要修改，请先开始调整", status=409)
    raise InputError("绩效目标已有新版本", how="请刷新页面，在新版本上修改", status=409)


def open_version(key: str, fiscal_year: int) -> models.TargetSet | None:
    """The version of a unit and year that is still on its way, locked."""
    return (
        models.TargetSet.objects.select_for_update(of=("self",))
        .filter(unit_key=key, fiscal_year=fiscal_year, state__in=OPEN)
        .first()
    )


def make_room(key: str, fiscal_year: int, actor: User | None) -> models.TargetSet | None:
    """Drop the draft that a new version replaces, and give back that draft (``None``: there was none).

    Raises:
        InputError: a version is being reviewed (409).
    """
    found = open_version(key, fiscal_year)
    if found is None:
        return None
    if found.state != DRAFT:
        word = FLOW.state(found.state).label
        raise InputError(
            f"{fiscal_year} 年第 {found.version} 版{word}，正在审批，不能另建新稿",
            how="请先由提交人撤回，或等审批办完",
            status=409,
        )
    step(found, "replace", actor=actor)
    return found


def begin(target_set: models.TargetSet, actor: User | None) -> None:
    """Put a new version on its way; without a person (the demo without people) its case begins with its first step."""
    if actor is not None:
        flow.start(
            flow=FLOW,
            subject=set_subject(target_set),
            actor=actor,
            organisation=actor.organisation.code if actor.organisation else "",
        )


def step(
    target_set: models.TargetSet, transition: str, *, actor: User | None, reason: str = "", expected: str = ""
) -> None:
    """Take one step with a locked version: its case, its own state, and which version the year shows.

    Raises:
        InputError, PermissionDenied: as the workflow says.
    """
    if actor is None:
        target_set.state = FLOW.transition(transition).target
    else:
        subject = set_subject(target_set)
        if workflow.case(subject) is None:
            begin(target_set, actor)
        moved = flow.advance(
            flow=FLOW, subject=subject, transition=transition, actor=actor, reason=reason, expected=expected
        )
        target_set.state = moved.state
    target_set.save(update_fields=["state"])
    if target_set.state == DROPPED:
        models.EditDraft.objects.filter(project__target_set=target_set).delete()


def settle(key: str, fiscal_year: int) -> None:
    """Mark the version that the year shows by default."""
    same = models.TargetSet.objects.filter(unit_key=key, fiscal_year=fiscal_year)
    shown = settled(list(same.values_list("version", "state")))
    if shown is None:
        same.filter(is_active=True).update(is_active=False)
        return
    same.filter(is_active=True).exclude(version=shown).update(is_active=False)
    same.filter(version=shown, is_active=False).update(is_active=True)
