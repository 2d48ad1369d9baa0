"""What is known of a payment when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """The project: what it has, has set aside and has spent without this payment, and its cumulative plan by month.

    Money in CNY; a plan's ``None`` is a blank.
    """

    code: str
    year: int
    active: bool
    budget: Decimal
    reserved: Decimal = ZERO
    paid: Decimal = ZERO
    plan: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def available(self) -> Decimal:
        """What may still be asked for."""
        return self.budget - self.reserved - self.paid

    @property
    def used(self) -> Decimal:
        """What is spent or on its way."""
        return self.reserved + self.paid


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract: its number, supplier and amount, and what other payments take of it."""

    number: str
    supplier: str
    amount: Decimal | None
    used: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """A payment that goes on: its project's code, and why it may not (empty: it may)."""

    day: date
    project: BudgetFacts
    held: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another payment of the same amount to the same account: its number, purpose, and how many days lie between."""

    number: str
    purpose: str
    days: int


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment as it is asked for on ``day``.

    Args:
        account: the payee's account, digits and letters without spaces.
        evidence: how many files are attached.
        of_record: it pays a decision of another room (an award), which has its own papers.
        twins: payments that look alike and were not refused or cancelled.
        owners: other names under which the account was paid before.
        accounts_before: whether this payee was paid before, and always on other accounts.
        held: why no payment of the project may go on now (暂停拨付); empty where nothing holds it.
    """

    day: date
    amount: Decimal
    purpose: str
    due_on: date
    payee: str
    credit_code: str
    account: str
    bank: str
    project: BudgetFacts
    contract: ContractFacts | None = None
    evidence: int = 0
    of_record: bool = False
    twins: tuple[Twin, ...] = ()
    owners: tuple[str, ...] = ()
    accounts_before: bool = False
    held: str = ""

    @staticmethod
    def says(message: str, suggestion: str, place: str) -> Finding:
        """A finding about one field."""
        return Finding(message=message, suggestion=suggestion, at={"field": place})
