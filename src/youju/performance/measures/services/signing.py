"""Statements and adjustments: signed with evidence by one person, countersigned by another; only then in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.measures import events, permissions
from youju.performance.measures.facts import signed_facts
from youju.performance.measures.models import Adjustment, Attestation
from youju.performance.measures.selectors.measuring import measured_project
from youju.performance.measures.selectors.periods import period_until
from youju.performance.measures.selectors.values import Basis, MeasuredRow
from youju.performance.measures.services.refusing import checked, row_of
from youju.performance.targets import selectors as targets
from youju.rules.performance.measures.lifecycle import (
    ADJUSTMENT_KIND,
    ATTESTATION_KIND,
    DECLINED,
    IN_FORCE,
    SIGNED,
    SIGNED_STATES,
    SUPERSEDED,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.foundation.kernel.subjects import Subject
    from youju.performance.targets.models import TargetSet

Signed = Attestation | Adjustment
KINDS: dict[str, type[Attestation] | type[Adjustment]] = {
    "attestation": Attestation,
    "adjustment": Adjustment,
}
MOST_FILES = 20
MOST_WORDS = 2_000
_HOW = "请刷新页面，看过最新状态再办"


@dataclass(frozen=True, slots=True)
class SignedWish:
    """What somebody signs. ``value`` in the target's unit, or ``tier`` with ``tier_rate`` in per cent; ``until`` the last day."""

    text: str
    until: date
    value: Decimal | None = None
    tier: str = ""
    tier_rate: Decimal | None = None


def sign(
    *,
    actor: User,
    kind: str,
    target_set: TargetSet,
    code: str,
    number: int,
    wish: SignedWish,
    files: Sequence[tuple[str, bytes | BinaryIO]],
) -> Signed:
    """Sign a statement for an attested row, or an adjustment of a computed one. It does not count before it is countersigned.

    Args:
        actor: who signs.
        kind: ``attestation`` or ``adjustment``.
        target_set, code, number: which row.
        wish: what is said.
        files: the evidence, each with its name.

    Raises:
        PermissionDenied: the actor signs no statements.
        InputError: no such row (404), what is said cannot be read (422), a file that cannot be taken.
        MeasureRefusedError: what the rules found.
    """
    require(actor, permissions.ATTEST)
    model = kind_of(kind)
    if len(wish.text) > MOST_WORDS or "\0" in wish.text:
        raise InputError("理由太长", where="理由", how=f"至多 {MOST_WORDS} 个字", status=422)
    if len(files) > MOST_FILES:
        raise InputError("文件太多", where="证据", how=f"至多 {MOST_FILES} 个", status=422)
    until = wish.until
    if until.year == target_set.fiscal_year and model is Adjustment:
        until = period_until(target_set.fiscal_year, until).last_day
    row = row_of(target_set, code, number)
    now = _measured(actor, target_set, code, number, until)
    made = model(
        unit_key=target_set.unit_key,
        fiscal_year=target_set.fiscal_year,
        project=row.project,
        row=row.row,
        level3=row.indicator.level3,
        name_hash=row.name_hash,
        until=until,
        value=wish.value,
        tier=wish.tier,
        tier_rate=wish.tier_rate,
        text=wish.text.strip(),
        state=SIGNED,
        signed_by=actor.username,
        signed_name=actor.display_name,
    )
    if isinstance(made, Adjustment):
        made.computed = (now.adjusted.computed if now.adjusted else now.value) if now else None
    checked(
        signed_facts(
            row,
            made,
            "sign",
            actor=actor.username,
            evidence=len(files),
            attested_row=now is not None and now.basis is Basis.ATTESTED,
            changes=now is None or (wish.value, wish.tier) != (now.value, now.tier),
        )
    )
    # Before the transaction: a file may be large, and what nobody attaches is collected.
    kept = [keep(content, name=name, purpose="evidence") for name, content in files]
    made.evidence = [each.name for each in kept]
    with transaction.atomic():
        made.save()
        subject = subject_of(made)
        for each in kept:
            attach(sha256=each.sha256, subject=subject, name=each.name, role="evidence")
        record(events.SIGNED, subject, None, told(made))
    return made


