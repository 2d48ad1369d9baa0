"""Handing a waiting record to one colleague (转办), or back to all who may act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import Permission, permissions_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import events
from youju.foundation.workflow.selectors.choosing import candidates, may_take_on
from youju.foundation.workflow.selectors.views import CaseView, case_of, view
from youju.foundation.workflow.services.keeping import locked, table_of, worded
from youju.foundation.workflow.services.naming import named
from youju.foundation.workflow.standing_in import hats

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def reassign(*, subject: Subject, actor: User, to: User | None, reason: str) -> CaseView:
    """Hand a waiting record to one colleague, or back to everybody who holds the permission (``None``).

    Raises:
        InputError: it waits for nobody (409), no reason is given, or the colleague could not take the next step:
            no permission, or barred by two-person control.
        PermissionDenied: neither the actor nor anybody for whom the actor stands in holds the permission.
    """
    row = locked(subject)
    if row.finished_at or not row.waiting_for:
        raise InputError(f"“{row.label}”现在不等待办理", how="请刷新页面", status=409)
    table_of(row)
    permission = Permission(row.waiting_for)
    hat = next((hat for hat in hats(actor) if permission in hat.permissions), None)
    if hat is None:
        raise PermissionDenied(f"您的账号没有“{permission.label}”的权限，不能转办。")
    reason = worded(reason)
    if not reason:
        raise InputError("转办须写明理由", where="理由", how="请写一句话", status=422)
    if to is not None and permission not in permissions_of(to):
        raise InputError(
            f"{to.display_name}没有“{permission.label}”的权限", where="转给", how="请另选一位", status=422
        )
    if to is not None and not may_take_on(row, to):
        raise InputError(
            f"{to.display_name}不能办理：前面的步骤已由其办过，或其不属于所属单位",
            where="转给",
            how="请另选一位",
            status=422,
        )
    before = row.assigned_name or row.assigned_to
    row.assigned_to, row.assigned_name = (to.username, to.display_name) if to else ("", "")
    row.save(update_fields=["assigned_to", "assigned_name"])
    with named(actor, hat.on_behalf_of):
        record(
            events.REASSIGNED,
            Subject(subject.kind, subject.key, row.label),
            {"assigned_to": before},
            {"assigned_to": row.assigned_name},
            reason=reason,
        )
    return view(row)


@transaction.atomic
def reassign_case(*, case_id: int, actor: User, to: str, reason: str) -> CaseView:
    """As :func:`reassign`, for the page of a case; ``to`` is a username among the candidates, or empty for everybody.

    Raises:
        InputError: no such case (404), no such candidate; else as ``reassign``.
    """
    seen = case_of(case_id)
    if seen is None:
        raise InputError("没有这件事项", how="请回到办理进度", status=404)
    chosen = next((user for user in candidates(case_id, actor) if user.username == to), None)
    if to and chosen is None:
        raise InputError("这位同事现在不能办理", where="转给", how="请刷新页面，另选一位")
    return reassign(subject=seen.subject, actor=actor, to=chosen, reason=reason)
