"""For whom a user may act: the own filings on file, an agent's principals of the day, a section's parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from youju.foundation.identity.permissions import Role
from youju.rules.trade.parties.lifecycle import APPROVED, IN_FORCE
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.models import Agreement, Party

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

SELLERS = (PartyRole.MERCHANT, PartyRole.MANUFACTURER)


@dataclass(frozen=True, slots=True)
class ActingParty:
    """A party for which somebody may act; ``own`` where it is the user's own organisation's."""

    id: int
    number: str
    name: str
    own: bool


def acting_parties(
    actor: User, on: date, *, text: str = "", ids: Iterable[int] | None = None, limit: int | None = None
) -> list[ActingParty]:
    """The approved merchants and manufacturers for which the user may act on a day, by name: one query.

    Staff and the head act for all that row-level security shows them; everybody else for the own organisation's parties
    and the principals whose agreement with it is in force on the day.

    Args:
        text: what name or filing number must contain.
        ids: only of these.
        limit: at most so many.
    """
    found = _sellers(actor, on)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(number__icontains=text))
    if ids is not None:
        found = found.filter(pk__in=set(ids))
    return [_acting(row, actor) for row in found.order_by("name", "pk")[:limit]]


def acting_party(actor: User, on: date, party_id: int) -> ActingParty | None:
    """The party, where the user may act for it on the day."""
    row = _sellers(actor, on).filter(pk=party_id).first()
    return _acting(row, actor) if row else None


def acting_party_numbered(actor: User, on: date, numbers: Iterable[str]) -> Mapping[str, ActingParty]:
    """Filing number → party, of those for which the user may act on the day: one query."""
    rows = _sellers(actor, on).filter(number__in=[each for each in numbers if each])
    return {row.number: _acting(row, actor) for row in rows}


def seen_party_ids(actor: User, on: date) -> list[int] | None:
    """The parties whose records somebody outside the centre sees on a day, whatever their state; ``None`` for the centre's
    people, who see what row-level security shows them.
    """
    if {Role.STF.value, Role.HED.value, Role.AUD.value, Role.PFO.value, Role.FIN.value} & set(actor.roles):
        return None
    mine = Party.objects.filter(Q(organisation_id=actor.organisation_id) | Q(pk__in=_principals(actor, on)))
    return list(mine.values_list("pk", flat=True))


def party_names(ids: Iterable[int]) -> Mapping[int, str]:
    """Id → name of the parties that the actor's reach shows: one query."""
    return dict(Party.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def _sellers(actor: User, on: date) -> QuerySet[Party]:
    found = Party.objects.filter(
        state=APPROVED, merged_into=None, roles__overlap=[role.value for role in SELLERS]
    )
    if {Role.STF.value, Role.HED.value} & set(actor.roles):
        return found
    return found.filter(Q(organisation_id=actor.organisation_id) | Q(pk__in=_principals(actor, on)))


def _principals(actor: User, on: date) -> QuerySet[Agreement, int]:
    return Agreement.objects.filter(
        agent__organisation_id=actor.organisation_id,
        agent__state=APPROVED,
        state=IN_FORCE,
        valid_from__lte=on,
        valid_to__gte=on,
    ).values_list("principal_id", flat=True)


def _acting(row: Party, actor: User) -> ActingParty:
    return ActingParty(row.pk, row.number, row.name, own=row.organisation_id == actor.organisation_id)
