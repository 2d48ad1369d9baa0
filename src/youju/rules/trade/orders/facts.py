"""What the rules of orders look at: an order, its lines, its parties and goods as they stand on the day, as frozen facts.

Amounts are ``Decimal`` in the order's currency, weights in kilograms, volumes in cubic metres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding
from youju.rules.trade.orders.kinds import OrderKind


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party as it stands on the day of the order. ``why_not``: a sentence that begins with its name, empty where it may act."""

    id: int
    number: str
    name: str
    roles: frozenset[str]
    country: str = "CN"
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class GoodFacts:
    """A good of a catalogue. ``usual_price`` is the median of the merchant's last prices in the same currency and unit."""

    id: int
    number: str
    party: int
    state: str
    name: str
    hs_code: str
    unit: str
    usual_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OrderLineFacts:
    """One line as it was entered. ``good`` is ``None`` where the number names none that the actor may use.

    ``left`` is what may still be returned or corrected of the line that this one is about.
    """

    line_no: int
    good_number: str
    good: GoodFacts | None
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    volume: Decimal
    left: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order before it is registered.

    ``rate`` and ``usd_rate``: customs rates of the month of ``ordered_on`` in CNY for one unit, ``None`` where none is known.
    ``twin``: the number of an order of the same parties, day and total.
    """

    kind: OrderKind
    ordered_on: date
    registered_on: date
    currency: str
    country: str
    merchant: PartyFacts | None
    agent: PartyFacts | None
    agent_named: bool
    agreement: bool
    buyer: PartyFacts | None
    rate: Decimal | None
    usd_rate: Decimal | None
    lines: Sequence[OrderLineFacts]
    twin: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        """The total of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class LineCase:
    """A line with the order that it stands in: what the rules on lines look at."""

    order: OrderFacts
    line: OrderLineFacts

    def says(self, message: str, suggestion: str, field: str) -> Finding:
        """A finding about a field of this line."""
        return Finding(message, suggestion, {"line": self.line.line_no, "field": field})


def about_order(message: str, suggestion: str, field: str) -> Finding:
    """A finding about a field of the order's head."""
    return Finding(message, suggestion, {"line": None, "field": field})
