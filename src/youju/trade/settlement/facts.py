"""What services are asked for, and how rows become facts for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReceiptWish:
    """A receipt as a bank's file, a program or a person says it. ``amount`` in ``currency``.

    ``payee``: filing number of the merchant or agent that got the money; ``hint``: the declaration that was named.
    """

    bank: str
    reference: str
    received_on: date
    currency: str
    amount: Decimal
    payer_name: str
    payer_country: str = ""
    payee: str = ""
    hint: str = ""
    remark: str = ""
    third_party: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmWish:
    """What a bank says when it collects on a reservation.

    ``amount`` in the line's currency, None: all that was reserved; ``money`` in ``currency``, None: what the amount comes to.
    """

    reference: str
    received_on: date
    payer_name: str
    payer_country: str = ""
    amount: Decimal | None = None
    money: Decimal | None = None
    currency: str = ""
    remark: str = ""
