"""Findings as they are registered and put right in words, before a section is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import start
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.facts import facts_of
from youju.funds.internal_audits.models import Finding
from youju.funds.internal_audits.selectors.lists import engagement_of, finding_of, item_of
from youju.funds.internal_audits.selectors.populations import Record, population_of, population_of_kind
from youju.funds.internal_audits.services.numbering import FINDINGS, next_numbers
from youju.funds.internal_audits.services.refusing import checked
from youju.funds.internal_audits.services.telling import tell_payments
from youju.rules.findings import Finding as Said
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS
from youju.rules.funds.internal_audits.lifecycle import FINDING_FLOW, NOTED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_WORDS = ("title", "description", "suggestion", "basis")
_TOLD = (*_WORDS, "category", "seriousness", "amount", "section", "found_on")


@dataclass(frozen=True, slots=True)
class FindingWish:
    """A finding as it is to stand.

    ``record`` is the code of a population and ``key`` the number that people write; both empty: no record.
    ``item`` is the id of the sampled item that it came from, whose record it takes; ``engagement`` an engagement's.
    """

    title: str
    description: str
    category: str
    seriousness: str
    basis: str
    section: str
    found_on: date
    amount: Decimal | None = None
    suggestion: str = ""
    record: str = ""
    key: str = ""
    item: int | None = None
    engagement: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """The finding, and what the rules said besides."""

    finding: Finding
    findings: Sequence[Said]


@transaction.atomic
def register_finding(*, actor: User, wish: FindingWish) -> Noted:
    """Write down what was found; from now on it is open. A payment that it is tied to does not count as compliant.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: no such record, item or engagement, an unknown section or category, a day to come.
        AuditRefusedError: what the rules found.
    """
    require(actor, permissions.FIND)
    row = Finding(found_by=actor.username, found_name=actor.display_name)
    said = put(actor, row, wish)
    row.number = next_numbers(FINDINGS, row.found_on.year)[0]
    row.save(force_insert=True)
    subject = events.finding_subject(row)
    start(flow=FINDING_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    record(events.FOUND, subject, None, told(row))
    tell_payments(row, actor, is_open=True)
    return Noted(row, said)


@transaction.atomic
def change_finding(*, actor: User, number: str, wish: FindingWish, revision: int | None = None) -> Noted:
    """Put a finding right before the section is told of it.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: none of the kind (404); the section was told, or it was changed meanwhile (409); as for registering.
        AuditRefusedError: what the rules found.
    """
    require(actor, permissions.FIND)
    row = held_finding(actor, number)
    if row.state != NOTED:
        raise InputError(
            "整改通知已经下发，不能再改", where=row.number, how="确需改的请撤销后重新登记", status=409
        )
    if revision is not None and revision != row.revision:
        raise InputError("这个问题刚才有改动", where=row.number, how="请刷新页面，看过再改", status=409)
    before, tied = told(row), (row.subject_kind, row.subject_key)
    said = put(actor, row, wish)
    row.revision += 1
    if tied != (row.subject_kind, row.subject_key):
        tell_payments(row, actor, is_open=False, tied=tied, note="改为关联其他记录")
    row.save()
    old, new = changes(before, told(row))
    record(events.CHANGED, events.finding_subject(row), old, new)
    tell_payments(row, actor, is_open=True)
    return Noted(row, said)


def put(actor: User, row: Finding, wish: FindingWish) -> list[Said]:
    """Write what is wished into a finding; what the rules say without stopping it.

    Raises:
        InputError: no such record, item or engagement, an unknown section or category, a day to come, words missing.
        AuditRefusedError: what the rules found.
    """
    today = timezone.localdate()
    for name in _WORDS:
        setattr(row, name, str(getattr(wish, name)).strip())
    for name, label in (("title", "问题"), ("description", "情况")):
        if not getattr(row, name):
            raise InputError(f"没有写{label}", where=label, how="请写清楚是什么问题")
    for known, code, label in (
        (CATEGORIES, wish.category, "类别"),
        (SERIOUSNESS, wish.seriousness, "严重程度"),
        (sections(), wish.section, "责任科室"),
    ):
        if code not in known:
            raise InputError(f"没有这个{label}", where=label, how="请从列表里选择")
    if wish.found_on > today:
        raise InputError("发现日期还没有到", where="发现日期", how="请填今天或以前的日期")
    row.category, row.seriousness, row.section = wish.category, wish.seriousness, wish.section
    row.found_on, row.amount = wish.found_on, wish.amount
    _tie(actor, row, wish)
    return checked(facts_of(row, "register", today))


def find_record(actor: User, code: str, key: str) -> tuple[str, Record]:
    """Kind and record of a population's code and a number.

    Raises:
        InputError: there is none.
    """
    source = population_of(code)
    found = source.named(actor, key)
    if found is None:
        raise InputError(f"没有编号为“{key[:40]}”的{source.label}", where="关联的记录", how="请核对编号")
    return source.kind, found


def held_finding(actor: User, number: str) -> Finding:
    """A finding, held until the transaction ends; for those whose reach lets them write it.

    Raises:
        InputError: there is none (404).
    """
    seen = finding_of(actor, number)
    return Finding.objects.select_for_update(of=("self",)).get(pk=seen.pk)


def told(row: Finding) -> dict[str, Any]:
    """What the trail keeps of a finding."""
    words = {name: getattr(row, name) for name in _TOLD}
    return words | {
        "category": CATEGORIES.get(row.category, ""),
        "seriousness": SERIOUSNESS.get(row.seriousness, ""),
        "record": row.subject_label,
    }


def _tie(actor: User, row: Finding, wish: FindingWish) -> None:
    row.engagement = engagement_of(actor, wish.engagement) if wish.engagement else row.engagement
    if wish.item:
        item = item_of(actor, wish.item)
        row.item, row.engagement = item, item.sample.engagement
        source = population_of_kind(item.subject_kind)
        found = source.find(actor, item.subject_key) if source else None
        record_ = found or Record(item.subject_key, item.label, item.amount)
        kind = item.subject_kind
    elif wish.record or wish.key.strip():
        if not wish.record or not wish.key.strip():
            raise InputError("关联的记录没有填全", where="关联的记录", how="请同时填记录种类和编号，或都不填")
        kind, record_ = find_record(actor, wish.record, wish.key.strip())
    else:
        kind, record_ = "", Record("", "", None)
    row.subject_kind, row.subject_key, row.subject_label = kind, record_.key, record_.label[:200]
    row.record_amount = record_.amount
