"""What people wish of projects, and what other rooms learn of them: plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SourceIn:
    """A source of money: kind ``fiscal``, ``carried`` or ``other``, CNY, its document, the year it was carried over from."""

    kind: str
    amount: Decimal
    document_number: str = ""
    from_year: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectIn:
    """A project as somebody enters it. ``plan``: month → cumulative CNY, ``None`` for a blank."""

    year: int
    code: str
    name: str
    purpose: str = ""
    section: str = ""
    manager: str = ""
    unit_code: str = ""
    unit_name: str = ""
    sources: Sequence[SourceIn] = ()
    plan: Mapping[str, Decimal | None] = field(default_factory=dict)
    order: int = 1


@dataclass(frozen=True, slots=True)
class TargetItem:
    """A project table of approved targets, its money in CNY: what ``take_up_targets`` makes a project of."""

    code: str
    name: str
    purpose: str
    fiscal: Decimal | None
    other: Decimal | None
    budget: Decimal
    plan: Mapping[str, Decimal | None]
    order: int


@dataclass(frozen=True, slots=True)
class StepIn:
    """A procurement step as somebody enters it."""

    kind: str
    planned_on: date | None = None
    done_on: date | None = None
    document_number: str = ""
    supplier: str = ""
    amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract as other rooms see it."""

    id: int
    project_id: int
    number: str
    supplier: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as other rooms see it; money in CNY. ``plan``: month → cumulative, ``None`` for a blank."""

    id: int
    year: int
    code: str
    name: str
    section: str
    active: bool
    carried: bool
    initial: Decimal
    budget: Decimal
    reserved: Decimal
    paid: Decimal
    plan: Mapping[str, Decimal | None]
    order: int = 1

    @property
    def available(self) -> Decimal:
        """What may still be asked for."""
        return self.budget - self.reserved - self.paid
