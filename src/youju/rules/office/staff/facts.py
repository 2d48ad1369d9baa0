"""A person's month and a month's sheet as the rules STM-… look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Moment = Literal["import", "watch"]


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One dispatched person in one month.

    Args:
        moment: as it is imported or corrected, or by the nightly round.
        day: of looking.
        month: its first day.
        person: the code that stands for the person; never a name.
        section: code of the section in which the person works.
        contract: number of the labour-dispatch contract.
        due_on: the day by which the wages are to be paid.
        due, paid: wages in CNY.
        paid_on: the day on which they were paid, where they were.
        on_payroll: whether the person counts in the month.
        same: how many rows the person has in this month and section.
        sections: every section in which the person stands in this month.
        term: first and last day of the contract as registered here; nothing: it is not registered.
    """

    moment: Moment
    day: date
    month: date
    person: str
    section: str
    contract: str
    due_on: date
    due: Decimal
    paid: Decimal = Decimal(0)
    paid_on: date | None = None
    on_payroll: bool = True
    same: int = 1
    sections: tuple[str, ...] = ()
    term: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One month as a whole, for one contract.

    Args:
        moment: as it is imported, or by the nightly round.
        day: of looking.
        month: its first day.
        imported: whether its staff were imported.
        contract: number of the contract; empty where the month is looked at as a whole.
        counted: how many are on the payroll.
        positions: how many the contract agrees; nothing: unknown.
    """

    moment: Moment
    day: date
    month: date
    imported: bool = True
    contract: str = ""
    counted: int = 0
    positions: int | None = None
