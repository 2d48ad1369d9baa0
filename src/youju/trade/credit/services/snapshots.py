"""Scoring all parties at the end of a month, once, and giving them their levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.database.copying import write
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import current, reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import policy_hash
from youju.rules.trade.credit.months import last_day
from youju.rules.trade.credit.policy import CreditPolicy
from youju.rules.trade.credit.scoring import score
from youju.trade.credit import events, permissions
from youju.trade.credit.facts import kept, policy_text
from youju.trade.credit.models import Score, Snapshot
from youju.trade.credit.selectors.evidence import Evidence, counting, evidence, set_aside
from youju.trade.credit.services.refusing import policy_on
from youju.trade.parties.selectors import ScoredParty, scored_parties
from youju.trade.parties.services import LevelGiven, set_credit_levels

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_COLUMNS = (
    "snapshot_id", "party_id", "organisation_id", "sections", "name", "number", "total", "most", "grade", "ceiling", "items",
    "evidence", "digest", "aside", "scored_at",
)  # fmt: skip


def ask_snapshot(*, actor: User, month: date) -> Snapshot:
    """Somebody has the scores of a month made; where they are made already, nothing happens.

    Raises:
        PermissionDenied: the actor does not score.
        InputError: the month is not over.
    """
    require(actor, permissions.SCORE)
    return make_snapshot(month=month)


@transaction.atomic
def make_snapshot(
    *, month: date, made_at: datetime | None = None, told: Evidence | None = None, is_demo: bool = False
) -> Snapshot:
    """Score all parties as known on the last day of a month and give them their levels from the next day on.

    Once made it stays: a second call returns it.

    Args:
        month: any day of it.
        made_at: when, for the demo; now unless said.
        told: the records, where the caller has gathered them already.

    Raises:
        InputError: the month is not over, or its policy cannot be applied.
    """
    month, day = month.replace(day=1), last_day(month)
    moment = made_at or timezone.now()
    if day >= timezone.localdate(moment):
        raise InputError(f"{month:%Y-%m} 还没有结束", where="月份", how="请在次月生成")
    policy = policy_on(day)
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('credit snapshot', 0))")
        there = Snapshot.objects.filter(month=month).first()
        if there is not None:
            return there
        snapshot = Snapshot.objects.create(
            month=month, day=day, policy=policy_text(policy), policy_hash=policy.hash, law_hash=policy_hash(), parties=0,
            made_by=current().actor, made_at=moment, is_demo=is_demo,
        )  # fmt: skip
        grades: Counter[str] = Counter()
        levels: dict[int, LevelGiven] = {}
        if told is None:
            told = evidence(policy, day)
        # Nothing can be asked of the database while the rows go into it.
        parties, aside = list(scored_parties(day)), set_aside(moment)
        rows = _rows(snapshot, policy, parties, told, aside, grades, levels)
        snapshot.parties = write(Score, _COLUMNS, rows)
        snapshot.grades = {each.code: grades[each.code] for each in policy.grades}
        snapshot.save(update_fields=["parties", "grades"])
        if not Snapshot.objects.filter(month__gt=month).exists():
            set_credit_levels(levels=levels, since=day + timedelta(days=1), basis=f"{month:%Y-%m} 信用得分")
        record(
            events.SNAPSHOT_MADE, events.snapshot_subject(snapshot), None,
            {"day": day, "parties": snapshot.parties, "grades": snapshot.grades, "policy_hash": policy.hash},
        )  # fmt: skip
    return snapshot


def _rows(  # noqa: PLR0917 - what a score is made from
    snapshot: Snapshot,
    policy: CreditPolicy,
    parties: Sequence[ScoredParty],
    told: Evidence,
    aside: Mapping[int, frozenset[str]],
    grades: Counter[str],
    levels: dict[int, LevelGiven],
) -> Iterator[Mapping[str, Any]]:
    for party in parties:
        without = aside.get(party.id, frozenset())
        scored = score(counting(told.get(party.id, ()), without), policy, snapshot.day)
        grades[scored.grade] += 1
        levels[party.id] = LevelGiven(scored.grade, scored.total)
        yield {
            "snapshot_id": snapshot.pk, "scored_at": snapshot.made_at, "aside": sorted(without), **whose(party), **kept(scored),
        }  # fmt: skip


def whose(party: ScoredParty) -> dict[str, Any]:
    """The columns of a score that say whose it is."""
    return {
        "party_id": party.id, "organisation_id": party.organisation_id, "sections": list(party.sections),
        "name": party.name, "number": party.number,
    }  # fmt: skip
