"""What the demo year is made of, from the consolidation to the container: plain frozen facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from youju.foundation.workflow.walks import Walk
from youju.rules.trade.packing.amounts import Amounts
from youju.trade.orders.demo.records import Batch, MadeLine, MadeOrder


@dataclass(frozen=True, slots=True)
class MadePart:
    """A part of an order line: in a consolidation, or in a container."""

    order: MadeOrder
    line: MadeLine
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class MadeConsolidation:
    """One consolidation; all of its orders are of one currency. ``packed``: what of it stands in containers, as its parts."""

    number: str
    state: str
    currency: str
    consolidator: int | None
    truck: str
    created_by: str
    created_at: datetime
    closed_at: datetime | None
    parts: tuple[MadePart, ...]
    walk: Walk


@dataclass(frozen=True, slots=True)
class MadePacked:
    """What of a consolidated part stands in a container; ``number`` counts the packing's packed lines from 1."""

    number: int
    consolidation: int
    part: int
    order: MadeOrder
    line: MadeLine
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class MadeContainer:
    """One container with what stands in it."""

    number: str
    kind: str
    seal: str
    packed: tuple[MadePacked, ...]


@dataclass(frozen=True, slots=True)
class MadePacking:
    """One packing with its containers."""

    number: str
    state: str
    warehouse: int
    packed_on: date
    bill_of_lading: str
    transport_mode: str
    port: str
    created_by: str
    created_at: datetime
    closed_at: datetime | None
    containers: tuple[MadeContainer, ...]
    walk: Walk

    @property
    def packed(self) -> tuple[MadePacked, ...]:
        """All that stands in its containers, by number."""
        return tuple(sorted((each for box in self.containers for each in box.packed), key=lambda p: p.number))


@dataclass(frozen=True, slots=True)
class Shipment:
    """A batch with what was consolidated and packed of it so far."""

    batch: Batch
    consolidations: tuple[MadeConsolidation, ...]
    packing: MadePacking | None
