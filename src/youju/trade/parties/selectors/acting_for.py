"""For whom somebody may act: one's own parties, and those whose agent one is by an agreement in force.

Other rooms ask here before they write an order, a good or a declaration for a party.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from youju.rules.trade.parties.agreement_facts import AGENT_ROLES
from youju.rules.trade.parties.lifecycle import APPROVED, ENDED, IN_FORCE
from youju.trade.parties.models import Agreement, Party
from youju.trade.parties.selectors.directory import Entry, directory

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def principals(actor: User, on: date | None = None) -> list[Entry]:
    """The parties for which the actor's organisation is the agent on a day (today, unless said), by name.

    None while the agent, or the party itself, is suspended or off file. Three queries.
    """
    rows = _covering(actor, on or timezone.localdate())
    entries = directory(row.principal_id for row in rows).values()
    return sorted((each for each in entries if each.state == APPROVED), key=lambda each: (each.name, each.id))


def may_act_for(actor: User, party_id: int, on: date | None = None) -> bool:
    """Whether the actor may act for a party on a day (today, unless said): it is the actor's own, or a principal's.

    A party that is suspended or off file acts through nobody. Three queries at most.
    """
    own = Party.objects.filter(
        pk=party_id, organisation_id=actor.organisation_id, state=APPROVED, merged_into=None
    )
    if own.exists():
        return True
    rows = _covering(actor, on or timezone.localdate(), party_id)
    return bool(rows) and directory([party_id])[party_id].state == APPROVED


def _covering(actor: User, day: date, party_id: int | None = None) -> list[Agreement]:
    agents = Party.objects.filter(
        organisation_id=actor.organisation_id,
        state=APPROVED,
        roles__overlap=[role.value for role in AGENT_ROLES],
    )
    rows = Agreement.objects.filter(
        Q(state=IN_FORCE) | Q(state=ENDED, ended_on__gt=day),
        agent_id__in=agents.values("pk"),
        valid_from__lte=day,
        valid_to__gte=day,
    )
    if party_id is not None:
        rows = rows.filter(principal_id=party_id)
    return list(concluded_by(rows, day))


def concluded_by(rows: Iterable[Agreement], day: date) -> Iterable[Agreement]:
    """Those whose second signature was given on the day or before: until then nothing was agreed."""
    for row in rows:
        signed = [moment for moment in (row.principal_signed_at, row.agent_signed_at) if moment]
        if not signed or timezone.localdate(max(signed)) <= day:
            yield row
