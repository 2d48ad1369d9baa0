"""Stored decisions made again: from their stored facts, under the law of their day, compared with what was stored then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from youju.foundation.policies import law_on, policy_hash
from youju.rules.trade.goods.codec import from_json
from youju.rules.trade.goods.recognising import recognise
from youju.trade.goods.models import Decision

STRETCH = 500
"""Rows read at a time: memory stays flat however many decisions there are."""
KINDS = {
    "outcome": "结论不同",
    "rules": "结论相同，触发的规则不同",
    "wording": "结论和规则相同，意见的文字不同",
    "unreadable": "存下的事实读不出来，或当日没有规则",
}
"""What may differ, from heavy to light."""
_FIELDS = ("pk", "good__number", "as_of", "policy_hash", "facts", "outcome", "rule_ids", "findings")


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision that comes out otherwise today; ``law_changed``: the policy files are not those it was made under."""

    decision: int
    good: str
    as_of: date
    kind: str
    stored: str
    now: str
    law_changed: bool

    def as_json(self) -> dict[str, Any]:
        """Plain data, the day as text."""
        return {
            "decision": self.decision,
            "good": self.good,
            "as_of": self.as_of.isoformat(),
            "kind": self.kind,
            "stored": self.stored,
            "now": self.now,
            "law_changed": self.law_changed,
        }


@dataclass(slots=True)
class Replay:
    """What a replay has seen so far.

    ``law_changed``: decisions whose policy hash is not that of today's files. They were compared under the law of their
    day as it is known now; where that gives the same, only this count says that the files have changed.
    """

    decisions: int = 0
    same: int = 0
    law_changed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    policy_hash: str = ""

    @property
    def differences(self) -> int:
        """How many decisions come out otherwise."""
        return self.decisions - self.same


def replay(
    *,
    limit: int | None = None,
    since: date | None = None,
    decision_id: int | None = None,
    told: Callable[[int], None] | None = None,
) -> tuple[Replay, Iterator[Difference]]:
    """Replay stored decisions, oldest first. The first value fills while the second is walked through.

    Args:
        limit: at most so many.
        since: only decisions whose law is of this day or later.
        decision_id: only this one.
        told: hears how many are done, after each stretch.
    """
    state = Replay(policy_hash=policy_hash())
    return state, _walk(state, limit, since, decision_id, told or (lambda _done: None))


def _walk(
    state: Replay, limit: int | None, since: date | None, only: int | None, told: Callable[[int], None]
) -> Iterator[Difference]:
    wanted = Decision.objects.order_by("pk")
    if since is not None:
        wanted = wanted.filter(as_of__gte=since)
    if only is not None:
        wanted = wanted.filter(pk=only)
    last = 0
    while limit is None or state.decisions < limit:
        size = STRETCH if limit is None else min(STRETCH, limit - state.decisions)
        rows = list(wanted.filter(pk__gt=last).values_list(*_FIELDS)[:size])
        if not rows:
            return
        for row in rows:
            found = _compare(state, *row)
            if found is not None:
                yield found
        last = rows[-1][0]
        told(state.decisions)


def _compare(  # noqa: PLR0917 - the columns of a row
    state: Replay,
    pk: int,
    good: str,
    as_of: date,
    law_hash: str,
    facts: Any,
    outcome: str,
    rule_ids: list[str],
    findings: list[Any],
) -> Difference | None:
    state.decisions += 1
    moved = law_hash != state.policy_hash
    state.law_changed += moved
    try:
        again = recognise(from_json(facts), law_on(as_of))
    except (ValueError, KeyError) as error:
        kind, stored, now = "unreadable", outcome, str(error)
    else:
        if again.outcome != outcome:
            kind, stored, now = "outcome", outcome, again.outcome
        elif list(again.rule_ids) != rule_ids:
            kind, stored, now = "rules", "、".join(rule_ids), "、".join(again.rule_ids)
        elif [each.as_json() for each in again.findings] != findings:
            old, new = _first_unlike(findings, [each.as_json() for each in again.findings])
            kind, stored, now = "wording", old, new
        else:
            state.same += 1
            return None
    state.kinds[kind] += 1
    return Difference(pk, good, as_of, kind, stored, now, moved)


def _first_unlike(stored: list[Any], now: list[Any]) -> tuple[str, str]:
    for old, new in zip(stored, now, strict=False):
        if old != new:
            return str(old.get("message", old)), str(new.get("message", new))
    return f"{len(stored)} 条意见", f"{len(now)} 条意见"
