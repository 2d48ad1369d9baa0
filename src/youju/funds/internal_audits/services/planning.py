"""The yearly plan: drafted, its projects written down, submitted, approved by the head, revised with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance, start
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.models import Engagement, Plan, PlanItem
from youju.funds.internal_audits.selectors.lists import plan_of
from youju.funds.internal_audits.services.refusing import AuditRefusedError
from youju.rules.funds.internal_audits.facts import ItemFacts
from youju.rules.funds.internal_audits.judging import judge_item
from youju.rules.funds.internal_audits.lifecycle import APPROVED, DRAFT, PLAN_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A plan as it is to stand."""

    title: str
    themes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemWish:
    """A project of a plan; ``lead`` is a username, both days are included."""

    theme: str
    title: str
    lead: str
    starts_on: date
    ends_on: date
    sections: tuple[str, ...] = ()
    project: str = ""
    team: str = ""


@transaction.atomic
def draft_plan(*, actor: User, year: int, wish: PlanWish) -> Plan:
    """Begin the plan of a year.

    Raises:
        PermissionDenied: the actor plans no internal supervision.
        InputError: the year has one (409), or is none.
    """
    require(actor, permissions.PLAN)
    if not 2000 <= year <= 2100:
        raise InputError(f"年度 {year} 不对", where="年度", how="请填 2000 到 2100 之间的年度")
    row, new = Plan.objects.get_or_create(
        year=year,
        defaults={
            "title": wish.title.strip(),
            "themes": list(wish.themes),
            "note": wish.note.strip(),
            "created_by": actor.username,
        },
    )
    if not new:
        raise InputError(f"已有 {year} 年的监督计划", where="年度", how="请打开它修改", status=409)
    subject = events.plan_subject(row)
    start(flow=PLAN_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    record(events.PLANNED, subject, None, {"title": row.title, "themes": row.themes, "note": row.note})
    return row


@transaction.atomic
def change_plan(*, actor: User, year: int, wish: PlanWish, revision: int | None = None) -> Plan:
    """Put the words of a draft right.

    Raises:
        PermissionDenied: the actor plans no internal supervision.
        InputError: none of the year (404); it is no draft, or was changed meanwhile (409).
    """
    row = _drafted(actor, year)
    if revision is not None and revision != row.revision:
        raise InputError("这份计划刚才有改动", where=str(year), how="请刷新页面，看过再改", status=409)
    before = {"title": row.title, "themes": row.themes, "note": row.note}
    row.title, row.themes, row.note = wish.title.strip(), list(wish.themes), wish.note.strip()
    row.revision += 1
    row.save()
    after = {"title": row.title, "themes": row.themes, "note": row.note}
    record(events.PLAN_CHANGED, events.plan_subject(row), before, after)
    return row


@transaction.atomic
def add_item(*, actor: User, year: int, wish: ItemWish) -> PlanItem:
    """Write a project into a draft.

    Raises:
        PermissionDenied: the actor plans no internal supervision.
        InputError: none of the year (404), no draft (409), an unknown section or leader.
        AuditRefusedError: what the rules found.
    """
    row = _drafted(actor, year)
    known = sections()
    if strange := [each for each in wish.sections if each not in known]:
        raise InputError(f"没有科室“{strange[0][:20]}”", where="科室", how="请从列表里选择")
    lead = user_named(wish.lead)
    if lead is None or not lead.is_active:
        raise InputError("没有这位负责人", where="负责人", how="请填在用账号的用户名")
    today = timezone.localdate()
    facts = ItemFacts(today, year, wish.title.strip(), wish.starts_on, wish.ends_on)
    AuditRefusedError.unless_clear(judge_item(facts, law_on(today)))
    last = row.items.order_by("-place").first()
    item = PlanItem.objects.create(
        plan=row,
        place=last.place + 1 if last else 1,
        theme=wish.theme.strip(),
        title=wish.title.strip(),
        sections=list(wish.sections),
        project=wish.project.strip(),
        lead=lead.username,
        lead_name=lead.display_name,
        team=wish.team.strip(),
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
    )
    told = {"title": item.title, "theme": item.theme, "lead": lead.display_name, "sections": item.sections,
            "starts_on": item.starts_on, "ends_on": item.ends_on}  # fmt: skip
    record(events.ITEM_ADDED, events.plan_subject(row), None, told)
    return item


@transaction.atomic
def remove_item(*, actor: User, year: int, place: int) -> None:
    """Take a project out of a draft, as long as it has not begun.

    Raises:
        PermissionDenied: the actor plans no internal supervision.
        InputError: none of the kind (404); no draft, or it has begun (409).
    """
    row = _drafted(actor, year)
    item = row.items.filter(place=place).first()
    if item is None:
        raise InputError("计划里没有这个项目", where=str(year), how="请刷新页面", status=404)
    if Engagement.objects.filter(item=item).exists():
        raise InputError(f"“{item.title}”已经开始，不能删去", where=str(year), how="请保留它", status=409)
    item.delete()
    told = {"title": item.title, "theme": item.theme, "lead": item.lead_name}
    record(events.ITEM_REMOVED, events.plan_subject(row), told, None)


@transaction.atomic
def step_plan(*, actor: User, year: int, step: str, reason: str = "", expected: str = "") -> Plan:
    """Take one step with a plan: ``submit``, ``approve``, ``return``, ``take_back``, ``revise``.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the year (404), the step does not lead on from here (409), no projects, a reason is missing.
    """
    seen = plan_of(actor, year)
    # Before the row is held: who may not write it cannot hold it.
    require(actor, permissions.APPROVE if step in ("approve", "return") else permissions.PLAN)
    row = Plan.objects.select_for_update().get(pk=seen.pk)
    if step == "submit" and not row.items.exists():
        raise InputError("计划里还没有项目", where=str(year), how="请先加入监督项目，再提交")
    case = advance(
        flow=PLAN_FLOW,
        subject=events.plan_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    row.state = case.state
    row.revision += 1
    if row.state == APPROVED:
        row.approved_on, row.approved_by = timezone.localdate(), actor.username
        row.approved_name = actor.display_name
    else:
        row.approved_on, row.approved_by, row.approved_name = None, "", ""
    row.save()
    return row


def _locked(actor: User, year: int) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan_of(actor, year).pk)


def _drafted(actor: User, year: int) -> Plan:
    require(actor, permissions.PLAN)
    row = _locked(actor, year)
    if row.state != DRAFT:
        raise InputError(
            f"{year} 年的监督计划不在起草中", where=str(year), how="已批准的请先“调整计划”", status=409
        )
    return row
