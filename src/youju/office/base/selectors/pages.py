"""One record as its page shows it: what it says, its days in order, its files, its way where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.office.base import permissions
from youju.office.base.facts import facts_of, missing_numbers
from youju.office.base.models import Document, Milestone
from youju.office.base.registers import REGISTERS, Register
from youju.office.base.selectors.lists import record_of
from youju.office.base.selectors.standing import STATES, standing
from youju.rules.findings import Finding
from youju.rules.office.base.judging import judge
from youju.rules.office.base.kinds import DOCUMENTS, PLATFORMS
from youju.rules.office.base.lifecycle import OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

EVIDENCE, PAPER = "evidence", "paper"


@dataclass(frozen=True, slots=True)
class Event:
    """A day of a record's life; ``ahead``: still to come."""

    day: date
    text: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class Related:
    """A document that this one repeals or that repeals it; ``key`` is empty where it is not registered."""

    number: str
    key: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record. ``pairs``: label and value of what it says besides its number and name."""

    register: Register
    row: Any
    state: str
    state_label: str
    kind_label: str
    pairs: tuple[tuple[str, object], ...]
    timeline: tuple[Event, ...]
    papers: tuple[Attached, ...]
    evidence: tuple[Attached, ...]
    findings: tuple[Finding, ...]
    repeals: tuple[Related, ...]
    repealed_by: Related | None
    milestones: tuple[Milestone, ...]
    case: workflow.CaseView | None
    steps: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    may_edit: bool
    may_prove: bool


def record_page(actor: User, register: str, record_id: int) -> RecordPage:
    """One record. A handful of queries, however much hangs on it.

    Raises:
        PermissionDenied: the actor sees no base.
        InputError: there is none (404).
    """
    row, today = record_of(actor, register, record_id), timezone.localdate()
    declared = REGISTERS[register]
    platform = register == PLATFORMS
    subject = declared.subject(row)
    files = attachments(subject)
    repeals = list(getattr(row, "repeals", ()))
    unknown = missing_numbers(DOCUMENTS, repeals)
    law = law_on(today)
    found = judge(facts_of(register, row, "register", today, unknown=unknown), law)
    if platform:
        found += judge(facts_of(register, row, "watch", today), law)
    state = standing(register, row, today)
    related = _related([*repeals, *filter(None, [getattr(row, "repealed_by", "")])])
    edit = allowed(actor, permissions.EDIT)
    milestones = tuple(row.milestones.all()) if platform else ()
    return RecordPage(
        register=declared,
        row=row,
        state=state,
        state_label=STATES[register][state],
        kind_label=declared.kinds[row.kind],
        pairs=_pairs(declared, row),
        timeline=_timeline(declared, row, milestones, today),
        papers=tuple(each for each in files if each.role != EVIDENCE),
        evidence=tuple(each for each in files if each.role == EVIDENCE),
        findings=tuple(found),
        repeals=tuple(Related(number, related.get(number, "")) for number in repeals),
        repealed_by=Related(row.repealed_by, related.get(row.repealed_by, ""))
        if getattr(row, "repealed_by", "")
        else None,
        milestones=milestones,
        case=workflow.case(subject) if platform else None,
        steps=workflow.milestones(subject) if platform else (),
        log=workflow.log_of(subject) if platform else (),
        options=workflow.available(subject, actor) if platform else (),
        may_edit=edit and (not platform or row.state in OPEN),
        may_prove=edit and platform and row.state not in ("accepted", "stopped"),
    )


def _related(numbers: list[str]) -> dict[str, str]:
    if not numbers:
        return {}
    rows = Document.objects.filter(number__in=numbers).values_list("number", "pk")
    return {number: str(key) for number, key in rows}


def _pairs(declared: Register, row: Any) -> tuple[tuple[str, object], ...]:
    found: list[tuple[str, object]] = [(declared.holder.label, row.holder)]
    for each in declared.fields:
        value = getattr(row, each.name)
        if each.sort == "flag":
            found.append((each.label, "是" if value else "否"))
        elif each.sort == "day":
            continue  # the timeline tells the days
        elif value not in ("", None, []) and each.sort != "numbers":
            found.append((each.label, f"{value:,.2f}" if isinstance(value, Decimal) else value))
    if row.note:
        found.append(("备注", row.note))
    return tuple(found)


def _timeline(
    declared: Register, row: Any, milestones: tuple[Milestone, ...], today: date
) -> tuple[Event, ...]:
    events = [Event(day, label, day > today) for _, label, day in declared.days(row)]
    if repealed := getattr(row, "repealed_on", None):
        events.append(Event(repealed, f"被 {row.repealed_by} 废止", repealed > today))
    for each in milestones:
        if each.done_on:
            events.append(Event(each.done_on, f"完成节点“{each.title}”", False))
        else:
            events.append(Event(each.due_on, f"节点“{each.title}”的期限", each.due_on > today))
    for name, words in (("delivered_on", "提交验收"), ("accepted_on", "验收通过")):
        if day := getattr(row, name, None):
            events.append(Event(day, words, False))
    return tuple(sorted(events, key=lambda event: event.day))
