"""Back-tests: asked for, worked out in a job, kept as they came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import policy_hash
from youju.funds.subsidies import events, permissions
from youju.funds.subsidies.metrics.backtest_facts import ground_of
from youju.funds.subsidies.metrics.backtest_report import EDGE_DAYS, Say, backtest, quietly
from youju.funds.subsidies.models import BackTest
from youju.funds.subsidies.selectors.policies import policies_in_force
from youju.funds.subsidies.services.policies import held
from youju.rules.funds.subsidies.moving import moved
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_FIRST_YEAR = 2014
"""The year in which market procurement began."""


@dataclass(frozen=True, slots=True)
class Tested:
    """What a back-test was run on: the text moved to the year, and what came out."""

    text: PolicyText
    result: dict[str, Any]


@transaction.atomic
def ask_backtest(*, actor: User, policy_id: int, year: int, against_id: int | None = None) -> BackTest:
    """Ask for a back-test of a version as it stands, on a year; the same text on the same year is asked for anew each time,
    since declarations go on being corrected.

    Args:
        actor: who asks.
        policy_id: the version.
        year: of the declarations; the policy's days are moved to it.
        against_id: a version, of this or another policy, to compare with.

    Raises:
        PermissionDenied: the actor does not back-test.
        InputError: no such version (404), its text cannot be read, or there is no such year (422).
    """
    require(actor, permissions.BACKTEST)
    row = held(policy_id)
    if not _FIRST_YEAR <= year <= timezone.localdate().year:
        raise InputError(f"不能用 {year} 年", where="年度", how=f"从 {_FIRST_YEAR} 年到今年", status=422)
    against = held(against_id) if against_id else None
    for each in (row, against):
        try:
            read_policy(each.text if each else row.text)
        except PolicyTextError as error:
            raise InputError(error.what, where=error.where, how=error.how) from error
    asked = BackTest.objects.create(
        policy=row,
        year=year,
        revision=row.revision,
        text=row.text,
        against=against,
        against_text=against.text if against else None,
        policy_hash=policy_hash(),
        requested_by=actor.username,
    )
    subject = subject_of(asked)
    asked.run = enqueue(run_backtest, subject=subject, key=f"backtest:{asked.pk}", backtest_id=asked.pk)
    asked.save(update_fields=["run"])
    record(events.BACKTEST_ASKED, subject, None, {"year": year, "code": row.code, "revision": row.revision})
    return asked


@job("subsidies.backtest", title="回测补贴政策")
def run_backtest(*, progress: Progress, backtest_id: int) -> dict[str, Any]:
    """Work a back-test out and keep it."""
    row = BackTest.objects.select_for_update().filter(pk=backtest_id).first()
    if row is None or row.state == BackTest.State.DONE:
        return {}
    against = read_policy(row.against_text) if row.against_text else None
    tested = run_on_year(read_policy(row.text), row.year, against=against, say=progress)
    keep(row, tested.result)
    return {"parties": row.parties}


def run_on_year(
    text: PolicyText,
    year: int,
    *,
    others: Sequence[PolicyText] | None = None,
    against: PolicyText | None = None,
    say: Say = quietly,
) -> Tested:
    """A text on the declarations of a year, over everything that is recorded; ``against``: an earlier draft to compare with."""
    say(0, 5, "读取报关单")
    mine = moved(text, year - text.window.start.year)
    with reaching_all():
        beside = others if others is not None else [each.text for each in policies_in_force()]
        beside = [moved(each, year - each.window.start.year) for each in beside if each.code != text.code]
        earlier = moved(against, year - against.window.start.year) if against else None
        ground = ground_of([mine, *beside, *([earlier] if earlier else [])], edge=EDGE_DAYS)
    try:
        result = backtest(mine, ground, others=beside, earlier=earlier, say=say)
    finally:
        ground.close()
    window = mine.window
    result |= {"year": year, "code": text.code, "window": [window.start.isoformat(), window.end.isoformat()]}
    return Tested(mine, result)


def keep(row: BackTest, result: dict[str, Any]) -> None:
    """Store what came out."""
    row.state, row.done_at, row.result = BackTest.State.DONE, timezone.now(), result
    row.parties, row.asked, row.granted = (
        result["parties"],
        Decimal(result["asked"]),
        Decimal(result["granted"]),
    )
    row.runs_out = date.fromisoformat(result["runs_out"]) if result["runs_out"] else None
    row.save(update_fields=["state", "done_at", "result", "parties", "asked", "granted", "runs_out"])


def subject_of(row: BackTest) -> Subject:
    """A back-test as the trail and the jobs know it."""
    return Subject(events.BACKTEST_KIND, str(row.pk), str(row))
