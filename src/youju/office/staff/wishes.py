"""What is asked for: a person's month as it is to stand, and an agreement as it is to stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

COLUMNS = (
    "month", "person", "position", "section", "contract", "agency", "project", "due_on", "due", "paid", "paid_on", "on_payroll",
)  # fmt: skip
"""What a person's month says, in the order of the sheet."""
CORRECTED = COLUMNS[2:]
"""What a correction may change: never whose month it is."""


@dataclass(frozen=True, slots=True)
class LineWish:
    """A dispatched person's month. ``month`` is its first day; wages in CNY."""

    month: date
    person: str
    position: str
    section: str
    contract: str
    agency: str
    due_on: date
    due: Decimal
    paid: Decimal = Decimal(0)
    paid_on: date | None = None
    on_payroll: bool = True
    project: str = ""


@dataclass(frozen=True, slots=True)
class AgreementWish:
    """What a labour-dispatch contract agrees; days both included."""

    contract: str
    agency: str
    positions: int
    valid_from: date
    valid_to: date
    project: str = ""
    note: str = ""


def stand(wishes: Iterable[LineWish]) -> dict[tuple[date, str], list[str]]:
    """The sections in which each person stands in each month, one entry a row."""
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    for wish in wishes:
        found[wish.month, wish.person].append(wish.section)
    return found
