"""What the rules of packing look at: what somebody wants to consolidate or pack, as frozen facts of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue, table
from youju.rules.trade.packing.amounts import Amounts

TYPES = "trade.packing.container_types"


@dataclass(frozen=True, slots=True)
class Standing:
    """A party named in a form. ``why_not`` says why it may not act on the day, and is empty where it may."""

    number: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A part of an order line (or, when packing, of a consolidated line), and what is left of that.

    ``confirmed``: the order is a sale that both sides confirmed. ``closed``: its consolidation is complete; ``None`` where the
    part is only being consolidated.
    """

    order: str
    line_no: int
    name: str
    country: str
    currency: str
    agent: int | None
    confirmed: bool
    wanted: Amounts
    left: Amounts
    consolidation: str = ""
    closed: bool | None = None

    @property
    def place(self) -> str:
        """How a sentence names it."""
        return f"交易单 {self.order} 第 {self.line_no} 行“{self.name}”"


@dataclass(frozen=True, slots=True)
class ContainerFacts:
    """A container with what would stand in it."""

    number: str
    kind: str
    load: Amounts = field(default_factory=Amounts)


@dataclass(frozen=True, slots=True)
class PackingFacts:
    """A consolidation or packing after what is wanted: only what the wish touches is filled in.

    ``agent``: the agent's party id. ``currency`` is empty for a packing, which may hold several. ``warehouse`` and
    ``consolidator`` are ``None`` where none was named.
    """

    day: date
    country: str = ""
    currency: str = ""
    agent: int | None = None
    parts: Sequence[PartFacts] = ()
    containers: Sequence[ContainerFacts] = ()
    warehouse: Standing | None = None
    consolidator: Standing | None = None


def says(message: str, suggestion: str, field: str, line: int | None = None) -> Finding:
    """A finding about a field, and a line where there is one."""
    return Finding(message, suggestion, {"line": line, "field": field})


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a type of container holds: m³ and kg."""

    code: str
    name: str
    volume: Decimal
    payload: Decimal


def capacities(law: Mapping[str, PolicyValue]) -> dict[str, Capacity]:
    """Code → capacity, in the order of the policy."""
    rows = cast("Mapping[str, Mapping[str, str]]", table(law, TYPES))
    return {
        code: Capacity(code, row["name"], Decimal(row["volume"]), Decimal(row["payload"]))
        for code, row in rows.items()
    }
