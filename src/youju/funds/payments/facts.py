"""What people and other rooms wish of payments, and what other rooms learn of them: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PayeeIn:
    """To whom: name, unified credit code (or ``None``), account, bank, and the party where it is one of the trade's."""

    name: str
    credit_code: str | None
    account: str
    bank: str
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The record of another room that is paid: ``kind`` such as ``subsidies.award``, ``key`` its key there."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class PaymentIn:
    """What is asked for, as a form or a program gives it."""

    project_id: int
    payee: PayeeIn
    amount: Decimal
    purpose: str
    due_on: date
    batch_id: int | None = None
    contract_id: int | None = None
    tags: tuple[str, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class PaymentState:
    """Where the payment of a record stands: its number, state and the state's Chinese name; CNY.

    ``paid_on`` is the bank's day, ``reason`` why the bank returned it.
    """

    payment_id: int
    number: str
    state: str
    label: str
    amount: Decimal
    paid_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    """What happened to a payment, as listeners hear it in the same transaction.

    ``happening``: ``requested``, ``sent``, ``paid``, ``returned``, ``rejected``, ``cancelled``; ``on``: the bank's day of the
    last two, else today; ``reason`` in words.
    """

    happening: str
    payment_id: int
    number: str
    amount: Decimal
    origin: Origin | None
    on: date
    reason: str = ""
