"""What somebody wants to register, and what is known of it: rows of three rooms as frozen facts for the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from django.utils import timezone

from youju.rules.trade.orders.facts import GoodFacts, OrderFacts, OrderLineFacts, PartyFacts
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.goods.selectors.tradable import Tradable, tradable
from youju.trade.parties.selectors.partners import Partner, partners

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LineWish:
    """A line as entered. ``amount`` may be left out (quantity × price). ``original``: the sale's line number it is about."""

    good: str
    quantity: Decimal
    price: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    amount: Decimal | None = None
    unit: str = ""
    volume: Decimal = Decimal(0)
    quantity1: Decimal | None = None
    quantity2: Decimal | None = None
    original: int | None = None


@dataclass(frozen=True, slots=True)
class OrderWish:
    """An order as entered: parties by filing number, goods by number. ``explanations``: (rule, line or None) → words."""

    merchant: str
    buyer: str
    ordered_on: date
    country: str
    lines: Sequence[LineWish]
    agent: str = ""
    currency: str = "USD"
    exemption_mode: str = "agent"
    collected_by_agent: bool = True
    reference: str = ""
    note: str = ""
    kind: OrderKind = OrderKind.SALE
    about: str = ""
    explanations: Mapping[tuple[str, int | None], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """A wish with all that was looked up for it. ``originals``: the sale's line number → (id, what is left of it)."""

    wish: OrderWish
    facts: OrderFacts
    merchant: Partner | None
    agent: Partner | None
    buyer: Partner | None
    goods: Mapping[str, Tradable]
    about: int | None
    originals: Mapping[int, tuple[int, Decimal]]

    @property
    def organisations(self) -> list[int]:
        """Whose people take part, each once."""
        taking = (self.merchant, self.agent, self.buyer)
        return sorted({each.organisation for each in taking if each and each.organisation is not None})

    @property
    def sections(self) -> list[str]:
        """The centre's sections that handle the merchant or the agent."""
        return sorted({code for each in (self.merchant, self.agent) if each for code in each.sections})


# One round trip for all that stands in this room and the one question to parties: rates, a like order, the entrustment, prices.
_ABOUT = """
SELECT (SELECT rate FROM orders_rate WHERE month = %(month)s AND currency = %(currency)s),
       (SELECT rate FROM orders_rate WHERE month = %(month)s AND currency = 'USD'),
       (SELECT number FROM orders_order
        WHERE merchant_id = %(merchant)s AND buyer_id = %(buyer)s AND ordered_on = %(day)s AND amount = %(amount)s
          AND kind = 'sale' AND state IN ('registered', 'confirmed') AND number <> %(self)s ORDER BY id LIMIT 1),
       parties_entrusted(%(merchant)s, %(agent)s, %(day)s),
       (SELECT jsonb_object_agg(good_id, price::text) FROM orders_usualprice
        WHERE currency = %(currency)s AND good_id = ANY (%(goods)s))
"""
# What was returned or lies in a return that waits is no longer there to return. The sale is locked: two returns at once wait.
_ORIGINALS = """
SELECT o.id, l.line_no, l.id, l.quantity - coalesce((
         SELECT sum(r.quantity) FROM orders_orderline r JOIN orders_order ro ON ro.id = r.order_id
         WHERE r.original_id = l.id AND ro.kind = 'return' AND ro.state IN ('registered', 'confirmed')), 0)
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
WHERE o.number = %s AND o.kind = 'sale' AND o.state = 'confirmed'
FOR UPDATE OF o
"""


def known(wish: OrderWish, *, number: str = "") -> Known:
    """Look up everything that the rules ask about a wish: three queries, five for a return or correction.

    Args:
        wish: as entered.
        number: the order's own number where it has one.
    """
    day = wish.ordered_on
    found = partners((wish.merchant, wish.agent, wish.buyer), day)
    merchant, agent, buyer = (found.get(each) for each in (wish.merchant, wish.agent, wish.buyer))
    goods = tradable((line.good for line in wish.lines), day)
    about, originals = _originals(wish.about)
    total = sum((amount_of(line) for line in wish.lines), Decimal(0))
    with connection.cursor() as cursor:
        cursor.execute(
            _ABOUT,
            {
                "month": day.replace(day=1),
                "currency": wish.currency,
                "merchant": merchant.id if merchant else None,
                "agent": agent.id if agent else None,
                "buyer": buyer.id if buyer else None,
                "day": day,
                "amount": total,
                "self": number,
                "goods": [good.id for good in goods.values()],
            },
        )
        rate, usd_rate, twin, agreement, prices = cursor.fetchone()
    prices = prices or {}
    facts = OrderFacts(
        kind=wish.kind,
        ordered_on=day,
        today=timezone.localdate(),
        currency=wish.currency,
        country=wish.country,
        merchant=_party(merchant, day),
        agent=_party(agent, day),
        agent_named=bool(wish.agent),
        agreement=bool(agreement),
        buyer=_party(buyer, day),
        rate=rate,
        usd_rate=usd_rate,
        lines=[
            _line(i, line, goods.get(line.good), prices, originals) for i, line in enumerate(wish.lines, 1)
        ],
        twin=twin or "",
    )
    return Known(wish, facts, merchant, agent, buyer, goods, about, originals)


def amount_of(line: LineWish) -> Decimal:
    """The amount of a line: as entered, else quantity × price, half up to the cent."""
    if line.amount is not None:
        return line.amount
    return (line.quantity * line.price).quantize(CENT, ROUND_HALF_UP)


def _originals(number: str) -> tuple[int | None, dict[int, tuple[int, Decimal]]]:
    if not number:
        return None, {}
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINALS, [number])
        rows = cursor.fetchall()
    return (rows[0][0] if rows else None), {line_no: (key, left) for _, line_no, key, left in rows}


def _party(partner: Partner | None, day: date) -> PartyFacts | None:
    if partner is None:
        return None
    return PartyFacts(
        partner.id, partner.number, partner.name, partner.roles, partner.country, why_not(partner, day)
    )


def why_not(partner: Partner, day: date) -> str:
    """Why a partner may not act on a day, in words that follow its name; empty where it may."""
    if partner.merged_into:
        return f"已并入备案号 {partner.merged_into}"
    if partner.state != "approved":
        return {"suspended": "的备案已暂停", "cancelled": "的备案已注销"}.get(partner.state, "还没有备案")
    if partner.valid_to is not None and day > partner.valid_to:
        return f"的备案已于 {partner.valid_to} 到期"
    if partner.valid_from is not None and day < partner.valid_from:
        return f"的备案从 {partner.valid_from} 起才有效"
    return ""


def _line(
    number: int,
    line: LineWish,
    good: Tradable | None,
    prices: Mapping[str, str],
    originals: Mapping[int, tuple[int, Decimal]],
) -> OrderLineFacts:
    facts = None
    if good is not None:
        usual = prices.get(str(good.id))
        facts = GoodFacts(
            good.id, good.number, good.party, good.state, good.name, good.hs_code, good.unit,
            Decimal(usual) if usual else None,
        )  # fmt: skip
    original = originals.get(line.original) if line.original is not None else None
    return OrderLineFacts(
        line_no=number,
        good_number=line.good,
        good=facts,
        quantity=line.quantity,
        unit=line.unit or (good.unit if good else ""),
        price=line.price,
        amount=amount_of(line),
        packages=line.packages,
        net_weight=line.net_weight,
        gross_weight=line.gross_weight,
        volume=line.volume,
        left=original[1] if original else None,
    )
