"""Audits of targets for lists, pages and programs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.performance.proposals import events, permissions
from youju.performance.proposals.facts import mark_facts
from youju.performance.proposals.models import Audit, AuditMark
from youju.rules.findings import Finding
from youju.rules.performance.proposals.judging import judge
from youju.rules.performance.proposals.lifecycle import OPEN
from youju.rules.performance.proposals.marks import BAND_WORDS, ITEMS

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class MarkView:
    """An item with its part and name, the difference between both marks, what the rules say."""

    row: AuditMark
    part: str
    label: str
    difference: Decimal | None
    said: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """An audit with its items."""

    row: Audit
    marks: tuple[MarkView, ...]
    verdict: str
    milestones: tuple[workflow.Milestone, ...]
    case: workflow.CaseView | None
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    papers: tuple[DocumentView, ...]
    may_mark: bool

    @property
    def other_options(self) -> tuple[workflow.Available, ...]:
        """The steps that need no form of their own."""
        return tuple(each for each in self.options if each.code != "conclude" or each.blocked)

    @property
    def may_conclude(self) -> bool:
        """Whether this user may give the opinion."""
        return any(each.code == "conclude" and not each.blocked for each in self.options)


def audits(actor: User) -> QuerySet[Audit]:
    """Audits, the newest first.

    Raises:
        PermissionDenied: the actor sees no audits.
    """
    require(actor, permissions.VIEW)
    return Audit.objects.all()


def audit_of(actor: User, number: str) -> Audit:
    """An audit by its number.

    Raises:
        PermissionDenied: the actor sees no audits.
        InputError: there is none (404).
    """
    found = audits(actor).filter(number=number.replace("\0", " ")).first()
    if found is None:
        raise InputError("没有这份审核", where=number[:20], how="请回到绩效目标审核", status=404)
    return found


def audit_page(actor: User, number: str) -> AuditPage:
    """An audit. A fixed number of queries.

    Raises:
        PermissionDenied: the actor sees no audits.
        InputError: there is none (404).
    """
    row, today = audit_of(actor, number), timezone.localdate()
    law, subject = law_on(today), events.audit_subject(row)
    return AuditPage(
        row=row,
        marks=tuple(
            MarkView(each, *ITEMS[each.item], difference_of(each), tuple(judge(mark_facts(each, today), law)))
            for each in row.marks.all()
        ),
        verdict=BAND_WORDS[row.marked_band or row.band],
        milestones=tuple(workflow.milestones(subject)),
        case=workflow.case(subject),
        log=tuple(workflow.log_of(subject)),
        options=tuple(workflow.available(subject, actor)),
        papers=tuple(documents(subject)),
        may_mark=row.state == OPEN and allowed(actor, permissions.AUDIT),
    )


def difference_of(row: AuditMark) -> Decimal | None:
    """The auditor's mark less the system's; ``None`` where there is no own mark."""
    return None if row.mark is None else row.mark - row.score


def plain_audit(actor: User, number: str) -> dict[str, Any]:
    """An audit with its items as plain data, for programs.

    Raises:
        PermissionDenied: the actor sees no audits.
        InputError: there is none (404).
    """
    row = audit_of(actor, number)
    names = ("number", "year", "state", "band", "marked_band", "opinion")
    return {
        **{name: getattr(row, name) for name in names},
        "version": row.target_version,
        "unit": row.unit_name or row.unit_key,
        "total": str(row.total),
        "marked": None if row.marked is None else str(row.marked),
        "items": [
            {
                "item": each.item, "part": ITEMS[each.item][0], "label": ITEMS[each.item][1], "full": str(each.full),
                "score": str(each.score), "reason": each.reason, "mark": None if each.mark is None else str(each.mark),
                "why": each.why,
            }
            for each in row.marks.all()
        ],
    }  # fmt: skip
