"""The agents that hold an agreement with a party in the asker's reach: whom an order can name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import Q

from youju.rules.trade.parties.lifecycle import APPROVED, ENDED, IN_FORCE
from youju.trade.parties.models import Agreement
from youju.trade.parties.selectors.acting_for import concluded_by
from youju.trade.parties.selectors.directory import Entry, directory


def agents_on(on: date) -> list[Entry]:
    """Agents of agreements in force on a day that row-level security shows the asker, by name. Two queries."""
    rows = Agreement.objects.filter(
        Q(state=IN_FORCE) | Q(state=ENDED, ended_on__gt=on), valid_from__lte=on, valid_to__gte=on
    )
    found = directory({row.agent_id for row in concluded_by(rows, on)}).values()
    return sorted((each for each in found if each.state == APPROVED), key=lambda each: (each.name, each.id))


def agreement_between(principal_id: int, agent_id: int, on: date) -> str:
    """Number of the agreement of the two that covers a day, in the asker's reach; empty: none. One query."""
    rows = Agreement.objects.filter(
        Q(state=IN_FORCE) | Q(state=ENDED, ended_on__gt=on),
        principal_id=principal_id,
        agent_id=agent_id,
        valid_from__lte=on,
        valid_to__gte=on,
    )
    return next((row.number for row in concluded_by(rows.order_by("-valid_from", "-pk"), on)), "")


def tax_ids_of(ids: Iterable[int]) -> Mapping[int, str]:
    """Party id → tax id (else credit code), of one's own, one's principals, or all for the centre and authorities. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, tax_id FROM parties_tax_ids(%s)", [sorted(set(ids))])
        return dict(cursor.fetchall())
