"""What somebody wants to register, and what is known of it: rows of three rooms as frozen facts for the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from youju.foundation.database.statements import Part, as_array, ask
from youju.foundation.kernel.clock import today
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.json_text import parsed
from youju.foundation.policies import law_on
from youju.rules.law import UnknownPolicyError, whole
from youju.rules.trade.orders.facts import GoodFacts, OrderFacts, OrderLineFacts, PartyFacts
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.parties.acting import ActingFacts
from youju.trade.goods.selectors.tradable import Tradable
from youju.trade.parties.selectors.may_act import judged
from youju.trade.parties.selectors.partners import Partner, partner_of

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


# One round trip for all: partners, goods by day, rates, like orders, entrustments, usual prices (orders.0010).
_KNOWN = "orders_known(%s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::numeric[], %s::text[], %s::date[], %s)"
# What was returned or lies in a return that waits is no longer there to return. The sale is locked: two returns at once wait.
# A return may be about a return: what the buyer takes again counts against what it sent back.
_ORIGINALS = """
WITH RECURSIVE back(line, id, sign) AS (
  SELECT r.original_id, r.id, 1 FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
  JOIN orders_orderline r ON r.original_id = l.id JOIN orders_order ro ON ro.id = r.order_id
  WHERE o.number = ANY (%(numbers)s) AND ro.kind = 'return' AND ro.state IN ('registered', 'confirmed')
  UNION ALL
  SELECT b.line, r.id, -b.sign FROM back b JOIN orders_orderline r ON r.original_id = b.id
  JOIN orders_order ro ON ro.id = r.order_id WHERE ro.kind = 'return' AND ro.state IN ('registered', 'confirmed')
)
SELECT o.number, o.id, l.line_no, l.id, l.quantity - coalesce((
         SELECT sum(b.sign * r.quantity) FROM back b JOIN orders_orderline r ON r.id = b.id WHERE b.line = l.id), 0)
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
WHERE o.number = ANY (%(numbers)s) AND o.kind IN ('sale', 'return') AND o.state = 'confirmed'
ORDER BY o.id FOR UPDATE OF o
"""


def known(wish: OrderWish, *, number: str = "") -> Known:
    """Look up everything that the rules ask about a wish: one query, two for a return or correction.

    Args:
        wish: as entered.
        number: the order's own number where it has one.
    """
    return known_many([wish], number=number)[0]


def refuse_without_rules(wish: OrderWish) -> None:
    """Raise what :func:`known_many` raises for this one wish."""
    try:
        whole(law_on(wish.ordered_on), "trade.orders.explanation_length")
    except UnknownPolicyError as error:
        raise InputError(
            f"{wish.ordered_on.isoformat()} 还没有这项业务的规定，不能登记",
            where="成交日期",
            how="请核对日期",
            status=422,
        ) from error


def known_many(wishes: Sequence[OrderWish], *, number: str = "") -> list[Known]:
    """The same for many at once, in as many queries as for one.

    Raises:
        InputError: a deal is older than the rules (422).
    """
    for wish in wishes:
        refuse_without_rules(wish)
    about = _originals({wish.about for wish in wishes if wish.about})
    around = _around(wishes, number)
    return [_known(i, wish, about, around) for i, wish in enumerate(wishes, 1)]


@dataclass(frozen=True, slots=True)
class _Around:
    """What one statement said of all wishes; goods by day; twins and entrusted by the wish's place, from 1."""

    partners: Mapping[str, Partner]
    goods: Mapping[date, Mapping[str, Tradable]]
    rates: Mapping[tuple[str, str], Decimal]
    twins: Mapping[int, str]
    entrusted: frozenset[int]
    prices: Mapping[tuple[int, str], Decimal]


_Originals = Mapping[str, tuple[int, Mapping[int, tuple[int, Decimal]]]]


