"""What the tracing API tells. Figures are text of decimal digits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ninja import Schema


class TraceRefusedOut(Schema):
    """Why there is no chain."""

    detail: str


class TraceFiguresOut(Schema):
    """Quantity in the unit, packages, weights in kg, amount in the currency."""

    quantity: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    amount: Decimal


class TraceImbalanceOut(Schema):
    """A step of which more came out than went in."""

    step: str
    measure: str
    more: Decimal
    less: Decimal
    difference: Decimal
    message: str


class TraceBalanceOut(Schema):
    """Where goods went, step by step."""

    ordered: TraceFiguresOut
    returned: TraceFiguresOut
    unconsolidated: TraceFiguresOut
    unpacked: TraceFiguresOut
    packed: TraceFiguresOut
    declared: TraceFiguresOut
    undeclared: TraceFiguresOut
    imbalances: list[TraceImbalanceOut]


class TraceSumOut(TraceBalanceOut):
    """The balance of all lines in one unit and currency."""

    unit: str
    currency: str
    lines: int


class TracePackedOut(Schema):
    """A part in a container."""

    consolidation: str
    packing: str
    container: str
    packed_on: date
    bill_of_lading: str
    quantity: Decimal
    packages: int


class TraceDeclaredOut(Schema):
    """A part in a declared line; ``live``: it still counts."""

    declaration: str
    g_no: int
    hs_code: str
    name: str
    merged: bool
    state: str
    entry_number: str
    country: str
    live: bool
    quantity: Decimal


class TraceWayOut(Schema):
    """One way that goods went."""

    packed: TracePackedOut | None
    declared: TraceDeclaredOut | None


class TraceMerchantOut(Schema):
    """Who sold: filing number, name, the stall on that day."""

    number: str
    name: str
    market: str
    stall: str


class TraceLineOut(Schema):
    """An order line with its chain."""

    order: str
    line_no: int
    ordered_on: date
    state: str
    country: str
    currency: str
    hs_code: str
    name: str
    name_en: str
    unit: str
    good: str
    producer: str
    merchant: TraceMerchantOut
    balance: TraceBalanceOut
    ways: list[TraceWayOut]


class TraceLaterOut(Schema):
    """A return or correction; depth 2 is about a return."""

    order: str
    line_no: int
    kind: str
    about: str
    state: str
    ordered_on: date
    depth: int
    counts: bool
    quantity: Decimal
    unit: str


class TraceNodeOut(Schema):
    """A node; ``rest``: of how many it is the others together; ``open``: goods that go no further."""

    id: str
    stage: str
    label: str
    note: str
    rest: int
    open: bool


class TraceLinkOut(Schema):
    """Goods from one node to another."""

    source: str
    target: str
    quantity: Decimal | None
    packages: int
    net_weight: Decimal


class TraceOriginOut(Schema):
    """Where the chain starts."""

    kind: str
    number: str
    label: str


class TraceOut(Schema):
    """A chain. ``lines`` holds a page of them; ``next`` is the ``offset`` of the next one, or null."""

    origin: TraceOriginOut
    counts: dict[str, int]
    hidden: int
    sums: list[TraceSumOut]
    nodes: list[TraceNodeOut]
    links: list[TraceLinkOut]
    later: list[TraceLaterOut]
    differences: list[TraceImbalanceOut]
    lines: list[TraceLineOut]
    offset: int
    next: int | None
