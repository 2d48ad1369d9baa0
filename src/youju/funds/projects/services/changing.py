"""Changing a project: its head, sources, plan, steps, papers, its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.files.selectors import Attached
from youju.foundation.files.services import attach
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.projects import events, permissions
from youju.funds.projects.facts import SourceIn, StepIn
from youju.funds.projects.models import Project, Step
from youju.funds.projects.services.creating import money, write_plan, write_sources
from youju.funds.projects.services.locking import (
    held_project,
    refuse_unless_active,
    refused_by_ledger,
    saved,
    subject_of,
)
from youju.rules.funds.projects.lifecycle import SOURCES, STEPS

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_HEAD = ("name", "purpose", "section", "manager", "unit_code", "unit_name")


@transaction.atomic
def change_project(
    *, actor: User, project_id: int, values: Mapping[str, str], expected: int | None = None
) -> Project:
    """Change what a project is called, is for, and who answers for it.

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: there is none (404), it changed meanwhile or is closed (409), no name (422).
    """
    require(actor, permissions.MANAGE)
    row = held_project(project_id, expected)
    refuse_unless_active(row)
    before = {name: getattr(row, name) for name in _HEAD}
    for name in _HEAD:
        if name in values:
            setattr(row, name, str(values[name]).replace("\0", "").strip())
    if not row.name:
        raise InputError("项目名称要填", where="项目名称", how="请填写后再保存")
    saved(row)
    record(events.CHANGED, subject_of(row), *changes(before, {name: getattr(row, name) for name in _HEAD}))
    return row


@transaction.atomic
def set_sources(
    *, actor: User, project_id: int, sources: Sequence[SourceIn], expected: int | None = None
) -> Project:
    """Correct the sources of the year's beginning; within the year money changes by adjustments.

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: there is none (404), closed, changed, spent above it (409), an amount is none (422).
    """
    require(actor, permissions.MANAGE)
    row = held_project(project_id, expected)
    refuse_unless_active(row)
    before = {SOURCES[each.kind]: str(each.amount) for each in row.sources.all()}
    if before and row.adjustments.filter(state__in=["proposed", "approved"]).exists():
        raise InputError("已有预算调整，年初数不再改", where=row.code, how="请办理预算调整", status=409)
    try:
        with transaction.atomic():
            write_sources(row, sources)
    except IntegrityError as error:
        raise refused_by_ledger(error, row) from error
    saved(row)
    after = {SOURCES[each.kind]: str(each.amount) for each in sources}
    record(events.SOURCED, subject_of(row), {"sources": before}, {"sources": after})
    return row


@transaction.atomic
def set_plan(
    *, actor: User, project_id: int, plan: Mapping[str, Decimal | None], expected: int | None = None
) -> Project:
    """Enter the cumulative plan; a month left out or ``None`` is a blank, not a zero.

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: there is none (404), closed or changed (409), it falls or is no money (422).
    """
    require(actor, permissions.MANAGE)
    row = held_project(project_id, expected)
    refuse_unless_active(row)
    before = {each.month: _shown(each.amount) for each in row.plan.all()}
    write_plan(row, plan)
    saved(row)
    after = {month: _shown(plan.get(month)) for month in before or plan}
    record(events.PLANNED, subject_of(row), {"plan": before}, {"plan": after})
    return row


@transaction.atomic
def save_step(
    *, actor: User, project_id: int, wish: StepIn, step_id: int | None = None, expected: int | None = None
) -> Step:
    """Date a procurement step, or add one more (a second contract).

    Raises:
        PermissionDenied: the actor may not edit projects.
        InputError: no such project or step (404), closed or changed (409), of no kind or an amount is none (422).
    """
    require(actor, permissions.EDIT)
    row = held_project(project_id, expected)
    refuse_unless_active(row)
    if wish.kind not in STEPS:
        raise InputError("没有这个采购步骤", how=f"可选 {'、'.join(STEPS.values())}")
    contract = wish.kind == "contract"
    if contract and wish.done_on and not wish.document_number.strip():
        raise InputError("签订了的合同要有编号", where="合同编号", how="请填合同编号")
    if contract and wish.amount is not None and not money(wish.amount, "合同金额"):
        raise InputError("合同金额是零", where="合同金额", how="没有金额的留空")
    step = Step(project=row, kind=wish.kind)
    if step_id is not None:
        found = row.steps.select_for_update().filter(pk=step_id, kind=wish.kind).first()
        if found is None:
            raise InputError("这个项目没有这个采购步骤", how="请刷新页面", status=404)
        step = found
    before = _told(step) if step.pk else None
    step.planned_on, step.done_on = wish.planned_on, wish.done_on
    step.document_number, step.note = wish.document_number.strip(), wish.note.strip()
    step.supplier, step.amount = (wish.supplier.strip(), wish.amount) if contract else ("", None)
    step.save()
    saved(row)
    record(events.STEPPED, subject_of(row), before, _told(step))
    return step


@transaction.atomic
def attach_paper(*, actor: User, project_id: int, sha256: str, name: str) -> Attached:
    """Attach a kept file to a project (a document of approval, a contract).

    Raises:
        PermissionDenied: the actor may not edit projects.
        InputError: no such project or file (404).
    """
    require(actor, permissions.EDIT)
    row = held_project(project_id)
    return attach(sha256=sha256, subject=subject_of(row), name=name, role="paper")


@transaction.atomic
def close_project(*, actor: User, project_id: int, reason: str, expected: int | None = None) -> Project:
    """End a project: nothing is asked for any more.

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: there is none (404), it is closed, changed or has money on its way (409), no reason (422).
    """
    require(actor, permissions.MANAGE)
    row = held_project(project_id, expected)
    refuse_unless_active(row)
    reason = _reason(reason)
    row.ledger.refresh_from_db()
    if row.ledger.reserved:
        raise InputError(
            f"还有在途付款 {row.ledger.reserved} 元", where=row.code, how="请先付清或取消", status=409
        )
    row.state = Project.State.CLOSED
    saved(row)
    record(events.CLOSED, subject_of(row), None, {"state": "已结束"}, reason=reason)
    return row


@transaction.atomic
def reopen_project(*, actor: User, project_id: int, reason: str, expected: int | None = None) -> Project:
    """Let a closed project go on.

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: there is none (404), it is not closed or changed (409), no reason (422).
    """
    require(actor, permissions.MANAGE)
    row = held_project(project_id, expected)
    if row.state == Project.State.ACTIVE:
        raise InputError("项目没有结束", where=row.code, how="请刷新页面", status=409)
    reason = _reason(reason)
    row.state = Project.State.ACTIVE
    saved(row)
    record(events.REOPENED, subject_of(row), None, {"state": "执行中"}, reason=reason)
    return row


def _reason(text: str) -> str:
    plain = text.replace("\0", "").strip()
    if not plain:
        raise InputError("须写明理由", where="理由", how="请写一句话")
    return plain[:400]


def _shown(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)


def _told(step: Step) -> dict[str, object]:
    names = ("planned_on", "done_on", "document_number", "supplier", "amount", "note")
    return {"step": STEPS[step.kind], **{name: getattr(step, name) for name in names if getattr(step, name)}}
