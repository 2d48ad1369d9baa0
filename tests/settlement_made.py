"""A ledger for tests: released declarations of one merchant, an agent, two banks, rates of the days around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from statistics_released import released
from trade_deals import Deal, make_deal
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.trade.declarations.models import Declaration
from youju.trade.settlement import services
from youju.trade.settlement.facts import ReceiptWish
from youju.trade.settlement.models import Lot, Movement, Rate, Receipt

RELEASED = date(2023, 6, 10)
PAID = date(2023, 6, 20)
RATES = {"USD": "7.1000", "EUR": "7.6000", "JPY": "0.0500"}


@dataclass
class Ledger:
    """What there is; ``lots`` by the order of their declarations."""

    deal: Deal
    bank: User
    other: User
    declarations: list[Declaration] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The first declaration's number and version."""
        return str(self.declarations[0])


def rates(first: date = RELEASED - timedelta(days=10), days: int = 60) -> None:
    """Rates of USD, EUR and JPY, the same each day."""
    Rate.objects.bulk_create(
        [
            Rate(day=first + timedelta(days=ahead), currency=code, rate=Decimal(rate))
            for ahead in range(days)
            for code, rate in RATES.items()
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def make_ledger(*amounts: int, prefix: str = "") -> Ledger:
    """One declaration of an order of one line for each amount (USD), released and opened; two banks."""
    deal = make_deal(prefix)
    deal.parties["buyer"].name = "AMINA WANJIKU TRADING LTD"
    deal.parties["buyer"].save(update_fields=["name"])
    banks = [
        person(Role.BNK, f"{prefix}BK{place}", username=f"{prefix.lower()}bnk{place}") for place in (1, 2)
    ]
    declarations = []
    for amount in amounts or (1200,):
        declarations += released(deal, RELEASED.isoformat(), amount)
    services.open_released()
    rates()
    lots = list(Lot.objects.filter(declaration__in=declarations).order_by("pk"))
    return Ledger(deal, banks[0], banks[1], declarations, lots)


_counter = iter(range(1, 1_000_000))


def wish(**changes) -> ReceiptWish:
    """A receipt of 1,200 USD from the buyer, under a reference of its own."""
    values = {
        "bank": "BK1", "reference": f"REF{next(_counter):06d}", "received_on": PAID, "currency": "USD", "amount": Decimal(1200),
        "payer_name": "Amina Wanjiku Trading", "payer_country": "KE",
    }  # fmt: skip
    return ReceiptWish(**(values | changes))


def received(ledger: Ledger, who: User | None = None, **changes) -> Receipt:
    """It recorded by the agent, unless by somebody else."""
    with as_(who or ledger.deal.agent) as user:
        return services.record_receipt(actor=user, wish=wish(**changes))


def faults() -> list[str]:
    """What does not add up; the deferred checks are made now."""
    from youju.trade.settlement.selectors.verifying import faults_of_ledger

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return faults_of_ledger()


def moves(receipt: Receipt) -> list[tuple[str, str, str]]:
    """Kind, money, amount of what was done with a receipt."""
    rows = Movement.objects.filter(receipt=receipt).order_by("pk")
    return [(row.kind, f"{row.money}", f"{row.amount}") for row in rows]
