"""Trying a policy on all parties before it is issued: who would move. Nothing but the trial is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.database.copying import write
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.trade.credit.judging import judge_policy
from youju.rules.trade.credit.policy import PARTS, CreditPolicy, read_policy
from youju.rules.trade.credit.scoring import score
from youju.trade.credit import events, permissions
from youju.trade.credit.facts import policy_from, policy_text
from youju.trade.credit.models import Trial, TrialMove
from youju.trade.credit.selectors.evidence import counting, evidence, set_aside
from youju.trade.credit.selectors.scores import latest_snapshot
from youju.trade.credit.services.refusing import CreditRefusedError, policy_on, readable
from youju.trade.parties.selectors import scored_parties

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_COLUMNS = (
    "trial_id", "party_id", "name", "number", "total_before", "total_after", "change", "grade_before", "grade_after", "moved",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A party whose points change."""

    party_id: int
    name: str
    number: str
    total_before: Decimal
    total_after: Decimal
    grade_before: str
    grade_after: str


@dataclass(slots=True)
class Tried:
    """How all parties stand under two policies: grade → parties, best first; who changes."""

    day: date
    before: dict[str, int]
    after: dict[str, int]
    moves: list[Move]
    parties: int = 0


def tried_policy(plain: Mapping[str, Any], day: date) -> tuple[CreditPolicy, list[str]]:
    """A policy to be tried; what it leaves out is as in force on the day. With what the rules say without stopping it.

    Raises:
        InputError: it cannot be read, or has a part that no policy has.
        CreditRefusedError: CRD-017…019.
    """
    if unknown := sorted(set(map(str, plain)) - set(PARTS)):
        raise InputError(f"没有“{unknown[0][:40]}”这一部分", how=f"可写 {'、'.join(PARTS)}")
    now = policy_on(day).plain
    policy = readable(
        lambda: read_policy({part: plain.get(part, now[part]) for part in PARTS}), "信用评价办法"
    )
    found = CreditRefusedError.unless_clear(judge_policy(policy, law_on(day), day))
    return policy, [each.told for each in found]


def try_policy(policy: CreditPolicy, day: date) -> Tried:
    """All parties as of a day under the policy in force then and under another one. Writes nothing."""
    now = policy_on(day)
    wider = now if now.months >= policy.months else policy
    with reaching_all():
        told = _merged(now, policy, wider, day)
        aside = set_aside(timezone.now())
        found = Tried(
            day, {each.code: 0 for each in now.grades}, {each.code: 0 for each in policy.grades}, []
        )
        before: Counter[str] = Counter()
        after: Counter[str] = Counter()
        for party in scored_parties(day):
            records = counting(told.get(party.id, ()), aside.get(party.id, frozenset()))
            old, new = score(records, now, day), score(records, policy, day)
            before[old.grade] += 1
            after[new.grade] += 1
            found.parties += 1
            if (old.total, old.grade) != (new.total, new.grade):
                found.moves.append(
                    Move(party.id, party.name, party.number, old.total, new.total, old.grade, new.grade)
                )
    found.before |= before
    found.after |= after
    return found


def _merged(
    now: CreditPolicy, policy: CreditPolicy, wider: CreditPolicy, day: date
) -> Mapping[int, list[Any]]:
    """Every record that either policy looks at, asked for once."""
    both = CreditPolicy(
        (*now.items, *policy.items), now.grades, (*now.ceilings, *policy.ceilings), {}, wider.hash
    )
    return evidence(both, day)


@transaction.atomic
def ask_trial(*, actor: User, title: str, plain: Mapping[str, Any], day: date | None = None) -> Trial:
    """Have a policy tried in the background.

    Args:
        actor: who tries.
        title: what people call the trial.
        plain: the policy, or the parts of it that differ.
        day: as of when; the latest snapshot's day unless said, else today.

    Raises:
        PermissionDenied: the actor tries no policies.
        InputError: it cannot be read; no title.
        CreditRefusedError: CRD-017…019.
    """
    require(actor, permissions.SIMULATE)
    if not title.strip():
        raise InputError("没有写名称", where="名称", how="请写一个名称，例如 提高申报质量的满分")
    latest = latest_snapshot()
    when = day or (latest.day if latest else timezone.localdate())
    policy, notes = tried_policy(plain, when)
    row = Trial.objects.create(
        title=title.replace("\0", "").strip()[:100], day=when, policy=policy_text(policy), policy_hash=policy.hash,
        notes=notes, made_by=actor.username,
    )  # fmt: skip
    subject = events.trial_subject(row)
    enqueue(run_trial, subject=subject, title=subject.label, key=f"credit.trial.{row.pk}", trial_id=row.pk)
    return row


@transaction.atomic
def carry_out_trial(*, trial_id: int) -> Trial:
    """Count what a trial would change; once done it stays."""
    row = Trial.objects.select_for_update().get(pk=trial_id)
    if row.done:
        return row
    found = try_policy(policy_from(row.policy), row.day)
    with reaching_all():
        write(TrialMove, _COLUMNS, _moves(row.pk, found))
    row.done, row.parties, row.before, row.after = True, found.parties, found.before, found.after
    row.moved = sum(each.grade_before != each.grade_after for each in found.moves)
    row.save()
    record(events.TRIED, events.trial_subject(row), None, {"parties": row.parties, "moved": row.moved})
    return row


@job("credit.trial", title="试算信用评价办法")
def run_trial(*, trial_id: int) -> dict[str, object]:
    """All parties under another policy."""
    with reaching_all():
        done = carry_out_trial(trial_id=trial_id)
    return {"parties": done.parties, "moved": done.moved}


def _moves(trial_id: int, found: Tried) -> Iterator[Mapping[str, Any]]:
    for each in found.moves:
        yield {
            "trial_id": trial_id, "party_id": each.party_id, "name": each.name, "number": each.number,
            "total_before": each.total_before, "total_after": each.total_after,
            "change": each.total_after - each.total_before, "grade_before": each.grade_before,
            "grade_after": each.grade_after, "moved": each.grade_before != each.grade_after,
        }  # fmt: skip
