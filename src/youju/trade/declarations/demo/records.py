"""What the demo year is made of, from the plan to the declared line: plain frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from youju.foundation.workflow.walks import Walk
from youju.rules.trade.declarations.facts import DeclarationPlan, DeclaredLine, Order
from youju.trade.packing.demo.records import MadePacked, Shipment


@dataclass(frozen=True, slots=True)
class MadeDeclaredLine:
    """One declared line as the rules made it, its declaration elements and the packed goods in it."""

    line: DeclaredLine
    model: str
    sources: tuple[MadePacked, ...]


@dataclass(frozen=True, slots=True)
class MadeMessage:
    """What went out or came back: ``kind`` as replies name it; ``done_at`` is ``None`` where it waits."""

    direction: str
    key: str
    state: str
    kind: str
    text: str
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeDeclaration:
    """One version of a declaration. ``replaces`` says that the version before it was rejected.

    ``live``: its goods may stand in no other one; so until it is withdrawn, or corrected by the next version.
    """

    number: str
    version: int
    replaces: bool
    state: str
    broker: int
    declared_on: date
    currency: str
    rate: Decimal
    lines: tuple[MadeDeclaredLine, ...]
    header: Mapping[str, str]
    entry_number: str
    sequence_number: str
    rejection: str
    created_by: str
    created_at: datetime
    sent_at: datetime | None
    accepted_at: datetime | None
    released_at: datetime | None
    exported_at: datetime | None
    live: bool
    walk: Walk
    messages: tuple[MadeMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class MadePlan:
    """The plan of a packing: the planner's answer with the orders that it was asked about."""

    state: str
    as_of: date
    made: DeclarationPlan
    orders: tuple[Order, ...]
    created_by: str
    created_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filing:
    """A shipment with its plan and declarations, where it came so far."""

    shipment: Shipment
    plan: MadePlan | None = None
    declarations: tuple[MadeDeclaration, ...] = field(default=())
