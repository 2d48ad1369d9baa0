"""The records of conduct of parties, gathered from every room in one pass, without those that a decision set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from youju.foundation.kernel.conduct import ConductRecord, conduct
from youju.foundation.kernel.context import reaching_all
from youju.rules.trade.credit.months import window
from youju.rules.trade.credit.policy import CreditPolicy
from youju.trade.credit.models import SetAside
from youju.trade.parties.selectors import parties_by_code

Evidence = Mapping[int, list[ConductRecord]]


def evidence(
    policy: CreditPolicy, until: date, parties: Collection[int] | None = None, *, since: date | None = None
) -> Evidence:
    """Party → its records, as every room tells them; some queries for each room, whatever the number of parties.

    Args:
        policy: says which kinds count and how far back.
        until: the last day.
        parties: of these alone; ``None``: of all.
        since: further back than the policy asks.
    """
    kinds = frozenset(kind for item in policy.items for kind in item.kinds) | {
        each.kind for each in policy.ceilings
    }
    found: dict[int, list[ConductRecord]] = defaultdict(list)
    coded: list[ConductRecord] = []
    with reaching_all():
        for each in conduct(parties, since or window(until, policy.months), until, kinds=kinds):
            if each.party_id:
                found[each.party_id].append(each)
            else:
                coded.append(each)
        whose = parties_by_code({each.party_code for each in coded}) if coded else {}
    for each in coded:
        party = whose.get(each.party_code)
        if party is not None and (parties is None or party in parties):
            found[party].append(replace(each, party_id=party))
    return found


def set_aside(until: datetime, parties: Collection[int] | None = None) -> Mapping[int, frozenset[str]]:
    """Party → the marks of records that decisions had set aside by a moment. One query."""
    rows = SetAside.objects.filter(decided_at__lte=until)
    if parties is not None:
        rows = rows.filter(party_id__in=parties)
    found: dict[int, set[str]] = defaultdict(set)
    with reaching_all():
        for party, mark in rows.values_list("party_id", "mark"):
            found[party].add(mark)
    return {party: frozenset(marks) for party, marks in found.items()}


def counting(records: Collection[ConductRecord], aside: Collection[str]) -> list[ConductRecord]:
    """The records that count: not those set aside."""
    return [each for each in records if each.mark not in aside] if aside else list(records)
