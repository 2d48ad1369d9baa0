"""The demo's ledger and receipts: once, in one transaction, by COPY; the ledger's triggers book them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.database.copying import copy_rows, write
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.declarations.money import in_cny
from youju.rules.trade.settlement.money import converted
from youju.trade.orders.demo.rates import CURRENCIES, FIRST_MONTH, rate_of
from youju.trade.parties.selectors.partners import names_of, organisations_of
from youju.trade.settlement import events
from youju.trade.settlement.demo.making import SEED, Line, Money, Shipment, moneys
from youju.trade.settlement.models import Finding, Lot, Movement, Rate, Receipt
from youju.trade.settlement.services import open_released, reserve

_UNMATCHED, _HELD = 12, 3
SOURCE = "示例汇率，不是公布的中间价"


def load(*, today: date | None = None) -> bool:
    """Open the ledger of the demo's declarations and book what came for them; whether anything was loaded."""
    day = today or timezone.localdate()
    with reaching_all(), transaction.atomic():
        if Receipt.objects.exists():
            return False
        open_released()
        shipments = list(_shipments())
        if not shipments:
            return False
        rates = _rates(day)
        made = list(moneys(shipments, day, _unpaid(shipments, day)))
        receipts = _receipts(made, rates)
        _movements(made, receipts, rates)
        _findings(made, receipts)
        _unmatched(shipments, made, rates, day)
        _reserved(day)
        record(
            events.DEMO_LOADED,
            Subject(events.LEDGER_KIND, "demo", "示例年度的收结汇"),
            None,
            {"declaration": len(shipments), "receipts": len(made)},
        )
    return True


def _unpaid(shipments: Sequence[Shipment], today: date) -> set[str]:
    """The demo agent's last declaration for which money could have come: it lies in the queue, whatever the demo's size."""
    agent = user_named("demo-agt")
    bodies = organisations_of({each.agent for each in shipments})
    for each in reversed(shipments):
        if agent and bodies.get(each.agent) == agent.organisation_id and _could_be_paid(each, today):
            return {each.number}
    return set()


def _could_be_paid(shipment: Shipment, today: date) -> bool:
    return shipment.released_on + timedelta(days=20) <= today


def _shipments() -> Iterator[Shipment]:
    rows = list(
        Lot.objects.filter(is_demo=True)
        .order_by("released_on", "declaration", "g_no", "pk")
        .values_list(
            "declaration", "number", "version", "currency", "released_on", "agent", "buyers", "pk", "declared"
        )
    )
    names = names_of(buyer for row in rows for buyer in row[6][:1])
    for _, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        _, number, version, currency, released_on, agent, buyers, _, _ = lines[0]
        buyer = names.get(buyers[0], ("", ""))[1] if buyers else ""
        yield Shipment(
            number,
            version,
            currency,
            released_on,
            agent,
            buyer or "UNKNOWN",
            "",
            [Line(row[7], row[8]) for row in lines],
        )


class DayRates:
    """The demo's rates of days: the month's customs rate with a little noise."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, date], Decimal] = {}

    def of(self, currency: str, day: date) -> Decimal:
        """CNY for one unit."""
        if currency == "CNY":
            return Decimal(1)
        found = self._known.get((currency, day))
        if found is None:
            noise = Chance(SEED, f"day-rate-{currency}", day.toordinal()).between(-150, 150)
            found = self._known[currency, day] = rate_of(currency, day) + Decimal(noise) / 10_000
        return found


def _rates(today: date) -> DayRates:
    rates = DayRates()
    days = [FIRST_MONTH + timedelta(days=ahead) for ahead in range((today - FIRST_MONTH).days + 1)]
    rows = (
        {"day": day, "currency": code, "rate": rates.of(code, day), "source": SOURCE, "is_demo": True}
        for day in days
        for code in CURRENCIES
    )
    if not Rate.objects.exists():
        write(Rate, ("day", "currency", "rate", "source", "is_demo"), rows)
    return rates


_RECEIPT = (
    "number", "bank", "reference", "source", "received_on", "currency", "amount", "rate", "amount_cny", "payer_name",
    "payee_id", "payee_name", "hint", "third_party", "applied", "returned", "organisations", "recorded_by", "is_demo",
    "payer_country", "remark", "batch", "recorded_at",
)  # fmt: skip


def _receipts(made: Sequence[Money], rates: DayRates) -> dict[int, int]:
    """Write them; serial → id. What came in CNY is the amount at the day's rate."""
    agents = {each.shipment.agent for each in made}
    names, bodies = names_of(agents), organisations_of(agents)
    bank = user_named("demo-bnk")
    for each in made:
        if not each.own_currency:
            each.amount = sum((_money_of(each, amount, rates) for _, amount in each.parts), Decimal(0))
    own = bank.organisation_id if bank else None
    rows = []
    for each in made:
        body = bodies.get(each.shipment.agent)
        taking = [one for one in (body, own if each.bank == "DEMO-YH" else None) if one]
        rows.append(_receipt_row(each, rates, names.get(each.shipment.agent, ("", ""))[1], taking))
    copy_rows("settlement_receipt", _RECEIPT, ([row[name] for name in _RECEIPT] for row in rows))
    places = dict(Receipt.objects.filter(is_demo=True).values_list("number", "pk"))
    return {each.serial: places[_number(each.serial)] for each in made}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


def _number(serial: int) -> str:
    return f"SHD{serial:08d}"