def _around(wishes: Sequence[OrderWish], number: str) -> _Around:
    days = [wish.ordered_on.isoformat() for wish in wishes]
    pairs = {(line.good, day): None for wish, day in zip(wishes, days, strict=True) for line in wish.lines}
    # All of it as text: numbers with decimals lose no digit.
    asked: list[Iterable[str]] = [
        [wish.merchant for wish in wishes],
        [wish.agent for wish in wishes],
        [wish.buyer for wish in wishes],
        days,
        [wish.currency for wish in wishes],
        [str(total_of(wish)) for wish in wishes],
        [good for good, _ in pairs],
        [day for _, day in pairs],
    ]
    part = Part(_KNOWN, [*map(as_array, asked), number], reads=True)
    partners, goods, around = parsed(ask(part))
    rates, twins, entrusted, prices = (each or () for each in around)
    found: dict[date, dict[str, Tradable]] = {wish.ordered_on: {} for wish in wishes}
    for day, *good in goods or ():
        found[date.fromisoformat(day)][good[0]] = Tradable(*good)
    return _Around(
        {row[0]: partner_of(row) for row in partners or ()},
        found,
        {(month, currency): Decimal(rate) for month, currency, rate in rates},
        dict(twins),
        frozenset(entrusted),
        {(good, currency): Decimal(price) for good, currency, price in prices},
    )


def _known(place: int, wish: OrderWish, about: _Originals, around: _Around) -> Known:
    day, month = wish.ordered_on, wish.ordered_on.replace(day=1).isoformat()
    goods = around.goods[day]
    merchant, agent, buyer = (around.partners.get(each) for each in (wish.merchant, wish.agent, wish.buyer))
    original, originals = about.get(wish.about, (None, {}))
    facts = OrderFacts(
        kind=wish.kind,
        ordered_on=day,
        registered_on=today(),
        currency=wish.currency,
        country=wish.country,
        merchant=_party(merchant, day),
        agent=_party(agent, day),
        agent_named=bool(wish.agent),
        agreement=place in around.entrusted,
        buyer=_party(buyer, day),
        rate=around.rates.get((month, wish.currency)),
        usd_rate=around.rates.get((month, "USD")),
        lines=[
            _line(i, line, goods.get(line.good), around.prices, wish.currency, originals)
            for i, line in enumerate(wish.lines, 1)
        ],
        twin=around.twins.get(place, ""),
    )
    return Known(wish, facts, merchant, agent, buyer, goods, original, originals)


def total_of(wish: OrderWish) -> Decimal:
    """The total of the lines."""
    return sum((amount_of(line) for line in wish.lines), Decimal(0))


def amount_of(line: LineWish) -> Decimal:
    """The amount of a line: as entered, else quantity × price, half up to the cent."""
    if line.amount is not None:
        return line.amount
    return (line.quantity * line.price).quantize(CENT, ROUND_HALF_UP)


def _originals(numbers: set[str]) -> _Originals:
    if not numbers:
        return {}
    found: dict[str, tuple[int, dict[int, tuple[int, Decimal]]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINALS, {"numbers": sorted(numbers)})
        for number, order, line_no, key, left in cursor.fetchall():
            found.setdefault(number, (order, {}))[1][line_no] = (key, left)
    return found


def _party(partner: Partner | None, day: date) -> PartyFacts | None:
    if partner is None:
        return None
    return PartyFacts(
        partner.id, partner.number, partner.name, partner.roles, partner.country, why_not(partner, day)
    )


def why_not(partner: Partner, day: date) -> str:
    """Why a partner may not act on a day, as a sentence that begins with its name; empty where it may."""
    return judged(
        ActingFacts(
            day, partner.name, partner.state, partner.valid_from, partner.valid_to, partner.merged_into
        )
    ).reason


def _line(  # noqa: PLR0917 - a line and what was looked up for it
    number: int,
    line: LineWish,
    good: Tradable | None,
    prices: Mapping[tuple[int, str], Decimal],
    currency: str,
    originals: Mapping[int, tuple[int, Decimal]],
) -> OrderLineFacts:
    facts = None
    if good is not None:
        usual = prices.get((good.id, currency))
        facts = GoodFacts(
            good.id, good.number, good.party, good.state, good.name, good.hs_code, good.unit, usual
        )
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
