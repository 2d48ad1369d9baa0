"""A filing, a certificate, a quarter and an invoice as the rules EXM-… look at them. Money in CNY, days both included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """A month's filing.

    Args:
        moment: ``file`` or ``watch`` (its page, the nightly round).
        day: of looking.
        month: first day of the month of release.
        due_on: the last day for filing it as it now stands.
        state: a state of the flow.
        lines: how many lines stand in it.
        amount: their sum.
        tax_id: of the consignor.
        stale: lines whose declaration was corrected or withdrawn.
        missing: released lines of the month that stand in no filing.
    """

    moment: Literal["file", "watch"]
    day: date
    month: date
    due_on: date
    state: str = "draft"
    lines: int = 0
    amount: Decimal = ZERO
    tax_id: str = ""
    stale: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Goods of a consignor in a declaration, for which an agent asks for a certificate.

    Args:
        day: of asking.
        declaration: as the user named it.
        released_on: the day of release; ``None``: not released, or not there.
        agreement: number of the agreement that covers that day; empty: none.
        lines: how many lines of the consignor stand in the declaration.
        certified: numbers of the certificates that hold some of them.
    """

    day: date
    declaration: str
    released_on: date | None
    agreement: str = ""
    lines: int = 0
    certified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """An agent's quarter.

    Args:
        moment: ``submit`` or ``watch``.
        day: of looking.
        agent: its name.
        quarter: such as ``2025Q4``.
        last_day: of the quarter.
        due_on: last day for reporting it.
        reported: whether it was submitted.
        consignors: how many consignors it has.
        nameless: names of the consignors without a tax id.
        amount: exported for them.
    """

    moment: Literal["submit", "watch"]
    day: date
    agent: str
    quarter: str
    last_day: date
    due_on: date
    reported: bool = False
    consignors: int = 0
    nameless: tuple[str, ...] = ()
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice beside the order that it is for.

    Args:
        day: of looking.
        issued_on: its day.
        number: its number.
        amount: its amount.
        known: whether the number is entered already.
        declared: what was declared of the order; ``None``: nothing released.
        invoiced: the order's other invoices.
    """

    day: date
    issued_on: date
    number: str
    amount: Decimal
    known: bool = False
    declared: Decimal | None = None
    invoiced: Decimal = ZERO
