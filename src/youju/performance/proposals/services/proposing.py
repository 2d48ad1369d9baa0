"""Making a proposal of next year's targets from this year's values and the linter, and changing its rows with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, policy_hash
from youju.foundation.workflow.services import start
from youju.performance.measures.selectors import MeasuredRow, measured_rows
from youju.performance.proposals import events, permissions
from youju.performance.proposals.facts import proposal_facts, reached_of
from youju.performance.proposals.models import Proposal, ProposedRow
from youju.performance.proposals.selectors.proposing import proposal_of
from youju.performance.proposals.services.refusing import ProposalRefusedError
from youju.performance.targets.facts import document, lint_day, serves, with_year
from youju.performance.targets.selectors import active_set
from youju.rules.findings import Finding
from youju.rules.performance.proposals.facts import Proposed
from youju.rules.performance.proposals.judging import judge
from youju.rules.performance.proposals.lifecycle import DRAFT, DROPPED, PROPOSAL_FLOW
from youju.rules.performance.proposals.proposing import Place, propose
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.performance.targets.lint import lint

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

_WORDS = ("level3", "description", "raw_value", "basis")


@dataclass(frozen=True, slots=True)
class RowWish:
    """A proposed row as it is to stand, and why."""

    level3: str
    description: str
    raw_value: str
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a proposal is made of: the set, its document, what its rows came to, the year before, the last day that counts."""

    target_set: TargetSet
    facts: TargetDocument
    measured: Sequence[MeasuredRow]
    before: Mapping[Place, MeasuredRow]
    until: date


