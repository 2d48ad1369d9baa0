"""The agents that hold an agreement with a party in the asker's reach: whom an order can name."""

from __future__ import annotations

from datetime import date

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
