"""Replaying a snapshot from the records and its own policy: the same score to the last digit, or what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from youju.foundation.kernel.errors import InputError
from youju.rules.trade.credit.facts import ConductRecord
from youju.rules.trade.credit.policy import CreditPolicy
from youju.rules.trade.credit.scoring import score
from youju.trade.credit.facts import kept, mark_of, policy_from, record_of
from youju.trade.credit.models import Score, Snapshot
from youju.trade.credit.selectors.evidence import Evidence, counting, evidence
from youju.trade.credit.services.refusing import policy_on

_COLUMNS = ("items", "evidence", "ceiling", "digest", "grade")


@dataclass(frozen=True, slots=True)
class Difference:
    """A party whose replayed score is another one, and what of its records changed: gone, come later, told otherwise."""

    party_id: int
    number: str
    name: str
    revision: int
    total: Decimal
    total_now: Decimal
    grade: str
    grade_now: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def told(self) -> str:
        """In one sentence."""
        changes = (("现在没有了", self.gone), ("后来补记", self.come), ("内容改了", self.changed))
        parts = [f"{word} {'、'.join(marks)}" for word, marks in changes if marks]
        why = "；".join(parts) or "记录没有变，程序的算法变了"
        was, now = f"{self.total} 分 {self.grade} 级", f"{self.total_now} 分 {self.grade_now} 级"
        return f"{self.name}（{self.number}）原 {was}，现 {now}：{why}"


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay found. ``policy_kept``: the policy of that day still reads as it did; ``unsound``: scores that do not follow
    from the records kept beside them."""

    month: date
    day: date
    scores: int
    policy_kept: bool
    unsound: int
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Every score came out to the last digit, from records that say what they said."""
        return self.policy_kept and not self.unsound and not self.differences


def replay(*, month: date) -> Replay:
    """Score a snapshot again: every revision in it, each without the records set aside by then.

    The records are told anew by the rooms; the policy is read from the law of the snapshot's day, and where that text has been
    changed since, the one that the snapshot kept counts and ``policy_kept`` is false.

    Raises:
        InputError: there is no snapshot of the month (404).
    """
    snapshot = Snapshot.objects.filter(month=month.replace(day=1)).first()
    if snapshot is None:
        raise InputError(f"没有 {month:%Y-%m} 的信用得分", how="请先生成这个月的得分", status=404)
    policy = policy_from(snapshot.policy)
    told = evidence(policy, snapshot.day)
    rows = Score.objects.filter(snapshot=snapshot).order_by("pk")
    count, unsound = 0, 0
    differences: list[Difference] = []
    for row in rows.iterator(chunk_size=1_000):
        count += 1
        unsound += not _sound(row, policy, snapshot.day)
        differences += _compared(row, policy, snapshot.day, told)
    return Replay(
        snapshot.month,
        snapshot.day,
        count,
        _now(snapshot.day) == snapshot.policy_hash,
        unsound,
        tuple(differences),
    )


def _now(day: date) -> str:
    try:
        return policy_on(day).hash
    except InputError:
        return ""


def _sound(row: Score, policy: CreditPolicy, day: date) -> bool:
    """The kept records give the kept score, and their kept hashes are theirs."""
    records = [record_of(each, row.party_id) for each in row.evidence]
    again = kept(score(records, policy, day))
    hashes = [each["sha256"] for each in row.evidence] == [each.digest for each in records]
    return (
        hashes and again["total"] == row.total and all(again[name] == getattr(row, name) for name in _COLUMNS)
    )


def _compared(row: Score, policy: CreditPolicy, day: date, told: Evidence) -> Iterator[Difference]:
    scored = score(counting(told.get(row.party_id, ()), row.aside), policy, day)
    now = kept(scored)
    if (
        now["total"] == row.total
        and now["items"] == row.items
        and now["digest"] == row.digest
        and now["grade"] == row.grade
    ):
        return
    gone, come, changed = _changes(row, scored.records)
    yield Difference(
        row.party_id, row.number, row.name, row.revision, row.total, scored.total, row.grade, scored.grade, gone, come, changed
    )  # fmt: skip


def _changes(
    row: Score, records: Sequence[ConductRecord]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    before = {mark_of(each): each["sha256"] for each in row.evidence}
    after = {each.mark: each.digest for each in records}
    return (
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(mark for mark in before.keys() & after.keys() if before[mark] != after[mark])),
    )
