"""What came for each declaration of the demo year: told by a seed, nothing from the database.

Most are paid in full in time; some in two parts, in part, too late, not yet, in CNY, too much, by somebody else, or went back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from youju.foundation.kernel.chance import Chance, Lots
from youju.rules.trade.settlement.names import SAME, UNLIKE

SEED = 2023
_CENT = Decimal("0.01")
_WAYS = Lots(
    {
        "full": 70, "two": 7, "part": 6, "open": 4, "late": 5, "cny": 3, "over": 1, "other": 2, "told": 1, "refund": 1,
    }.items()
)  # fmt: skip
_EACH = ("late", "part", "over", "other", "told", "refund", "cny", "two", "open")
"""The ways of the first declarations: a demo of any size has each."""
PAYERS = (
    "GULF STAR GENERAL TRADING FZE",
    "LAGOS BRIDGE PAYMENTS LTD",
    "ORIENT CARGO SERVICES LLC",
    "ANDES IMPORT SAC",
)
BANKS = ("中国银行白沟支行（示例）", "建设银行白沟支行（示例）", "DEMO-YH")
"""Invented; the last is the organisation of the demo's bank."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger as it was opened."""

    id: int
    declared: Decimal


@dataclass(frozen=True, slots=True)
class Shipment:
    """A released declaration: its lines, its buyer."""

    number: str
    version: int
    currency: str
    released_on: date
    agent: int
    buyer: str
    country: str
    lines: Sequence[Line]


@dataclass(slots=True)
class Money:
    """A receipt and what of it goes to which line: (line, amount in the declaration's currency)."""

    serial: int
    shipment: Shipment
    received_on: date
    currency: str
    amount: Decimal
    payer: str
    level: str
    bank: str
    hint: str
    third_party: str = ""
    parts: list[tuple[int, Decimal]] = field(default_factory=list)
    refund: Decimal | None = None
    over: Decimal = Decimal(0)
    own_currency: bool = True


def moneys(
    shipments: Sequence[Shipment], today: date, unpaid: Collection[str] = frozenset()
) -> Iterator[Money]:
    """The receipts of all declarations up to a day, in the order of the declarations; ``unpaid`` numbers have none."""
    serial = 0
    for place, shipment in enumerate(shipments):
        if shipment.number in unpaid:
            continue
        way = _EACH[place] if place < len(_EACH) else ""
        for made in _of(shipment, Chance(SEED, "settlement", place), way):
            if made.received_on <= today:
                serial += 1
                made.serial = serial
                yield made


def _of(shipment: Shipment, chance: Chance, given: str) -> Iterator[Money]:
    drawn = chance.draw(_WAYS)
    way = given or drawn
    days = chance.between(200, 260) if way == "late" else chance.between(15, 120)
    day = shipment.released_on + timedelta(days=days)
    bank = chance.pick(BANKS)
    whole = [(line.id, line.declared) for line in shipment.lines]
    if way == "open":
        return
    if way in {"two", "part"}:
        share = Decimal(chance.between(30, 70)) / 100
        first = [(key, (amount * share).quantize(_CENT, ROUND_DOWN)) for key, amount in whole]
        first = [(key, amount) for key, amount in first if amount > 0]
        yield _money(shipment, day, bank, first)
        if way == "two":
            taken = dict(first)
            rest = [(key, amount - taken.get(key, Decimal(0))) for key, amount in whole]
            later = day + timedelta(days=chance.between(20, 45))
            yield _money(shipment, later, bank, [(key, amount) for key, amount in rest if amount > 0])
        return
    made = _money(shipment, day, bank, whole)
    if way == "over":
        made.over = Decimal(chance.between(100, 900))
        made.amount += made.over
    elif way in {"other", "told"}:
        made.payer, made.level = chance.pick(PAYERS), UNLIKE
        made.third_party = "采购商委托其境内合作方代付，附委托付款说明" if way == "told" else ""
    elif way == "refund":
        made.refund = (whole[0][1] / 10).quantize(_CENT, ROUND_DOWN) or None
    elif way == "cny":
        made.currency, made.own_currency = "CNY", False
    yield made


def _money(shipment: Shipment, day: date, bank: str, parts: list[tuple[int, Decimal]]) -> Money:
    return Money(
        serial=0,
        shipment=shipment,
        received_on=day,
        currency=shipment.currency,
        amount=sum((amount for _, amount in parts), Decimal(0)),
        payer=shipment.buyer,
        level=SAME,
        bank=bank,
        hint=shipment.number,
        parts=parts,
    )
