"""Findings, plans, engagements and samples for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.funds.internal_audits import permissions
from youju.funds.internal_audits.events import LIST_KIND
from youju.funds.internal_audits.models import Engagement, Finding, Plan, Sample, SampleItem
from youju.funds.internal_audits.selectors.populations import populations
from youju.rules.funds.internal_audits.lifecycle import FINDING_STATES, OPEN, RECTIFYING, REPLIED, VERIFIED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1
STATES = FINDING_STATES


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What narrows the list. ``only``: ``open``, ``late``, ``mine`` (of my sections, to be put right), ``verify``, ``reopened``.

    ``record`` is the code of a population.
    """

    text: str = ""
    state: str = ""
    category: str = ""
    seriousness: str = ""
    section: str = ""
    record: str = ""
    only: str = ""


def findings(actor: User, wish: FindingFilter | None = None) -> QuerySet[Finding]:
    """Findings; ``wish`` narrows them.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
    """
    require(actor, permissions.VIEW)
    wish, rows = wish or FindingFilter(), Finding.objects.all()
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(subject_label__icontains=word)
        )
    for name in ("state", "category", "seriousness", "section"):
        if value := getattr(wish, name):
            rows = rows.filter(**{name: value})
    if wish.record:
        kind = next((each.kind for each in populations() if each.code == wish.record), "-")
        rows = rows.filter(subject_kind=kind)
    if wish.only in ("open", "late"):
        rows = rows.filter(state__in=OPEN)
    if wish.only == "late":
        rows = rows.filter(due_on__lt=timezone.localdate())
    if wish.only == "mine":
        rows = rows.filter(state=RECTIFYING, section__in=list(actor.sections))
    if wish.only == "verify":
        rows = rows.filter(state__in=[REPLIED, VERIFIED])
    if wish.only == "reopened":
        rows = rows.filter(reopened__gt=0)
    return rows


def of_record(actor: User, kind: str, key: str) -> QuerySet[Finding]:
    """Findings that are tied to a record, the newest first.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
    """
    return findings(actor).filter(subject_kind=kind, subject_key=key)


def finding_of(actor: User, number: str) -> Finding:
    """A finding by its number.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    rows = findings(actor).select_related("engagement__item", "item__sample")
    found = rows.filter(number=number.replace("\0", " ")).first()
    if found is None:
        raise InputError("没有这个问题", where=number[:20], how="请回到问题清单", status=404)
    return found


def plans(actor: User) -> QuerySet[Plan]:
    """Yearly plans.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
    """
    require(actor, permissions.VIEW)
    return Plan.objects.all()


def plan_of(actor: User, year: int) -> Plan:
    """The plan of a year.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    found = plans(actor).filter(year=year).first() if year < 10_000 else None
    if found is None:
        raise InputError(f"没有 {year} 年的监督计划", how="请回到监督计划", status=404)
    return found


def engagements(actor: User) -> QuerySet[Engagement]:
    """Engagements with their projects, the newest first.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
    """
    require(actor, permissions.VIEW)
    return Engagement.objects.select_related("item__plan")


def engagement_of(actor: User, engagement_id: int) -> Engagement:
    """An engagement.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    rows = engagements(actor)
    found = rows.filter(pk=engagement_id).first() if engagement_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这个监督项目", how="请回到监督计划", status=404)
    return found


def sample_of(actor: User, sample_id: int) -> Sample:
    """A sample with its engagement.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    rows = Sample.objects.select_related("engagement__item")
    found = rows.filter(pk=sample_id).first() if sample_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这个样本", how="请回到监督项目", status=404)
    return found


def item_of(actor: User, item_id: int) -> SampleItem:
    """A sampled item with its sample and engagement.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    rows = SampleItem.objects.select_related("sample__engagement")
    found = rows.filter(pk=item_id).first() if item_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这份工作底稿", how="请回到样本", status=404)
    return found


def is_late(row: Finding) -> bool:
    """Whether it is open after its deadline."""
    return row.state in OPEN and row.due_on is not None and row.due_on < timezone.localdate()


def lists_of(actor: User) -> tuple[DocumentView, ...]:
    """The lists on paper that somebody asked for, the newest first."""
    return tuple(documents(Subject(LIST_KIND, actor.username, ""), limit=5))
