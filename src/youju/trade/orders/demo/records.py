"""What the demo year is made of, up to the order: plain frozen facts. Parties are named by their ordinal within their role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class MadeLine:
    """One line of an order; ``good`` is the index of the good. Weights in kg, volume in m³, amount in the order's currency."""

    line_no: int
    good: int
    hs_code: str
    name: str
    name_en: str
    model: str
    brand: str
    unit: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    unit1: str
    quantity1: Decimal | None
    unit2: str
    quantity2: Decimal | None
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    volume: Decimal
    inspection: bool
    export_duty: bool


@dataclass(frozen=True, slots=True)
class MadeFinding:
    """What a rule said of an order and how it was explained; ``line_no`` is ``None`` for the head."""

    rule: str
    severity: str
    line_no: int | None
    field: str
    message: str
    suggestion: str
    explanation: str


@dataclass(frozen=True, slots=True)
class MadeOrder:
    """One order. ``consolidator`` and ``broker`` take part in it later; ``rate`` is the customs rate of the month."""

    number: str
    state: str
    merchant: int
    agent: int | None
    buyer: int
    consolidator: int | None
    broker: int | None
    ordered_on: date
    country: str
    currency: str
    rate: Decimal
    lines: tuple[MadeLine, ...]
    channel: str
    reference: str
    registered_at: datetime
    merchant_confirmed: tuple[str, datetime] | None
    agent_confirmed: tuple[str, datetime] | None
    confirmed_at: datetime | None
    created_by: str
    findings: tuple[MadeFinding, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The total of its lines."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def amount_cny(self) -> Decimal:
        """The total in CNY, half up to the cent."""
        return (self.amount * self.rate).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Batch:
    """Orders that travel together: of one agent, to one country, packed on one day.

    ``key`` names it in the stream of chance; ``stage`` says how far it came; ``plant`` is its entry of ``planted_year.yaml``.
    Orders that are not ``shipped`` were cancelled, or wait for a confirmation.
    """

    key: str
    stage: str
    packed_on: date
    agent: int
    consolidator: int | None
    broker: int
    warehouse: int
    country: str
    orders: tuple[MadeOrder, ...]
    plant: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shipped(self) -> tuple[MadeOrder, ...]:
        """The orders that may be consolidated."""
        return tuple(order for order in self.orders if order.state == "confirmed")
