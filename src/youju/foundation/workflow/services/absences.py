"""Who is away and who stands in: registered by oneself, or by somebody who may do it for others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow import events, permissions
from youju.foundation.workflow.models import Absence
from youju.foundation.workflow.services.naming import named
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def set_absence(
    *, actor: User, user: User, substitute: User, first: date, last: date, reason: str = ""
) -> Absence:
    """Register that somebody is away from ``first`` to ``last`` (both included) and who stands in.

    Whoever does it for others may not become the substitute: nobody lends himself what somebody else holds.

    Raises:
        PermissionDenied: for somebody else without the permission, or with oneself as the substitute.
        InputError: the days are out of order, past or too many; overlap; a circle; a substitute who is away, closed or
            of another organisation.
    """
    require(actor, permissions.OWN if user.pk == actor.pk else permissions.MANAGE_ABSENCES)
    if user.pk != actor.pk and substitute.pk == actor.pk:
        raise PermissionDenied("为他人登记离岗时，不能由登记人自己代理；请由离岗人本人登记，或另选一位。")
    today, reason = timezone.localdate(), reason.replace("\0", "").strip()
    room = Absence._meta.get_field("reason").max_length or 0
    if len(reason) > room:
        raise InputError(f"事由有 {len(reason)} 个字，至多 {room} 个", where="事由", how="请写短一些")
    if last < first:
        raise InputError("最后一天早于第一天", where="最后一天", how="请改正日期", status=422)
    if last < today:
        raise InputError("这段日子已经过去", where="最后一天", how="只能登记今天或以后的日子", status=422)
    longest = whole(law_on(today), "foundation.workflow.absence_days")
    if (last - first).days >= longest:
        raise InputError(f"一次至多登记 {longest} 天", where="最后一天", how="请分次登记", status=422)
    if substitute.pk == user.pk:
        raise InputError("不能由本人代理本人", where="代理人", how="请另选一位同事", status=422)
    if not (substitute.is_active and user.is_active):
        raise InputError(
            "账号已停用的人不能代理，也不必代理", where="代理人", how="请另选一位同事", status=422
        )
    if substitute.organisation_id != user.organisation_id:
        raise InputError(
            f"{substitute.display_name}和{user.display_name}不在同一单位",
            where="代理人",
            how="请另选一位同事",
            status=422,
        )
    _one_at_a_time()
    there = Absence.objects.filter(first__lte=last, last__gte=first, ended_at__isnull=True)
    if there.filter(user=user).exists():
        raise InputError("这段日子里已登记过离岗", where="第一天", how="请先结束原来的登记", status=409)
    if there.filter(user=substitute).exists():
        raise InputError(
            f"{substitute.display_name}这段日子也不在岗", where="代理人", how="请另选一位同事", status=409
        )
    if there.filter(substitute=user).exists():
        raise InputError(
            f"{user.display_name}这段日子正代理别人", where="第一天", how="请先请对方另找代理人", status=409
        )
    row = Absence.objects.create(
        user=user,
        substitute=substitute,
        first=first,
        last=last,
        reason=reason,
        created_by=actor.username,
    )
    with named(actor):
        record(events.ABSENCE_SET, _subject(row), None, _state(row), reason=row.reason)
    return row


@transaction.atomic
def end_absence(*, actor: User, absence_id: int) -> Absence:
    """End an absence early: from this moment nobody stands in.

    Raises:
        PermissionDenied: it is somebody else's, and the actor may not do that for others.
        InputError: it is over already (409) or unknown (404).
    """
    row = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("user", "substitute")
        .filter(pk=absence_id)
        .first()
    )
    if row is None:
        raise InputError("没有这条离岗登记", how="请刷新页面", status=404)
    require(actor, permissions.OWN if row.user_id == actor.pk else permissions.MANAGE_ABSENCES)
    if row.ended_at or row.last < timezone.localdate():
        raise InputError("这条离岗登记已经结束", how="请刷新页面", status=409)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    with named(actor):
        record(events.ABSENCE_ENDED, _subject(row), _state(row), {"ended_at": row.ended_at})
    return row


def _one_at_a_time() -> None:
    """Overlaps and circles are judged over all registrations: two at once would not see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('youju.workflow.absences'))")


def _subject(row: Absence) -> Subject:
    return Subject(
        "workflow.absence", str(row.pk), f"{row.user.display_name}离岗、{row.substitute.display_name}代理"
    )


def _state(row: Absence) -> dict[str, object]:
    return {
        "user": row.user.username,
        "substitute": row.substitute.username,
        "first": row.first,
        "last": row.last,
    }
