"""A few dozen orders beside the demo goods, so that no page is empty: rates of each month, recognised goods, deals.

They are registered by the services as the demo people, so each passes every rule. The same day gives the same orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.selectors import user_named
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import acting, reaching_all
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.orders.lifecycle import CONFIRMED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.goods.selectors.tradable import offered
from youju.trade.goods.services import recognise_bulk
from youju.trade.orders import services
from youju.trade.orders.demo.rates import CURRENCIES, months, rate_of
from youju.trade.orders.facts import LineWish, OrderWish
from youju.trade.orders.models import Order, Rate
from youju.trade.parties.demo.loading import first_id
from youju.trade.parties.demo.planning import Plan
from youju.trade.parties.selectors import ActingParty, acting_parties
from youju.trade.parties.selectors.entrusted import agents_on
from youju.trade.parties.selectors.partners import names_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Progress = Callable[[int, int], None]
ORDERS, BUYERS, OTHERS, RETURNS = 36, 60, 8, 3
_CENT = Decimal("0.01")


def load(progress: Progress | None = None, today: date | None = None) -> bool:
    """Write rates and orders once; whether anything was written. Without the demo's people or goods there are rates alone."""
    today = today or timezone.localdate()
    with transaction.atomic():
        with reaching_all():
            rates = _write_rates(today)
            there = Order.objects.filter(is_demo=True).exists()
            buyers = [] if there else _buyers(today)
        merchant, agent = user_named("demo-mer"), user_named("demo-agt")
        if there or merchant is None or agent is None or not buyers:
            return bool(rates)
        numbers = _register(merchant, agent, buyers, today, progress)
        numbers += _return(merchant, agent, numbers, today)
        with reaching_all():
            Order.objects.filter(number__in=numbers).update(is_demo=True)
            services.count_usual_prices(len(numbers))
    return True


def _write_rates(today: date) -> int:
    there = set(Rate.objects.values_list("month", "currency"))
    rows = [
        Rate(month=month, currency=currency, rate=rate_of(currency, month), source="示例", is_demo=True)
        for month in months(today)
        for currency in CURRENCIES
        if (month, currency) not in there
    ]
    Rate.objects.bulk_create(rows)
    return len(rows)


def _buyers(today: date) -> list[tuple[str, str]]:
    """Filing number and country of buyers that may act, the demo account's own first."""
    first, plan = first_id(), Plan(today)
    if first is None:
        return []
    start = first + plan.first(PartyRole.BUYER)
    numbers = [number for number, _ in names_of(range(start, start + BUYERS)).values() if number]
    found = partners(numbers).values()
    able = [
        each for each in found if each.state == "approved" and not (each.valid_to and each.valid_to < today)
    ]
    return [(each.number, each.country) for each in sorted(able, key=lambda each: each.id)]


def _register(
    merchant: User,
    agent: User,
    buyers: Sequence[tuple[str, str]],
    today: date,
    progress: Progress | None,
) -> list[str]:
    numbers: list[str] = []
    with acting(**who(merchant)):
        own = acting_parties(merchant, today, limit=1)
        agents = [each.number for each in agents_on(today)]
        recognise_bulk(actor=merchant)
    if not own or not agents:
        return numbers
    with acting(**who(agent)):
        recognise_bulk(actor=agent)
        others = [each for each in acting_parties(agent, today, limit=OTHERS) if not each.own]
    for at in range(ORDERS):
        chance = Chance(Plan(today).seed, "order", at)
        user, party = (merchant, own[0]) if at % 2 == 0 or not others else (agent, others[at % len(others)])
        with acting(**who(user)):
            number = _one(user, party, agents[0], buyers[at % min(6, len(buyers))], today, chance, at)
        if number:
            numbers.append(number)
            if user is merchant:
                _follow(agent, number, at)
        if progress:
            progress(at + 1, ORDERS)
    return numbers


def _one(  # noqa: PLR0917 - what one deal is
    user: User,
    party: ActingParty,
    agent: str,
    buyer: tuple[str, str],
    today: date,
    chance: Chance,
    at: int,
) -> str:
    lines = list(_lines(party, chance))
    if not lines:
        return ""
    wish = OrderWish(
        merchant=party.number,
        agent=agent,
        buyer=buyer[0],
        ordered_on=today - timedelta(days=chance.below(6)),
        country=buyer[1],
        lines=lines,
        reference=f"HT-{today:%Y}-{at + 1:03d}",
    )
    try:
        return services.register_order(actor=user, wish=wish).number
    except services.RefusedOrder:
        # The day may be one on which a party or its agreement is not good; there are others.
        return ""


def _return(merchant: User, agent: User, numbers: Sequence[str], today: date) -> list[str]:
    """Of the merchant's first confirmed deals a part comes back; of the first return the buyer takes half again."""
    with reaching_all():
        rows = Order.objects.filter(
            number__in=numbers, state=CONFIRMED, merchant__organisation=merchant.organisation_id
        )
        sales = list(rows.order_by("number")[:RETURNS])
    made: list[str] = []
    for sale in sales:
        back = _back(merchant, agent, sale, 4, today)
        made += [back] if back else []
        if back and len(made) == 1:
            with reaching_all():
                first = Order.objects.get(number=back)
            again = _back(merchant, agent, first, 2, today)
            made += [again] if again else []
    return made


def _back(merchant: User, agent: User, about: Order, share: int, today: date) -> str:
    """The number of a confirmed return of one part in so many of an order's first line; empty where the rules stop it."""
    with reaching_all():
        line = about.lines.select_related("good").order_by("line_no")[0]
        numbers = names_of([about.merchant_id, about.buyer_id, about.agent_id or 0])
    wish = OrderWish(
        kind=OrderKind.RETURN,
        about=about.number,
        merchant=numbers[about.merchant_id][0],
        agent=numbers[about.agent_id or 0][0],
        buyer=numbers[about.buyer_id][0],
        ordered_on=today,
        country=about.country,
        lines=[
            LineWish(
                good=line.good.number,
                quantity=line.quantity / share,
                price=line.price,
                packages=max(1, line.packages // share),
                net_weight=(line.net_weight / share).quantize(_CENT),
                gross_weight=(line.gross_weight / share).quantize(_CENT),
                volume=(line.volume / share).quantize(Decimal("0.001")),
                original=line.line_no,
            )
        ],
    )
    try:
        with acting(**who(merchant)):
            number = services.register_order(actor=merchant, wish=wish).number
        with acting(**who(agent)):
            services.confirm_order(actor=agent, number=number)
    except services.RefusedOrder:
        return ""
    return number


def _lines(party: ActingParty, chance: Chance) -> Iterator[LineWish]:
    goods = offered(party.id, limit=20)
    for good in goods[: chance.between(1, 4)]:
        price = Decimal(300 + Chance(0, good.number, 0).below(1200)) / 100
        packages = chance.between(5, 40)
        quantity = Decimal(packages * 20)
        net = (quantity * Decimal("0.45")).quantize(_CENT)
        gross = (net * Decimal("1.1")).quantize(_CENT)
        yield LineWish(
            good=good.number,
            quantity=quantity,
            price=price,
            packages=packages,
            net_weight=net,
            gross_weight=gross,
            volume=(gross / 180).quantize(Decimal("0.001")),
        )


def _follow(agent: User, number: str, at: int) -> None:
    """Most are confirmed; some wait, one is sent back."""
    with acting(**who(agent)):
        if at == 2:
            services.send_back(actor=agent, number=number, reason="第一行的单价与合同不一致，请核对")
        elif at % 3:
            services.confirm_order(actor=agent, number=number)
