"""What somebody wants to consolidate or pack, and who may do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from youju.rules.trade.packing.facts import Standing
from youju.trade.orders.facts import why_not
from youju.trade.parties.selectors.partners import Partner


@dataclass(frozen=True, slots=True)
class PartWish:
    """An order (``line_no`` left out: all of its lines), or a part of a line (``quantity`` left out: all that is left)."""

    order: str
    line_no: int | None = None
    quantity: Decimal | None = None
    packages: int | None = None


@dataclass(frozen=True, slots=True)
class PackWish:
    """A consolidated line by id, or a part of it (``quantity`` left out: all that is not packed yet)."""

    line: int
    quantity: Decimal | None = None
    packages: int | None = None


@dataclass(frozen=True, slots=True)
class ConsolidationWish:
    """A consolidation as entered; parties by filing number."""

    agent: str
    country: str
    currency: str = "USD"
    consolidator: str = ""
    truck: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackingWish:
    """A packing as entered; parties by filing number. ``transport_mode``: the customs code, 2 is by sea."""

    agent: str
    country: str
    packed_on: date
    warehouse: str = ""
    bill_of_lading: str = ""
    transport_mode: str = "2"
    port: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadWish:
    """What of a packing's head is to change; ``None`` leaves it as it is. The agent stays: goods of its orders are inside."""

    packed_on: date | None = None
    country: str | None = None
    warehouse: str | None = None
    bill_of_lading: str | None = None
    transport_mode: str | None = None
    port: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LoadWish:
    """What goes into a container. Without a ``consolidation`` the order's own balance is drawn on, and one is made for it."""

    part: PartWish
    container: str
    kind: str
    seal: str = ""
    consolidation: str = ""


@dataclass(frozen=True, slots=True)
class ShipmentWish:
    """A whole packing as a spreadsheet brings it: the head, what goes into which container, whether that is all of it."""

    head: PackingWish
    loads: Sequence[LoadWish]
    consolidator: str = ""
    complete: bool = False


def standing(number: str, partner: Partner | None, day: date) -> Standing | None:
    """A named party for the rules; ``None`` where none was named."""
    if not number:
        return None
    if partner is None:
        return Standing(number)
    return Standing(number, partner.name, partner.roles, why_not(partner, day))
