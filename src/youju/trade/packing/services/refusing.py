"""How this room refuses, and how its records are found and held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.trade.packing.facts import PackingFacts
from youju.rules.trade.packing.judging import judge
from youju.rules.trade.packing.lifecycle import CONSOLIDATION_FLOW, OPEN, PACKING_FLOW
from youju.trade.packing import events
from youju.trade.packing.models import Consolidation, Packing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TAKEN = "PAC-021"


class RefusedPacking(InputError):  # noqa: N818 - what the user reads is that the packing was refused
    """The rules stop it; ``findings`` say which. 409 where somebody else was faster, else 422."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first, more = findings[0], len(findings) - 1
        told = first.message.rstrip("。") + (f"（另有 {more} 条）" if more else "")
        taken = any(each.rule == TAKEN for each in findings)
        super().__init__(told, how=first.suggestion.rstrip("。"), status=409 if taken else 422)
        self.findings = tuple(findings)


def check(facts: PackingFacts) -> None:
    """Ask the rules of the day.

    Raises:
        RefusedPacking: they say something.
    """
    found = judge(facts, law_on(facts.day))
    if found:
        raise RefusedPacking(found)


def next_number(series: str, letter: str, stamp: str) -> str:
    """The next number of a series: a letter, the day, six digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [series])
        return f"{letter}{stamp}{cursor.fetchone()[0]:06d}"


def next_numbers(series: str, letter: str, stamp: str, count: int) -> list[str]:
    """As many numbers of a series, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [series, count])
        return [f"{letter}{stamp}{serial:06d}" for (serial,) in cursor.fetchall()]


def held_consolidation(actor: User, number: str, expected: int | None = None) -> Consolidation:
    """The consolidation, held until the transaction ends.

    Raises:
        InputError: none that the actor takes part in (404), or it changed since it was shown (409).
        PermissionDenied: the actor only looks on.
    """
    row = Consolidation.objects.select_for_update().filter(number=number.replace("\0", "")).first()
    if row is None:
        raise InputError(f"没有组货单“{number[:40]}”", how="请核对组货单号", status=404)
    takes_part(actor, row.organisations, "组货单")
    _unchanged(row.number, row.revision, expected)
    return row


def held_packing(actor: User, number: str, expected: int | None = None) -> Packing:
    """The packing, held until the transaction ends; as ``held_consolidation``."""
    row = Packing.objects.select_for_update().filter(number=number.replace("\0", "")).first()
    if row is None:
        raise InputError(f"没有装箱单“{number[:40]}”", how="请核对装箱单号", status=404)
    takes_part(actor, row.organisations, "装箱单")
    _unchanged(row.number, row.revision, expected)
    return row


def refuse_unless_open(row: Consolidation | Packing, what: str) -> None:
    """Only an open record takes changes (409)."""
    if row.state != OPEN:
        flow = CONSOLIDATION_FLOW if isinstance(row, Consolidation) else PACKING_FLOW
        how = "要改请先重新打开" if row.state == "closed" else "请另开一单"
        label = flow.state(row.state).label
        raise InputError(f"它现在是“{label}”，不能{what}", where=row.number, how=how, status=409)


def subject_of(row: Consolidation | Packing) -> Subject:
    """How a record is named on the trail."""
    kind = events.CONSOLIDATION_KIND if isinstance(row, Consolidation) else events.PACKING_KIND
    return Subject(kind, row.number, row.number)


def takes_part(actor: User, organisations: Sequence[int], what: str) -> None:
    """Go on only where the actor's organisation takes part.

    Raises:
        PermissionDenied: it does not.
    """
    if actor.organisation_id not in organisations:
        raise PermissionDenied(f"您的单位没有参与这张{what}，不能办理。")


def _unchanged(number: str, revision: int, expected: int | None) -> None:
    if expected is not None and expected != revision:
        raise InputError("这张单刚才有改动", where=number, how="请刷新页面，看过再办", status=409)
