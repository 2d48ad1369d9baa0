"""What the rules of settlement look at. Money as decimals in the named currency, days in Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of the ledger: what a merchant may collect for a declared line."""

    name: str
    currency: str
    declared: Decimal
    reserved: Decimal
    collected: Decimal
    released_on: date
    last_on: date | None = None

    @property
    def available(self) -> Decimal:
        """What is left to collect."""
        return self.declared - self.reserved - self.collected


@dataclass(frozen=True, slots=True)
class AgeingFacts:
    """A line on a day."""

    line: LineFacts
    day: date


@dataclass(frozen=True, slots=True)
class ReserveFacts:
    """A bank's wish: an amount of a line for so many hours."""

    line: LineFacts
    amount: Decimal
    hours: int
    day: date


@dataclass(frozen=True, slots=True)
class Known:
    """A receipt that is there already, for comparing."""

    number: str
    bank: str
    reference: str
    currency: str
    amount: Decimal
    received_on: date
    payer_name: str


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A receipt as it comes in, beside those that are there. ``rate_on``: the day of the rate that is there for it, or None."""

    bank: str
    reference: str
    currency: str
    amount: Decimal
    received_on: date
    payer_name: str
    asked_on: date
    rate_on: date | None
    others: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class WriteOffFacts:
    """Part of a receipt against a line. ``money`` in the receipt's currency, ``amount`` in the line's.

    ``payer_like``: ``same``, ``alike``, ``unlike``, ``unknown`` (``names.likeness``); ``explained``: the third-party payment is.
    ``named``: the receipt names this declaration; ``left``: what stays of the receipt afterwards though the line is full.
    """

    line: LineFacts
    receipt: str
    money: Decimal
    money_currency: str
    amount: Decimal
    suspense: Decimal
    received_on: date
    payer: str
    buyer: str
    payer_like: str
    explained: bool = False
    reserved: bool = False
    named: bool = False
    left: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """Money that goes back to the payer, of what was written off (``collected`` is what is left of that write-off)."""

    amount: Decimal
    collected: Decimal
    currency: str
    day: date
    received_on: date
