"""What the duplicate proof compares of parties: people, telephones and addresses, numbers as fingerprints only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from youju.trade.parties.models import Identifier, Party

_IDENTITY = ("resident_id", "passport")


@dataclass(frozen=True, slots=True)
class Claimant:
    """A party as the duplicate proof sees it; ``phones`` masked, ``phone_marks`` and ``person_mark`` fingerprints."""

    pk: int
    legal_person: str
    person_mark: str
    address: str
    phones: tuple[str, ...]
    phone_marks: tuple[str, ...]
    agent_phones: tuple[str, ...]


def claimants(ids: Iterable[int]) -> dict[int, Claimant]:
    """Parties by key, in the asker's reach. Three queries, however many.

    ``agent_phones`` are those of its telephone marks that stand in the filing of an agent (外贸代理).
    """
    wanted = set(ids)
    people: dict[int, str] = {}
    phones: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Identifier.objects.filter(party__in=wanted).order_by("party", "kind", "holder")
    for party, kind, holder, mark, masked in rows.values_list(
        "party_id", "kind", "holder", "fingerprint", "masked"
    ):
        if kind == "phone":
            phones[party].append((mark, masked))
        elif kind in _IDENTITY and holder != "contact":
            people.setdefault(party, mark)
    marks = {mark for held in phones.values() for mark, _ in held}
    answered = set(
        Identifier.objects.filter(
            kind="phone", fingerprint__in=marks, party__roles__contains=["agent"]
        ).values_list("fingerprint", flat=True)
    )
    return {
        row.pk: Claimant(
            row.pk,
            row.legal_person,
            people.get(row.pk, ""),
            row.address,
            tuple(dict.fromkeys(masked for _, masked in phones[row.pk])),
            tuple(dict.fromkeys(mark for mark, _ in phones[row.pk])),
            tuple(mark for mark, _ in phones[row.pk] if mark in answered),
        )
        for row in Party.objects.filter(pk__in=wanted).only("pk", "legal_person", "address")
    }