def _receipt_row(each: Money, rates: DayRates, payee: str, organisations: list[int]) -> dict[str, Any]:
    rate = rates.of(each.currency, each.received_on)
    return {
        "number": _number(each.serial), "bank": each.bank, "reference": f"DEMO{each.serial:010d}", "source": "file",
        "received_on": each.received_on, "currency": each.currency, "amount": each.amount, "rate": rate,
        "amount_cny": in_cny(each.amount, rate), "payer_name": each.payer, "payee_id": each.shipment.agent, "payee_name": payee,
        "hint": each.hint, "third_party": each.third_party, "applied": Decimal(0), "returned": Decimal(0),
        "organisations": organisations, "recorded_by": "", "is_demo": True,
        "payer_country": "", "remark": "", "batch": "", "recorded_at": _noon(each.received_on),
    }  # fmt: skip


_MOVEMENT = (
    "kind", "receipt_id", "lot_id", "of_id", "money", "amount", "money_cny", "day", "payer", "reason", "made_by", "made_at",
    "is_demo",
)  # fmt: skip


def _movements(made: Sequence[Money], receipts: dict[int, int], rates: DayRates) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        for each in made:
            rate = rates.of(each.currency, each.received_on)
            for lot, amount in each.parts:
                money = _money_of(each, amount, rates)
                yield {
                    "kind": "match", "receipt_id": receipts[each.serial], "lot_id": lot, "of_id": None, "money": money,
                    "amount": amount, "money_cny": in_cny(money, rate), "day": each.received_on, "payer": each.level,
                    "reason": "", "made_by": "", "made_at": _noon(each.received_on), "is_demo": True,
                }  # fmt: skip

    copy_rows("settlement_movement", _MOVEMENT, ([row[name] for name in _MOVEMENT] for row in rows()))
    back = {receipts[each.serial]: each for each in made if each.refund}
    firsts = (
        Movement.objects.filter(receipt__in=list(back)).order_by("receipt_id", "pk").distinct("receipt_id")
    )
    refunds = []
    for row in firsts:
        each = back[row.receipt_id]
        amount = each.refund or Decimal(0)
        rate = rates.of(each.currency, each.received_on)
        refunds.append(
            Movement(
                kind="refund", receipt_id=row.receipt_id, lot_id=row.lot_id, of=row, money=amount, amount=amount,
                money_cny=in_cny(amount, rate), day=each.received_on + timedelta(days=10), payer=each.level,
                reason="少发一箱，退还货款", is_demo=True,
            )
        )  # fmt: skip
    Movement.objects.bulk_create(refunds)


def _money_of(each: Money, amount: Decimal, rates: DayRates) -> Decimal:
    if each.own_currency:
        return amount
    rate = rates.of(each.shipment.currency, each.received_on)
    return max(converted(amount, rate=rate, into=Decimal(1)), Decimal("0.01"))


def _findings(made: Sequence[Money], receipts: dict[int, int]) -> None:
    rows = []
    for each in made:
        key = f"{each.shipment.number}-{each.shipment.version}"
        if each.over:
            rows.append(
                (each, "SET-001", f"收汇 {_number(each.serial)} 比 {key} 的可收额多 {each.over:,} {each.currency}。",
                 "核对是否包含别的报关单的货款；不是的，退回付款人。")
            )  # fmt: skip
        if each.level == "unlike" and not each.third_party:
            rows.append(
                (each, "SET-003", f"付款人 {each.payer} 与采购商 {each.shipment.buyer} 的名称不符。",
                 "是第三方代付的，请写明代付关系并附证明；不是的，请撤销核销。")
            )  # fmt: skip
    taking = dict(Receipt.objects.filter(is_demo=True).values_list("pk", "organisations"))
    Finding.objects.bulk_create(
        Finding(
            rule=code, severity="warning", receipt_id=receipts[each.serial], organisations=taking[receipts[each.serial]],
            message=message, suggestion=suggestion, found_on=each.received_on, is_demo=True,
        )
        for each, code, message, suggestion in rows
    )  # fmt: skip


def _unmatched(shipments: Sequence[Shipment], made: Sequence[Money], rates: DayRates, today: date) -> None:
    """Receipts that name nothing, for declarations that nobody has paid: the queue has something to do."""
    paid = {each.shipment.number for each in made}
    waiting = [each for each in shipments if each.number not in paid and _could_be_paid(each, today)]
    own = _unpaid(shipments, today)
    # The demo agent's last, so that it is among those that are taken.
    waiting.sort(key=lambda each: each.number in own)
    rows = []
    agents = {each.agent for each in waiting}
    names, bodies = names_of(agents), organisations_of(agents)
    for place, each in enumerate(waiting[-_UNMATCHED:], len(made) + 1):
        total = sum((line.declared for line in each.lines), Decimal(0))
        # Some less the bank's fee.
        amount = total - (Decimal(25) if place % 3 == 0 and total > 100 else 0)
        money = Money(
            place,
            each,
            each.released_on + timedelta(days=20),
            each.currency,
            amount,
            each.buyer,
            "same",
            "DEMO-YH",
            "",
        )
        body = bodies.get(each.agent)
        rows.append(_receipt_row(money, rates, names.get(each.agent, ("", ""))[1], [body] if body else []))
    copy_rows("settlement_receipt", _RECEIPT, ([row[name] for name in _RECEIPT] for row in rows))


def _reserved(today: date) -> None:
    """A few reservations of the demo's bank on the newest lines."""
    bank = user_named("demo-bnk")
    if bank is None:
        return
    lots = Lot.objects.filter(is_demo=True, available__gt=0, released_on__lte=today).order_by(
        "-released_on", "pk"
    )
    for place, lot in enumerate(lots[:_HELD], 1):
        reserve(actor=bank, line=lot.pk, amount=lot.available, reference=f"DEMO-YH-{place:04d}")
