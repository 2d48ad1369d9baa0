"""Whether a party may act on a day: asked by later rooms, also about a partner whose file the asker may not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from youju.foundation.policies import law_on
from youju.rules.trade.parties.acting import ActingFacts, barred


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a party may act. ``reason`` is one Chinese sentence (empty: it may), ``how`` mends it, ``rule`` decided."""

    ok: bool
    reason: str = ""
    how: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return self.ok


UNKNOWN = Standing(ok=False, reason="没有这个主体。", how="请核对备案号。")


def may_act(party_id: int, *, on: date) -> Standing:
    """Whether a party may act on a day; its truth is the answer. One query.

    Args:
        party_id: the filing.
        on: the day of the deed, not of the question.
    """
    return standings([party_id], on=on)[party_id]


def standings(party_ids: Iterable[int], *, on: date) -> dict[int, Standing]:
    """The same for many parties, by id; one that is not there may not act. One query."""
    wanted = list(dict.fromkeys(party_ids))
    found = dict.fromkeys(wanted, UNKNOWN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM parties_standing(%s)", [wanted])
        for key, *values in cursor.fetchall():
            found[key] = judged(ActingFacts(on, *values))
    return found


def judged(facts: ActingFacts) -> Standing:
    """What the rules say."""
    findings = barred(facts, law_on(facts.day))
    if not findings:
        return Standing(ok=True)
    first = findings[0]
    return Standing(False, first.message, first.suggestion, first.rule)
