"""Planned projects as they are carried out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.models import Engagement, Plan
from youju.funds.internal_audits.selectors.lists import engagement_of, plan_of
from youju.funds.internal_audits.services.numbering import ENGAGEMENTS, next_numbers
from youju.rules.funds.internal_audits.lifecycle import APPROVED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def open_engagement(*, actor: User, year: int, place: int, on: date | None = None) -> Engagement:
    """Begin a project of an approved plan, today unless said.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: none of the kind (404); the plan is not approved, or the project has begun (409); a day to come.
    """
    require(actor, permissions.FIND)
    plan = Plan.objects.select_for_update().get(pk=plan_of(actor, year).pk)
    item = plan.items.filter(place=place).first()
    if item is None:
        raise InputError("计划里没有这个项目", where=str(year), how="请刷新页面", status=404)
    if plan.state != APPROVED:
        raise InputError(f"{year} 年的监督计划还没有批准", where=str(year), how="批准以后再开始", status=409)
    if Engagement.objects.filter(item=item).exists():
        raise InputError(f"“{item.title}”已经开始了", where=str(year), how="请刷新页面", status=409)
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise InputError("进点日期还没有到", where="进点日期", how="请填今天或以前的日期")
    number = next_numbers(ENGAGEMENTS, year)[0]
    row = Engagement.objects.create(item=item, number=number, opened_on=day, opened_by=actor.username)
    told = {"title": item.title, "opened_on": day}
    record(events.OPENED, events.engagement_subject(row), None, told)
    return row


@transaction.atomic
def end_engagement(*, actor: User, engagement_id: int, conclusion: str) -> Engagement:
    """End an engagement with its conclusion; every sampled item has one by then.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: none of the kind (404), it has ended (409), no conclusion, items that nobody has examined.
    """
    require(actor, permissions.FIND)
    row = held_engagement(actor, engagement_id)
    if not conclusion.strip():
        raise InputError("还没有写结论", where="结论", how="请写一句话")
    waiting = sum(each.items.filter(conclusion="").count() for each in row.samples.all())
    if waiting:
        raise InputError(f"还有 {waiting} 份工作底稿没有结论", where=row.number, how="请先写完工作底稿")
    row.ended_on, row.conclusion = timezone.localdate(), conclusion.strip()
    row.save()
    told = {"ended_on": row.ended_on, "conclusion": row.conclusion}
    record(events.ENDED, events.engagement_subject(row), None, told)
    return row


def held_engagement(actor: User, engagement_id: int) -> Engagement:
    """An engagement that has not ended, held until the transaction ends.

    Raises:
        InputError: none of the kind (404), it has ended (409).
    """
    seen = engagement_of(actor, engagement_id)
    row = Engagement.objects.select_for_update(of=("self",)).select_related("item").get(pk=seen.pk)
    if row.ended_on is not None:
        raise InputError(f"监督项目 {row.number} 已经结束", where=row.number, how="不能再改", status=409)
    return row
