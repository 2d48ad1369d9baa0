"""What the declarations room needs of a packing besides its goods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.trade.packing import permissions
from youju.trade.packing.models import PackedLine, Packing
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class PackedFacts:
    """The head of a packing. ``agent``: filing number and name; ``lines``: packed lines, whoever sees the orders behind."""

    id: int
    number: str
    state: str
    revision: int
    agent_id: int
    agent: tuple[str, str]
    packed_on: date
    country: str
    port: str
    transport_mode: str
    bill_of_lading: str
    organisations: tuple[int, ...]
    sections: tuple[str, ...]
    lines: int
    is_demo: bool


def packed_facts(*, actor: User, number: str) -> PackedFacts | None:
    """The packing, or ``None`` where the actor sees no such. Three queries.

    Raises:
        PermissionDenied: the actor may not see packing.
    """
    require(actor, permissions.VIEW)
    row = Packing.objects.filter(number=number.replace("\0", "")).first()
    return facts_of(row) if row else None


def facts_of(row: Packing) -> PackedFacts:
    """A packing as frozen facts."""
    return PackedFacts(
        id=row.pk,
        number=row.number,
        state=row.state,
        revision=row.revision,
        agent_id=row.agent_id,
        agent=names_of([row.agent_id]).get(row.agent_id, ("", "")),
        packed_on=row.packed_on,
        country=row.country,
        port=row.port,
        transport_mode=row.transport_mode,
        bill_of_lading=row.bill_of_lading,
        organisations=tuple(row.organisations),
        sections=tuple(row.sections),
        lines=PackedLine.objects.filter(container__packing=row).count(),
        is_demo=row.is_demo,
    )
