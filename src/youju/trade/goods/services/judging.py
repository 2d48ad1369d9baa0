"""What the law makes of goods, before anything is written: shared by deciding, listing whom a change touches, and trying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from youju.rules.findings import Severity
from youju.rules.law import PolicyValue
from youju.rules.trade.goods.facts import Facts
from youju.rules.trade.goods.lifecycle import RULES, state_after
from youju.rules.trade.goods.recognising import Recognition, recognise
from youju.trade.goods.models import Decision, Good


@dataclass(frozen=True, slots=True)
class Judged:
    """A good, what the rules say of it, and the state that it would take.

    What people said of soft findings (``step``, ``explanation``) stands as long as the good and those findings are the
    same; a new finding, or a changed good, asks anew.
    """

    good: Good
    facts: Facts
    recognition: Recognition
    before: Decision | None
    step: str
    state: str

    @property
    def explanation(self) -> str:
        """The explanation that goes on standing; empty where none does."""
        return self.before.explanation if self.before and self.step != RULES else ""


def judge(goods: Sequence[Good], facts: Sequence[Facts], law: Mapping[str, PolicyValue]) -> list[Judged]:
    """Judge goods, in their order. One query, for the decisions that stand."""
    found = [recognise(each, law) for each in facts]
    earlier = latest_decisions(goods)
    return [
        _judged(good, fact, recognition, earlier.get(good.pk))
        for good, fact, recognition in zip(goods, facts, found, strict=True)
    ]


def latest_decisions(goods: Sequence[Good]) -> dict[int, Decision]:
    """The latest decision of each good, without its facts, by the good's id."""
    rows = (
        Decision.objects.filter(good__in=[good.pk for good in goods])
        .order_by("good_id", "-decided_at", "-pk")
        .distinct("good_id")
        .defer("facts")
    )
    return {row.good_id: row for row in rows}


def _judged(good: Good, facts: Facts, recognition: Recognition, before: Decision | None) -> Judged:
    stands = (
        before is not None
        and recognition.outcome == "explain"
        and before.good_revision == good.revision
        and set(recognition.soft) <= _soft(before)
    )
    step = before.step if before is not None and stands else RULES
    return Judged(good, facts, recognition, before, step, state_after(good.state, recognition.outcome, step))


def _soft(decision: Decision) -> set[str]:
    if decision.outcome != "explain":
        return set()
    return {each["rule"] for each in decision.findings if each["severity"] == Severity.WARNING.value}
