"""Related parties: who shares what with whom, as nodes and edges for a picture, and the components found in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.rules.law import table, whole
from youju.rules.trade.risk.lifecycle import CONFIRMED
from youju.rules.trade.risk.linking import around
from youju.trade.parties.selectors.handling import handled, id_of, marks, sharing
from youju.trade.risk import permissions
from youju.trade.risk.models import Component, Hit
from youju.trade.risk.selectors.confirmed import open_hits

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_RINGS = 4


@dataclass(frozen=True, slots=True)
class PartyNode:
    """A party: hits open and confirmed, whether more parties hang on it than are drawn."""

    id: int
    number: str
    name: str
    open: int
    confirmed: int
    more: bool


@dataclass(frozen=True, slots=True)
class MarkNode:
    """A thing shared: what it is, without the thing itself; ``members`` are the drawn parties that hold it."""

    kind: str
    label: str
    members: Sequence[int]


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture's data. ``centre`` is the party that was asked about; ``size``: parties of its component as last counted."""

    centre: int
    parties: Sequence[PartyNode]
    marks: Sequence[MarkNode]
    size: int


def graph(*, actor: User, number: str) -> Graph | None:
    """What lies around a party, nearest first, in the asker's reach; ``None`` where there is no such party. Some ten queries.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    centre = id_of(number)
    if centre is None:
        return None
    law = law_on(timezone.localdate())
    most = whole(law, "trade.risk.graph_nodes")
    crowd = whole(law, "trade.risk.tie_most")
    held, groups = _grown(centre, most, crowd)
    near: dict[int, set[int]] = {}
    for members in groups.values():
        for one in members:
            near.setdefault(one, set()).update(each for each in members if each != one)
    shown = around(centre, {one: sorted(others) for one, others in near.items()}, most)
    kept, labels = set(shown), table(law, "trade.risk.tie_kinds")
    named, waiting = handled(shown), open_hits(shown)
    confirmed = dict(
        Hit.objects.filter(party_id__in=shown, conclusion__in=CONFIRMED)
        .order_by()
        .values_list("party_id")
        .annotate(count=Count("pk"))
    )
    nodes = [
        PartyNode(
            key, named[key].number, named[key].name, waiting.get(key, 0), confirmed.get(key, 0),
            bool(near.get(key, set()) - kept) or key not in held,
        )
        for key in shown
        if key in named
    ]  # fmt: skip
    shared = [
        MarkNode(kind, str(labels.get(kind, kind)), tuple(one for one in members if one in kept))
        for (kind, _), members in sorted(groups.items())
    ]
    place = Component.objects.filter(party_id=centre).first()
    return Graph(
        centre, nodes, [each for each in shared if len(each.members) > 1], place.size if place else len(nodes)
    )


def _grown(centre: int, most: int, crowd: int) -> tuple[set[int], Mapping[tuple[str, str], Sequence[int]]]:
    """Parties that were asked about and what they share, ring by ring until there are enough."""
    asked: set[int] = set()
    groups: dict[tuple[str, str], list[int]] = {}
    ring = {centre}
    for _ in range(_RINGS):
        held = {value for values in marks(ring).values() for value in values} - groups.keys()
        asked |= ring
        # One more than a crowd tells a crowd: a building's address ties nobody.
        found = {
            key: members for key, members in sharing(held, crowd + 1).items() if 1 < len(members) <= crowd
        }
        groups.update(found)
        ring = {one for members in found.values() for one in members} - asked
        if not ring or len(asked) >= most:
            break
    return asked, groups


def components(*, actor: User) -> QuerySet[Component]:
    """One row for each component as last counted (the party with the least id stands for it), unsorted.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    from django.db.models import F

    return Component.objects.filter(root=F("party_id")).select_related("party")