@transaction.atomic
def make_proposal(*, actor: User, year: int, unit: str | None = None) -> Proposal:
    """Propose the targets of a year from those of the year before: baselines, numbers by the stated method, wording cured.

    Raises:
        PermissionDenied: the actor prepares no proposals.
        InputError: no targets of the year before (404), or a proposal of the year is there (409).
    """
    require(actor, permissions.EDIT)
    kept = active_set(year=year - 1, unit=unit)
    if kept is None:
        raise InputError(
            f"没有 {year - 1} 年的绩效目标", where="年度", how="请先导入本年的绩效目标", status=404
        )
    same = Proposal.objects.filter(unit_key=kept.unit_key, year=year).exclude(state=DROPPED)
    if same.exists():
        raise InputError(
            f"{year} 年的目标建议已经有了", where="年度", how="请在原来的一份上修改，或先作废", status=409
        )
    today = timezone.localdate()
    until = min(today, date(year - 1, 12, 31))
    former = active_set(year=year - 2, unit=kept.unit_key)
    before = measured_rows(actor=actor, target_set=former) if former is not None else []
    source = Source(
        kept,
        with_year(document(kept), kept.fiscal_year),
        measured_rows(actor=actor, target_set=kept, until=max(until, date(year - 1, 1, 1))),
        {(each.project_code, each.row): each for each in before},
        until,
    )
    row = store_proposal(source, number=number_of(year), by=(actor.username, actor.display_name))
    subject = events.proposal_subject(row)
    start(flow=PROPOSAL_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    record(events.MADE, subject, None, {"year": year, "version": kept.version, "rows": row.rows.count()})
    return row


@transaction.atomic
def store_proposal(source: Source, *, number: str, by: tuple[str, str], is_demo: bool = False) -> Proposal:
    """Write a proposal with its rows. Inner step: callers check permissions."""
    kept, facts = source.target_set, source.facts
    law = law_on(timezone.localdate())
    found = lint(facts, law_on(lint_day(kept.fiscal_year)), serves=serves(kept))
    known = {(each.project_code, each.row): each for each in source.measured}
    reached = {
        place: reached_of(each, _same(each, source.before.get(place))) for place, each in known.items()
    }
    made = propose(facts, found, reached, law)
    row = Proposal.objects.create(
        number=number, year=kept.fiscal_year + 1, target_set=kept.pk, target_version=kept.version,
        unit_key=kept.unit_key, unit_name=kept.unit_name or "", until=source.until, document=to_json(facts),
        policy_hash=policy_hash(), made_by=by[0], made_name=by[1], is_demo=is_demo,
    )  # fmt: skip
    rows = []
    for place, project in enumerate(facts.projects, 1):
        for line, former in enumerate(project.indicators, 1):
            one, measured = made[project.code, line], known.get((project.code, line))
            rows.append(
                ProposedRow(
                    proposal=row, place=place, code=project.code, name=project.name[:500], row=line,
                    level1=one.indicator.level1[:200], level2=one.indicator.level2[:200],
                    former_name=former.level3[:500], former_value=former.raw_value[:500],
                    reached=shown_of(measured), url=measured.url[:500] if measured else "", **_told(one),
                )
            )  # fmt: skip
    ProposedRow.objects.bulk_create(rows)
    return row


@transaction.atomic
def edit_row(
    *, actor: User, number: str, place: int, row: int, wish: RowWish, revision: int | None = None
) -> ProposedRow:
    """Change a proposed row, with the reason.

    Raises:
        PermissionDenied: the actor prepares no proposals.
        InputError: no such row (404); the proposal is no draft any more, or the row was changed meanwhile (409).
        ProposalRefusedError: the rules stop it: no reason, below what was reached, not measurable.
    """
    require(actor, permissions.EDIT)
    held = _draft(actor, number)
    found = None
    if max(place, row) < 2**15:
        found = held.rows.select_for_update().filter(place=place, row=row).first()
    if found is None:
        raise InputError("没有这一行", where=number[:20], how="请回到目标建议", status=404)
    if revision is not None and revision != found.revision:
        raise InputError("这一行刚才有改动", where=str(found), how="请刷新页面，看过再改", status=409)
    before = {name: getattr(found, name) for name in (*_WORDS, "reason")}
    for name in _WORDS:
        setattr(found, name, getattr(wish, name).strip())
    found.reason = wish.reason.strip()
    old, new = changes(before, {name: getattr(found, name) for name in (*_WORDS, "reason")})
    if not new:
        return found
    found.edited = True
    today = timezone.localdate()
    ProposalRefusedError.unless_clear(judge(proposal_facts(found, today), law_on(today)))
    found.edited_by, found.edited_name, found.edited_at = actor.username, actor.display_name, timezone.now()
    found.revision += 1
    found.save()
    record(
        events.EDITED,
        events.proposal_subject(held),
        old,
        new | {"place": f"{place}-{row}"},
        reason=found.reason,
    )
    return found


def number_of(year: int) -> str:
    """The number of the next proposal of a year: a dropped one keeps its own."""
    plain = f"JY{year}"
    before = Proposal.objects.filter(number__startswith=plain).count()
    return plain if not before else f"{plain}-{before + 1}"


def shown_of(row: MeasuredRow | None) -> str:
    """What a row came to, as people read it."""
    if row is None:
        return ""
    value = "" if row.value is None else f"{row.value.normalize():f}{row.unit or ''}"
    return (row.shown or value or row.tier)[:300]


def _draft(actor: User, number: str) -> Proposal:
    row = Proposal.objects.select_for_update().get(pk=proposal_of(actor, number).pk)
    if row.state != DRAFT:
        raise InputError("这份建议已经办结，不能再改", where=row.number, how="请在目标草稿上修改", status=409)
    return row


def _same(row: MeasuredRow, before: MeasuredRow | None) -> MeasuredRow | None:
    """The row of the year before, where it is the same indicator."""
    return before if before is not None and before.level3.strip() == row.level3.strip() else None


def _told(one: Proposed) -> dict[str, object]:
    return {
        "level3": one.indicator.level3[:500],
        "description": one.indicator.description[:2000],
        "raw_value": one.indicator.raw_value[:500],
        "basis": one.indicator.basis[:2000],
        "baseline": one.baseline,
        "last_year": one.last_year,
        "method": one.method[:300],
        "cures": [[each.rule, each.field, each.before, each.after] for each in one.cures],
        "left": [_left(each) for each in one.left],
    }


def _left(each: Finding) -> list[str]:
    return [each.rule, each.message, each.suggestion]