@transaction.atomic
def countersign(*, actor: User, kind: str, number: int) -> Signed:
    """Sign a second time, by another person: from now on it counts, and an earlier one of the same row and day no longer.

    Raises:
        PermissionDenied: the actor countersigns nothing.
        InputError: there is none (404), it does not wait (409).
        MeasureRefusedError: what the rules found.
    """
    require(actor, permissions.COUNTERSIGN)
    row = _locked(kind, number, (SIGNED,))
    checked(signed_facts(_row_of(row), row, "countersign", actor=actor.username))
    same = kind_of(kind).objects.filter(
        unit_key=row.unit_key,
        fiscal_year=row.fiscal_year,
        project=row.project,
        name_hash=row.name_hash,
        row=row.row,
        until=row.until,
        state=IN_FORCE,
    )
    same.update(state=SUPERSEDED)
    row.state = IN_FORCE
    row.countersigned_by, row.countersigned_name = actor.username, actor.display_name
    row.countersigned_at = timezone.now()
    row.save()
    record(events.COUNTERSIGNED, subject_of(row), {"state": SIGNED}, {"state": IN_FORCE})
    return row


@transaction.atomic
def decline(*, actor: User, kind: str, number: int, reason: str) -> Signed:
    """Do not countersign it, and say why.

    Raises:
        PermissionDenied: the actor countersigns nothing.
        InputError: there is none (404), it does not wait (409), no reason (422).
    """
    require(actor, permissions.COUNTERSIGN)
    return _ended(kind, number, (SIGNED,), DECLINED, reason)


@transaction.atomic
def withdraw(*, actor: User, kind: str, number: int, reason: str) -> Signed:
    """Take it back, whether it was countersigned or not: the record's value counts again. By who signed, or who countersigns.

    Raises:
        PermissionDenied: the actor neither signed it nor countersigns.
        InputError: there is none (404), it has ended (409), no reason (422).
    """
    row = _locked(kind, number, (SIGNED, IN_FORCE))
    require(actor, permissions.ATTEST if row.signed_by == actor.username else permissions.COUNTERSIGN)
    return _ended(kind, number, (SIGNED, IN_FORCE), WITHDRAWN, reason)


def kind_of(kind: str) -> type[Attestation] | type[Adjustment]:
    """The table of a kind.

    Raises:
        InputError: there is no such kind (404).
    """
    if kind not in KINDS:
        raise InputError("没有这一种说明", where="种类", how=f"可以写 {'、'.join(KINDS)}", status=404)
    return KINDS[kind]


def subject_of(row: Signed) -> Subject:
    """As the trail names it."""
    return events.adjustment_subject(row) if isinstance(row, Adjustment) else events.attestation_subject(row)


def kind_name(row: Signed) -> str:
    """``attestation`` or ``adjustment``."""
    return "adjustment" if isinstance(row, Adjustment) else "attestation"


SUBJECT_KINDS = {"attestation": ATTESTATION_KIND, "adjustment": ADJUSTMENT_KIND}


def told(row: Signed) -> dict[str, Any]:
    """What was signed, for the trail."""
    names = (
        "project",
        "row",
        "level3",
        "until",
        "value",
        "tier",
        "tier_rate",
        "text",
        "evidence",
        "computed",
        "state",
    )
    given = {name: getattr(row, name, None) for name in names}
    return {
        name: str(value) if isinstance(value, Decimal | date) else value
        for name, value in given.items()
        if value not in ("", None, [])
    }


def _ended(kind: str, number: int, states: Sequence[str], state: str, reason: str) -> Signed:
    reason = reason.strip()
    if not reason or len(reason) > 500 or "\0" in reason:
        raise InputError("没有写理由，或者太长", where="理由", how="请写清为什么", status=422)
    row = _locked(kind, number, states)
    before = row.state
    row.state, row.ended_why = state, reason
    row.save()
    verb = events.DECLINED if state == DECLINED else events.WITHDRAWN
    record(verb, subject_of(row), {"state": before}, {"state": state}, reason=reason)
    return row


def _locked(kind: str, number: int, states: Sequence[str]) -> Signed:
    row = kind_of(kind).objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise InputError("没有这一份", where="编号", how="请回到清单", status=404)
    if row.state not in states:
        raise InputError(f"{row} 的状态是“{SIGNED_STATES[row.state]}”", where="状态", how=_HOW, status=409)
    return row


def _row_of(row: Signed) -> Any:
    target_set = targets.active_set(year=row.fiscal_year, unit=row.unit_key)
    if target_set is None:
        raise InputError("这份绩效目标已经不在了", where=str(row), how="请核对绩效目标", status=409)
    return row_of(target_set, row.project, row.row)


def _measured(actor: User, target_set: TargetSet, code: str, number: int, until: date) -> MeasuredRow | None:
    """The row as it is measured up to the day; None where the day is none of the year (a rule says so)."""
    if until.year != target_set.fiscal_year:
        return None
    rows = measured_project(actor=actor, target_set=target_set, code=code, until=until, trend=False)
    return next((each for each in rows if each.row == number), None)
