"""Credit levels as other rooms read them, and the parties that are scored."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import names
from youju.rules.trade.credit.effects import Effect, effects_of
from youju.rules.trade.parties.lifecycle import LIVE
from youju.trade.parties.models import CreditLevel, Party

TONES = {"A": "ink", "B": "plain", "C": "warning", "D": "error"}
"""How the badge of a level looks."""


@dataclass(frozen=True, slots=True)
class ScoredParty:
    """A party on file as the room of credit asks for it. ``filed_on``: the day of its approval."""

    id: int
    number: str
    name: str
    credit_code: str
    legal_person: str
    roles: tuple[str, ...]
    organisation_id: int | None
    sections: tuple[str, ...]
    filed_on: date


@dataclass(frozen=True, slots=True)
class LevelView:
    """What the page of a party says of its level: the level, since when, what it does, the levels before."""

    level: str
    since: date | None
    effects: tuple[Effect, ...]
    history: tuple[CreditLevel, ...]

    @property
    def tone(self) -> str:
        """How its badge looks."""
        return TONES.get(self.level, "plain")


def credit_levels(ids: Collection[int]) -> dict[int, str]:
    """Party → its level today; empty: none yet. One query, in the asker's reach."""
    return dict(Party.objects.filter(pk__in=ids).values_list("pk", "credit_level"))


def credit_level(party_id: int) -> str:
    """The level of one party today; empty: none yet, or out of reach."""
    return Party.objects.filter(pk=party_id).values_list("credit_level", flat=True).first() or ""


def level_view(party: Party, *, most: int = 12) -> LevelView:
    """For the page of a party; one query."""
    history = tuple(party.credit_levels.all()[:most])
    law = law_on(timezone.localdate())
    return LevelView(
        party.credit_level, party.credit_level_since, effects_of(party.credit_level, law), history
    )


def scored_parties(day: date, ids: Collection[int] | None = None) -> Iterator[ScoredParty]:
    """The parties that are scored on a day: on file by then and live now, in a role of the policy. One query.

    Args:
        day: whose law says the roles; approved after it is left out.
        ids: of these alone; ``None``: of all.
    """
    rows = Party.objects.filter(
        Q(approved_at__date__lte=day),
        merged_into=None,
        state__in=LIVE,
        roles__overlap=list(names(law_on(day), "trade.credit.scored_roles")),
    )
    if ids is not None:
        rows = rows.filter(pk__in=set(ids))
    found = rows.annotate(filed_on=TruncDate("approved_at")).order_by("pk")
    fields = ("number", "name", "credit_code", "legal_person", "roles", "organisation_id", "sections")
    for row in found.only(*fields).iterator(chunk_size=2_000):
        yield ScoredParty(
            row.pk, row.number, row.name, row.credit_code, row.legal_person, tuple(row.roles), row.organisation_id,
            tuple(row.sections), row.filed_on,
        )  # fmt: skip


def parties_by_code(codes: Collection[str]) -> dict[str, int]:
    """Credit code or filing number → party, merged and cancelled ones left out. One query."""
    wanted = {code for code in codes if code}
    rows = Party.objects.filter(Q(credit_code__in=wanted) | Q(number__in=wanted), merged_into=None)
    found: dict[str, int] = {}
    for pk, code, number in rows.exclude(state="cancelled").values_list("pk", "credit_code", "number"):
        found |= {each: pk for each in (code, number) if each in wanted}
    return found
